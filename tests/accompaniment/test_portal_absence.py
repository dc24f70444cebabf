from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .portal import PortalCase


@tagged("post_install", "-at_install")
class TestPortalAbsence(PortalCase):
    """Bernard is away in August: he says it in two taps, and is back in one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.role = cls.bernard.hub_role_ids

    def _set(self, first, last):
        days = {
            name: str(self.today + timedelta(days=day)) if day is not None else ""
            for name, day in (("from", first), ("to", last))
        }
        return self._post("/my/hub/absence", **days)

    def test_away_changed_and_back(self):
        self._log_in("bernard")
        page = self._set(0, 30)
        self.assertTrue(page.url.endswith("#my_absence"))
        self.assertIn("You are away from", page.text)
        self.assertEqual(self.role.pause_from, self.today)
        self.assertEqual(self.role.pause_to, self.today + timedelta(days=30))
        self.assertTrue(self.role.is_paused)
        page = self._set(3, None).text
        self.assertIn("until further notice", page)
        self.assertFalse(self.role.pause_to)
        self.assertFalse(self.role.is_paused)
        page = self._post("/my/hub/absence/end").text
        self.assertFalse(self.role.pause_from)
        self.assertNotIn("You are away from", page)

    def test_days_that_make_no_sense_say_why_and_stay_in_the_form(self):
        self._log_in("bernard")
        for first, last, words in (
            (5, 2, "before the first one"),
            (-20, -10, "These days have passed"),
            (None, 4, "Choose the first day"),
        ):
            page = self._set(first, last)
            self.assertEqual(page.status_code, 200)
            self.assertIn(words, page.text)
            self.assertIn(str(self.today + timedelta(days=last)), page.text)
        page = self._post("/my/hub/absence", **{"from": "soon", "to": ""})
        self.assertIn("Choose a day in the calendar", page.text)
        self.assertFalse(self.role.pause_from)

    def test_appointments_in_these_days_are_shown(self):
        inside = self._appointment(days=5)
        outside = self._appointment(days=20)
        self._log_in("bernard")
        page = self._set(4, 10).text
        section = page.split('id="my_absence"')[1]
        self.assertIn(f"/my/hub/interview/{inside.id}", section)
        self.assertNotIn(f"/my/hub/interview/{outside.id}", section)

    def test_who_accompanies_nobody_is_not_asked(self):
        for role in ("amina", "portal"):
            self._log_in(role)
            self.assertNotIn("my_absence", self._get("/my/hub").text)
            page = self._set(0, 3).text
            self.assertNotIn("You are away from", page)
        self.assertFalse(self.env["hub.role"].search([("pause_from", "!=", False)]))

    def test_nobody_else_is_made_absent(self):
        self._log_in("bernard")
        self._post(
            "/my/hub/absence",
            **{
                "from": str(self.today),
                "to": "",
                "partner_id": str(self.nadia.id),
                "role_id": str(self.nadia.hub_role_ids.id),
            },
        )
        self.assertFalse(self.nadia.hub_role_ids.pause_from)
        self.assertTrue(self.role.pause_from)
