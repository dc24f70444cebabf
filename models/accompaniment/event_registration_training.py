from odoo import models

from ..people.hub_role import ACCOMPANYING_KINDS


class EventRegistration(models.Model):
    """Presence at a training makes a volunteer eligible."""

    _inherit = "event.registration"

    def _hub_note_training(self):
        """Presence at a training is noted on the role of who came, and taken back."""
        for registration in self.sudo().filtered(
            lambda place: place.hub_format == "training"
        ):
            event = registration.event_id
            roles = self.env["hub.role"].sudo()
            if registration.state == "done":
                roles.search(
                    [
                        ("partner_id", "=", registration._hub_attendee().id),
                        ("kind", "in", ACCOMPANYING_KINDS),
                        ("trained_on", "=", False),
                        ("company_id", "in", event.company_id.ids or self._hub_ids()),
                    ]
                ).write(
                    {
                        "trained_on": event.date_begin.date(),
                        "trained_event_id": event.id,
                    }
                )
            else:
                roles.search(
                    [
                        ("partner_id", "=", registration._hub_attendee().id),
                        ("trained_event_id", "=", event.id),
                    ]
                ).write({"trained_on": False, "trained_event_id": False})

    def _hub_ids(self):
        return self.env["res.company"].sudo().search([("hub_active", "=", True)]).ids
