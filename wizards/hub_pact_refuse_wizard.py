from odoo import fields, models


class HubPactRefuseWizard(models.TransientModel):
    """Notes that a party does not sign, told by telephone, in person or by letter."""

    _name = "hub.pact.refuse.wizard"
    _description = "Note a refusal to sign"

    party_id = fields.Many2one("hub.pact.party", required=True, readonly=True)
    channel = fields.Selection(
        [("phone", "Telephone"), ("in_person", "In person"), ("paper", "Paper")],
        string="How",
        required=True,
        default="phone",
    )
    reason = fields.Text(string="Reason given", required=True)

    def action_confirm(self):
        """Note it down; whoever follows the pact settles what becomes of it."""
        self.ensure_one()
        self.party_id.check_access("write")
        self.party_id._decline(self.channel, self.reason)
        return {"type": "ir.actions.act_window_close"}
