from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import HubCommon
from ..governance.common import GovernanceMixin
from ..rpc import RpcCase

WORDS = "A second office in Chenôve\n\nTwo afternoons a month, with a volunteer."


class ReviewVoteMixin(GovernanceMixin):
    """A review with a proposal, and a board that meets."""

    @classmethod
    def _set_up_vote(cls):
        cls.env["res.lang"]._activate_lang("en_US")
        cls._set_up_board(seats=1)
        cls.review = cls.env["hub.annual.review"].create(
            {"year": 2020, "lang": "en_US"}
        )
        cls.point = cls._proposal(
            college_id=cls.colleges["volunteers"].id,
            responsible_id=cls.users["adviser"].id,
            deadline="2030-06-01",
        )

    @classmethod
    def _proposal(cls, text=WORDS, **vals):
        point = cls.env["hub.review.point"].create(
            {"review_id": cls.review.id, "kind": "proposal", "text": text, **vals}
        )
        return point.with_user(cls.users["coordinator"])

    @classmethod
    def _later(cls, days, **vals):
        return cls._plan(date=fields.Datetime.now() + timedelta(days=days), **vals)


@tagged("post_install", "-at_install")
class TestReviewVote(ReviewVoteMixin, HubCommon):
    """A proposal of the review becomes a resolution, and is told what was decided."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_vote()

    def test_it_stands_on_the_next_agenda_in_its_own_words(self):
        self._later(40)
        board = self._later(20)
        self._later(12).action_convene()
        self.assertIn("Board", self.point.next_meeting)
        self.point.action_put_to_vote()
        resolution = self.point.resolution_id
        self.assertEqual(resolution.meeting_id, board)
        item = board.agenda_item_ids[-1]
        self.assertEqual(resolution.agenda_item_id, item)
        self.assertEqual(item.kind, "decision")
        for name in (item.name, resolution.name):
            self.assertEqual(name, "A second office in Chenôve")
        for text in (item.description, resolution.text):
            self.assertIn("Two afternoons a month", text)
            self.assertIn("Participatory review 2020, said by: Volunteers", text)
        self.assertEqual(self.point.follow_up, "vote")
        self.assertEqual(self.point.progress, "waiting")
        self.assertEqual(self.point.outcome, f"On the agenda: {board.display_name}")
        self.assertFalse(self.review.activity_ids)

    def test_a_user_chooses_the_meeting(self):
        settings = {"group_hub_feature_colleges": True}
        self.env["res.config.settings"].create(settings).execute()
        self._later(20)
        assembly = self._later(40, name="Assembly")
        review = self.review.with_user(self.users["coordinator"])
        with Form(review) as form, form.point_ids.edit(0) as line:
            line.meeting_id = assembly
        self.point.action_put_to_vote()
        self.assertEqual(self.point.resolution_id.meeting_id, assembly)
        self.assertEqual(
            self.point.action_open_resolution()["res_id"], self.point.resolution_id.id
        )

    def test_it_is_told_what_was_decided(self):
        meeting = self._later(20)
        self.point.action_put_to_vote()
        resolution = self.point.resolution_id
        self.assertEqual(
            (resolution.owner_id, str(resolution.due_on)),
            (self.users["adviser"], "2030-06-01"),
        )
        meeting.action_convene()
        meeting.action_open()
        meeting.presence_ids.action_present()
        resolution.action_unanimous()
        self.assertRegex(self.point.outcome, "Adopted on")
        self.assertRegex(self.point._print_follow_up(), "Adopted on")
        self.assertEqual(self.point.progress, "done")
        self.assertEqual(resolution.activity_ids.user_id, self.users["adviser"])
        self.assertIn("A second office", resolution.subject_words)
        with self.assert_rule("open or over"):
            self.point.action_reopen()
        self.assertEqual(self.point.resolution_id, resolution)

    def test_it_is_told_that_it_was_rejected(self):
        meeting = self._opened_with_the_proposal()
        self._ballots(
            self.point.sudo().resolution_id,
            {(code, 1): "against" for code in self.colleges},
        )
        self.point.sudo().resolution_id.action_close_vote()
        self.assertEqual(self.point.sudo().resolution_id.meeting_id, meeting)
        self.assertRegex(self.point.outcome, "Rejected on")
        self.assertEqual(self.point.progress, "done")

    def _opened_with_the_proposal(self):
        meeting = self._later(20)
        self.point.action_put_to_vote()
        meeting.action_convene()
        meeting.action_open()
        meeting.presence_ids.action_present()
        return meeting

    def test_before_the_convocation_nothing_is_left_on_the_agenda(self):
        meeting = self._later(20)
        before = meeting.agenda_item_ids
        self.point.action_put_to_vote()
        self.point.action_reopen()
        self.assertEqual(meeting.agenda_item_ids, before)
        self.assertFalse(meeting.resolution_ids)
        self.assertEqual((self.point.follow_up, self.point.outcome), ("open", False))
        self.point.action_put_to_vote()
        self.assertEqual(self.point.resolution_id.meeting_id, meeting)

    def test_after_the_convocation_it_is_withdrawn_for_all_to_see(self):
        meeting = self._later(20)
        self.point.action_put_to_vote()
        meeting.action_convene()
        self.point.action_reopen()
        self.assertEqual(meeting.resolution_ids.state, "withdrawn")
        self.assertFalse(self.point.resolution_id)

    def test_a_resolution_that_is_withdrawn_waits_again(self):
        self._later(20)
        self.point.action_put_to_vote()
        self.point.resolution_id.action_withdraw()
        self.assertRegex(self.point.outcome, "Withdrawn")
        self.assertEqual(self.point.progress, "waiting")

    def test_without_a_meeting_somebody_is_told_and_it_waits(self):
        self.point.action_put_to_vote()
        activity = self.review.activity_ids
        self.assertEqual(activity.user_id, self.users["adviser"])
        self.assertFalse(self.point.resolution_id)
        with self.assert_rule("no meeting is being prepared"):
            self.point.action_put_to_vote()
        meeting = self._later(20)
        self.point.action_put_to_vote()
        self.assertEqual(self.point.resolution_id.meeting_id, meeting)
        self.assertFalse(activity.active)
        self.assertEqual(self.point.progress, "waiting")

    def test_a_closed_agenda_takes_nothing_more(self):
        meeting = self._later(20)
        self.point.meeting_id = meeting
        meeting.action_convene()
        with self.assert_rule("agenda of"):
            self.point.action_put_to_vote()
        self.assertFalse(meeting.resolution_ids)
        self.assertEqual(self.point.follow_up, "open")

    def test_it_is_put_to_the_vote_once(self):
        self._later(20)
        self.point.action_put_to_vote()
        with self.assert_rule("is decided"):
            self.point.action_put_to_vote()

    def test_a_meeting_of_another_hub_is_none(self):
        second = self.env["res.company"].create({"name": "Second hub"})
        second._hub_setup()
        body = (
            self.env["hub.body"]
            .with_company(second)
            .create({"name": "Their board", "kind": "board", "company_id": second.id})
        )
        theirs = self._later(5, body=body)
        self.assertNotIn("Their", self.point.sudo().next_meeting or "")
        with self.assert_rule("Their board"):
            self.point.sudo().meeting_id = theirs
        self.point.action_put_to_vote()
        self.assertFalse(theirs.resolution_ids)

    def test_a_new_version_follows_the_same_resolution(self):
        self._later(20)
        self.point.action_put_to_vote()
        self.review.validated_on = "2021-02-01"
        self.review.action_validate()
        later = self.review._next_version()
        self.assertEqual(later.point_ids.resolution_id, self.point.resolution_id)

    def test_after_the_review_the_words_stay_and_the_vote_goes_on(self):
        self._later(20)
        self.review.validated_on = "2021-02-01"
        self.review.action_validate()
        self.point.action_put_to_vote()
        self.assertTrue(self.point.resolution_id)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            self.point.text = "Another"

    def test_the_resolution_is_not_typed_in(self):
        resolution = self._resolution(self._later(20))
        with self.assertRaisesRegex(UserError, "not typed in"):
            self.point.resolution_id = resolution

    def test_a_long_proposal_has_a_short_title(self):
        self._later(20)
        point = self._proposal("word " * 60)
        point.action_put_to_vote()
        self.assertLess(len(point.resolution_id.name), 125)
        self.assertTrue(point.resolution_id.name.endswith("word…"))
        self.assertIn("word " * 59, point.resolution_id.text)

    def test_a_second_call_decides_on_the_same_proposal(self):
        meeting = self._later(20)
        self.point.action_put_to_vote()
        meeting.action_convene()
        meeting.action_open()
        again = self.env["hub.meeting"].browse(meeting.action_second_call()["res_id"])
        self.assertEqual(self.point.resolution_id.meeting_id, again)

    def test_who_reads_and_who_decides(self):
        self._later(20)
        for role in ("adviser", "board"):
            point = self.point.with_user(self.users[role])
            self.assertEqual(point.follow_up, "open")
            with self.assertRaises(AccessError):
                point.action_put_to_vote()
        self.point.action_put_to_vote()
        self.env.invalidate_all()
        board = self.point.with_user(self.users["board"])
        self.assertRegex(board.outcome, "On the agenda")


@tagged("post_install", "-at_install")
class TestReviewVoteRpc(ReviewVoteMixin, RpcCase):
    """The same over HTTP, as each role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_vote()
        cls.meeting = cls._later(20)

    def test_only_those_who_run_the_hub_put_it_to_the_vote(self):
        ids = self.point.ids
        model = "hub.review.point"
        for method in ("action_put_to_vote", "action_plan", "action_reopen"):
            for role in ("adviser", "board", "finance", "volunteer", "sales", "portal"):
                self.assert_refused(role, model, method, ids)
        self.assertFalse(self.meeting.resolution_ids)
        self.assert_allowed("coordinator", model, "action_put_to_vote", ids)
        self.env.invalidate_all()
        self.assertEqual(self.meeting.resolution_ids, self.point.sudo().resolution_id)
        [told] = self.assert_allowed("board", model, "read", ids, ["outcome"])
        self.assertIn("On the agenda", told["outcome"])
        self.assert_allowed("manager", model, "action_reopen", ids)
        self.env.invalidate_all()
        self.assertFalse(self.meeting.resolution_ids)
