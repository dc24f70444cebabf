from odoo import api, models
from odoo.fields import Domain


class HubInterviewHandover(models.Model):
    """That notes were handed on stays; the key of the personal link goes."""

    _inherit = "hub.interview.handover"

    @api.model
    def _hub_forget(self, partner):
        lines = self.search(
            Domain("lead_id.hub_holder_ids.partner_id", "=", partner.id)
            | Domain("partner_id", "=", partner.id)
        )
        self.env["hub.forgetting"]._blank(lines, "answer_reason", "access_token")
