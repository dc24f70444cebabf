import inspect

from markupsafe import Markup

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..rpc import RpcCase
from .common import PairingMixin
from .test_cohort_propose import CohortJobs

MODELS = (
    "hub.pairing.run",
    "hub.pairing.run.line",
    "hub.pairing.run.person",
    "hub.pairing.run.alternative",
    "hub.skill.coverage",
    "hub.skill.balance",
    "hub.person.load",
)
STRANGERS = ("board", "volunteer", "finance", "sales", "employee", "portal")


@tagged("post_install", "-at_install")
class TestCohortAttacks(CohortJobs):
    """What a hurried or ill-meaning coordinator tries with a cohort."""

    def setUp(self):
        super().setUp()
        self.coordinator = self.users["coordinator"]
        self.cohort = self._solved().with_user(self.coordinator)

    def _line_of(self, lead):
        return self._line(self.cohort, lead)

    def _with_alternatives(self):
        """A line with other pairs shown, and another project that one would change."""
        for lead in self.leads:
            line = self._line_of(lead)
            line.action_show_alternatives()
            for other in line.alternative_ids:
                if other.changes:
                    [changed] = {int(key) for key in other.changes} & set(
                        self.leads.ids
                    )
                    return other, self._line_of(self.leads.browse(changed))
        return self.fail("no other pair changes anything elsewhere")

    def _make_scarce(self):
        self.env["hub.role"].search(
            [("partner_id", "in", self.people.ids)]
        ).capacity = 2
        self.cohort = self._solved().with_user(self.coordinator)

    def test_a_pair_fixed_meanwhile_is_not_changed_by_another_choice(self):
        self._make_scarce()
        other, changed = self._with_alternatives()
        changed.action_toggle_lock()
        before = self._two(changed)
        with self.assertRaises(UserError):
            other.action_take()
        self.assertEqual(self._two(changed), before)
        self.assertTrue(changed.locked)

    def test_a_pair_proposed_meanwhile_is_not_changed_by_another_choice(self):
        self._make_scarce()
        other, changed = self._with_alternatives()
        changed.action_propose()
        before = self._two(changed)
        with self.assertRaises(UserError):
            other.exists().action_take()
            if not other.exists():
                raise UserError("forgotten")
        self.assertEqual(self._two(changed), before)
        self.assertEqual(changed.state, "proposed")

    def test_another_choice_is_refused_when_its_project_left_the_cohort(self):
        line = self._line_of(self.garden)
        line.action_show_alternatives()
        other = line.alternative_ids[0]
        self.cohort.lead_ids = [Command.unlink(self.garden.id)]
        with self.assertRaises(UserError):
            other.action_take()

    def test_a_project_that_left_the_cohort_takes_nobody_by_hand(self):
        line = self._line_of(self.garden)
        self.cohort.lead_ids = [Command.unlink(self.garden.id)]
        with self.assertRaises(UserError):
            line.second_id = self.denis

    def test_a_project_that_left_the_cohort_shows_no_other_pairs(self):
        line = self._line_of(self.garden)
        self.cohort.lead_ids = [Command.unlink(self.garden.id)]
        with self.assertRaises(UserError):
            line.action_show_alternatives()

    def test_a_project_that_left_the_cohort_is_not_proposed(self):
        line = self._line_of(self.garden)
        self.cohort.lead_ids = [Command.unlink(self.garden.id)]
        with self.assertRaises(UserError):
            line.action_propose()
        self.cohort.action_propose()
        self.assertFalse(self.garden.hub_pairing_ids)

    def test_a_project_that_ended_takes_nobody_by_hand(self):
        line = self._line_of(self.garden)
        self.garden.hub_phase = "closed"
        with self.assertRaises(UserError):
            line.second_id = self.denis

    def test_an_ordinary_contact_is_not_chosen_by_hand(self):
        contact = self.env["res.partner"].create({"name": "Customer"})
        with self.assertRaises(UserError):
            self._line_of(self.garden).second_id = contact

    def test_somebody_of_another_hub_is_not_chosen_by_hand(self):
        other = self.env["res.company"].create({"name": "Other hub"})
        foreign = self._create_volunteer("Foreign", {self.law: 3})
        foreign.company_id = other
        with self.assertRaises(UserError):
            self._line_of(self.garden).second_id = foreign

    def test_somebody_in_conflict_since_the_search_is_not_asked(self):
        line = self._line_of(self.garden)
        line.write({"first_id": self.bernard.id, "second_id": self.chloe.id})
        self.env["hub.conflict"].create(
            {"partner_id": self.bernard.id, "other_partner_id": self.amina.id}
        )
        line.action_propose()
        self.assertEqual(line.state, "problem")
        self.assertFalse(self.garden.hub_pairing_ids)

    def test_a_reason_written_beforehand_forces_nobody_who_is_refused(self):
        line = self._line_of(self.garden)
        self.env["hub.conflict"].create(
            {"partner_id": self.denis.id, "other_partner_id": self.amina.id}
        )
        with self.assertRaises(UserError):
            line.write({"second_id": self.denis.id, "override_reason": "I say so"})

    def test_the_same_person_everywhere_at_once_is_asked_no_more_than_agreed(self):
        self.denis.hub_role_ids.capacity = 1
        self.cohort.line_ids.write(
            {"first_id": self.denis.id, "second_id": self.chloe.id}
        )
        try:
            self.cohort.action_propose()
        except UserError:
            return
        asked = self.env["hub.pairing"].search([("volunteer_id", "=", self.denis.id)])
        self.assertLessEqual(len(asked), 1)

    def test_a_cohort_stays_in_its_hub(self):
        other = self.env["res.company"].create({"name": "Other hub"})
        other._hub_setup()
        self.coordinator.company_ids |= other
        run = self.cohort.with_context(allowed_company_ids=(self.company | other).ids)
        with self.assertRaises(UserError):
            run.write(
                {
                    "company_id": other.id,
                    "lead_ids": [Command.clear()],
                    "partner_ids": [Command.clear()],
                }
            )
        self.assertEqual(self.cohort.line_ids.company_id, self.company)

    def test_places_are_not_attached_to_a_cohort_by_hand(self):
        place = self._pair(self.denis, self.bakery).with_user(self.coordinator)
        with self.assertRaises(UserError):
            place.run_id = self.cohort
        with self.assertRaises(UserError):
            place.run_line_id = self._line_of(self.bakery)
        with self.assertRaises(UserError):
            self.cohort.pairing_ids = [Command.link(place.id)]

    def test_lines_and_loads_are_not_made_with_the_cohort(self):
        for vals in (
            {"line_ids": [Command.create({"lead_id": self.bakery.id})]},
            {"person_ids": [Command.create({"partner_id": self.denis.id})]},
            {"line_ids": [Command.unlink(self.cohort.line_ids[0].id)]},
            {"line_ids": [Command.update(self.cohort.line_ids[0].id, {"words": "x"})]},
            {
                "person_ids": [
                    Command.update(self.cohort.person_ids[0].id, {"load_after": 0})
                ]
            },
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                self.cohort.write(vals)
            if "line_ids" in vals and vals["line_ids"][0][0] == Command.CREATE:
                with self.subTest(created=vals), self.assertRaises(UserError):
                    self.cohort.create({"is_cohort": True, **vals})

    @mute_logger("odoo.addons.base.models.ir_cron")
    def test_a_cohort_whose_asker_lost_the_right_does_not_stop_the_others(self):
        lost = new_test_user(
            self.env,
            "lost_coordinator",
            groups="solidarity_hub.group_hub_coordinator",
            company_id=self.company.id,
        )
        first = self._run().with_user(lost)
        first.sudo()._unguarded().write({"state": "queued", "asked_by_id": lost.id})
        lost.group_ids = self.env.ref("base.group_user")
        second = self._run()
        second._unguarded().write(
            {"state": "queued", "asked_by_id": self.coordinator.id}
        )
        self._work()
        self.assertEqual(second.state, "solved")
        self.assertEqual(first.sudo().state, "draft")
        self.assertTrue(first.sudo().error)

    def test_titles_and_reasons_are_text_in_what_the_team_reads(self):
        evil = "<img src=x onerror=alert(1)>"
        self.garden.name = f"Garden {evil}"
        self.cohort.action_propose()
        place = self.garden.hub_pairing_ids[0]
        place.action_decline(channel="phone", reason=f"No {evil}")
        texts = self.env["mail.activity"].search(
            [("res_model", "in", ("crm.lead", "hub.pairing"))]
        )
        texts = texts.mapped("note") + self.garden.message_ids.mapped("body")
        texts += self.garden.hub_pairing_ids.message_ids.mapped("body")
        texts += self.env["mail.mail"].search([]).mapped("body_html")
        self.assertTrue(any("img src=x" in str(text or "") for text in texts))
        for text in texts:
            self.assertNotIn("<img src=x", Markup(text or ""))
            self.assertNotIn('<img src="x"', Markup(text or ""))


@tagged("post_install", "-at_install")
class TestCohortDoors(PairingMixin, RpcCase):
    """Over the network: those who have no business with cohorts and figures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_pairing()
        cls.project.hub_phase = "diagnosis"
        cls.cohort = cls.env["hub.pairing.run"].create(
            {
                "is_cohort": True,
                "lead_ids": [(6, 0, cls.project.ids)],
                "partner_ids": [(6, 0, (cls.bernard | cls.chloe | cls.denis).ids)],
            }
        )
        cls.cohort.action_solve()
        cls.line = cls.cohort.line_ids
        cls.line.action_show_alternatives()
        cls.env.flush_all()
        other = cls.env["res.company"].create({"name": "Other hub"})
        other._hub_setup()
        cls.users = dict(
            cls.users,
            foreigner=new_test_user(
                cls.env,
                "hub_foreigner",
                groups="solidarity_hub.group_hub_manager",
                company_id=other.id,
                company_ids=[(6, 0, other.ids)],
            ),
        )

    def _record(self, model):
        if model == "hub.pairing.run":
            return self.cohort
        if model == "hub.pairing.run.line":
            return self.line
        return self.env[model].search([("company_id", "=", self.company.id)], limit=1)

    def _public_methods(self, model):
        """Methods of this addon that a request may name."""
        for cls in type(self.env[model]).mro():
            if ".solidarity_hub." not in cls.__module__:
                continue
            for name, method in vars(cls).items():
                if not name.startswith("_") and inspect.isfunction(method):
                    yield name

    def test_no_door_of_a_cohort_opens_to_strangers(self):
        for model in MODELS:
            record = self._record(model)
            self.assertTrue(record, model)
            for role in STRANGERS:
                for method, args in (
                    ("search_read", ([],)),
                    ("web_search_read", ([], {"display_name": {}})),
                    ("name_search", ("a",)),
                    ("formatted_read_group", ([], ["company_id"])),
                    ("read", (record.ids, ["display_name"])),
                ):
                    with self.subTest(model=model, role=role, method=method):
                        self.assert_refused(role, model, method, *args)

    def test_no_button_of_a_cohort_works_for_strangers(self):
        skipped = {"create", "write", "default_get", "init"}
        for model in MODELS:
            record = self._record(model)
            for name in sorted(set(self._public_methods(model)) - skipped):
                args = ("gap",) if name == "action_open_behind" else ()
                for role in (*STRANGERS, "foreigner"):
                    with self.subTest(model=model, role=role, method=name):
                        self.assert_refused(role, model, name, record.ids, *args)

    def test_nothing_of_a_cohort_is_written_by_strangers(self):
        for model, vals in (
            ("hub.pairing.run", {"with_warned": True}),
            ("hub.pairing.run.line", {"locked": True}),
            ("hub.pairing.run.person", {"load_after": 0}),
            ("hub.pairing.run.alternative", {"changes": {}}),
        ):
            record = self._record(model)
            for role in (*STRANGERS, "foreigner", "adviser"):
                with self.subTest(model=model, role=role):
                    self.assert_refused(role, model, "write", record.ids, vals)
                    if role != "foreigner":
                        self.assert_refused(role, model, "create", [vals])

    def test_another_hub_finds_nothing(self):
        for model in MODELS:
            with self.subTest(model):
                self.assert_hidden("foreigner", model, self._record(model))

    def test_a_coordinator_changes_no_other_pair_and_no_load(self):
        for model, vals in (
            ("hub.pairing.run.person", {"load_after": 0}),
            ("hub.pairing.run.alternative", {"changes": {}}),
            ("hub.pairing.run.alternative", {"first_id": self.denis.id}),
        ):
            with self.subTest(model=model, vals=vals):
                record = self._record(model)
                self.assert_refused("coordinator", model, "write", record.ids, vals)

    def test_private_methods_are_not_called(self):
        for model, name in (
            ("hub.pairing.run", "_cron_run_jobs"),
            ("hub.pairing.run", "_set_stage"),
            ("hub.pairing.run", "_unguarded"),
            ("hub.pairing.run.line", "_propose"),
            ("hub.pairing", "_record_side"),
        ):
            with self.subTest(name):
                self.assert_refused("coordinator", model, name, self.cohort.ids)

    def test_an_adviser_neither_reminds_nor_asks_the_next(self):
        place = self._pair(self.bernard)
        place.action_send()
        self.assert_refused("adviser", "hub.pairing", "action_remind", place.ids)
        place.action_decline(channel="phone")
        for name in ("action_ask_next", "action_ask_again", "action_send"):
            with self.subTest(name):
                self.assert_refused("adviser", "hub.pairing", name, place.ids)
        self.assert_refused(
            "adviser",
            "crm.lead",
            "action_hub_ask_next",
            self.project.ids,
            context={"hub_next_ids": self.denis.ids},
        )

    def test_a_volunteer_reads_no_name_before_the_yes(self):
        user = self.users["volunteer"]
        self.env["hub.role"].create(
            {
                "partner_id": user.partner_id.id,
                "kind": "volunteer",
                "date_start": "2020-01-01",
                "trained_on": "2020-02-01",
            }
        )
        self.project.name = "Café of Amina"
        place = self._pair(user.partner_id)
        place.action_send()
        other = self._pair(self.bernard)

        def call(method, *args, **kwargs):
            return self.call("volunteer", "hub.pairing", method, *args, **kwargs)

        names = [
            name
            for name in self.call("volunteer", "hub.pairing", "fields_get")
            if name not in ("message_ids", "message_partner_ids")
        ]
        texts = [
            call("read", place.ids, names, context={"hub_whole_title": True}),
            call("name_search", "", context={"hub_whole_title": True}),
            call("search_read", [], ["display_name", "volunteer_id"]),
        ]
        for text in texts:
            self.assertNotIn("Amina", str(text))
            self.assertNotIn("Bernard", str(text))
        self.assert_refused("volunteer", "hub.pairing", "read", other.ids, ["id"])
        for name in ("action_ask_next", "action_choose_next", "action_remind"):
            with self.subTest(name):
                self.assert_refused("volunteer", "hub.pairing", name, place.ids)
        with (
            mute_logger("odoo.http"),
            self.assertRaises(JsonRpcException) as error,
        ):
            call("search", [("lead_id.name", "ilike", "Amina")])
        self.assertIn("AccessError", str(error.exception))
        with (
            mute_logger("odoo.http"),
            self.assertRaises(JsonRpcException) as error,
        ):
            call("formatted_read_group", [], ["lead_id"])
        self.assertIn("AccessError", str(error.exception))
