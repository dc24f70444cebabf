import re

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import HubUsersMixin
from .common import GovernanceMixin


@tagged("post_install", "-at_install")
class TestGovernancePortal(GovernanceMixin, HubUsersMixin, HttpCase):
    """The page of a convocation opens by its own link, or logged in, only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_board()
        cls.file = cls.env["ir.attachment"].create(
            {"name": "budget.txt", "raw": b"Budget of the year"}
        )
        cls.meeting = cls._plan(document_ids=[Command.set(cls.file.ids)])
        cls.meeting.action_convene()
        cls.line = cls._line(cls.meeting, "funders", 1)
        cls.other = cls._line(cls.meeting, "funders", 2)
        cls.page = f"/my/hub/convocation/{cls.line.id}"
        cls.key = f"?access_token={cls.line.access_token}"

    def _post(self, action, line=None, token=None, **data):
        line = line or self.line
        page = f"/my/hub/convocation/{line.id}"
        shown = self.url_open(f"{self.page}{self.key}").text
        csrf = re.search(r'name="csrf_token" value="([^"]+)"', shown)
        csrf = csrf.group(1) if csrf else self._csrf()
        answer = self.url_open(
            f"{page}/{action}",
            data={
                "csrf_token": csrf,
                "access_token": line.access_token if token is None else token,
                **data,
            },
        )
        self.env.invalidate_all()
        return answer

    def _csrf(self):
        shown = self.url_open("/web/login").text
        return re.search(r'csrf_token: "([^"]+)"', shown).group(1)

    def _get(self, path="", key=None):
        return self.url_open(f"{self.page}{path}{self.key if key is None else key}")

    def test_the_page_tells_what_one_needs(self):
        page = self._get().text
        for words in (
            "Board",
            "Maison des associations",
            "Fund for first purchases",
            "budget.txt",
            "Funders 1",
            "I am coming",
            "Each person may hold one proxy.",
        ):
            self.assertIn(words, page)

    @mute_logger("odoo.http")
    def test_a_wrong_an_old_and_a_foreign_key_open_nothing(self):
        for key in ("", "?access_token=x", f"?access_token={self.other.access_token}"):
            for path in ("", "/convocation", "/calendar", f"/document/{self.file.id}"):
                with self.subTest(key=key, path=path):
                    answer = self._get(path, key)
                    self.assertEqual(answer.status_code, 404)
                    self.assertNotIn("Funders", answer.text)
                    self.assertNotIn("Budget of the year", answer.text)
        missing = self.url_open("/my/hub/convocation/999999?access_token=x")
        self.assertEqual(missing.status_code, 404)

    @mute_logger("odoo.http")
    def test_nobody_acts_with_the_key_of_another(self):
        for action, data in (
            ("answer", {"answer": "yes"}),
            ("proxy", {"holder": self.other.id}),
            ("vote", {"choice": "for", "seat_id": self.line.id, "resolution_id": 1}),
        ):
            for token in ("", "x", self.other.access_token):
                with self.subTest(action=action, token=token):
                    answer = self._post(action, token=token, **data)
                    self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.line.answer, "waiting")
        self.assertFalse(self.line.proxy_to_id)

    def test_an_answer_by_the_link(self):
        self._post("answer", answer="yes")
        self.assertEqual(
            (self.line.answer, self.line.answer_channel), ("yes", "portal")
        )
        self.assertFalse(self.line.recorded_by_id)
        self._post("answer", answer="no")
        self.assertEqual(self.line.answer, "no")

    def test_a_proxy_is_given_and_taken_back_by_the_link(self):
        page = self._post("proxy", holder=self.other.id).text
        self.assertEqual(self.line.proxy_to_id, self.other)
        self.assertIn("My proxy", page)
        self.assertIn("Funders 2", page)
        held = self.url_open(
            f"/my/hub/convocation/{self.other.id}"
            f"?access_token={self.other.access_token}"
        ).text
        self.assertIn("Proxies I hold", held)
        self.assertIn("Funders 1", held)
        self._post("proxy", revoke="1")
        self.assertFalse(self.line.proxy_to_id)

    def test_what_stands_against_a_proxy_is_told(self):
        self.other.action_not_coming()
        page = self._post("proxy", holder=self.other.id).text
        self.assertIn("will not be there", page)
        self.assertFalse(self.line.proxy_to_id)
        self.assertEqual(self.line.answer, "waiting", "nothing is half-written")

    def _in_session(self):
        self.meeting.action_open()
        (self.line | self.other).action_present()
        resolution = self._resolution(self.meeting, entry="ballots")
        resolution.action_open_vote()
        return resolution

    def test_votes_are_cast_on_the_page(self):
        absent = self._line(self.meeting, "employees", 1)
        absent.proxy_to_id = self.line
        resolution = self._in_session()
        page = self._get().text
        self.assertIn("My vote", page)
        self.assertIn("In the name of", page)
        for seat, choice in ((self.line, "for"), (absent, "against")):
            self._post(
                "vote", resolution_id=resolution.id, seat_id=seat.id, choice=choice
            )
        self.assertEqual(
            resolution.ballot_ids.mapped(lambda b: (b.voter_name, b.choice)),
            [("Funders 1", "for"), ("Employees 1", "against")],
        )
        self.assertEqual(set(resolution.ballot_ids.mapped("channel")), {"portal"})
        page = self._get().text
        self.assertIn("Funders 1: For", page)
        self.assertNotIn("My vote", page)

    def test_a_vote_that_is_not_mine_is_refused(self):
        resolution = self._in_session()
        page = self._post(
            "vote", resolution_id=resolution.id, seat_id=self.other.id, choice="for"
        ).text
        self.assertIn("is not represented from this page", page)
        absent = self._line(self.meeting, "employees", 1)
        page = self._post(
            "vote", resolution_id=resolution.id, seat_id=absent.id, choice="for"
        ).text
        self.assertIn("is not there and gave no proxy", page)
        page = self._post(
            "vote", resolution_id=resolution.id, seat_id=self.line.id, choice="maybe"
        ).text
        self.assertIn("votes for, against, or abstains", page)
        self.assertFalse(resolution.ballot_ids)

    def test_whoever_is_not_noted_present_does_not_vote(self):
        resolution = self._in_session()
        self.line.action_expected()
        self.assertIn("You are not noted as present", self._get().text)
        self._post(
            "vote", resolution_id=resolution.id, seat_id=self.line.id, choice="for"
        )
        self.assertFalse(resolution.ballot_ids)

    @mute_logger("odoo.http")
    def test_a_page_without_its_seal_changes_nothing(self):
        answer = self.url_open(
            f"{self.page}/answer",
            data={"access_token": self.line.access_token, "answer": "yes"},
        )
        self.assertNotEqual(answer.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(self.line.answer, "waiting")

    def test_files_open_by_the_link(self):
        self.assertEqual(
            self._get(f"/document/{self.file.id}").content, b"Budget of the year"
        )
        self.assertTrue(self._get("/convocation").content.startswith(b"%PDF"))
        calendar = self._get("/calendar").text
        self.assertIn("BEGIN:VEVENT", calendar)
        self.assertIn("SUMMARY:Board", calendar)
        self.assertIn("Maison des associations", calendar)

    @mute_logger("odoo.http")
    def test_only_documents_of_the_meeting_open(self):
        stray = self.env["ir.attachment"].create({"name": "x", "raw": b"Secret"})
        answer = self._get(f"/document/{stray.id}")
        self.assertEqual(answer.status_code, 404)

    def test_the_page_names_nothing_else(self):
        self.line.partner_id.write({"street": "1 hidden street", "phone": "0102030405"})
        self.other.partner_id.write({"street": "2 hidden street"})
        self.meeting.message_post(body="Between us")
        self.meeting.agenda_item_ids.notes = "<p>Noted during the meeting</p>"
        for _step in range(2):
            page = self._get().text
            for word in (
                "hidden street",
                "0102030405",
                "Between us",
                "Noted during the meeting",
                "funders.2@example.org",
                self.other.access_token,
            ):
                self.assertNotIn(word, page)
            self._in_session()

    def test_decisions_and_minutes_of_last_time_are_there(self):
        past = self._plan(date="2025-02-03 18:00:00")
        past.action_record_past()
        past.presence_ids.action_present()
        resolution = self._resolution(past, "Rent")
        resolution.action_unanimous()
        minutes = self.env["hub.minutes"].create(
            {"meeting_id": past.id, "approval_note": "In writing"}
        )
        self.assertNotIn(f"/minutes/{minutes.id}", self._get().text)
        minutes.action_approve()
        page = self._get().text
        self.assertIn("Rent", page)
        self.assertIn("Adopted unanimously", page)
        content = self._get(f"/minutes/{minutes.id}").content
        self.assertEqual(content, minutes.frozen_pdf_id.raw)

    def test_after_the_meeting_the_page_tells_what_was_decided(self):
        resolution = self._in_session()
        self._ballots(resolution, {("funders", 1): "for"})
        resolution.action_close_vote()
        self.meeting.action_close()
        page = self._get().text
        self.assertIn("Decided at this meeting", page)
        self.assertNotIn("I am coming", page)

    # Logged in

    def test_the_own_page_lists_the_meetings(self):
        user = new_test_user(
            self.env, login="portal_member", groups="base.group_portal"
        )
        user.partner_id = self.line.partner_id
        self.authenticate("portal_member", "portal_member")
        page = self.url_open("/my/hub").text
        self.assertIn("My meetings", page)
        self.assertIn(self.page, page)
        shown = self._get(key="").text
        self.assertIn("Funders 1", shown)
        with mute_logger("odoo.http"):
            other = self.url_open(f"/my/hub/convocation/{self.other.id}")
        self.assertEqual(other.status_code, 404)

    def test_somebody_else_who_is_logged_in_sees_nothing(self):
        self.authenticate("hub_portal", "hub_portal")
        page = self.url_open("/my/hub").text
        self.assertNotIn("My meetings", page)
        with mute_logger("odoo.http"):
            self.assertEqual(self._get(key="").status_code, 404)
            self.assertEqual(self.url_open("/my/hub/minutes/1").status_code, 404)

    def test_minutes_open_to_members_only(self):
        past = self._plan(date="2025-02-03 18:00:00")
        past.action_record_past()
        minutes = self.env["hub.minutes"].create(
            {"meeting_id": past.id, "approval_note": "In writing"}
        )
        minutes.action_approve()
        user = new_test_user(
            self.env, login="portal_member", groups="base.group_portal"
        )
        path = f"/my/hub/minutes/{minutes.id}"
        self.authenticate("portal_member", "portal_member")
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(path).status_code, 404)
        user.partner_id = self.people["employees", 2]
        self.assertTrue(self.url_open(path).content.startswith(b"%PDF"))
