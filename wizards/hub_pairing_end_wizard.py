from odoo import api, fields, models


class HubPairingEndWizard(models.TransientModel):
    """Ending an accompaniment with its date and its reason."""

    _name = "hub.pairing.end.wizard"
    _description = "End an accompaniment"

    pairing_ids = fields.Many2many("hub.pairing", string="To end", required=True)
    date = fields.Date(
        string="Last day", required=True, default=fields.Date.context_today
    )
    reason = fields.Char(
        string="Why", help="Read by the team of the hub; no confidences."
    )

    @api.model
    def _wizard_title(self):
        return self.env._("End the accompaniment")

    def action_confirm(self):
        """End them."""
        self.ensure_one()
        self.pairing_ids.action_end(reason=self.reason, date=self.date)
        return {"type": "ir.actions.act_window_close"}
