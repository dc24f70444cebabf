from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import PactCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-01-10")
class TestPactEntry(PactCommon):
    """How a pact comes into force, and how it ends."""

    def test_contract_begins_as_a_draft_and_local_pact_in_concertation(self):
        self.assertEqual(self._create_pact().state, "draft")
        self.assertEqual(self._create_pact(form="local_pact").state, "concertation")

    def test_each_pact_gets_the_next_number_of_its_hub(self):
        first, second = self._create_pact(), self._create_pact()
        self.assertTrue(first.number.startswith("P2026-"))
        self.assertEqual(int(second.number[-3:]), int(first.number[-3:]) + 1)
        other = self.env["res.company"].create({"name": "Second hub"})
        other._hub_setup()
        self.assertEqual(other._next_pact_number(), "P2026-001")

    def test_pact_lasts_twelve_months_unless_said_otherwise(self):
        self.assertEqual(self._create_pact().date_end, date(2026, 12, 31))
        self.assertEqual(
            self._create_pact(date_end="2026-03-31").date_end, date(2026, 3, 31)
        )

    def test_end_before_start_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "cannot end"):
            self._create_pact(date_end="2025-12-31")

    def test_pact_without_a_section_is_not_sent_to_signature(self):
        matrix = {
            "goals": {"goal_ids": False},
            "implementation": {"commitment_ids": False},
            "terms of evaluation": {"term_ids": False},
            "joint interview": {"joint_interview_on": False},
            "first and last day": {"date_start": False, "date_end": False},
        }
        for missing, values in matrix.items():
            with self.subTest(missing):
                pact = self._create_pact(**values)
                with self.assertRaisesRegex(ValidationError, missing):
                    pact.action_to_sign()
                self.assertEqual(pact.state, "draft")

    def test_everything_missing_is_named_at_once(self):
        pact = self._create_pact(goal_ids=False, term_ids=False)
        with self.assertRaisesRegex(ValidationError, "goals; terms of evaluation"):
            pact.action_to_sign()

    def test_two_parties_of_one_kind_are_not_enough(self):
        pact = self._create_pact()
        pact.party_ids.category = "concerned"
        with self.assertRaisesRegex(ValidationError, "two different kinds"):
            pact.action_to_sign()

    def test_interview_in_the_future_does_not_count(self):
        with self.assertRaisesRegex(ValidationError, "joint interview"):
            self._create_pact(joint_interview_on="2026-01-11").action_to_sign()

    def test_local_pact_needs_a_concertation_meeting_that_was_held(self):
        pact = self._create_pact(form="local_pact")
        pact.action_draft()
        with self.assertRaisesRegex(ValidationError, "concertation meeting"):
            pact.action_to_sign()
        pact.meeting_ids = [Command.create({"date": "2026-02-01"})]
        with self.assertRaisesRegex(ValidationError, "concertation meeting"):
            pact.action_to_sign()
        pact.meeting_ids.date = "2025-11-01"
        pact.action_to_sign()
        self.assertEqual(pact.state, "to_sign")

    def test_one_signature_does_not_bring_into_force(self):
        pact = self._create_pact()
        pact.action_to_sign()
        self._party(pact, "concerned")._sign(date(2026, 1, 5), "paper")
        with self.assertRaisesRegex(
            ValidationError, "signatures of two different kinds"
        ):
            pact.action_in_force()
        self.assertEqual(pact.state, "to_sign")

    def test_two_signatures_of_one_kind_do_not_bring_into_force(self):
        pact = self._create_pact()
        pact.party_ids = [
            Command.create({"partner_id": self.town.id, "category": "concerned"})
        ]
        pact.action_to_sign()
        self._party(pact, "concerned")._sign(date(2026, 1, 5), "paper")
        with self.assertRaisesRegex(
            ValidationError, "signatures of two different kinds"
        ):
            pact.action_in_force()

    def test_state_written_by_import_obeys_the_same_rules(self):
        pact = self._create_pact()
        with self.assertRaises(UserError):
            pact.write({"state": "in_force"})
        self.assertEqual(self._create_pact(state="in_force").state, "draft")
        incomplete = self._create_pact(goal_ids=False)
        with self.assertRaises(ValidationError):
            incomplete.write({"state": "to_sign"})

    def test_all_signed_enters_into_force_by_itself(self):
        pact = self._create_pact()
        pact.action_to_sign()
        pact.party_ids._sign(date(2026, 1, 5), "paper")
        self.assertEqual(pact.state, "in_force")

    def test_some_signed_can_be_brought_into_force(self):
        pact = self._create_pact()
        pact.party_ids = [
            Command.create({"partner_id": self.town.id, "category": "elected"})
        ]
        pact.action_to_sign()
        self._party(pact, "concerned")._sign(date(2026, 1, 5), "paper")
        self._party(pact, "volunteer")._sign(date(2026, 1, 7), "in_person")
        self.assertEqual(pact.state, "to_sign")
        pact.action_in_force()
        self.assertEqual(pact.in_force_from, date(2026, 1, 7))

    def test_in_force_is_read_from_the_dates(self):
        pact = self._create_pact()
        pact.action_to_sign()
        pact.party_ids._sign(date(2026, 1, 5), "paper")
        for day, expected in (
            ("2026-01-04", False),
            ("2026-01-05", True),
            ("2026-12-31", True),
            ("2027-01-01", False),
        ):
            with self.subTest(day):
                found = pact._in_force_on(date.fromisoformat(day))
                self.assertEqual(bool(found), expected)
        with freeze_time("2027-02-01"):
            # the job has not run yet
            self.assertEqual(pact.state, "in_force")
            self.assertFalse(pact.is_in_force)
            search = self.env["hub.pact"].search
            self.assertNotIn(pact, search([("is_in_force", "=", True)]))
            self.assertIn(pact, search([("is_in_force", "=", False)]))

    def test_pact_never_signed_is_not_in_force(self):
        pact = self._create_pact()
        self.assertFalse(pact.is_in_force)
        self.assertIn(pact, self.env["hub.pact"].search([("is_in_force", "=", False)]))

    def test_daily_job_closes_what_is_past_its_last_day(self):
        pact = self._create_pact()
        pact.action_to_sign()
        pact.party_ids._sign(date(2026, 1, 5), "paper")
        job = self.env.ref("solidarity_hub.ir_cron_hub_pact_close_expired")
        for day, state in (("2026-12-31", "in_force"), ("2027-01-02", "closed")):
            with freeze_time(day), self.enter_registry_test_mode():
                job.method_direct_trigger()
            self.assertEqual(pact.state, state)
        self.assertEqual(pact.close_reason, "expired")
        self.assertTrue(pact._in_force_on(date(2026, 12, 31)))

    def test_daily_job_calls_to_the_look_that_is_due(self):
        pact = self._create_pact(next_review_on="2026-06-30")
        pact.action_to_sign()
        pact.party_ids._sign(date(2026, 1, 5), "paper")
        for day in (date(2026, 6, 29), date(2026, 7, 2), date(2026, 7, 2)):
            with freeze_time(day):
                pact._remind_of_reviews(day)
        # the job missed two days, and ran twice on the third
        self.assertEqual(pact.activity_ids.mapped("date_deadline"), [date(2026, 7, 2)])

    def test_closed_pact_does_not_come_back(self):
        pact = self._create_pact()
        pact.action_to_sign()
        pact.party_ids._sign(date(2026, 1, 5), "paper")
        pact.action_end()
        for target in ("in_force", "draft", "cancelled"):
            with self.assertRaisesRegex(UserError, "cannot become"):
                pact.write({"state": target})

    def test_amendment_starts_from_the_pact_and_replaces_it_once_signed(self):
        pact = self._create_pact()
        pact.action_to_sign()
        pact.party_ids._sign(date(2026, 1, 5), "paper")
        amendment = self.env["hub.pact"].browse(pact.action_amend()["res_id"])
        self.assertEqual(amendment.parent_id, pact)
        self.assertEqual(amendment.version, 2)
        self.assertEqual(amendment.goal_ids.mapped("name"), ["Open the shop"])
        self.assertEqual(amendment.commitment_ids.category, "volunteer")
        self.assertFalse(amendment.party_ids.filtered("signed_on"))
        amendment.joint_interview_on = "2026-01-10"
        amendment.action_to_sign()
        amendment.party_ids._sign(date(2026, 1, 10), "paper")
        self.assertEqual(amendment.state, "in_force")
        self.assertEqual(pact.close_reason, "replaced")

    def test_checklist_tells_what_is_missing(self):
        pact = self._create_pact(goal_ids=False)
        self.assertFalse(pact.ready_to_sign)
        self.assertEqual(pact.checklist.count("text-warning"), 2)
        pact.goal_ids = [Command.create({"name": "Open the shop"})]
        self.assertTrue(pact.ready_to_sign)

    def test_only_projects_of_the_hub_are_accepted(self):
        lead = self.env["crm.lead"].create({"name": "A sale", "type": "opportunity"})
        with self.assertRaisesRegex(ValidationError, "belongs to sales"):
            self._create_pact(lead_ids=lead.ids)

    def test_same_party_twice_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "already a party"):
            self._create_pact().party_ids[0].copy()

    def test_copy_of_a_pact_keeps_its_text_and_waits_for_its_own_parties(self):
        pact = self._create_pact()
        pact.commitment_ids.party_id = self._party(pact, "volunteer")
        copy = pact.copy()
        self.assertEqual(copy.commitment_ids.category, "volunteer")
        self.assertFalse(copy.party_ids)
        self.assertNotEqual(copy.number, pact.number)

    def test_commitment_of_a_party_of_another_pact_is_refused(self):
        pact, other = self._create_pact(), self._create_pact()
        with self.assertRaisesRegex(ValidationError, "party of another pact"):
            pact.commitment_ids.party_id = other.party_ids[0]
