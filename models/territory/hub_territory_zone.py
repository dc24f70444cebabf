from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HubTerritoryZone(models.Model):
    """A label that public policy gives a territory for some years (QPV, FRR...)."""

    _name = "hub.territory.zone"
    _description = "Zone of a territory"
    _order = "territory_id, date_start desc, id"

    territory_id = fields.Many2one(
        "hub.territory", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(
        string="Zone", required=True, help="For example: priority district, rural area."
    )
    date_start = fields.Date(string="From")
    date_end = fields.Date(string="Until")

    @api.constrains("date_start", "date_end")
    def _check_dates(self):
        for zone in self:
            if zone.date_start and zone.date_end and zone.date_end < zone.date_start:
                raise ValidationError(
                    self.env._(
                        "The zone %(zone)s of %(territory)s ends before it starts."
                        " Correct one of the two dates.",
                        zone=zone.name,
                        territory=zone.territory_id.name,
                    )
                )
