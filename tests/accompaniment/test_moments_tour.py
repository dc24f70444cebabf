from odoo import fields
from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import HubUsersMixin


@tagged("post_install", "-at_install")
class TestMomentsTour(HubUsersMixin, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls.env["event.event"].search([("hub_format", "!=", False)]).active = False
        names = ("Bernard Lachaume", "Rachid Amrani")
        cls.volunteers = cls.env["res.partner"].create([{"name": n} for n in names])
        cls.env["hub.role"].create(
            [
                {
                    "partner_id": person.id,
                    "kind": "volunteer",
                    "date_start": fields.Date.context_today(person),
                }
                for person in cls.volunteers
            ]
        )

    def test_a_workshop_goes_from_the_series_to_its_filled_sheet(self):
        self.start_tour(
            "/odoo/hub-moments", "hub_workshop", login="hub_coordinator", timeout=180
        )
        events = self.env["event.event"].search([("hub_format", "!=", False)])
        self.assertEqual(events.mapped("name"), ["Setting prices"] * 3)
        first = events[0]
        self.assertEqual(
            {place.name: place.hub_attendance for place in first.registration_ids},
            {
                "Bernard Lachaume": "present",
                "Rachid Amrani": "absent",
                "Odile Perrin": "present",
            },
        )
        self.assertEqual(first.hub_came_count, 3)
        self.assertTrue(first.hub_sheet_filled_on)
        odile = first.registration_ids.partner_id.filtered(
            lambda person: person.name == "Odile Perrin"
        )
        self.assertFalse(odile.email)
