from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import HubCommon
from .common import GovernanceMixin


@tagged("post_install", "-at_install")
class TestBoardHome(GovernanceMixin, HubCommon):
    """What a board member finds on the own page and on the first page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_board()
        cls.member = cls.users["board"]
        cls.member.partner_id = cls.people["funders", 1]
        cls.env["res.config.settings"].create(
            {"group_hub_feature_colleges": True}
        ).execute()

    def _home(self):
        home = self.env["hub.board.home"].with_user(self.member)
        return home.browse(home.action_open()["res_id"])

    def _figures(self, role="board"):
        self.env.invalidate_all()
        overview = self.env["hub.overview"].with_user(self.users[role])
        return {one["key"]: one for one in overview.get_overview()["figures"]}

    def test_a_member_without_a_meeting_finds_an_empty_page(self):
        home = self._home()
        self.assertFalse(home.next_meeting_id or home.seat_ids or home.decision_ids)
        self.assertFalse(home.next_words)

    def test_the_next_meeting_its_documents_and_proxies(self):
        file = self.env["ir.attachment"].create({"name": "budget.pdf", "raw": b"x"})
        later = self._convened(date=fields.Datetime.now() + timedelta(days=60))
        meeting = self._convened(document_ids=[Command.set(file.ids)])
        self._line(meeting, "employees", 1).action_give_proxy(
            holder_id=self._line(meeting, "funders", 1).id
        )
        home = self._home()
        self.assertEqual(home.next_meeting_id, meeting)
        self.assertEqual(home.seat_ids.meeting_id, meeting | later)
        self.assertEqual(home.document_ids, file)
        self.assertEqual(home.proxy_ids.mapped("name"), ["Employees 1"])
        self.assertIn("on ", home.next_words)

    def test_the_next_vote_comes_first(self):
        later = self._resolution(
            self._convened(date=fields.Datetime.now() + timedelta(days=60)), "Later"
        )
        soon = self._resolution(self._convened(), "Soon")
        self.assertEqual(self._home().resolution_ids.mapped("name"), ["Soon", "Later"])
        self.assertEqual(self._home().resolution_ids, soon + later)

    def test_a_proxy_is_offered_where_the_rules_allow_one(self):
        allowed = self._line(self._convened(), "funders", 1)
        self.body.proxies_per_person = 0
        meeting = self._convened(date=fields.Datetime.now() + timedelta(days=60))
        refused = self._line(meeting, "funders", 1)
        self.assertEqual(
            [seat.has_proxies for seat in self._home().seat_ids], [True, False]
        )
        self.assertEqual(self._home().seat_ids, allowed + refused)
        self.assertNotIn("proxy", meeting._print_invitation())
        self.assertIn("proxy", allowed.meeting_id._print_invitation())

    def test_what_i_vote_on_leaves_out_conflicts_and_other_bodies(self):
        meeting = self._convened()
        mine = self._resolution(meeting, "Mine")
        own_loan = self._resolution(meeting, "My own loan")
        own_loan.conflict_ids = [
            Command.create(
                {
                    "presence_id": self._line(meeting, "funders", 1).id,
                    "reason": "Own loan",
                }
            )
        ]
        settled = self._resolution(meeting, "Withdrawn")
        settled.action_withdraw()
        self.assertEqual(self._home().resolution_ids, mine)
        self.assertEqual(self._figures()["my_votes"]["value"], 1)

    def test_decisions_of_last_time_and_approved_minutes(self):
        for days, name in ((60, "Old"), (30, "Recent")):
            meeting = self._plan(date=fields.Datetime.now() - timedelta(days=days))
            meeting.action_record_past()
            meeting.presence_ids.action_present()
            self._resolution(meeting, name).action_unanimous()
            minutes = self.env["hub.minutes"].create({"meeting_id": meeting.id})
            if name == "Old":
                minutes.approval_note = "In writing"
                minutes.action_approve()
                approved = minutes
        home = self._home()
        self.assertEqual(home.decision_ids.mapped("name"), ["Recent"])
        self.assertEqual(home.minutes_ids, approved)
        url = approved.with_user(self.member).document_url
        self.assertIn("/web/content/", url)

    def test_a_proxy_is_given_from_the_page(self):
        meeting = self._convened()
        own = self._line(meeting, "funders", 1).with_user(self.member)
        action = own.action_ask_proxy()
        form = Form(
            self.env["hub.proxy.wizard"]
            .with_user(self.member)
            .with_context(**action["context"])
        )
        form.holder_id = self._line(meeting, "funders", 2)
        form.save().action_confirm()
        self.assertEqual(own.proxy_to_id.name, "Funders 2")

    def test_figures_count_the_lists_they_open(self):
        self._convened()
        self.mandates["funders", 2].date_end = fields.Date.today() + timedelta(days=9)
        meeting = self._plan(date=fields.Datetime.now() - timedelta(days=30))
        meeting.action_record_past()
        meeting.presence_ids.action_present()
        late = self._resolution(
            meeting, owner_id=self.users["adviser"].id, due_on="2026-01-01"
        )
        late.action_unanimous()
        found = self._figures("coordinator")
        expected = {"minutes_to_write": 1, "mandates_ending": 1, "decisions_late": 1}
        for key, number in expected.items():
            figure = found[key]
            self.assertEqual(figure["value"], number, key)
            model = self.env[figure["action"]["res_model"]]
            self.assertEqual(model.search_count(figure["action"]["domain"]), number)
        self.assertEqual(self._figures()["my_meetings"]["value"], 1)
        self.assertNotIn("minutes_to_write", self._figures())

    def test_without_the_part_in_use_nothing_is_shown(self):
        self.env["res.config.settings"].create(
            {"group_hub_feature_colleges": False}
        ).execute()
        for role in ("board", "coordinator"):
            self.assertFalse(
                {"my_meetings", "my_votes", "minutes_to_write"}
                & set(self._figures(role))
            )
