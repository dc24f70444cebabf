from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from ..common import HubCommon
from .common import CODES, GovernanceMixin


@tagged("post_install", "-at_install")
class TestMeetingAttendance(GovernanceMixin, HubCommon):
    """Who is there, from when to when, and whether that is enough."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_board()

    def test_the_forecast_follows_the_answers(self):
        meeting = self._convened()
        self.assertIn("Announced: 0 of 15", meeting.quorum_words)
        self.assertIn("would not be reached (0, needed: 8)", meeting.quorum_words)
        for seat in list(self.people)[:7]:
            self._line(meeting, *seat).action_coming()
        self.assertEqual(meeting.coming_count, 7)
        self.assertFalse(meeting.presence_ids.filtered(lambda p: p.state == "present"))
        self.assertIn("7 of 15 members, and 0 by proxy", meeting.quorum_words)
        holder, giver = (
            self._line(meeting, "qualified", 1),
            self._line(meeting, "funders", 3),
        )
        giver.proxy_to_id = holder
        self.assertIn("Quorum reached (8, needed: 8)", meeting.quorum_words)
        holder.action_not_coming()
        self.assertIn("would not be reached (6, needed: 8)", meeting.quorum_words)

    def test_the_quorum_is_reached_by_one(self):
        meeting = self._opened(present=list(self.people)[:7])
        self.assertFalse(meeting.quorum_reached)
        self.assertIn("Quorum not reached (7, needed: 8)", meeting.quorum_words)
        self._line(meeting, *list(self.people)[7]).action_present()
        self.assertTrue(meeting.quorum_reached)
        self.assertIn("8 of 15 members present", meeting.quorum_words)

    def test_each_college_may_have_its_quorum(self):
        self.body.college_quorum = "1/2"
        meeting = self._opened(
            present=[(code, n) for code in CODES[:4] for n in (1, 2)]
        )
        self.assertFalse(meeting.quorum_reached)
        self.assertIn(
            "Funders: quorum not reached (0, needed: 2)", meeting.quorum_words
        )
        for number in (1, 2):
            self._line(meeting, "funders", number).action_present()
        self.assertTrue(meeting.quorum_reached)

    def test_without_a_quorum_any_number_is_enough(self):
        self.body.quorum = False
        meeting = self._opened(present=[("funders", 1)])
        self.assertTrue(meeting.quorum_reached)

    def test_whoever_comes_late_or_leaves_votes_only_meanwhile(self):
        start = self._noon(20)
        meeting = self._convened(date=start)
        with freeze_time(start):
            meeting.action_open()
            early = self._line(meeting, "funders", 1)
            early.action_present()
            self.assertFalse(early.arrival)
        with freeze_time(start + timedelta(minutes=40)):
            late = self._line(meeting, "funders", 2)
            late.action_present()
            self.assertEqual(late.arrival, start + timedelta(minutes=40))
        with freeze_time(start + timedelta(minutes=60)):
            early.action_left()
        for minutes, there in ((10, early), (50, early | late), (70, late)):
            moment = start + timedelta(minutes=minutes)
            found = meeting.presence_ids.filtered(
                lambda line, moment=moment: line._voter(moment)
            )
            self.assertEqual(found, there, minutes)
        with freeze_time(start + timedelta(minutes=70)):
            meeting.invalidate_recordset()
            self.assertEqual(meeting.present_count, 1)
        self.assertIn("until", early._print_attendance())
        self.assertIn("from", late._print_attendance())

    def test_after_the_close_all_who_were_there_are_counted(self):
        meeting = self._opened(present=["funders"])
        self._line(meeting, "funders", 1).action_left()
        meeting.action_close()
        self.assertEqual(meeting.state, "held")
        self.assertEqual(meeting.present_count, 3)
        states = meeting.presence_ids.mapped("state")
        self.assertEqual((states.count("present"), states.count("absent")), (3, 12))

    def test_a_mistake_is_put_right(self):
        meeting = self._opened(present=["funders"])
        line = self._line(meeting, "funders", 1)
        line.action_expected()
        self.assertEqual(line.state, "expected")
        line.action_absent()
        line.action_present()
        self.assertEqual(line.state, "present")
        with self.assert_rule("is not noted present"):
            self._line(meeting, "employees", 1).action_left()

    def test_everybody_is_present_in_one_click(self):
        meeting = self._convened()
        meeting.action_open()
        self._line(meeting, "funders", 1).action_absent()
        meeting.action_everybody_present()
        self.assertEqual(meeting.present_count, 14)

    def test_opening_and_closing_go_in_order(self):
        meeting = self._plan()
        with self.assert_rule("cannot begin"):
            meeting.action_open()
        meeting.action_convene()
        with self.assert_rule("has not begun"):
            meeting.action_close()
        meeting.action_open()
        resolution = self._resolution(meeting, entry="ballots")
        resolution.action_open_vote()
        with self.assert_rule("A vote is still open"):
            meeting.action_close()

    def test_a_second_call_needs_no_quorum(self):
        meeting = self._opened(present=["funders"])
        carried = self._resolution(
            meeting,
            "Carried over",
            agenda_item_id=meeting.agenda_item_ids.id,
            threshold="2/3",
        )
        loose = self._resolution(meeting, "Loose")
        settled = self._resolution(meeting, "Withdrawn")
        settled.action_withdraw()
        self.assertTrue(meeting.may_call_again)
        meeting.action_close()
        action = meeting.action_second_call()
        again = self.env["hub.meeting"].browse(action["res_id"])
        self.assertEqual(again.first_call_id, meeting)
        self.assertEqual(again.date, meeting.date + timedelta(days=8))
        self.assertEqual(
            again.agenda_item_ids.mapped("name"), meeting.agenda_item_ids.mapped("name")
        )
        self.assertEqual(
            again.resolution_ids.mapped("name"), [carried.name, loose.name]
        )
        self.assertEqual(again.resolution_ids[0].threshold, "2/3")
        self.assertEqual(
            again.resolution_ids[0].agenda_item_id, again.agenda_item_ids[0]
        )
        self.assertEqual(meeting.action_second_call()["res_id"], again.id)
        again.action_convene()
        self.assertFalse(again.quorum)
        again.action_open()
        self._line(again, "funders", 1).action_present()
        self.assertTrue(again.quorum_reached)
        self.assertFalse(again.may_call_again)
        self.assertEqual(self.body.quorum, "1/2")

    def test_a_second_call_follows_a_missing_quorum_only(self):
        meeting = self._opened()
        with self.assert_rule("whose quorum was not reached"):
            meeting.action_second_call()

    def test_a_past_meeting_is_recorded_afterwards(self):
        meeting = self._plan(
            date=fields.Datetime.now() - timedelta(days=60), agenda_item_ids=False
        )
        meeting.action_record_past()
        self.assertEqual(meeting.state, "held")
        self.assertEqual(meeting.opened_at, meeting.date)
        self.assertEqual(len(meeting.presence_ids), 15)
        meeting.action_everybody_present()
        line = self._line(meeting, "funders", 1)
        self.assertFalse(line.arrival)
        self._line(meeting, "funders", 2).write(
            {"departure": meeting.date + timedelta(hours=1)}
        )
        early, late = self._resolution(meeting), self._resolution(meeting)
        late.voted_at = meeting.date + timedelta(hours=2)
        early.action_unanimous()
        late.action_unanimous()
        self.assertEqual((early.figures["for"], late.figures["for"]), (15, 14))
        self.assertEqual(early.closed_on, meeting.date)
        with self.assert_rule("has not taken place yet"):
            self._plan().action_record_past()

    def test_the_year_of_a_number_is_that_of_the_meeting(self):
        meeting = self._plan(date="2023-05-02 18:00:00")
        self.mandates["funders", 1].date_start = "2022-01-01"
        meeting.action_record_past()
        meeting.presence_ids.action_present()
        resolution = self._resolution(meeting)
        resolution.action_unanimous()
        self.assertTrue(resolution.number.startswith("R2023-"))
