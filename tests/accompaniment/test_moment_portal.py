from dateutil.relativedelta import relativedelta
from lxml import html

from odoo import fields
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .moment_pages import MomentPages


@tagged("post_install", "-at_install")
class TestMomentPortal(MomentPages):
    """Workshops in one tap, on the personal page."""

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

    def test_days_and_hours_are_said_as_the_language_says_them(self):
        first = fields.Datetime.now() + relativedelta(years=1, day=1, hour=8, minute=0)
        self.breakfast.write(
            {
                "date_tz": "UTC",
                "date_begin": first,
                "date_end": first + relativedelta(hours=2),
            }
        )
        card = self.breakfast.with_context(lang="fr_FR")._hub_card(self._place())
        self.assertIn(" 1er ", card["day"])
        self.assertEqual(card["hours"], "de 08:00 à 10:00")
        self.breakfast.date_end = first + relativedelta(day=2)
        several = self.breakfast.with_context(lang="fr_FR")._hub_day_words()
        self.assertTrue(several.startswith("du "), several)

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
