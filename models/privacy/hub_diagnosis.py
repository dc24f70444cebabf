from odoo import api, models
from odoo.fields import Domain


class HubDiagnosis(models.Model):
    """A diagnosis is of a place: it loses the names, not its findings."""

    _inherit = "hub.diagnosis"

    @api.model
    def _hub_forget(self, partner):
        forgetting = self.env["hub.forgetting"]
        versions = self.search(self._hub_held(partner))
        forgetting._scrub(partner, versions)
        forgetting._scrub(partner, versions.line_ids)
        messages = self.env["mail.message"].search(
            Domain("model", "=", self._name) & Domain("res_id", "in", versions.ids)
        )
        forgetting._scrub(partner, messages, "body", "subject")

    @api.model
    def _hub_held(self, partner):
        return Domain("participant_ids", "in", partner.ids) | Domain(
            "lead_id.hub_holder_ids.partner_id", "=", partner.id
        )
