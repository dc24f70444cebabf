from odoo import api, fields, models


class HubProxyWizard(models.TransientModel):
    """Gives a proxy to another member, for oneself or for somebody who called."""

    _name = "hub.proxy.wizard"
    _description = "Give a proxy"

    presence_id = fields.Many2one(
        "hub.presence", string="Who gives it", required=True, readonly=True
    )
    possible_ids = fields.Many2many("hub.presence", compute="_compute_possible_ids")
    holder_id = fields.Many2one(
        "hub.presence", string="Proxy to", domain="[('id', 'in', possible_ids)]"
    )
    blank_allowed = fields.Boolean(related="presence_id.meeting_id.blank_proxies")
    blank = fields.Boolean(string="Without a name, for whoever is there")

    @api.depends("presence_id")
    def _compute_possible_ids(self):
        for wizard in self:
            found = wizard.presence_id._portal_holders()
            wizard.possible_ids = [line_id for line_id, _name in found]

    def action_confirm(self):
        """Give it; the person is noted as not coming."""
        self.ensure_one()
        self.presence_id.check_access("read")
        holder = self.env["hub.presence"] if self.blank else self.holder_id
        self.presence_id.action_give_proxy(holder_id=holder.id)
        return {"type": "ir.actions.act_window_close"}
