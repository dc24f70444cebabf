from odoo import api, fields, models


class HubPact(models.Model):
    """The version of the shared diagnosis on which the text rests."""

    _inherit = "hub.pact"

    newer_diagnosis_id = fields.Many2one(
        "hub.diagnosis",
        string="Newer version",
        compute="_compute_newer_diagnosis_id",
        groups="solidarity_hub.group_hub_adviser",
        help="The diagnosis was appraised again since: an amendment may cite it.",
    )

    @api.depends("diagnosis_id.next_ids.state")
    def _compute_newer_diagnosis_id(self):
        for pact in self:
            newer = pact.diagnosis_id
            while following := newer.next_ids.filtered(lambda d: d.state == "shared"):
                newer = following[:1]
            pact.newer_diagnosis_id = newer if newer != pact.diagnosis_id else False
