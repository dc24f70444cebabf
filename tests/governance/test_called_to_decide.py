from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import HubCommon
from .common import GovernanceMixin

FOR = "for"


@tagged("post_install", "-at_install")
class TestCalledToDecide(GovernanceMixin, HubCommon):
    """Whoever decides on a record reads it until the decision, and whoever it concerns
    neither reads it as a judge nor votes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_board()
        cls.member = cls.users["board"]
        cls.member.partner_id = cls.people["funders", 1]
        cls.meeting = cls._plan()
        cls.resolution = cls._resolution(cls.meeting, "A contract")
        cls.pact = cls._contract(cls.resolution)

    @classmethod
    def _contract(cls, resolution, concerned=(), **vals):
        return cls.env["hub.pact"].create(
            {
                "name": "Contract",
                "form": "accompaniment_contract",
                "resolution_id": resolution.id,
                "party_ids": [
                    Command.create({"partner_id": one.id, "category": "concerned"})
                    for one in concerned
                ],
                **vals,
            }
        )

    def _reads(self, pact=None):
        self.env.invalidate_all()
        pact = (pact or self.pact).with_user(self.member)
        found = pact.search([("id", "in", pact.ids)])
        self.assertEqual(bool(found), pact.has_access("read"))
        return bool(found)

    def _open(self, *present):
        self.meeting.action_open()
        for seat in present:
            self._line(self.meeting, *seat).action_present()

    # Reading

    def test_the_file_is_read_from_the_convocation_to_the_decision(self):
        self.assertFalse(self._reads(), "not yet convened")
        self.meeting.action_convene()
        self.assertTrue(self._reads())
        with self.assertRaises(UserError):
            self.pact.with_user(self.member).name = "Mine"
        self._open(("funders", 1), ("funders", 2))
        self.resolution.entry = "ballots"
        self.resolution.action_open_vote()
        self.assertTrue(self._reads(), "while the vote is open")
        self.resolution.action_close_vote()
        self.assertFalse(self._reads(), "once it is decided")

    def test_who_is_not_called_does_not_read(self):
        other = self._create_body(name="Credit committee", codes=("employees",))
        meeting = self._plan(other)
        self.pact.resolution_id = self._resolution(meeting)
        self._seat("employees", 9, other)
        meeting.action_convene()
        self.assertFalse(self._reads(), "of a body in which one does not sit")
        self.pact.resolution_id = False
        self.assertFalse(self._reads(), "put to no vote")

    def test_whose_college_does_not_vote_does_not_read(self):
        self.meeting.action_convene()
        self.resolution.entitled_college_ids = self.colleges["employees"]
        self.assertFalse(self._reads())
        self.resolution.entitled_college_ids |= self.colleges["funders"]
        self.assertTrue(self._reads())

    def test_whoever_lost_the_vote_does_not_read(self):
        self.meeting.action_convene()
        self._line(self.meeting, "funders", 1).exclusion_reason = "Resigned"
        self.assertFalse(self._reads())

    def test_a_conflict_closes_the_file(self):
        self.meeting.action_convene()
        seat = self._line(self.meeting, "funders", 1)
        self.resolution.conflict_ids = [
            Command.create({"presence_id": seat.id, "reason": "Lends as well"})
        ]
        self.assertFalse(self._reads())

    def test_whom_it_concerns_does_not_read_it_as_a_judge(self):
        self.meeting.action_convene()
        own = self._contract(self.resolution, self.member.partner_id)
        self.assertFalse(self._reads(own))
        self.assertTrue(self._reads(), "the other file of the same resolution")

    # Voting

    def test_one_question_tells_of_a_conflict(self):
        self.meeting.action_convene()
        self.assertFalse(self.resolution._hub_in_conflict(self.member))
        seat = self._line(self.meeting, "funders", 1)
        self.resolution.conflict_ids = [
            Command.create({"presence_id": seat.id, "reason": "Lends as well"})
        ]
        self.assertTrue(self.resolution._hub_in_conflict(self.member))
        self.resolution.conflict_ids.unlink()
        self._contract(self.resolution, self.member.partner_id)
        self.assertTrue(self.resolution._hub_in_conflict(self.member))
        self.assertFalse(self.resolution._hub_in_conflict(self.users["adviser"]))

    def test_whoever_is_concerned_leaves_when_the_vote_begins(self):
        association = self.env["res.partner"].create(
            {"name": "Les Ateliers", "is_company": True}
        )
        self.mandates["funders", 2].represented_id = association
        self.meeting.action_convene()
        self._contract(self.resolution, self.people["holders", 1])
        self._contract(self.resolution, association)
        self._open(("holders", 1), ("funders", 1), ("funders", 2))
        self.resolution.entry = "ballots"
        self.resolution.action_open_vote()
        left = self.resolution.conflict_ids
        self.assertEqual(
            set(left.presence_id.mapped("name")), {"Holders 1", "Funders 2"}
        )
        self.assertIn("personally concerned by", left[0].reason)
        self.assertIn("Contract", left[0].reason)
        with self.assert_rule("left this vote for a conflict"):
            self._ballots(self.resolution, {("holders", 1): FOR})
        self._ballots(self.resolution, {("funders", 1): FOR})
        self.resolution.action_begin_again()
        self.resolution.action_open_vote()
        self.assertEqual(self.resolution.conflict_ids, left, "noted once")

    def test_unanimous_is_without_whoever_is_concerned(self):
        self.meeting.action_convene()
        self._contract(self.resolution, self.people["holders", 1])
        self._open(*[seat for seat in self.people if seat[0] in ("holders", "funders")])
        self.resolution.action_unanimous()
        figures = self.resolution.figures
        self.assertEqual((figures["left"], figures["for"]), (1, 5))

    def test_a_local_pact_of_all_keeps_nobody_from_voting(self):
        self.meeting.action_convene()
        self._contract(self.resolution, self.people["holders", 1], form="local_pact")
        self._open(("holders", 1))
        self.resolution.action_open_vote()
        self.assertFalse(self.resolution.conflict_ids)

    def test_whoever_left_votes_for_nobody_else(self):
        self.meeting.action_convene()
        giver = self._line(self.meeting, "employees", 1)
        holder = self._line(self.meeting, "funders", 1)
        giver.action_give_proxy(holder_id=holder.id)
        self._open(*[seat for seat in self.people if seat[0] in ("funders", "holders")])
        resolution = self._resolution(
            self.meeting,
            "A loan",
            entry="ballots",
            base="entitled",
            conflict_ids=[
                Command.create({"presence_id": holder.id, "reason": "Lends as well"})
            ],
        )
        resolution.action_open_vote()
        self.assertNotIn(giver, resolution.voter_ids | resolution.waiting_ids)
        with self.assert_rule("who holds the proxy, left this vote"):
            self._ballots(resolution, {("employees", 1): FOR})
        with self.assertRaises(UserError):
            resolution.with_user(self.member).action_vote(FOR, giver.id)
        resolution.action_close_vote()
        figures = resolution.figures
        self.assertEqual(
            (figures["entitled"], figures["present"], figures["represented"]),
            (14, 5, 0),
            "the member who gave the proxy stays entitled, without a vote",
        )

    # From the resolution to the file

    def test_a_resolution_tells_what_it_decides_on(self):
        charter = self.env["hub.charter"].create(
            {"name": "Charter", "resolution_id": self.resolution.id}
        )
        self.meeting.action_convene()
        words = self.resolution.subject_words
        self.assertIn("Contract", words)
        self.assertIn(charter.display_name, words)
        action = self.resolution.action_open_subjects()
        self.assertEqual(action["res_id"], charter.id)
        seen = self.resolution.with_user(self.member)
        self.assertEqual(seen.action_open_subjects()["res_model"], "hub.pact")
        self.pact.resolution_id = False
        self.env.invalidate_all()
        self.assertNotIn("Contract", seen.subject_words or "")

    def test_a_resolution_that_decides_on_nothing_says_so(self):
        resolution = self._resolution(self.meeting)
        self.assertFalse(resolution.subject_words)
        with self.assert_rule("decides on no record"):
            resolution.action_open_subjects()

    def test_what_decided_is_not_deleted(self):
        withdrawn = self._resolution(self.meeting, "Withdrawn")
        self.pact.resolution_id = withdrawn
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            withdrawn.unlink()
            self.env.flush_all()
