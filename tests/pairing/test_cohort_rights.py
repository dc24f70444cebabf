from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..rpc import RpcCase
from .common import PairingMixin


@tagged("post_install", "-at_install")
class TestCohortRights(PairingMixin, RpcCase):
    """Coordinators pair a cohort, advisers read it, nobody else sees it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_pairing()
        cls.project.hub_phase = "diagnosis"
        cls.people = cls.bernard | cls.chloe | cls.denis
        cls.cohort = cls.env["hub.pairing.run"].create(
            {
                "is_cohort": True,
                "lead_ids": [(6, 0, cls.project.ids)],
                "partner_ids": [(6, 0, cls.people.ids)],
            }
        )
        cls.cohort.action_solve()
        cls.line = cls.cohort.line_ids
        cls.line.action_show_alternatives()

    def assert_guarded(self, model, record, vals):
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as error:
            self.call("coordinator", model, "write", record.ids, vals)
        self.assertEqual(str(error.exception), "odoo.exceptions.UserError")

    def test_a_coordinator_does_all_of_it(self):
        def call(model, method, *args):
            return self.assert_allowed("coordinator", model, method, *args)

        run, line = "hub.pairing.run", "hub.pairing.run.line"
        [new] = call(
            run,
            "create",
            [
                {
                    "is_cohort": True,
                    "lead_ids": [(6, 0, self.project.ids)],
                    "partner_ids": [(6, 0, self.people.ids)],
                }
            ],
        )
        call(run, "action_solve", [new])
        [found] = call(run, "read", [new], ["line_ids", "state", "summary"])
        self.assertEqual(found["state"], "solved")
        [row] = found["line_ids"]
        call(line, "action_toggle_lock", [row])
        call(line, "action_exclude_second", [row])
        call(run, "action_solve", [new])
        call(line, "write", [row], {"second_id": self.chloe.id})
        call(line, "action_show_alternatives", [row])
        [shown] = call(line, "read", [row], ["alternative_ids"])
        take = shown["alternative_ids"][0]
        call("hub.pairing.run.alternative", "action_take", [take])
        call(run, "action_propose", [new])
        [found] = call(run, "read", [new], ["state", "pairing_ids"])
        self.assertEqual(found["state"], "proposed")
        self.assertEqual(len(found["pairing_ids"]), 2)

    def test_a_coordinator_drops_a_search(self):
        self.assert_allowed(
            "coordinator", "hub.pairing.run", "action_cancel", self.cohort.ids
        )

    def test_an_adviser_reads_and_changes_nothing(self):
        for record in (self.cohort, self.line, self.line.alternative_ids):
            model = record._name
            self.assert_allowed("adviser", model, "read", record.ids, ["display_name"])
        for model, record, methods in (
            (
                "hub.pairing.run",
                self.cohort,
                (
                    "action_solve",
                    "action_search_longer",
                    "action_propose",
                    "action_cancel",
                ),
            ),
            (
                "hub.pairing.run.line",
                self.line,
                (
                    "action_toggle_lock",
                    "action_exclude_first",
                    "action_exclude_second",
                    "action_show_alternatives",
                    "action_propose",
                ),
            ),
            (
                "hub.pairing.run.alternative",
                self.line.alternative_ids[0],
                ("action_take",),
            ),
        ):
            for method in methods:
                with self.subTest(method):
                    self.assert_refused("adviser", model, method, record.ids)
        self.assert_refused(
            "adviser", "hub.pairing.run", "create", [{"is_cohort": True}]
        )

    def test_nobody_else_sees_a_cohort(self):
        for role in ("board", "volunteer", "finance", "sales", "employee", "portal"):
            for record in (self.cohort, self.line, self.cohort.person_ids[0]):
                with self.subTest(role=role, model=record._name):
                    self.assert_refused(role, record._name, "read", record.ids, ["id"])

    def test_what_the_search_finds_is_not_typed_in(self):
        for vals in (
            {"status": "partial"},
            {"gap": 0.5},
            {"summary": "All is well"},
            {"state": "proposed"},
            {"asked_by_id": self.users["manager"].id},
            {"attempts": 9},
        ):
            with self.subTest(vals):
                self.assert_guarded("hub.pairing.run", self.cohort, vals)
        for vals in (
            {"words": "Perfect"},
            {"permille": 3},
            {"warning": False} if self.line.warning else {"warning": "None"},
            {"state": "proposed"},
            {"sought": 7},
            {"lead_id": self.cohort.lead_ids.copy().id},
        ):
            with self.subTest(vals):
                self.assert_guarded("hub.pairing.run.line", self.line, vals)

    def test_the_lines_of_a_search_are_not_made_by_hand(self):
        self.assert_refused(
            "coordinator",
            "hub.pairing.run.line",
            "create",
            [{"first_id": self.bernard.id}],
        )
        self.assert_refused(
            "coordinator", "hub.pairing.run.line", "unlink", self.line.ids
        )
        self.assert_refused("coordinator", "hub.pairing.run", "unlink", self.cohort.ids)
