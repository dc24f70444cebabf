from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal import PortalCase


@tagged("post_install", "-at_install")
class TestAppointmentPage(PortalCase):
    """The holder's page of an appointment: by the link, and on her own page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.appointment = cls._appointment(place="Library")
        cls.line = cls._line(cls.appointment)
        cls.page = f"/my/hub/appointment/{cls.line.id}"
        cls.token = cls.line.access_token
        cls.link = f"{cls.page}?access_token={cls.token}"

    def _answer(self, answer, token=None, **typed):
        return self._post(
            f"{self.page}/answer",
            answer=answer,
            access_token=self.token if token is None else token,
            **typed,
        )

    def _tomorrow_typed(self, hour="10:15"):
        day = fields.Date.today() + timedelta(days=5)
        return {"date": str(day), "time": hour}

    def test_the_link_tells_when_where_and_with_whom_and_nothing_else(self):
        page = self._get(self.link)
        self.assertEqual(page.status_code, 200)
        when = self.appointment._hour_words()
        for word in (when, "Library", "Bernard", "tel:0600000000"):
            self.assertIn(word, page.text)
        for word in (self.project.name, "Follow-up", "Amina", "onfidential"):
            self.assertNotIn(word, page.text)

    def test_yes_by_the_link(self):
        page = self._answer("yes").text
        self.assertIn("You said that you come", page)
        self.assertRecordValues(
            self.line,
            [{"answer": "yes", "answer_channel": "portal", "recorded_by_id": False}],
        )

    def test_another_moment_by_the_link_is_understood_by_the_clock_of_the_hub(self):
        typed = self._tomorrow_typed("10:15")
        page = self._answer("no", reason="I work <b>then</b>", **typed).text
        self.assertIn("You asked for another moment", page)
        self.assertIn("I work &lt;b&gt;then&lt;/b&gt;", page)
        local = self.appointment._local(self.line.wished_start)
        self.assertEqual(str(local.date()), typed["date"])
        self.assertEqual(local.strftime("%H:%M"), "10:15")
        self.assertIn("10:15", page)

    def test_words_alone_are_enough_nothing_is_not(self):
        page = self._answer("no").text
        self.assertIn("Name another day and hour", page)
        self.assertEqual(self.line.answer, "waiting")
        self._answer("no", reason="In the evening")
        self.assertEqual(self.line.answer, "no")
        self.assertFalse(self.line.wished_start)

    def test_what_is_refused_comes_back_as_it_was_typed(self):
        yesterday = str(fields.Date.today() - timedelta(days=1))
        for typed in (
            {"date": yesterday, "time": "10:00"},
            {"date": "9999-12-31", "time": "23:59"},
            {"date": "0001-01-01", "time": "00:00"},
            {"date": self._tomorrow_typed()["date"], "time": ""},
        ):
            page = self._answer("no", reason="Too early for me", **typed)
            self.assertEqual(page.status_code, 200)
            self.assertIn("alert-warning", page.text)
            self.assertIn("Too early for me", page.text)
            self.assertIn(f'value="{typed["date"]}"', page.text)
            self.assertEqual(self.line.answer, "waiting")

    def test_a_cancelled_and_a_past_appointment_say_so(self):
        self.appointment.action_cancel()
        page = self._get(self.link).text
        self.assertIn("This appointment is cancelled", page)
        for word in ("Library", "Bernard", "I come"):
            self.assertNotIn(word, page)
        self.appointment.action_plan()
        self.appointment.date_start = fields.Datetime.now() - timedelta(hours=5)
        page = self._get(self.link).text
        self.assertIn("This appointment is over", page)
        for word in ("Library", "Bernard", "PM", "AM<", "I come"):
            self.assertNotIn(word, page)

    def test_the_appointment_of_a_project_put_away_is_over(self):
        self.project.active = False
        self.assertIn("This appointment is over", self._get(self.link).text)
        self._answer("yes")
        self.assertEqual(self.line.answer, "waiting")
        self._log_in("amina")
        self.assertNotIn("next_appointment", self._get("/my/hub").text)

    def test_an_answer_to_what_was_cancelled_meanwhile_changes_nothing(self):
        self._log_in(None)
        self.appointment.action_cancel()
        page = self._answer("yes").text
        self.assertIn("is cancelled", page)
        self.assertEqual(self.line.answer, "waiting")

    def test_wrong_old_and_foreign_keys_tell_nothing(self):
        other = self._line(self._appointment(days=5))
        volunteer = (self.appointment.presence_ids - self.line).sudo()
        old = self.token
        self.line.write({"partner_id": self.chloe.id})
        missing = self.env["hub.interview.presence"].search(
            [], order="id desc", limit=1
        )
        tries = [
            (self.page, "x"),
            (self.page, ""),
            (self.page, old),
            (self.page, other.access_token),
            (f"/my/hub/appointment/{volunteer.id}", volunteer.access_token),
            (f"/my/hub/appointment/{missing.id + 99}", self.line.access_token),
        ]
        seen = set()
        for path, token in tries:
            for end in ("", "/calendar"):
                answer = self._get(f"{path}{end}?access_token={token}")
                seen.add(answer.status_code)
                self.assertNotIn("Library", answer.text)
            answer = self._post(f"{path}/answer", answer="yes", access_token=token)
            seen.add(answer.status_code)
        self.assertEqual(seen, {404})
        self.assertEqual(set((self.line | other).mapped("answer")), {"waiting"})

    def test_the_key_of_one_appointment_never_answers_another_answer(self):
        for answer in ("waiting", "portal", "", None):
            page = self._answer(answer)
            self.assertEqual(page.status_code, 404)

    @mute_logger("odoo.http")
    def test_without_the_seal_of_the_page_nothing_is_written(self):
        response = self.url_open(
            f"{self.page}/answer",
            data={"answer": "yes", "access_token": self.token},
        )
        self.assertNotEqual(response.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(self.line.answer, "waiting")

    def test_it_stands_first_on_the_page_of_the_holder(self):
        later = self._appointment(days=9, place="Town hall")
        self._log_in("amina")
        page = self._get("/my/hub").text
        place = page.index
        self.assertLess(place("My next appointment"), place("The people beside me"))
        self.assertLess(place("Library"), place("Town hall"))
        self.assertNotIn(self.token, page)
        self.assertIn("Yes, I come", page)
        self.appointment.action_cancel()
        page = self._get("/my/hub").text
        self.assertLess(page.index("Town hall"), page.index("Cancelled"))
        later.date_start = fields.Datetime.now() - timedelta(days=1)
        self.assertNotIn("Town hall", self._get("/my/hub").text)

    def test_the_holder_answers_on_her_own_page_without_a_key(self):
        self._log_in("amina")
        page = self._answer("no", token="", **self._tomorrow_typed())
        self.assertTrue(page.url.endswith("/my/hub#next_appointment"), page.url)
        self.assertEqual(self.line.answer, "no")
        page = self._answer("no", token="", date="1999-01-01", time="10:00").text
        self.assertIn("still to come", page)
        self.assertIn('value="1999-01-01"', page)
        self._answer("yes", token="")
        self.assertEqual(self.line.answer, "yes")

    def test_others_who_are_logged_in_do_not_answer_for_her(self):
        for role in ("bernard", "portal", "volunteer", "coordinator", "manager"):
            self._log_in(role)
            for path in (self.page, f"{self.page}/calendar"):
                self.assertEqual(self._get(path).status_code, 404, role)
            self.assertEqual(self._answer("yes", token="").status_code, 404, role)
        self.assertEqual(self.line.answer, "waiting")
        self._log_in("portal")
        self.assertNotIn("next_appointment", self._get("/my/hub").text)

    def test_the_calendar_of_the_link(self):
        answer = self._get(f"{self.page}/calendar?access_token={self.token}")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("text/calendar", answer.headers["Content-Type"])
        self.assertIn("appointment.ics", answer.headers["Content-Disposition"])
        self.assertIn("SUMMARY:Appointment", answer.text)
        for word in (self.project.name, "Amina", "Bernard", "onfidential", self.token):
            self.assertNotIn(word, answer.text)
        self.appointment.action_cancel()
        answer = self._get(f"{self.page}/calendar?access_token={self.token}")
        self.assertEqual(answer.status_code, 404)

    def test_the_link_speaks_the_language_of_the_holder(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.amina.lang = "fr_FR"
        page = self._get(self.link).text
        self.assertRegex(page, "1[34]:00")
        self.assertRegex(page, "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche")
