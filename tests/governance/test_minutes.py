import base64
import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import HubCommon
from .common import CODES, GovernanceMixin


@tagged("post_install", "-at_install")
class TestMinutes(GovernanceMixin, HubCommon):
    """Drafted from the records, edited, approved at the next meeting, then frozen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_board()
        cls.mandates["qualified", 1].office = "chair"
        cls.mandates["employees", 1].office = "secretary"

    def _held(self, **vals):
        meeting = self._plan(date=fields.Datetime.now() - timedelta(days=30), **vals)
        meeting.action_record_past()
        for code in CODES[:3]:
            for number in (1, 2, 3):
                self._line(meeting, code, number).action_present()
        self._line(meeting, "funders", 1).proxy_to_id = self._line(
            meeting, "volunteers", 1
        )
        self._line(meeting, "funders", 2).action_excused()
        meeting.agenda_item_ids[:1].notes = "<p>Karim presents the fund.</p>"
        resolution = self._resolution(
            meeting,
            "A fund for first purchases",
            text="<p>The hub opens a fund of 5,000 euros.</p>",
            agenda_item_id=meeting.agenda_item_ids[:1].id,
            conflict_ids=[
                Command.create(
                    {
                        "presence_id": self._line(meeting, "holders", 1).id,
                        "reason": "She asks for a loan",
                    }
                )
            ],
        )
        resolution.action_unanimous()
        meeting.closed_at = meeting.date + timedelta(hours=2)
        return meeting

    def _minutes(self, meeting):
        action = meeting.action_write_minutes()
        return self.env["hub.minutes"].browse(action["res_id"])

    def test_the_draft_tells_what_was_noted(self):
        meeting = self._held()
        minutes = self._minutes(meeting)
        self.assertEqual(minutes.state, "draft")
        self.assertTrue(minutes.number.startswith("PV"))
        for words in (
            "Fund for first purchases",
            "Karim presents the fund.",
            "The hub opens a fund of 5,000 euros.",
            "Adopted unanimously: 9 for",
            "Holders 1 left the vote: She asks for a loan.",
            "the meeting is closed at",
        ):
            self.assertIn(words, minutes.body)
        self.assertEqual(self._minutes(meeting), minutes)
        self.assertNotIn("expected", meeting.presence_ids.mapped("state"))

    def test_the_text_is_edited_and_may_be_drafted_again(self):
        minutes = self._minutes(self._held())
        minutes.body = "<p>By hand</p>"
        self.assertIn("By hand", minutes.body)
        minutes.action_draft_again()
        self.assertNotIn("By hand", minutes.body)

    def test_a_meeting_not_over_has_no_minutes(self):
        with self.assert_rule("is not over yet"):
            self.env["hub.minutes"].create({"meeting_id": self._opened().id})

    def test_the_next_meeting_approves_and_freezes(self):
        minutes = self._minutes(self._held())
        minutes.action_ready()
        with self.assert_rule("no later meeting of Board has been opened"):
            minutes.action_approve()
        following = self._plan()
        item = following.agenda_item_ids[0]
        self.assertEqual(item.minutes_id, minutes)
        self.assertIn("Approval of the minutes of: Board", item.name)
        following.action_convene()
        following.action_open()
        following.presence_ids.action_present()
        vote = self._resolution(following, "Minutes", agenda_item_id=item.id)
        vote.action_unanimous()
        self.assertEqual(minutes.state, "approved")
        self.assertEqual(minutes.approved_meeting_id, following)
        self.assertEqual(minutes.approving_resolution_id, vote)
        self.assertEqual(minutes.approved_on, following._day())
        self.assertEqual(minutes.meeting_id.state, "minuted")
        self.assertTrue(minutes.frozen_pdf_id.raw.startswith(b"%PDF"))
        content = json.loads(minutes.frozen_json)
        self.assertEqual(content["resolutions"][0]["result"], "adopted")
        self.assertEqual(len(content["presences"]), 15)
        self.assertEqual(
            minutes.frozen_hash, minutes._fingerprint(minutes.frozen_json.encode())
        )

    def test_minutes_rejected_stay_open(self):
        minutes = self._minutes(self._held())
        minutes.action_ready()
        following = self._opened()
        item = following.agenda_item_ids.filtered("minutes_id")
        vote = self._resolution(following, "Minutes", agenda_item_id=item.id)
        self._totals(vote, {None: (1, 9, 0)})
        self.assertEqual(minutes.state, "ready")

    def _approved(self):
        minutes = self._minutes(self._held())
        minutes.approval_note = "By all members in writing"
        minutes.action_ready()
        minutes.action_approve()
        return minutes

    def test_minutes_may_be_approved_otherwise_where_it_is_said_how(self):
        minutes = self._approved()
        self.assertIn("By all members in writing", minutes._print_approved())
        self.assertEqual(minutes.approved_on, fields.Date.today())

    def test_approved_minutes_and_their_meeting_no_longer_change(self):
        minutes = self._approved()
        meeting = minutes.meeting_id
        resolution = meeting.resolution_ids
        content, file = minutes.frozen_json, minutes.frozen_pdf_id.raw
        refused = (
            (minutes, {"body": "<p>x</p>"}),
            (minutes, {"number": "PV1"}),
            (minutes, {"frozen_hash": "0"}),
            (minutes, {"frozen_json": "{}"}),
            (minutes, {"frozen_pdf_id": False}),
            (minutes, {"state": "draft"}),
            (meeting, {"date": "2020-01-01 10:00:00"}),
            (meeting, {"name": "Other"}),
            (meeting, {"opened_at": "2020-01-01 10:00:00"}),
            (meeting.presence_ids[0], {"state": "absent"}),
            (meeting.presence_ids[0], {"arrival": "2020-01-01 10:00:00"}),
            (meeting.presence_ids[0], {"proxy_to_id": meeting.presence_ids[1].id}),
            (meeting.agenda_item_ids[0], {"notes": "<p>x</p>"}),
            (meeting.agenda_item_ids[0], {"name": "x"}),
            (resolution, {"name": "x"}),
            (resolution, {"sequence": 3}),
        )
        for env in (self.env, self.env(user=self.users["coordinator"])):
            for record, vals in refused:
                with self.subTest(f"{record} {vals}"), self.assertRaises(UserError):
                    record.with_env(env).write(vals)
            for model, vals in (
                ("hub.agenda.item", {"name": "x"}),
                ("hub.resolution", {"name": "x"}),
            ):
                with self.subTest(model), self.assertRaises(UserError):
                    env[model].create({"meeting_id": meeting.id, **vals})
            for record in (minutes, meeting, meeting.agenda_item_ids, resolution):
                with self.subTest(record), self.assertRaises(UserError):
                    record.with_env(env).unlink()
            with self.assertRaises(UserError):
                minutes.frozen_pdf_id.with_env(
                    env(user=self.users["coordinator"])
                ).raw = b"x"
        self.assertEqual(
            (minutes.frozen_json, minutes.frozen_pdf_id.raw), (content, file)
        )
        # What follows a decision stays open.
        resolution.write({"owner_id": self.users["adviser"].id})
        resolution.action_done()
        self.assertTrue(resolution.done_on)

    def test_an_import_changes_nothing_of_what_is_approved(self):
        minutes = self._approved()
        meeting = minutes.meeting_id
        env = self.env(user=self.users["coordinator"])
        for model, columns, row in (
            ("hub.minutes", [".id", "body"], [str(minutes.id), "x"]),
            (
                "hub.presence",
                [".id", "state"],
                [str(meeting.presence_ids[0].id), "Absent"],
            ),
            (
                "hub.resolution",
                [".id", "result"],
                [str(meeting.resolution_ids.id), "Rejected"],
            ),
            ("hub.meeting", [".id", "name"], [str(meeting.id), "Other"]),
        ):
            with self.subTest(model):
                found = env[model].load(columns, [row])
                self.assertFalse(found["ids"])
                self.assertTrue(found["messages"])

    def test_open_votes_stand_against_approval(self):
        meeting = self._held()
        self._resolution(meeting, "Left open")
        minutes = self._minutes(meeting)
        minutes.approval_note = "In writing"
        with self.assert_rule("“Left open” is not settled"):
            minutes.action_approve()

    def test_the_signed_page_is_added_once(self):
        minutes = self._minutes(self._held())
        user = self.users["coordinator"]
        scan = base64.b64encode(b"%PDF signed")
        with self.assert_rule("added once, after the approval"):
            minutes.with_user(user).signed_scan = scan
        minutes.approval_note = "In writing"
        minutes.action_approve()
        minutes.with_user(user).write(
            {"signed_scan": scan, "signed_scan_name": "p.pdf"}
        )
        self.assertIn("signed_scan", minutes.document_url)
        with self.assert_rule("added once"):
            minutes.with_user(user).signed_scan = base64.b64encode(b"other")
        with self.assert_rule("added once"):
            minutes.with_user(user).signed_scan = False

    def test_a_server_that_cannot_print_approves_all_the_same(self):
        minutes = self._minutes(self._held())
        minutes.approval_note = "In writing"
        with patch.object(
            type(self.env["ir.actions.report"]),
            "_render_qweb_pdf",
            side_effect=UserError("no printer"),
        ):
            minutes.action_approve()
        self.assertEqual(minutes.state, "approved")
        self.assertFalse(minutes.frozen_pdf_id)
        self.assertTrue(minutes.frozen_hash)

    def test_merging_contacts_changes_no_text_and_no_result(self):
        minutes = self._approved()
        meeting = minutes.meeting_id
        upcoming = self._opened()
        vote = self._resolution(upcoming)
        self._ballots(vote, {("volunteers", 1): "for", ("employees", 2): "against"})
        before = (
            minutes.frozen_json,
            minutes.frozen_hash,
            minutes.frozen_pdf_id.raw,
            minutes._print_approved(),
            meeting.resolution_ids.figures,
            meeting.resolution_ids.explanation,
            meeting.presence_ids.mapped("name"),
            vote.ballot_ids.mapped("voter_name"),
        )
        rows = {
            name: self.env[name].search_count([])
            for name in ("hub.presence", "hub.ballot", "hub.mandate", "hub.fee")
        }
        one, two = self.people["volunteers", 1], self.people["volunteers", 2]
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        two.email = one.email
        wizard._merge((one | two).ids, one)
        self.env.invalidate_all()
        after = (
            minutes.frozen_json,
            minutes.frozen_hash,
            minutes.frozen_pdf_id.raw,
            minutes._print_approved(),
            meeting.resolution_ids.figures,
            meeting.resolution_ids.explanation,
            meeting.presence_ids.mapped("name"),
            vote.ballot_ids.mapped("voter_name"),
        )
        self.assertEqual(after, before)
        self.assertEqual(rows, {name: self.env[name].search_count([]) for name in rows})
        # Two seats of one person: to be settled, and one vote meanwhile.
        double = self.env["hub.mandate"].search([("is_overlapping", "=", True)])
        self.assertEqual(double.partner_id, one)
        self.assertEqual(len(double), 2)
        with self.assert_rule("has already voted"):
            self.env["hub.ballot"].create(
                {
                    "resolution_id": vote.id,
                    "presence_id": upcoming.presence_ids.filtered(
                        lambda p: p.name == "Volunteers 2"
                    ).id,
                    "choice": "for",
                }
            )
        vote.action_close_vote()
        double[0].date_end = fields.Date.today() - timedelta(days=1)
        self.assertFalse(
            self.env["hub.mandate"].search([("is_overlapping", "=", True)])
        )
        with self.assert_rule("one seat at a time"):
            double[0].date_end = False
