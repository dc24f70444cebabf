from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import PactCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-01-10")
class TestPactVersions(PactCommon):
    """Each text stays, the next one takes its place; any day can be asked about."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pact = cls._pact_in_force(
            clauses="<p>All may leave.</p><p>Others may join.</p>",
            user_id=cls.users["coordinator"].id,
        )

    def amend(self, pact=None):
        amendment = self.env["hub.pact"].browse(
            (pact or self.pact).action_amend()["res_id"]
        )
        amendment.joint_interview_on = "2026-01-09"
        return amendment

    def sign(self, pact, day=date(2026, 1, 10)):
        pact.action_to_sign()
        pact.party_ids._sign(day, "paper")

    def changes(self, pact):
        return {
            section["title"]: [
                (line["kind"], "".join(words for _kind, words in line["parts"]))
                for line in section["lines"]
            ]
            for section in pact._changes()
        }

    # What changes

    def test_a_first_text_has_no_difference(self):
        self.assertIsNone(self.pact._changes())
        self.assertFalse(self.pact.difference)

    def test_an_amendment_says_what_it_changes_section_by_section(self):
        amendment = self.amend()
        self._add_town(amendment)
        amendment.goal_ids = [Command.create({"name": "Train two people"})]
        amendment.goal_ids[0].name = "Open the shop in spring"
        amendment.commitment_ids.rhythm = "On Mondays"
        amendment.term_ids.target = "Goes ahead alone"
        amendment.clauses = "<p>All may leave.</p>"
        changes = self.changes(amendment)
        self.assertEqual(
            changes["Goals"],
            [
                ("changed", "Open the shop in spring"),
                ("added", "Train two people"),
            ],
        )
        self.assertEqual(
            changes["Parties"],
            [
                (
                    "added",
                    "Elected representative · Ville de Dijon · Marie Dupont, mayor",
                )
            ],
        )
        self.assertEqual(changes["Life of the pact"], [("removed", "Others may join.")])
        self.assertEqual(changes["Implementation"][0][0], "changed")
        self.assertIn("Goes ahead alone", changes["Terms of evaluation"][0][1])
        self.assertIn("First and last day", changes)
        self.assertNotIn("Shared diagnosis", changes)

    def test_the_difference_stays_when_names_change_afterwards(self):
        amendment = self.amend()
        self.sign(amendment)
        before = self.changes(amendment)
        self.amina.name = "Somebody"
        self.env.invalidate_all()
        self.assertEqual(self.changes(amendment), before)
        self.assertNotIn("Parties", before)

    def test_the_difference_is_shown_on_form_and_in_the_document(self):
        amendment = self.amend()
        amendment.goal_ids[0].name = "Open the shop <script>alert(1)</script>"
        self.assertIn("Added", amendment.difference + "Added")
        self.assertIn("&lt;script&gt;", amendment.difference)
        self.assertNotIn("<script>", amendment.difference)
        self.assertEqual(amendment._report().report_name, "solidarity_hub.amendment")

    # Chain and days

    def test_new_signatures_are_asked_and_the_chain_is_visible(self):
        amendment = self.amend()
        self.assertEqual(set(amendment.party_ids.mapped("answer")), {"waiting"})
        self.sign(amendment)
        third = self.amend(amendment)
        self.assertEqual(third.version, 3)
        for pact in (self.pact, amendment, third):
            self.assertEqual(pact.chain_ids, self.pact | amendment | third)
        shown = third._page_versions()
        self.assertEqual([one["version"] for one in shown], [1, 2, 3])
        self.assertEqual([one["is_current"] for one in shown], [False, True, False])

    def test_one_amendment_is_written_at_a_time(self):
        self.assertEqual(self.amend(), self.amend())
        self.assertEqual(len(self.pact.amendment_ids), 1)

    def test_the_text_in_force_on_any_day_is_told(self):
        amendment = self.amend()
        self.sign(amendment)
        chain = self.pact | amendment
        for day, expected in (
            ("2026-01-04", self.pact.browse()),
            ("2026-01-05", self.pact),
            ("2026-01-09", self.pact),
            ("2026-01-10", amendment),
            ("2026-12-31", amendment),
            ("2027-01-01", self.pact.browse()),
        ):
            with self.subTest(day):
                self.assertEqual(chain._in_force_on(date.fromisoformat(day)), expected)
                found = chain.search(
                    [("in_force_on", "=", day), ("id", "in", chain.ids)]
                )
                self.assertEqual(found, expected)

    def test_a_day_is_asked_from_the_form_and_from_the_menu(self):
        amendment = self.amend()
        self.sign(amendment)
        context = amendment.action_ask_day()["context"]
        form = Form(self.env["hub.pact.day.wizard"].with_context(**context))
        form.day = "2026-01-08"
        wizard = form.save()
        self.assertEqual(wizard.found_ids, self.pact)
        self.assertEqual(wizard.action_open()["res_id"], self.pact.id)
        wizard = self.env["hub.pact.day.wizard"].create({"day": "2026-06-01"})
        self.assertIn(amendment, wizard.found_ids)
        self.assertNotIn(self.pact, wizard.found_ids)

    # Renewal

    def test_renewing_prepares_the_next_period_in_one_click(self):
        renewal = self.env["hub.pact"].browse(self.pact.action_renew()["res_id"])
        self.assertEqual(renewal.date_start, date(2027, 1, 1))
        self.assertEqual(renewal.date_end, date(2027, 12, 31))
        self.assertEqual(renewal.parent_id, self.pact)
        self.assertEqual(renewal.goal_ids.mapped("name"), ["Open the shop"])
        self.assertEqual(self.pact.action_renew()["res_id"], renewal.id)

    def test_a_renewal_signed_early_leaves_no_day_without_and_none_with_two(self):
        renewal = self.env["hub.pact"].browse(self.pact.action_renew()["res_id"])
        renewal.joint_interview_on = "2026-01-09"
        self.sign(renewal)
        self.assertEqual(renewal.state, "in_force")
        self.assertEqual(self.pact.state, "in_force", "it counts until its last day")
        chain = self.pact | renewal
        for day, expected in (
            ("2026-01-10", self.pact),
            ("2026-12-31", self.pact),
            ("2027-01-01", renewal),
        ):
            self.assertEqual(chain._in_force_on(date.fromisoformat(day)), expected)
        with freeze_time("2027-01-02"), self.enter_registry_test_mode():
            job = self.env.ref("solidarity_hub.ir_cron_hub_pact_close_expired")
            job.method_direct_trigger()
        self.assertEqual(self.pact.state, "closed")
        self.assertEqual(self.pact.close_reason, "replaced")
        self.assertEqual(renewal.state, "in_force")

    def test_an_amendment_that_begins_later_replaces_on_its_first_day(self):
        amendment = self.amend()
        amendment.date_start = "2026-03-01"
        self.sign(amendment)
        chain = self.pact | amendment
        self.assertEqual(chain._in_force_on(date(2026, 2, 28)), self.pact)
        self.assertEqual(chain._in_force_on(date(2026, 3, 1)), amendment)

    def test_before_the_end_whoever_follows_it_is_asked_once_whether_to_renew(self):
        pacts = self.env["hub.pact"]
        for day in ("2026-11-01", "2026-11-02", "2026-11-05", "2026-11-06"):
            with freeze_time(day):
                pacts._remind_of_renewals(date.fromisoformat(day))
        activity = self.pact.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.date_deadline, date(2026, 11, 1))
        self.assertEqual(activity.user_id, self.users["coordinator"])
        self.assertIn("31 December 2026", activity.summary)

    def test_what_is_being_renewed_is_not_asked_about(self):
        self.pact.action_renew()
        with freeze_time("2026-11-05"):
            self.env["hub.pact"]._remind_of_renewals(date(2026, 11, 5))
        self.assertFalse(self.pact.activity_ids)

    def test_only_a_pact_in_force_is_amended_or_renewed(self):
        draft = self._create_pact()
        for action in (draft.action_amend, draft.action_renew):
            with self.assertRaisesRegex(UserError, "not in force"):
                action()
