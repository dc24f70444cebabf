from odoo import api, models


class HubPartnerSkill(models.Model):
    """Skills are those of people who can be asked."""

    _inherit = "hub.partner.skill"

    @api.model
    def _hub_forget(self, partner):
        self.search([("partner_id", "=", partner.id)]).unlink()
