from odoo import api, fields, models

from ..review.hub_project_holder import AGE_BANDS

# First ages that are no longer in the band; the same as the figures of a year read.
ENDS = ((18, "under_18"), (30, "18_29"), (45, "30_44"), (55, "45_54"))


class HubSituation(models.Model):
    """Age at entry, beside what was noted of the situation."""

    _inherit = "hub.situation"

    age_band = fields.Selection(
        AGE_BANDS, string="Age at entry", compute="_compute_age_band", compute_sudo=True
    )

    @api.depends(
        "partner_id.hub_birth_year",
        "holder_id.kept_age_band",
        "lead_id.hub_reception_date",
    )
    def _compute_age_band(self):
        """Reached in the year of the reception; kept when the name was taken away."""
        for situation in self:
            born = situation.partner_id.hub_birth_year
            day = situation.lead_id.hub_reception_date
            if not born or not day:
                situation.age_band = situation.holder_id.kept_age_band
                continue
            age = day.year - born
            situation.age_band = next(
                (band for end, band in ENDS if age < end), "55_over"
            )
