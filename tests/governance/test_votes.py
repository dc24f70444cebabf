from datetime import timedelta
from fractions import Fraction

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import HubCommon
from .common import CODES, GovernanceMixin

FOR, AGAINST, ABSTAIN = "for", "against", "abstain"


@tagged("post_install", "-at_install")
class TestVotes(GovernanceMixin, HubCommon):
    """Who votes, how it is noted, what comes out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_board()

    # Simplest first

    def test_adopted_unanimously_in_one_click(self):
        meeting = self._opened(present=CODES[:3])
        self._line(meeting, "funders", 1).proxy_to_id = self._line(
            meeting, "holders", 1
        )
        resolution = self._resolution(meeting)
        resolution.action_unanimous()
        self.assertEqual((resolution.state, resolution.result), ("closed", "adopted"))
        self.assertEqual(
            resolution.explanation,
            "Adopted unanimously: 10 for, 0 against, no abstention; quorum reached (10"
            " of 15, 8 needed).",
        )

    def test_a_sentence_is_written_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        meeting = self._opened()
        resolution = self._resolution(meeting)
        self._totals(resolution, {None: (9, 5, 1)})
        words = resolution.with_context(lang="fr_FR").explanation
        self.assertTrue(words.startswith("Adoptée"), words)
        self.assertIn("64,29", words)

    def test_totals_are_typed(self):
        resolution = self._resolution(self._opened())
        self._totals(resolution, {None: (7, 6, 2)})
        self.assertEqual(resolution.result, "adopted")
        self.assertIn("7 for, 6 against, 2 abstentions", resolution.explanation)
        self.assertIn("53.85% of the votes cast", resolution.explanation)

    def test_ballots_are_noted_one_by_one(self):
        resolution = self._resolution(self._opened(), entry="ballots")
        resolution.action_open_vote()
        self.assertEqual(len(resolution.voter_ids), 15)
        on_screen = resolution.voter_ids.with_context(hub_resolution=resolution.id)
        on_screen[0].action_vote_for()
        on_screen[1].action_vote_against()
        on_screen[2].action_vote_abstain()
        self.assertEqual(
            resolution.ballot_ids.mapped("choice"), [FOR, AGAINST, ABSTAIN]
        )
        resolution.invalidate_recordset()
        self.assertEqual(len(resolution.waiting_ids), 12)
        resolution.action_close_vote()
        self.assertEqual(resolution.result, "rejected")
        self.assertIn("exactly half is not enough", resolution.explanation)

    def test_a_form_writes_a_resolution(self):
        meeting = self._opened()
        form = Form(
            self.env["hub.resolution"].with_context(default_meeting_id=meeting.id)
        )
        form.name = "Budget"
        self.assertEqual(form.method, "heads")
        self.assertFalse(form.totals_by_college)
        form.entry = "totals_per_college"
        form.method = "college_block"
        self.assertTrue(form.totals_by_college)
        resolution = form.save()
        self.assertEqual(resolution.entry, "totals_per_college")

    # Three methods, three answers (DOMAIN E1, with fifteen seats)

    def test_three_methods_give_three_answers(self):
        totals = {
            "qualified": (2, 1, 0),
            "holders": (2, 1, 0),
            "volunteers": (2, 1, 0),
            "employees": (0, 3, 0),
            "funders": (1, 2, 0),
        }
        meeting = self._opened()
        expected = {
            "heads": ("rejected", Fraction(7, 15)),
            "college_proportional": ("rejected", Fraction(50, 100)),
            "college_block": ("adopted", Fraction(65, 100)),
        }
        for method, (result, share) in expected.items():
            resolution = self._resolution(meeting, method=method)
            self._totals(resolution, totals)
            self.assertEqual(Fraction(resolution.figures["share_for"]), share)
            self.assertEqual(resolution.result, result, method)
            self.assertIn("quorum reached (15 of 15", resolution.explanation)
        self.assertIn("as a block by its weight, 65% for", resolution.explanation)

    def test_only_some_colleges_may_vote(self):
        meeting = self._opened()
        resolution = self._resolution(
            meeting,
            entry="ballots",
            entitled_college_ids=[Command.set(self.colleges["funders"].ids)],
        )
        resolution.action_open_vote()
        self.assertEqual(len(resolution.voter_ids), 3)
        with self.assert_rule("the college does not vote on this"):
            self._ballots(resolution, {("employees", 1): FOR})
        self._ballots(resolution, {("funders", 1): FOR})
        resolution.action_close_vote()
        self.assertEqual(resolution.figures["entitled"], 3)

    # Bases, tie, quorum

    def test_the_base_decides(self):
        meeting = self._opened(present=CODES[:4])
        for base, result in (
            ("expressed", "adopted"),
            ("present_represented", "rejected"),
            ("entitled", "rejected"),
        ):
            with self.subTest(base):
                resolution = self._resolution(meeting, base=base)
                self._totals(resolution, {None: (5, 2, 3)})
                self.assertEqual(resolution.result, result)

    def test_the_casting_vote_of_the_chair_decides_a_tie(self):
        self.body.casting_vote = True
        self.mandates["qualified", 1].office = "chair"
        meeting = self._opened(present=CODES[:4])
        chair = self._line(meeting, "qualified", 1)
        self.assertEqual(meeting.chair_id, chair.partner_id)
        for chairs, others, result in (
            (FOR, {("holders", 1): AGAINST}, "adopted"),
            (AGAINST, {("holders", 1): FOR}, "rejected"),
        ):
            resolution = self._resolution(meeting)
            self._ballots(resolution, {("qualified", 1): chairs, **others})
            resolution.action_close_vote()
            self.assertEqual(resolution.result, result)
            self.assertIn("casting vote of the chair", resolution.explanation)

    def test_with_totals_the_casting_vote_is_asked_at_a_tie(self):
        self.body.casting_vote = True
        meeting = self._opened(present=CODES[:4])
        resolution = self._resolution(meeting)
        with self.assert_rule("Note the casting vote"):
            self._totals(resolution, {None: (4, 4, 0)})
        resolution.write({"entry": "totals_per_college", "totals_by_college": False})
        resolution.action_open_vote()
        resolution.line_ids.write({"votes_for": 4, "votes_against": 4})
        resolution.casting_choice = FOR
        resolution.action_close_vote()
        self.assertEqual(resolution.result, "adopted")

    def test_without_the_quorum_nothing_is_decided(self):
        resolution = self._resolution(self._opened(present=["funders"]))
        resolution.action_unanimous()
        self.assertEqual(resolution.result, "rejected")
        self.assertEqual(
            resolution.explanation,
            "Rejected: 3 for, 0 against, no abstention; without the quorum nothing is"
            " decided; quorum not reached (3 of 15, 8 needed).",
        )

    def test_nobody_for_or_against(self):
        resolution = self._resolution(self._opened())
        self._totals(resolution, {None: (0, 0, 4)})
        self.assertIn("nobody is for or against", resolution.explanation)

    # Refused

    def test_a_vote_needs_a_meeting_that_has_begun(self):
        resolution = self._resolution(self._convened())
        for action in ("action_open_vote", "action_unanimous"):
            with self.assert_rule("has not begun"):
                getattr(resolution, action)()
        with self.assert_rule("Open the vote"):
            resolution.action_close_vote()

    def test_unanimity_needs_somebody(self):
        meeting = self._convened()
        meeting.action_open()
        with self.assert_rule("Nobody is noted present"):
            self._resolution(meeting).action_unanimous()

    def test_a_vote_without_a_seat_is_refused(self):
        meeting = self._opened()
        resolution = self._resolution(meeting, entry="ballots")
        resolution.action_open_vote()
        other = self._opened()
        guest = self.env["hub.presence"].create(
            {
                "meeting_id": meeting.id,
                "partner_id": self.env["res.partner"].create({"name": "Guest"}).id,
                "voting": False,
                "state": "present",
            }
        )
        for seat in (guest, self._line(other, "funders", 1)):
            with self.assert_rule("there is no seat for this person"):
                self.env["hub.ballot"].create(
                    {
                        "resolution_id": resolution.id,
                        "presence_id": seat.id,
                        "choice": FOR,
                    }
                )

    def test_nobody_votes_twice(self):
        resolution = self._resolution(self._opened())
        self._ballots(resolution, {("funders", 1): FOR})
        with self.assert_rule("has already voted"):
            self._ballots(resolution, {("funders", 1): AGAINST})
        line = self._line(resolution.meeting_id, "funders", 2)
        vals = {"resolution_id": resolution.id, "presence_id": line.id, "choice": FOR}
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.env["hub.ballot"].create([vals, vals])

    def test_after_closing_nobody_votes(self):
        resolution = self._resolution(self._opened())
        self._ballots(resolution, {("funders", 1): FOR})
        resolution.action_close_vote()
        with self.assert_rule("the vote is not open"):
            self._ballots(resolution, {("funders", 2): FOR})

    def test_whoever_is_not_there_does_not_vote(self):
        resolution = self._resolution(self._opened(present=["funders"]))
        with self.assert_rule("is not there and gave no proxy"):
            self._ballots(resolution, {("employees", 1): FOR})
        left = self._line(resolution.meeting_id, "funders", 1)
        left.action_left()
        left.departure = fields.Datetime.now() - timedelta(seconds=1)
        with self.assert_rule("the person left at"):
            self._ballots(resolution, {("funders", 1): FOR})

    def test_where_totals_are_typed_no_ballot_is_taken(self):
        resolution = self._resolution(self._opened(), entry="totals_per_college")
        resolution.action_open_vote()
        with self.assert_rule("not entered one by one"):
            self._ballots(resolution, {("funders", 1): FOR})

    def test_more_votes_than_voters_are_refused(self):
        resolution = self._resolution(self._opened(present=["funders"]))
        with self.assert_rule("4 votes are noted, but 3 people may vote"):
            self._totals(resolution, {None: (3, 1, 0)})
        resolution = self._resolution(
            self._opened(), method="college_proportional", entry="totals_per_college"
        )
        with self.assert_rule("Funders: 4 votes are noted, but 3"):
            self._totals(resolution, {"funders": (4, 0, 0)})

    def test_whoever_has_not_paid_does_not_vote(self):
        self.body.fee_required = True
        meeting = self._opened()
        line = self._line(meeting, "funders", 1)
        line.admitted_reason = "Pays tonight"
        resolution = self._resolution(meeting, entry="ballots")
        resolution.action_open_vote()
        self.assertEqual(resolution.voter_ids, line)
        with self.assert_rule("fee of the year is not paid"):
            self._ballots(resolution, {("funders", 2): FOR})

    # Conflicts

    def test_whoever_has_a_conflict_leaves_the_vote_and_the_base(self):
        meeting = self._opened(present=CODES[:3])
        line = self._line(meeting, "holders", 1)
        resolution = self._resolution(
            meeting,
            base="present_represented",
            conflict_ids=[
                Command.create({"presence_id": line.id, "reason": "Her own loan"})
            ],
        )
        resolution.entry = "ballots"
        resolution.action_open_vote()
        with self.assert_rule("left this vote for a conflict"):
            self._ballots(resolution, {("holders", 1): FOR})
        others = [s for s in self.people if s[0] in CODES[:3] and s != ("holders", 1)]
        self._ballots(resolution, dict.fromkeys(others[:5], FOR))
        resolution.action_close_vote()
        figures = resolution.figures
        self.assertEqual((figures["left"], figures["entitled"]), (1, 14))
        self.assertEqual(Fraction(figures["share_for"]), Fraction(5, 8))
        self.assertIn("one person left the vote", resolution.explanation)
        self.assertIn("quorum reached (9 of 15", resolution.explanation)
        with self.assertRaises(UserError):
            resolution.conflict_ids.unlink()
        with self.assertRaises(UserError):
            resolution.conflict_ids.reason = "Other"

    def test_whoever_has_voted_leaves_no_more(self):
        resolution = self._resolution(self._opened())
        self._ballots(resolution, {("funders", 1): FOR})
        with self.assert_rule("has already voted"):
            self.env["hub.resolution.conflict"].create(
                {
                    "resolution_id": resolution.id,
                    "presence_id": self._line(resolution.meeting_id, "funders", 1).id,
                    "reason": "Too late",
                }
            )

    # What is settled stays

    def test_ballots_and_results_no_longer_change(self):
        meeting = self._opened()
        resolution = self._resolution(meeting)
        ballot = self._ballots(resolution, {("funders", 1): FOR})
        for env in (self.env, self.env(user=self.users["coordinator"])):
            with self.assertRaises(UserError):
                ballot.with_env(env).choice = AGAINST
            with self.assertRaises(UserError):
                ballot.with_env(env).unlink()
        with self.assert_rule("neither its text nor its rules change"):
            resolution.threshold = "2/3"
        resolution.action_close_vote()
        content = resolution.frozen_json
        for vals in (
            {"result": "rejected"},
            {"name": "Other"},
            {"text": "<p>Other</p>"},
            {"method": "college_block"},
            {"state": "draft"},
            {"figures": {}},
            {"voted_at": "2020-01-01"},
            {"frozen_json": "{}"},
            {"frozen_on": False},
            {"number": "R1"},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                resolution.write(vals)
        with self.assertRaises(UserError):
            resolution.unlink()
        with self.assertRaises(UserError):
            resolution.action_begin_again()
        self.assertEqual(resolution.frozen_json, content)
        self.assertEqual(
            resolution.frozen_hash, resolution._fingerprint(content.encode())
        )
        self.assertIn("Funders 1", content)

    def test_typed_totals_no_longer_change(self):
        resolution = self._resolution(self._opened())
        self._totals(resolution, {None: (5, 4, 0)})
        with self.assert_rule("totals no longer change"):
            resolution.line_ids.votes_for = 9
        with self.assert_rule("totals no longer change"):
            resolution.line_ids.unlink()
        with self.assert_rule("totals no longer change"):
            self.env["hub.resolution.college"].create(
                {
                    "resolution_id": resolution.id,
                    "college_id": self.colleges["funders"].id,
                    "votes_for": 9,
                }
            )

    def test_states_and_results_are_not_typed_in(self):
        user = self.users["coordinator"]
        resolution = self._resolution(self._opened())
        for vals in (
            {"state": "closed"},
            {"result": "adopted"},
            {"figures": {"for": 1}},
            {"number": "R1"},
            {"closed_on": "2026-01-01"},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                resolution.with_user(user).write(vals)
            with self.subTest(vals), self.assertRaises(UserError):
                self.env["hub.resolution"].with_user(user).create(
                    {"meeting_id": resolution.meeting_id.id, "name": "X", **vals}
                )

    def test_an_open_vote_may_be_begun_again(self):
        resolution = self._resolution(self._opened())
        ballots = self._ballots(resolution, {("funders", 1): FOR, ("funders", 2): FOR})
        user = self.users["coordinator"]
        resolution.with_user(user).action_begin_again(reason="Wrong text")
        self.assertEqual(resolution.state, "draft")
        self.assertFalse(ballots.exists())
        said = resolution.message_ids.mapped("body")
        self.assertIn("2 votes were put aside. Wrong text", "".join(said))
        with self.assertRaises(UserError):
            self._ballots(resolution, {("funders", 1): FOR}).with_user(
                user
            ).with_context(hub_beginning_again=True).unlink()

    def test_what_is_sent_with_a_vote_besides_is_left_out(self):
        resolution = self._resolution(self._opened())
        resolution.entry = "ballots"
        resolution.action_open_vote()
        user = self.users["coordinator"]
        ballot = (
            self.env["hub.ballot"]
            .with_user(user)
            .with_context(hub_own_vote=True)
            .create(
                {
                    "resolution_id": resolution.id,
                    "presence_id": self._line(resolution.meeting_id, "funders", 1).id,
                    "choice": FOR,
                    "weight": 1000,
                    "voter_name": "Somebody else",
                    "college_id": self.colleges["employees"].id,
                    "channel": "portal",
                    "recorded_by_id": False,
                }
            )
        )
        self.assertEqual((ballot.weight, ballot.voter_name), (20, "Funders 1"))
        self.assertEqual(ballot.college_id, self.colleges["funders"])
        self.assertEqual((ballot.channel, ballot.recorded_by_id), ("in_person", user))

    # Members vote themselves

    def test_a_member_votes_for_oneself_and_for_whom_one_represents(self):
        board = self.users["board"]
        board.partner_id = self.people["funders", 1]
        meeting = self._opened(present=["funders"])
        absent = self._line(meeting, "employees", 1)
        absent.proxy_to_id = self._line(meeting, "funders", 1)
        resolution = self._resolution(meeting, entry="ballots")
        resolution.action_open_vote()
        mine = resolution.with_user(board)
        own = self._line(meeting, "funders", 1)
        self.assertEqual(mine.my_seat_ids, own | absent)
        mine.action_vote(choice=FOR, presence_id=own.id)
        mine.action_vote(choice=AGAINST, presence_id=absent.id)
        mine.invalidate_recordset()
        self.assertFalse(mine.my_seat_ids)
        self.assertEqual(resolution.ballot_ids.mapped("channel"), ["portal", "portal"])
        self.assertFalse(resolution.ballot_ids.recorded_by_id)
        other = self._line(meeting, "funders", 2)
        with self.assertRaises(AccessError):
            mine.action_vote(choice=FOR, presence_id=other.id)
        for call in ("action_close_vote", "action_unanimous", "action_begin_again"):
            with self.assertRaises(AccessError):
                getattr(mine, call)()
        with self.assertRaises(AccessError):
            self.env["hub.ballot"].with_user(board).create(
                {
                    "resolution_id": resolution.id,
                    "presence_id": other.id,
                    "choice": FOR,
                }
            )
        with self.assert_rule("votes for, against, or abstains"):
            mine.action_vote(choice="maybe", presence_id=own.id)

    def test_members_do_not_vote_once_the_meeting_is_over(self):
        board = self.users["board"]
        board.partner_id = self.people["funders", 1]
        meeting = self._plan(date=fields.Datetime.now() - timedelta(days=1))
        meeting.action_record_past()
        meeting.presence_ids.action_present()
        resolution = self._resolution(meeting, entry="ballots")
        resolution.action_open_vote()
        line = self._line(meeting, "funders", 1)
        with self.assert_rule("nobody votes any more"):
            resolution.with_user(board).action_vote(choice=FOR, presence_id=line.id)
        resolution.action_vote(choice=FOR, presence_id=line.id)

    # What follows

    def test_a_decision_is_followed_up(self):
        owner = self.users["adviser"]
        resolution = self._resolution(
            self._opened(), owner_id=owner.id, due_on="2030-01-01"
        )
        self.assertFalse(resolution.activity_ids)
        resolution.action_unanimous()
        activity = resolution.activity_ids
        self.assertEqual(activity.user_id, owner)
        self.assertEqual(activity.date_deadline, fields.Date.to_date("2030-01-01"))
        resolution.due_on = "2030-02-02"
        self.assertEqual(activity.date_deadline, fields.Date.to_date("2030-02-02"))
        self.assertIn(
            resolution, self.env["hub.resolution"].search([("is_to_do", "=", True)])
        )
        resolution.action_done()
        self.assertTrue(resolution.done_on)
        self.assertFalse(resolution.activity_ids)
        self.assertNotIn(
            resolution, self.env["hub.resolution"].search([("is_to_do", "=", True)])
        )

    def test_what_is_rejected_is_not_followed_up(self):
        resolution = self._resolution(self._opened(), owner_id=self.users["adviser"].id)
        self._totals(resolution, {None: (1, 5, 0)})
        self.assertFalse(resolution.activity_ids)

    def test_a_pact_and_a_charter_refer_to_what_decided_them(self):
        resolution = self._resolution(self._opened())
        resolution.action_unanimous()
        pact = self.env["hub.pact"].create(
            {"name": "Pact", "form": "local_pact", "resolution_id": resolution.id}
        )
        charter = self.env["hub.charter"].create({"resolution_id": resolution.id})
        self.assertEqual(pact.resolution_id, charter.resolution_id)

    def test_a_withdrawn_resolution_may_come_back(self):
        resolution = self._resolution(self._opened())
        resolution.action_withdraw()
        with self.assert_rule("cannot become"):
            resolution.action_open_vote()
        resolution.action_draft()
        resolution.action_unanimous()
        self.assertEqual(resolution.result, "adopted")
        with self.assert_rule("cannot become"):
            resolution.action_withdraw()
