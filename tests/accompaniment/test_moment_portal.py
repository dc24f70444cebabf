from lxml import html

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import HubUsersMixin
from .common import InterviewMixin


@tagged("post_install", "-at_install")
class TestMomentPortal(InterviewMixin, HubUsersMixin, HttpCase):
    """Workshops in one tap: on the personal page, and by a personal link."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_interviews()
        cls.env["event.event"].search([("hub_format", "!=", False)]).active = False
        cls.breakfast = cls._moment("Breakfast of the square", 4)
        cls.training = cls._moment(
            "Listening to people",
            6,
            hub_format="training",
            hub_open_holders=False,
            hub_open_volunteers=True,
        )
        cls.company.partner_id.phone = "03 80 11 22 33"

    @classmethod
    def _moment(cls, name, days, **vals):
        cls.env.cr.execute(
            "SELECT now() at time zone 'UTC' + make_interval(days => %s)", [days]
        )
        (start,) = cls.env.cr.fetchone()
        return cls.env["event.event"].create(
            {
                "name": name,
                "hub_format": "breakfast",
                "hub_open_holders": True,
                "date_begin": start.replace(hour=8, minute=0, second=0, microsecond=0),
                "date_end": start.replace(hour=10, minute=0, second=0, microsecond=0),
                "date_tz": "Europe/Paris",
                **vals,
            }
        )

    def _login(self, role):
        login = self.users[role].login
        self.authenticate(login, login)

    def _read(self, path="/my/hub"):
        page = self.url_open(path)
        return page.status_code, html.fromstring(page.text)

    def _card(self, event, page=None):
        page = page if page is not None else self._read()[1]
        found = page.xpath(f"//div[@id='moment_{event.id}']")
        return found[0] if found else None

    def _words(self, node):
        return " ".join(node.text_content().split())

    def _csrf(self, page):
        return page.xpath("//input[@name='csrf_token']/@value")[0]

    def _tap(self, event, answer):
        """One tap on the button of a card; the page that follows."""
        card = self._card(event)
        form = card.xpath(".//form")[0]
        button = form.xpath(f".//button[@value='{answer}']")
        self.assertTrue(button, f"no button {answer}: {self._words(card)}")
        return self.url_open(
            form.get("action"), data={"csrf_token": self._csrf(form), "answer": answer}
        )

    def _place(self, event=None, person=None):
        return (event or self.breakfast)._hub_place_of(person or self.amina)

    # ------------------------------------------------------------
    # The personal page
    # ------------------------------------------------------------

    def test_a_holder_says_yes_and_takes_it_back_in_one_tap_each(self):
        self._login("amina")
        card = self._card(self.breakfast)
        self.assertIn("Breakfast of the square", self._words(card))
        page = html.fromstring(self._tap(self.breakfast, "yes").text)
        self.assertIn("You come", self._words(self._card(self.breakfast, page)))
        self.assertRecordValues(
            self._place(),
            [
                {
                    "hub_answer": "yes",
                    "hub_answer_channel": "portal",
                    "hub_recorded_by_id": False,
                    "hub_attendance": "expected",
                    "hub_lead_id": self.project.id,
                }
            ],
        )
        self._tap(self.breakfast, "no")
        self.env.invalidate_all()
        self.assertEqual(self._place().hub_attendance, "excused")
        self._tap(self.breakfast, "yes")
        self.env.invalidate_all()
        self.assertEqual(self._place().hub_answer, "yes")

    def test_a_double_tap_makes_one_place(self):
        self._login("amina")
        form = self._card(self.breakfast).xpath(".//form")[0]
        data = {"csrf_token": self._csrf(form), "answer": "yes"}
        for _tap in range(2):
            self.assertEqual(
                self.url_open(form.get("action"), data=data).status_code, 200
            )
        self.assertEqual(len(self.breakfast.registration_ids), 1)

    def test_each_sees_what_is_open_to_him(self):
        self._login("amina")
        self.assertIsNone(self._card(self.training))
        self._login("bernard")
        self.assertIsNotNone(self._card(self.training))
        self.assertIsNone(self._card(self.breakfast))
        new_test_user(self.env, login="stranger", groups="base.group_portal")
        self.authenticate("stranger", "stranger")
        page = self._read()[1]
        self.assertIsNone(self._card(self.breakfast, page))
        self.assertIsNone(self._card(self.training, page))

    def test_moments_follow_the_next_step_of_a_holder(self):
        self.env["hub.project.action"].create(
            {"lead_id": self.project.id, "name": "Call the bank"}
        )
        self._login("amina")
        order = self._read()[1].xpath("//section/@id")
        found = [key for key in order if key in ("my_people", "next_action", "moments")]
        self.assertEqual(found, ["my_people", "next_action", "moments"])

    def test_a_full_moment_says_so(self):
        self.breakfast.write({"seats_limited": True, "seats_max": 1})
        self._login("amina")
        self.assertIn("1 seat left", self._words(self._card(self.breakfast)))
        form = self._card(self.breakfast).xpath(".//form")[0]
        data = {"csrf_token": self._csrf(form), "answer": "yes"}
        self.breakfast._hub_answer_for(self.bernard, "yes")
        late = self.url_open(form.get("action"), data=data)
        page = html.fromstring(late.text)
        self.assertIn("is full", self._words(page.xpath("//section[@id='moments']")[0]))
        card = self._card(self.breakfast, page)
        self.assertIn("Full", self._words(card))
        self.assertFalse(card.xpath(".//button"))
        self.assertFalse(self._place())
        self.breakfast._hub_add_people(self.amina)
        invited = self._card(self.breakfast).xpath(".//button/@value")
        self.assertEqual(invited, ["no"])

    def test_whoever_holds_the_last_seat_still_finds_it_taken_by_oneself(self):
        self.breakfast.write({"seats_limited": True, "seats_max": 1})
        self.breakfast._hub_answer_for(self.amina, "yes")
        self._login("amina")
        words = self._words(self._card(self.breakfast))
        self.assertIn("You come", words)
        self.assertNotIn("Full", words)

    def test_cancelled_is_read_by_those_who_were_to_come_only(self):
        self.breakfast._hub_answer_for(self.amina, "yes")
        self.breakfast.action_hub_cancel()
        self._login("amina")
        card = self._card(self.breakfast)
        self.assertIn("Cancelled: it does not take place", self._words(card))
        self.assertFalse(card.xpath(".//button"))
        self.breakfast.registration_ids.action_archive()
        self.assertIsNone(self._card(self.breakfast))

    def test_another_date_is_asked_again(self):
        self.breakfast._hub_answer_for(self.amina, "yes")
        self.breakfast.date_end = self.training.date_end
        self.breakfast.date_begin = self.training.date_begin
        self._login("amina")
        card = self._card(self.breakfast)
        self.assertIn("new date", self._words(card))
        self.assertEqual(card.xpath(".//button/@value"), ["yes", "no"])
        self._tap(self.breakfast, "yes")
        self.assertIn("You come", self._words(self._card(self.breakfast)))

    def test_what_is_over_or_put_away_is_gone(self):
        past = self._moment("Over", -3)
        away = self._moment("Put away", 3, active=False)
        for event in past + away:
            self._book(event)
        self._login("amina")
        page = self._read()[1]
        self.assertNotIn("Over", [h.text for h in page.xpath("//h3")])
        for event in past + away:
            self.assertIsNone(self._card(event, page))

    def _book(self, event):
        self.env["event.registration"].create(
            {"event_id": event.id, "partner_id": self.amina.id}
        )

    def test_the_page_names_nothing_else(self):
        self.breakfast.write(
            {
                "note": "<p>Hidden note</p>",
                "hub_presentation": "Bring <b>a cup</b>",
                "user_id": self.users["manager"].id,
            }
        )
        self.breakfast._hub_add_people(self.bernard + self.chloe)
        self._login("amina")
        card = self._card(self.breakfast)
        text = html.tostring(card).decode()
        self.assertIn("Bring &lt;b&gt;a cup&lt;/b&gt;", text)
        for word in ("Hidden note", self.chloe.name, "Hub manager", "access_token"):
            self.assertNotIn(word, text)

    @mute_logger("odoo.http")
    def test_nobody_answers_for_a_moment_that_is_not_his(self):
        self._login("amina")
        card = self._card(self.breakfast)
        data = {"csrf_token": self._csrf(card), "answer": "yes"}
        ordinary = self.env["event.event"].create(
            {
                "name": "Ordinary",
                "date_begin": self.breakfast.date_begin,
                "date_end": self.breakfast.date_end,
            }
        )
        for event in (self.training, ordinary):
            answer = self.url_open(f"/my/hub/moment/{event.id}/answer", data=data)
            self.assertEqual(answer.status_code, 404)
            calendar = self.url_open(f"/my/hub/moment/{event.id}/calendar")
            self.assertEqual(calendar.status_code, 404)
            self.assertFalse(event.registration_ids)
        wrong = dict(data, answer="present")
        path = f"/my/hub/moment/{self.breakfast.id}/answer"
        self.assertEqual(self.url_open(path, data=wrong).status_code, 404)
        self.assertNotEqual(
            self.url_open(path, data={"answer": "yes"}).status_code, 200
        )
        self.assertFalse(self.breakfast.registration_ids)

    def test_the_calendar_file_holds_the_moment(self):
        self._login("amina")
        answer = self.url_open(f"/my/hub/moment/{self.breakfast.id}/calendar")
        self.assertTrue(answer.headers["Content-Type"].startswith("text/calendar"))
        start = self.breakfast.date_begin.strftime("%Y%m%dT%H%M%SZ")
        self.assertIn(f"DTSTART:{start}", answer.text)
        self.assertIn("SUMMARY:Breakfast of the square", answer.text)
        self.assertNotIn(self.project.name, answer.text)

    def test_the_page_costs_the_same_for_one_moment_and_for_twenty(self):
        portal = self.env["hub.portal"]

        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            page = portal.with_user(self.users["amina"])._page(self.amina)
            (section,) = [s for s in page if s["key"] == "moments"]
            cards = section["values"]["first"] + section["values"]["others"]
            return self.cr.sql_log_count - before, len(cards)

        self.breakfast._hub_answer_for(self.amina, "yes")
        self.breakfast.address_id = self.env["res.partner"].create({"name": "Square"})
        cost()
        few, shown = cost()
        self.assertEqual(shown, 1)
        places = [self.bernard, self.chloe, self.amina]
        for number in range(19):
            address = self.env["res.partner"].create({"name": f"Place {number}"})
            event = self._moment(f"Moment {number}", 5, address_id=address.id)
            event._hub_add_people(places[number % 3])
        many, shown = cost()
        self.assertEqual(shown, 20)
        self.assertEqual(many, few)

    # ------------------------------------------------------------
    # The personal link
    # ------------------------------------------------------------

    def _link(self, place):
        return f"/my/hub/place/{place.id}?access_token={place.hub_access_token}"

    def _tap_link(self, place, answer, token=None):
        page = self._read(self._link(place))[1]
        return self.url_open(
            f"/my/hub/place/{place.id}/answer",
            data={
                "csrf_token": self._csrf(page),
                "access_token": place.hub_access_token if token is None else token,
                "answer": answer,
            },
        )

    def test_a_link_answers_without_a_password(self):
        place = self.breakfast._hub_add_people(self.amina)
        self.assertIn(self._link(place), place.hub_answer_url)
        status, page = self._read(self._link(place))
        self.assertEqual(status, 200)
        self.assertIn("Breakfast of the square", self._words(page))
        answer = self._tap_link(place, "yes")
        self.assertIn("You come", answer.text)
        self.env.invalidate_all()
        self.assertRecordValues(
            place, [{"hub_answer": "yes", "hub_answer_channel": "portal"}]
        )
        self._tap_link(place, "no")
        self.env.invalidate_all()
        self.assertEqual(place.hub_attendance, "excused")

    def test_somebody_known_by_name_only_answers_as_well(self):
        place = self.env["event.registration"].create(
            {"event_id": self.breakfast.id, "name": "Odile Perrin"}
        )
        self._tap_link(place, "no")
        self.env.invalidate_all()
        self.assertEqual(place.hub_answer, "no")

    @mute_logger("odoo.http")
    def test_a_wrong_old_or_foreign_key_tells_nothing(self):
        place = self.breakfast._hub_add_people(self.amina)
        other = self.training._hub_add_people(self.bernard)
        away = self._moment("Put away", 3)._hub_add_people(self.amina)
        old = self._link(away)
        away.event_id.active = False
        gone = self._moment("Taken off", 3)._hub_add_people(self.amina)
        off = self._link(gone)
        gone.action_archive()
        number = f"/my/hub/place/{place.id}"
        for path in (
            number,
            f"{number}?access_token=",
            f"{number}?access_token=x",
            f"{number}?access_token={other.hub_access_token}",
            f"/my/hub/place/{place.id + 9999}?access_token={place.hub_access_token}",
            f"/my/hub/place/{10**20}?access_token={place.hub_access_token}",
            f"{number}?access_token=%C3%A9",
            f"{number}?access_token[]={place.hub_access_token}",
            old,
            off,
        ):
            answer = self.url_open(path)
            self.assertEqual(answer.status_code, 404, path)
            for word in ("Breakfast", "Put away", "Taken off", "Amina"):
                self.assertNotIn(word, answer.text, path)
            calendar = path.replace("?", "/calendar?")
            if "calendar" in calendar:
                self.assertEqual(self.url_open(calendar).status_code, 404)
        for token in (other.hub_access_token, "x", ""):
            self.assertEqual(self._tap_link(place, "yes", token).status_code, 404)
        self.assertEqual(self._tap_link(place, "done").status_code, 404)
        self.env.invalidate_all()
        self.assertEqual(place.hub_answer, "waiting")

    def test_a_person_whose_language_is_not_installed_reads_the_page_all_the_same(self):
        place = self.breakfast._hub_add_people(self.amina)
        self.env.cr.execute(
            "UPDATE res_partner SET lang = 'xx_XX' WHERE id = %s", [self.amina.id]
        )
        self.env.invalidate_all()
        self.assertEqual(self._read(self._link(place))[0], 200)

    @mute_logger("odoo.http")
    def test_somebody_else_logged_in_opens_nothing_without_the_key(self):
        place = self.breakfast._hub_add_people(self.amina)
        for role in ("bernard", "sales"):
            self._login(role)
            answer = self.url_open(f"/my/hub/place/{place.id}")
            self.assertEqual(answer.status_code, 404)
        self._login("amina")
        self.assertEqual(self._read(f"/my/hub/place/{place.id}")[0], 200)

    def test_the_link_leads_to_the_other_dates_of_the_same_person_only(self):
        second = self._moment("Second breakfast", 11)
        place = self.breakfast._hub_add_people(self.amina)
        other = second._hub_add_people(self.amina + self.bernard)
        mine = other.filtered(lambda p: p.partner_id == self.amina)
        page = self.url_open(self._link(place)).text
        self.assertIn("Second breakfast", page)
        self.assertIn(mine.hub_access_token, page)
        self.assertNotIn((other - mine).hub_access_token, page)

    def test_the_link_to_what_is_over_or_cancelled_says_so(self):
        past = self._moment("Over", -3)
        place = self.env["event.registration"].create(
            {"event_id": past.id, "partner_id": self.amina.id}
        )
        page = self._read(self._link(place))[1]
        self.assertIn("It is over", self._words(page))
        self.assertFalse(page.xpath("//button[@name='answer']"))
        place = self.breakfast._hub_add_people(self.amina)
        self.breakfast.action_hub_cancel()
        page = self._read(self._link(place))[1]
        self.assertIn("does not take place", self._words(page))
        self.assertIn("03 80 11 22 33", self._words(page))
        self.assertFalse(page.xpath("//button[@name='answer']"))

    def test_reading_a_link_answers_nothing(self):
        """Mail programs open links before their reader does."""
        place = self.breakfast._hub_add_people(self.amina)
        self.url_open(self._link(place) + "&answer=yes")
        self.url_open(f"/my/hub/place/{place.id}/calendar?access_token=x&answer=yes")
        self.env.invalidate_all()
        self.assertEqual(place.hub_answer, "waiting")
