from odoo import api, models


class HubProjectHolder(models.Model):
    """What figures group by stays on the line of the project."""

    _inherit = "hub.project.holder"

    @api.model
    def _hub_forget(self, partner):
        self.search([("partner_id", "=", partner.id)])._keep_facts()
