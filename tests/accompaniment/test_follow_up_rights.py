from odoo.tests import tagged

from ..pairing.common import PairingMixin
from ..rpc import RpcCase
from .follow_up import FollowUpMixin

TEAM = ("adviser", "coordinator", "manager")
OUTSIDERS = ("board", "finance", "sales", "employee", "portal")


@tagged("post_install", "-at_install")
class TestFollowUpRights(FollowUpMixin, PairingMixin, RpcCase):
    """Facts for the team and for those who accompany, figures for the board."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_follow_ups()
        cls.outcome = cls._created(day="2024-01-10")
        cls.row = cls._row(cls.outcome, "m12")
        cls.me = cls.users["volunteer"].partner_id
        cls.env.flush_all()

    def _answer(self, role):
        model = "hub.follow.up.call"
        vals = {"follow_up_id": self.row.id, "alive": "active", "own_jobs": 1}
        [call] = self.assert_allowed(role, model, "create", [vals])
        self.assert_allowed(role, model, "action_save", call)
        self.env.invalidate_all()

    def test_the_team_notes_answers(self):
        for role in TEAM:
            self._answer(role)
            self.assertEqual(self.row.asked_by_id, self.users[role])
            self.assert_allowed(role, "hub.follow.up", "action_reopen", self.row.ids)
            self.assert_allowed(role, "hub.follow.up", "action_no_answer", self.row.ids)
        self.env.invalidate_all()
        self.assertEqual(self.row.tries, 1)

    def test_nobody_makes_or_removes_one_by_hand(self):
        for role in (*TEAM, "volunteer", *OUTSIDERS):
            self.assert_refused(role, "hub.follow.up", "create", [{}])
            self.assert_refused(role, "hub.follow.up", "unlink", self.row.ids)

    def test_outsiders_find_nothing(self):
        for role in OUTSIDERS:
            for model in ("hub.follow.up", "hub.survival.activity"):
                self.assert_refused(role, model, "search_read", [], ["lead_id"])
            vals = {"follow_up_id": self.row.id}
            self.assert_refused(role, "hub.follow.up.call", "create", [vals])
            for method in ("action_no_answer", "action_reopen", "action_call"):
                self.assert_refused(role, "hub.follow.up", method, self.row.ids)

    def test_the_board_reads_figures_only(self):
        rows = self.assert_allowed(
            "board",
            "hub.survival",
            "search_read",
            [("year", "=", "2024"), ("moment", "=", "m12")],
            ["created", "rate"],
        )
        self.assertEqual(rows[0]["created"], 1)
        self.assert_refused(
            "board", "hub.survival", "action_open_behind", [rows[0]["id"]], "created"
        )
        for role in ("finance", "sales", "employee", "portal", "volunteer"):
            self.assert_refused(role, "hub.survival", "search_read", [], ["created"])

    def test_a_volunteer_reads_those_of_the_projects_accompanied(self):
        self.assert_hidden("volunteer", "hub.follow.up", self.row)
        self.env["hub.role"].create(
            {
                "partner_id": self.me.id,
                "kind": "volunteer",
                "date_start": "2020-01-01",
                "trained_on": "2020-01-01",
            }
        )
        self._active(self.me)
        fields = ["state", "alive", "jobs"]
        self.assert_allowed("volunteer", "hub.follow.up", "read", self.row.ids, fields)
        for name in ("turnover", "words", "activity_id"):
            self.assert_refused(
                "volunteer", "hub.follow.up", "read", self.row.ids, [name]
            )
        self.assert_refused(
            "volunteer", "hub.follow.up", "write", self.row.ids, {"alive": "active"}
        )
        self.assert_refused(
            "volunteer", "hub.follow.up", "action_no_answer", self.row.ids
        )

    def test_situations_stay_with_those_who_may_note_them(self):
        self.project.user_id = self.users["manager"]
        holder = self.project.hub_holder_ids
        six = self._row(self.outcome, "m06")
        model = "hub.follow.up.call"
        vals = {
            "follow_up_id": six.id,
            "alive": "active",
            "situation_ids": [
                (0, 0, {"holder_id": holder.id, "status": "self_employed"})
            ],
        }
        [call] = self.assert_allowed("adviser", model, "create", [vals])
        self.assert_refused("adviser", model, "action_save", call)
        self.env.invalidate_all()
        self.assertFalse(six.alive or holder.situation_ids)
        [call] = self.assert_allowed("coordinator", model, "create", [vals])
        self.assert_allowed("coordinator", model, "action_save", call)
        self.env.invalidate_all()
        self.assertEqual(holder.situation_ids.moment, "plus_6")

    def test_another_hub_finds_nothing(self):
        company = self.env["res.company"].create({"name": "Second hub"})
        company._hub_setup()
        self.users["manager"].write(
            {"company_ids": [(6, 0, company.ids)], "company_id": company.id}
        )
        self.assert_hidden("manager", "hub.follow.up", self.row)
        for model in ("hub.survival", "hub.survival.activity"):
            self.assertFalse(self.call("manager", model, "search", []))
