from odoo import api, models

from ..people.hub_role import ACCOMPANYING_KINDS


class EventRegistration(models.Model):
    """Presence at a training makes a volunteer eligible."""

    _inherit = "event.registration"

    def _hub_note_training(self):
        """Presence at a training is noted on the role of who came, and taken back."""
        trainings = self.sudo().filtered(lambda place: place.hub_format == "training")
        came = trainings.filtered(lambda place: place.state == "done" and place.active)
        for event, places in came.grouped("event_id").items():
            self._hub_roles_in_need(event, places).write(
                {
                    "trained_on": event.date_begin.date(),
                    "trained_event_id": event.id,
                }
            )
        for event, places in (trainings - came).grouped("event_id").items():
            places._hub_take_training_back(event)

    @api.model
    def _hub_roles_in_need(self, event, places):
        """Roles beside projects of these people that know no training yet."""
        roles = self.env["hub.role"].sudo()
        people = places._hub_attendees().ids
        return roles.search(
            [
                ("partner_id", "in", people),
                ("kind", "in", ACCOMPANYING_KINDS),
                ("trained_on", "=", False),
                ("company_id", "in", event.company_id.ids or self._hub_ids()),
            ]
        )

    def _hub_take_training_back(self, event):
        roles = self.env["hub.role"].sudo()
        people = self._hub_attendees().ids
        roles.search(
            [("partner_id", "in", people), ("trained_event_id", "=", event.id)]
        ).write({"trained_on": False, "trained_event_id": False})

    def unlink(self):
        """Presence that is deleted was no presence."""
        for event, places in self.sudo().grouped("event_id").items():
            if event.hub_format == "training":
                places._hub_take_training_back(event)
        return super().unlink()

    def _hub_ids(self):
        return self.env["res.company"].sudo().search([("hub_active", "=", True)]).ids
