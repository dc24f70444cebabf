from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from ..browser import BrowserCase
from ..common import HubUsersMixin


@tagged("post_install", "-at_install")
class TestMomentTapTour(HubUsersMixin, BrowserCase):
    """On a telephone, in a real browser."""

    browser_size = "390x800"
    touch_enabled = True

    def test_a_holder_says_yes_and_takes_it_back_by_tapping(self):
        self._set_up_hub()
        self.env["event.event"].search([("hub_format", "!=", False)]).active = False
        user = new_test_user(
            self.env, login="hub_amina", name="Amina", groups="base.group_portal"
        )
        self.env["hub.role"].create(
            {
                "partner_id": user.partner_id.id,
                "kind": "holder",
                "date_start": fields.Date.today(),
            }
        )
        start = fields.Datetime.now() + timedelta(days=5)
        event = self.env["event.event"].create(
            {
                "name": "Breakfast",
                "hub_format": "breakfast",
                "hub_open_holders": True,
                "date_begin": start,
                "date_end": start + timedelta(hours=2),
            }
        )
        self.start_tour("/my/hub", "hub_moment_tap", login="hub_amina", timeout=180)
        place = event.registration_ids
        self.assertEqual(place.partner_id, user.partner_id)
        self.assertEqual(place.hub_answer, "no")
        self.assertEqual(place.hub_attendance, "excused")
