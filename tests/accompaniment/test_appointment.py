from datetime import timedelta
from unittest.mock import patch

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import HubCommon, spec_of
from .common import InterviewMixin


@tagged("post_install", "-at_install")
class TestAppointment(InterviewMixin, HubCommon):
    """A planned interview is an appointment: told, confirmed, moved, cancelled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_interviews()
        cls.start = fields.Datetime.now().replace(microsecond=0) + timedelta(days=3)
        cls.appointment = cls._interview(
            (cls.bernard, "volunteer"),
            (cls.amina, "holder"),
            date_start=cls.start,
            state="planned",
            place="Library",
        )
        cls.line = cls.appointment.presence_ids.filtered(
            lambda line: line.quality == "holder"
        ).with_env(cls.env)
        cls.later = cls.start + timedelta(days=1)

    def _mails(self, partner=None):
        """E-mails that wait to be sent to this person."""
        people = (partner or self.amina).ids
        return self.env["mail.mail"].search([("recipient_ids", "in", people)])

    def test_it_waits_then_is_confirmed_then_is_to_be_moved(self):
        self.assertEqual(self.appointment.appointment_answer, "waiting")
        self.line._answer_appointment("yes", "portal")
        self.assertEqual(self.appointment.appointment_answer, "yes")
        self.assertFalse(self.line.recorded_by_id)
        self.line._answer_appointment("no", "portal", "I work", self.later)
        self.assertEqual(self.appointment.appointment_answer, "no")
        self.assertIn("I work", self.appointment.wish_words)
        self.line._answer_appointment("yes", "portal")
        self.assertFalse(self.line.wished_start)
        self.assertFalse(self.line.answer_reason)

    def test_with_several_holders_all_have_to_confirm(self):
        self.appointment.presence_ids = [
            Command.create({"partner_id": self.chloe.id, "quality": "holder"})
        ]
        other = self.appointment.presence_ids.filtered(
            lambda line: line.partner_id == self.chloe
        )
        self.line._answer_appointment("yes", "portal")
        self.assertEqual(self.appointment.appointment_answer, "waiting")
        other._answer_appointment("no", "phone", "Ill")
        self.assertEqual(self.appointment.appointment_answer, "no")
        other._answer_appointment("yes", "phone")
        self.assertEqual(self.appointment.appointment_answer, "yes")

    def test_appointments_are_found_by_what_was_answered(self):
        interviews = self.env["hub.interview"]
        done = self._interview()
        for answer in ("waiting", "yes", "no"):
            if answer != "waiting":
                self.line._answer_appointment(answer, "phone", "Words")
            for wanted in ("waiting", "yes", "no"):
                found = interviews.search([("appointment_answer", "=", wanted)])
                self.assertEqual(self.appointment in found, wanted == answer)
                found = interviews.search([("appointment_answer", "!=", wanted)])
                self.assertEqual(self.appointment in found, wanted != answer)
                self.assertIn(done, found)
        self.assertIn(done, interviews.search([("appointment_answer", "=", False)]))

    def test_moving_it_asks_again(self):
        for vals in (
            {"date_start": self.later},
            {"place": "Town hall"},
            {"mode": "phone"},
        ):
            self.line._answer_appointment("yes", "phone")
            self.appointment.write(vals)
            self.assertEqual(self.line.answer, "waiting", vals)
            self.assertFalse(self.line.answered_on)
            self.assertFalse(self.line.recorded_by_id)
        self.line._answer_appointment("yes", "phone")
        self.appointment.write({"place": "Town hall", "kind": "diagnosis"})
        self.assertEqual(self.line.answer, "yes", "nothing of it has changed")

    def test_one_click_moves_it_to_what_was_asked(self):
        self.line._answer_appointment("no", "portal", None, self.later)
        self.line.with_user(self.users["adviser"]).action_accept_wish()
        self.assertEqual(self.appointment.date_start, self.later)
        self.assertEqual(self.line.answer, "waiting")
        self.assertFalse(self.line.wished_start)
        with self.assertRaises(UserError):
            self.line.action_accept_wish()

    def test_a_moment_that_has_passed_is_neither_asked_nor_taken(self):
        past = fields.Datetime.now() - timedelta(hours=1)
        far = fields.Datetime.now() + timedelta(days=900)
        for moment in (past, far):
            with self.assertRaises(UserError):
                self.line._answer_appointment("no", "portal", None, moment)
        self.assertEqual(self.line.answer, "waiting")
        self.line._answer_appointment("no", "portal", None, self.later)
        self.line._unguarded().wished_start = past
        with self.assertRaises(UserError):
            self.line.action_accept_wish()
        self.assertEqual(self.appointment.date_start, self.start)

    def test_nobody_answers_about_what_is_over_cancelled_or_not_theirs(self):
        volunteer = self.appointment.presence_ids - self.line
        with self.assertRaises(UserError):
            volunteer._answer_appointment("yes", "phone")
        self.appointment.action_cancel()
        with self.assertRaises(UserError):
            self.line._answer_appointment("yes", "phone")
        past = self._interview(state="planned")
        line = past.presence_ids.filtered(lambda p: p.quality == "holder")
        with self.assertRaises(UserError):
            line._answer_appointment("yes", "phone")

    def test_answers_are_not_typed_in(self):
        for name, value in (
            ("answer", "yes"),
            ("answered_on", "2020-01-01"),
            ("wished_start", self.later),
            ("told_on", "2020-01-01"),
            ("reminded_on", "2020-01-01"),
        ):
            with self.assertRaises(UserError, msg=name):
                self.line.with_user(self.users["coordinator"]).write({name: value})
        with self.assertRaises(AccessError):
            self.line.with_user(self.users["manager"]).read(["access_token"])
        with self.assertRaises(AccessError):
            self.line.with_user(self.users["manager"]).access_token = "mine"

    def test_the_team_notes_down_what_was_said_on_the_telephone(self):
        adviser = self.users["adviser"]
        wizard = Form(
            self.env["hub.appointment.answer.wizard"]
            .with_user(adviser)
            .with_context(default_presence_id=self.line.id)
        )
        wizard.answer = "no"
        wizard.wished_start = self.later
        wizard.reason = "The baby is ill"
        wizard.save().action_confirm()
        self.assertRecordValues(
            self.line,
            [
                {
                    "answer": "no",
                    "answer_channel": "phone",
                    "recorded_by_id": adviser.id,
                    "wished_start": self.later,
                    "answer_reason": "The baby is ill",
                }
            ],
        )
        for answer, channel in (("yes", "portal"), ("perhaps", "phone")):
            with self.assertRaises(UserError):
                self.line.with_user(adviser).action_note_answer(answer, channel)

    def test_more_than_two_years_ahead_is_a_mistake(self):
        with self.assertRaises(ValidationError):
            self.appointment.date_start = fields.Datetime.now() + timedelta(days=800)

    def test_an_interview_before_the_person_was_received_is_a_mistake(self):
        self.project.hub_reception_date = fields.Date.today() - timedelta(days=5)
        with self.assertRaises(ValidationError):
            self._interview(date_start=fields.Datetime.now() - timedelta(days=7))
        self.assertTrue(self._interview())

    def test_the_link_changes_with_the_person(self):
        token, url = self.line.access_token, self.line.url
        self.assertIn(token, url)
        self.line._answer_appointment("yes", "phone")
        self.line.write({"partner_id": self.amina.id})
        self.assertEqual(self.line.access_token, token)
        self.line.write({"partner_id": self.chloe.id})
        self.assertNotEqual(self.line.access_token, token)
        self.assertEqual(self.line.answer, "waiting")
        self.assertFalse(self.line._token_opens(token))
        self.assertTrue(self.line._token_opens(self.line.access_token))

    def test_only_holders_have_a_link(self):
        volunteer = self.appointment.presence_ids - self.line
        self.assertFalse(volunteer.url)
        self.assertFalse(volunteer._token_opens(volunteer.sudo().access_token))
        copy = self.line.copy()
        self.assertNotEqual(copy.access_token, self.line.access_token)
        self.assertEqual(copy.answer, "waiting")

    # ------------------------------------------------------------
    # E-mails
    # ------------------------------------------------------------

    def test_the_holder_is_told_in_neutral_words(self):
        [mail] = self._mails()
        self.assertTrue(self.line.told_on)
        text = f"{mail.subject} {mail.body_html}"
        self.assertIn(self.line.access_token, text)
        self.assertIn("Library", text)
        for word in ("Café", "Follow-up", "Bernard", "confidential", "project"):
            self.assertNotIn(word, text)
        self.assertFalse(mail.model)
        self.assertEqual(mail.state, "outgoing")

    def test_a_holder_without_an_address_is_not_written_to(self):
        self.amina.email = False
        before = self.env["mail.mail"].search_count([])
        other = self._interview(
            (self.bernard, "volunteer"),
            (self.amina, "holder"),
            date_start=self.later,
            state="planned",
        )
        line = other.presence_ids.filtered(lambda p: p.quality == "holder")
        self.assertFalse(line.told_on)
        self.assertEqual(self.env["mail.mail"].search_count([]), before)

    def test_the_hub_may_do_without_these_e_mails(self):
        self.company.hub_appointment_mail = False
        self._mails().unlink()
        self.appointment.date_start = self.later
        self.appointment.action_cancel()
        self.assertFalse(self._mails())

    def test_moved_and_cancelled_the_holder_is_told_again(self):
        self._mails().unlink()
        self.appointment.date_start = self.later
        self.assertEqual(len(self._mails()), 1)
        self._mails().unlink()
        self.appointment.action_cancel()
        [mail] = self._mails()
        self.assertIn("cancelled", mail.subject)
        self._mails().unlink()
        self.appointment.action_plan()
        self.assertEqual(len(self._mails()), 1)

    def test_deleted_it_is_cancelled_for_those_who_were_told(self):
        self._mails().unlink()
        self.appointment.with_user(self.users["coordinator"]).unlink()
        [mail] = self._mails()
        self.assertIn("cancelled", mail.subject)

    def test_an_appointment_nobody_was_told_of_is_deleted_in_silence(self):
        self.env.company.hub_appointment_mail = False
        silent = self._interview(
            (self.bernard, "volunteer"),
            (self.amina, "holder"),
            date_start=self.later,
            state="planned",
        )
        self.env.company.hub_appointment_mail = True
        self._mails().unlink()
        silent.with_user(self.users["coordinator"]).unlink()
        self.assertFalse(self._mails())

    def test_what_took_place_writes_to_nobody(self):
        self._mails().unlink()
        self._interview()
        self.appointment.write(
            {"state": "done", "date_start": fields.Datetime.now() - timedelta(hours=3)}
        )
        self.assertFalse(self._mails())

    def test_an_e_mail_that_cannot_be_written_never_costs_the_appointment(self):
        logger = "odoo.addons.solidarity_hub.models.accompaniment"
        broken = patch.object(
            type(self.env["mail.template"]), "send_mail_batch", side_effect=ValueError
        )
        with broken, self.assertLogs(logger, "ERROR"):
            self.appointment.date_start = self.later
        self.assertEqual(self.appointment.date_start, self.later)
        self.assertFalse(self.line.told_on)

    def test_asking_to_move_tells_those_who_planned_it_without_the_reason(self):
        adviser = self.users["adviser"]
        self.project.user_id = adviser
        self.line._answer_appointment("no", "portal", "My court case", self.later)
        message = self.env["mail.message"].search(
            [("subject", "=", "An appointment is to be moved")]
        )
        self.assertEqual(message.partner_ids, self.bernard | adviser.partner_id)
        for word in ("court", "Amina", "Café"):
            self.assertNotIn(word, message.body)
        self.assertFalse(message.model)

    def test_the_calendar_file_is_neutral_and_stays_the_same_event(self):
        self.company.phone = "03 80 00 00 00"
        first = self.appointment._calendar_file().decode()
        self.assertIn("SUMMARY:Appointment", first)
        self.assertIn("LOCATION:Library", first)
        self.assertIn(self.company.name, first)
        self.assertIn(self.start.strftime("%Y%m%dT%H%M%SZ"), first)
        for word in ("Café", "Amina", "Bernard", "Follow", "onfidential"):
            self.assertNotIn(word, first)
        self.appointment.date_start = self.later
        second = self.appointment._calendar_file().decode()

        def uid(text):
            return next(row for row in text.splitlines() if row.startswith("UID:"))

        self.assertEqual(uid(first), uid(second))
        self.assertNotIn(self.line.access_token, second)

    def test_the_clock_is_that_of_the_hub(self):
        partner = self.company.partner_id
        noon = fields.Datetime.to_datetime("2026-07-01 12:00:00")
        for tz, country, author, hour in (
            ("Europe/Paris", "base.re", "UTC", "14"),
            (False, "base.fr", "UTC", "14"),
            (False, False, "Asia/Tokyo", "21"),
            (False, False, False, "12"),
        ):
            partner.write(
                {"tz": tz, "country_id": country and self.env.ref(country).id}
            )
            self.appointment.author_id.tz = author
            self.assertEqual(self.appointment._local(noon).strftime("%H"), hour)

    def test_the_list_of_appointments_costs_the_same_for_few_and_for_many(self):
        view = self.env.ref("solidarity_hub.hub_appointment_view_list")
        interviews = self.env["hub.interview"].with_user(self.users["coordinator"])
        arch = interviews.get_view(view.id, "list")["arch"]
        spec = spec_of(etree.fromstring(arch), interviews.fields_get())

        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = interviews.web_search_read([("state", "=", "planned")], spec)
            return self.env.cr.sql_log_count - before, found["length"]

        def add(number):
            for _number in range(number):
                line = self.appointment.copy().presence_ids.filtered(
                    lambda line: line.quality == "holder"
                )
                line._answer_appointment("no", "phone", "Ill", self.later)

        add(2)
        cost()
        few, three = cost()
        add(17)
        many, twenty = cost()
        self.assertEqual((three, twenty), (3, 20))
        self.assertEqual(many, few)

    def test_the_overview_shows_what_is_to_be_moved(self):
        def figures(role):
            overview = self.env["hub.overview"].with_user(self.users[role])
            found = overview.get_overview()["figures"]
            return {figure["key"]: figure for figure in found}

        self.appointment.date_start -= timedelta(days=1)
        self.assertEqual(figures("coordinator")["appointments_to_move"]["value"], 0)
        self.assertEqual(figures("coordinator")["appointments_to_confirm"]["value"], 1)
        self.line._answer_appointment("no", "portal", "I work")
        figure = figures("coordinator")["appointments_to_move"]
        self.assertEqual((figure["value"], figure["urgent"]), (1, True))
        found = self.env["hub.interview"].search(figure["action"]["domain"])
        self.assertEqual(found, self.appointment)
        self.assertEqual(figures("volunteer")["appointments_to_move"]["value"], 1)
        self.assertNotIn("appointments_to_move", figures("board"))
