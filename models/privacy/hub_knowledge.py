from odoo import api, models
from odoo.tools import SQL


class HubKnowledge(models.Model):
    """What somebody offered or asked for is no longer to be had."""

    _inherit = "hub.knowledge"

    @api.model
    def _hub_contacts(self):
        return SQL("SELECT partner_id, company_id, date FROM hub_knowledge")

    @api.model
    def _hub_forget(self, partner):
        forgetting = self.env["hub.forgetting"]
        lines = self.search([("partner_id", "=", partner.id)])
        forgetting._blank(lines, "availability", "place", "note")
        forgetting._scrub(partner, lines, "name")
        lines.active = False
