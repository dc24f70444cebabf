from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .portal import PortalCase


@tagged("post_install", "-at_install")
class TestPortalInterview(PortalCase):
    """Bernard on his telephone: he says that they met, and when they meet again."""

    def _hours(self, partner=None):
        return self.env["hub.volunteer.hours"].search(
            [("partner_id", "=", (partner or self.bernard).id)]
        )

    def test_from_the_project_to_the_page_of_the_interview(self):
        self._log_in("bernard")
        page = self._get("/my/hub").text
        self.assertIn(f'href="{self.declare}"', page)
        self.assertEqual(self._get(self.declare).status_code, 200)
        page = self._post(
            self.declare,
            **self._typed(
                guests="Mme Durand, of the bank",
                body="Zanzibar debts",
                shared="Bring the estimate",
                step_0="Ask the bank",
                step_due_0="2030-01-02",
                step_who_0=str(self.amina.id),
            ),
        )
        interview = self._interviews()
        self.assertTrue(page.url.endswith(f"/my/hub/interview/{interview.id}"))
        self.assertRecordValues(
            interview,
            [
                {
                    "author_id": self.bernard.id,
                    "state": "done",
                    "duration": 1.5,
                    "place": "Library",
                    "guests": "Mme Durand, of the bank",
                }
            ],
        )
        self.assertEqual(interview._local_start().strftime("%H:%M"), "14:30")
        there = {line.partner_id: line.quality for line in interview.presence_ids}
        self.assertEqual(there, {self.bernard: "volunteer", self.amina: "holder"})
        for word in ("1 h 30 counted, to be validated", "Zanzibar", "Ask the bank"):
            self.assertIn(word, page.text)
        self.assertRecordValues(
            self.project.hub_action_ids,
            [
                {
                    "name": "Ask the bank",
                    "partner_id": self.amina.id,
                    "interview_id": interview.id,
                    "date_due": fields.Date.to_date("2030-01-02"),
                }
            ],
        )
        self.assertEqual(page.headers["Cache-Control"], "no-store")

    def test_time_is_counted_at_once_and_follows_a_correction(self):
        self._log_in("bernard")
        self._post(self.declare, **self._typed(**{f"person_{self.nadia.id}": "1"}))
        interview = self._interviews()
        self.assertEqual(self._hours().hours, 1.5)
        self.assertEqual(self._hours().source, "interview")
        self.assertEqual(self._hours(self.nadia).hours, 1.5)
        self.env["hub.volunteer.hours"]._propose(self.company)
        self.assertEqual(len(self._hours()), 1, "not twice")
        page = f"/my/hub/interview/{interview.id}/declare"
        self._post(page, **self._typed(duration="2.0"))
        self.assertEqual(self._hours().hours, 2.0)
        self._hours().with_user(self.users["coordinator"]).action_validate()
        page = self._post(page, **self._typed(duration="3.0"))
        self.assertIn("2 h counted and validated", page.text)
        self.assertEqual(self._hours().hours, 2.0)

    def test_two_taps_are_one_interview(self):
        self._log_in("bernard")
        typed = self._typed(body="Zanzibar", step_0="Ask the bank")
        first = self._post(self.declare, **typed)
        second = self._post(self.declare, **typed)
        self.assertEqual(first.url, second.url)
        self.assertEqual(len(self._interviews()), 1)
        self.assertEqual(len(self.project.hub_action_ids), 1)
        self.assertEqual(len(self._hours()), 1)

    def test_what_is_refused_says_why_and_keeps_what_was_typed(self):
        self._log_in("bernard")
        tomorrow = str(fields.Date.today() + timedelta(days=1))
        self.project.hub_reception_date = fields.Date.today() - timedelta(days=30)
        cases = (
            ({"date": tomorrow}, "still to come"),
            ({"duration": "13"}, "at most 12 hours"),
            ({"duration": "0"}, "How long does it take"),
            ({"duration": "nan"}, "How long does it take"),
            ({"duration": "1e999"}, "at most 12 hours"),
            ({"date": "2021-05-04"}, "before the person was received"),
            ({"date": "not a day"}, "Choose a day and an hour"),
            ({"time": ""}, "Choose a day and an hour"),
            ({"date": "0001-01-01", "time": "00:00"}, "Choose a day and an hour"),
            ({"mode": "pigeon"}, "Say how you met"),
            ({"kind": "secret"}, "Say how you met"),
            ({"step_0": "x", "step_due_0": "soon"}, "Choose a day in the calendar"),
        )
        for values, words in cases:
            with self.subTest(values):
                typed = self._typed(
                    **{"body": "Zanzibar debts", "shared": "Estimate", **values}
                )
                page = self._post(self.declare, **typed)
                self.assertEqual(page.status_code, 200)
                self.assertIn(words, page.text)
                self.assertIn("Zanzibar debts", page.text)
                self.assertIn("Estimate", page.text)
                self.assertIn('value="Library"', page.text)
                self.assertFalse(self._interviews())
                self.assertFalse(self._hours())
                self.assertFalse(self.project.hub_action_ids)

    def test_words_with_markup_stay_text(self):
        self._log_in("bernard")
        bad = "<script>alert(1)</script>"
        page = self._post(
            self.declare,
            **self._typed(place=bad, guests=bad, body=bad, shared=bad, step_0=bad),
        ).text
        self.assertNotIn(bad, page)
        self.assertIn("&lt;script&gt;alert(1)", page)
        self._log_in("amina")
        self.assertNotIn(bad, self._get("/my/hub").text)

    def test_nobody_slips_somebody_else_in(self):
        """The form names who may have been there: others are not taken from it."""
        self._log_in("bernard")
        manager = self.users["manager"].partner_id
        self._post(
            self.declare,
            **self._typed(
                **{f"person_{manager.id}": "1"},
                author_id=str(manager.id),
                lead_id="1",
                state="planned",
                step_0="Step",
                step_who_0=str(manager.id),
            ),
        )
        interview = self._interviews()
        self.assertEqual(interview.presence_ids.partner_id, self.bernard | self.amina)
        self.assertEqual(interview.author_id, self.bernard)
        self.assertEqual(interview.state, "done")
        self.assertFalse(self.project.hub_action_ids.partner_id)

    # ------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------

    def _assert_shut(self, *paths, posts=()):
        for path in paths:
            self.assertEqual(self._get(path).status_code, 404, path)
        before = self.env["hub.interview"].search_count([])
        for path in posts:
            page = self._post(path, **self._typed(body="Zanzibar"))
            self.assertEqual(page.status_code, 404, path)
        self.assertEqual(self.env["hub.interview"].search_count([]), before)

    def test_who_has_not_said_yes_declares_nothing(self):
        self._end(self.nadia)
        pairing = self._pair(self.denis)
        new_test_user(
            self.env,
            login="hub_denis",
            groups="base.group_portal",
            partner_id=self.denis.id,
        )
        self.users["denis"] = self.denis.user_ids
        for step in ("proposed", "sent"):
            if step == "sent":
                pairing.action_send()
            self._log_in("denis")
            self.assertNotIn(self.declare, self._get("/my/hub").text)
            self._assert_shut(
                self.declare,
                self.plan,
                f"/my/hub/project/{self.project.id}/interviews",
                posts=(self.declare, self.plan),
            )
        pairing.action_accept(channel="phone")
        self.assertEqual(self._get(self.declare).status_code, 200)

    def test_whose_accompaniment_has_ended_reads_what_was_his_and_writes_nothing(self):
        self._log_in("bernard")
        self._post(self.declare, **self._typed(body="Zanzibar"))
        mine = self._interviews()
        later = self._interview()
        note = self._note(later, "volunteer", body="Timbuktu")
        page = f"/my/hub/interview/{mine.id}"
        self._end(self.bernard)
        text = self._get("/my/hub").text
        self.assertNotIn(self.declare, text)
        self.assertIn(page, text)
        self.assertIn("Zanzibar", self._get(page).text)
        self._assert_shut(
            self.declare,
            self.plan,
            f"{page}/declare",
            f"{page}/plan",
            f"{page}/note",
            f"/my/hub/interview/{later.id}",
            posts=(self.declare, self.plan, f"{page}/declare", f"{page}/note"),
        )
        listed = self._get(f"/my/hub/project/{self.project.id}/interviews").text
        self.assertIn(page, listed)
        self.assertNotIn(f"/my/hub/interview/{later.id}", listed)
        self.assertTrue(note.exists())

    def test_holders_strangers_and_the_team_declare_nothing_here(self):
        interview = self._interview()
        page = f"/my/hub/interview/{interview.id}"
        for role in ("amina", "portal", "coordinator", "manager", "employee", "board"):
            self._log_in(role)
            with self.subTest(role):
                self._assert_shut(
                    self.declare,
                    self.plan,
                    page,
                    f"{page}/declare",
                    f"{page}/note",
                    f"{page}/sheet",
                    f"/my/hub/project/{self.project.id}/interviews",
                    posts=(self.declare, self.plan, f"{page}/note", f"{page}/cancel"),
                )
        self._log_in(None)
        for path in (self.declare, page, f"{page}/sheet"):
            self.assertIn("/web/login", self._get(path).url)

    def test_another_project_and_a_missing_number_get_the_same_answer(self):
        other = self._create_project("Bicycles", self.chloe)
        theirs = self._interview((self.denis, "volunteer"), lead_id=other.id)
        sale = self.env["crm.lead"].create({"name": "Sale"})
        self._log_in("bernard")
        for number in (other.id, sale.id, 99999999):
            self._assert_shut(
                f"/my/hub/project/{number}/interview",
                f"/my/hub/project/{number}/interviews",
                posts=(f"/my/hub/project/{number}/interview",),
            )
        for number in (theirs.id, 99999999):
            page = f"/my/hub/interview/{number}"
            self._assert_shut(page, f"{page}/sheet", posts=(f"{page}/declare",))

    def test_who_was_not_there_sees_the_fact_and_does_not_correct_it(self):
        interview = self._interview()
        page = f"/my/hub/interview/{interview.id}"
        self._log_in("bernard")
        text = self._get(page).text
        self.assertIn(self.nadia.name, text)
        self.assertNotIn("Write the confidential note", text)
        self._assert_shut(f"{page}/declare", posts=(f"{page}/note", f"{page}/declare"))
        self.assertEqual(self._post(f"{page}/cancel").status_code, 404)

    def test_a_holder_who_accompanies_others_does_not_see_interviews_on_himself(self):
        own = self._create_project("Own project", self.bernard)
        interview = self._interview(
            (self.nadia, "volunteer"), (self.bernard, "holder"), lead_id=own.id
        )
        self._note(interview, "volunteer", body="Timbuktu")
        self._log_in("bernard")
        self._assert_shut(
            f"/my/hub/interview/{interview.id}",
            f"/my/hub/project/{own.id}/interview",
            f"/my/hub/project/{own.id}/interviews",
            posts=(f"/my/hub/project/{own.id}/interview",),
        )
        self.assertNotIn(f"/my/hub/interview/{interview.id}", self._get("/my/hub").text)

    # ------------------------------------------------------------
    # Appointments
    # ------------------------------------------------------------

    def _future(self, **values):
        day = str(fields.Date.today() + timedelta(days=4))
        return self._typed(date=day, time="09:00", **values)

    def test_bernard_plans_and_amina_is_asked(self):
        self._log_in("bernard")
        page = self._post(self.plan, **self._future())
        interview = self._interviews()
        self.assertEqual(interview.state, "planned")
        self.assertEqual(interview._local_start().strftime("%H:%M"), "09:00")
        line = self._line(interview)
        self.assertEqual(line.answer, "waiting")
        self.assertTrue(line.told_on)
        self.assertIn(line.url, page.text)
        self.assertIn("sms:0380000001", page.text)
        self.assertFalse(self._hours())

    def test_what_was_agreed_together_is_not_asked(self):
        self._log_in("bernard")
        self._post(self.plan, **self._future(agreed="phone"))
        self.assertRecordValues(
            self._line(self._interviews()),
            [
                {
                    "answer": "yes",
                    "answer_channel": "phone",
                    "recorded_by_id": self.users["bernard"].id,
                }
            ],
        )

    def test_an_appointment_is_still_to_come(self):
        self._log_in("bernard")
        page = self._post(self.plan, **self._typed()).text
        self.assertIn("This moment has passed", page)
        page = self._post(self.plan, **self._future() | {"date": "2999-01-01"}).text
        self.assertIn("more than two years ahead", page)
        self.assertFalse(self._interviews())

    def test_bernard_moves_it_in_one_tap(self):
        interview = self._appointment()
        line = self._line(interview)
        wished = interview.date_start + timedelta(days=1)
        line._answer_appointment("no", "portal", "I work", wished)
        self._log_in("bernard")
        self.assertIn("To be moved", self._get("/my/hub").text)
        page = f"/my/hub/interview/{interview.id}"
        self.assertIn("I work", self._get(page).text)
        self._post(f"{page}/wish/{line.id}")
        self.assertEqual(interview.date_start, wished)
        self.assertEqual(line.answer, "waiting")
        self.assertEqual(self._post(f"{page}/wish/{line.id}").status_code, 200)
        self.assertEqual(interview.date_start, wished)

    def test_bernard_corrects_notes_the_answer_and_cancels(self):
        interview = self._appointment()
        line = self._line(interview)
        self._log_in("bernard")
        page = f"/my/hub/interview/{interview.id}"
        self._post(f"{page}/answer/{line.id}", channel="phone")
        self.assertEqual((line.answer, line.answer_channel), ("yes", "phone"))
        wrong = self._post(f"{page}/answer/{line.id}", channel="portal")
        self.assertEqual(wrong.status_code, 404)
        self._post(f"{page}/plan", **self._future(place="Town hall"))
        self.assertEqual(interview.place, "Town hall")
        self.assertEqual(line.answer, "waiting")
        self._post(f"{page}/cancel")
        self.assertEqual(interview.state, "cancelled")

    def test_an_appointment_that_took_place_is_declared_with_its_note(self):
        interview = self._appointment()
        interview.date_start = fields.Datetime.now() - timedelta(days=2)
        self._log_in("bernard")
        page = f"/my/hub/interview/{interview.id}"
        self.assertIn("Did it take place?", self._get(page).text)
        self._post(f"{page}/declare", **self._typed(body="Zanzibar"))
        self.assertEqual(self._interviews(), interview)
        self.assertEqual(interview.state, "done")
        note = self.env["hub.interview.note"].search([])
        self.assertEqual((note.body, note.author_id), ("Zanzibar", self.bernard))
        self.assertEqual(self._hours().hours, 1.5)
        self.assertEqual(self._get(f"{page}/plan").status_code, 404)

    def test_the_line_of_another_appointment_is_not_answered(self):
        other = self._create_project("Bicycles", self.chloe)
        theirs = self._interview(
            (self.denis, "volunteer"),
            (self.chloe, "holder"),
            lead_id=other.id,
            state="planned",
            date_start=self._tomorrow(),
        )
        line = self._line(theirs)
        mine = self._appointment()
        self._log_in("bernard")
        for path in (
            f"/my/hub/interview/{theirs.id}/answer/{line.id}",
            f"/my/hub/interview/{mine.id}/answer/{line.id}",
            f"/my/hub/interview/{mine.id}/wish/{line.id}",
        ):
            self.assertEqual(self._post(path, channel="phone").status_code, 404, path)
        self.assertEqual(line.answer, "waiting")

    def test_with_two_holders_both_are_there_to_be_ticked(self):
        self._second_holder()
        self._log_in("bernard")
        page = self._get(self.declare).text
        self.assertIn(f'name="person_{self.chloe.id}"', page)
        self._post(self.declare, **self._typed(**{f"person_{self.chloe.id}": "1"}))
        holders = self._line(self._interviews()).partner_id
        self.assertEqual(holders, self.amina | self.chloe)

    # ------------------------------------------------------------
    # Cost
    # ------------------------------------------------------------

    def test_the_pages_cost_the_same_for_twenty_and_for_thirty(self):
        portal = self.env(user=self.users["bernard"])["hub.portal"]
        holder = self.env(user=self.users["amina"])["hub.portal"]

        pages = {
            "volunteer": lambda: portal._page(self.bernard),
            "project": lambda: portal._interview_list(self.bernard, self.project.id),
            "holder": lambda: holder._page(self.amina),
        }

        def queries(page):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page()
            return self.env.cr.sql_log_count - before

        def cost():
            # What Odoo remembers of users and languages is not counted.
            return {
                name: min(queries(page) for _time in range(3))
                for name, page in pages.items()
            }

        def add():
            self._appointment(days=3)
            done = self._interview((self.bernard, "volunteer"), (self.amina, "holder"))
            self.env["hub.volunteer.hours"]._propose_interviews(done)
            self.env["hub.interview.note"].sudo().create(
                {
                    "interview_id": done.id,
                    "author_id": self.bernard.id,
                    "body": "x",
                    "shared_ids": [Command.create({"body": "y"})],
                }
            )

        def add_some(number):
            for _number in range(number):
                for interview in self.env["hub.interview"].search([]):
                    interview.date_start -= timedelta(minutes=5)
                add()

        add_some(10)
        some = cost()
        self.assertEqual(len(pages["project"]()["rows"]), 20)
        add_some(5)
        self.assertEqual(len(pages["project"]()["rows"]), 30)
        self.assertEqual(cost(), some)
