from odoo.tests import tagged
from odoo.tools import mute_logger

from .moment_pages import MomentPages


@tagged("post_install", "-at_install")
class TestMomentLink(MomentPages):
    """Workshops in one tap, by a personal link without a password."""

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
