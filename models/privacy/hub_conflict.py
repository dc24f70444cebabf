from odoo import api, models
from odoo.fields import Domain


class HubConflict(models.Model):
    """Nobody has to be kept apart from somebody whom nobody can name."""

    _inherit = "hub.conflict"

    @api.model
    def _hub_forget(self, partner):
        self.search(
            Domain("partner_id", "=", partner.id)
            | Domain("other_partner_id", "=", partner.id)
        ).unlink()

    @api.model
    def _hub_held(self, _partner):
        """It is about another person as well."""
        return
