from odoo import api, fields, models
from odoo.fields import Domain

from .hub_body import READERS


class ResPartner(models.Model):
    """In whose name a person speaks where something is decided."""

    _inherit = "res.partner"

    hub_seat_ids = fields.One2many(
        "hub.mandate",
        "represented_id",
        string="Seats held in its name",
        groups=READERS,
    )

    @api.model
    def _hub_domain_behind(self, person):
        """The person, the organisation of which he or she is a contact, and those that
        he or she represents today."""
        seat = self.env["hub.mandate"]._domain_seat_of(person)
        return (
            Domain("id", "=", person.id)
            | Domain("child_ids", "any!", Domain("id", "=", person.id))
            | Domain("hub_seat_ids", "any!", seat)
        )
