from odoo import api, fields, models

from ..people.hub_role import ACCOMPANYING_KINDS


class EventRegistration(models.Model):
    _inherit = "event.registration"

    hub_partner_id = fields.Many2one(
        "res.partner",
        string="Person who attends",
        index="btree_not_null",
        help="When somebody else booked the place.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        registrations = super().create(vals_list)
        registrations._hub_note_training()
        return registrations

    def write(self, vals):
        result = super().write(vals)
        if {"state", "hub_partner_id", "partner_id"} & set(vals):
            self._hub_note_training()
        return result

    def _hub_attendee(self):
        self.ensure_one()
        return self.hub_partner_id or self.partner_id

    def _hub_note_training(self):
        """Presence at a training is noted on the role of who came, and taken back."""
        for registration in self.sudo().filtered(
            lambda r: r.event_id.hub_format == "training"
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
