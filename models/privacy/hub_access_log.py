from odoo import api, models


class HubAccessLog(models.Model):
    """Who opened a note and when stays on record; the reason loses the name."""

    _inherit = "hub.access.log"

    @api.model
    def _hub_forget(self, partner):
        lines = self.search([("lead_id.hub_holder_ids.partner_id", "=", partner.id)])
        self.env["hub.forgetting"]._scrub(partner, lines, "reason")

    @api.model
    def _hub_held(self, _partner):
        """It tells of what somebody else wrote and read."""
        return
