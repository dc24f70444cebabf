from odoo import fields, models


class HubPactTakeBackWizard(models.TransientModel):
    """Opens a text again before it comes into force, and says why."""

    _name = "hub.pact.take.back.wizard"
    _description = "Take the text of a pact back"

    pact_id = fields.Many2one("hub.pact", required=True, readonly=True)
    signed_names = fields.Char(
        string="Already signed by", compute="_compute_signed_names"
    )
    reason = fields.Char(required=True)

    def _compute_signed_names(self):
        for wizard in self:
            signed = wizard.pact_id._signed_parties()
            wizard.signed_names = ", ".join(signed.mapped("partner_id.display_name"))

    def action_confirm(self):
        """Void the signatures visibly and go back to the draft."""
        self.pact_id._take_back(self.reason)
        return {"type": "ir.actions.act_window_close"}
