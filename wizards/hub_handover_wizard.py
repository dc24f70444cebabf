from odoo import api, fields, models
from odoo.exceptions import AccessError


class HubHandoverWizard(models.TransientModel):
    """Asking the holder whether a new companion may read the earlier notes."""

    _name = "hub.handover.wizard"
    _description = "Ask the holder to hand notes on"

    lead_id = fields.Many2one(
        "crm.lead",
        string="Project",
        required=True,
        domain=[("is_hub_project", "=", True)],
    )
    successor_ids = fields.Many2many(
        "res.partner", compute="_compute_successor_ids", compute_sudo=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Hand the notes on to",
        required=True,
        domain="[('id', 'in', successor_ids)]",
        help="People of today's pair who joined after the first interview.",
    )

    @api.depends("lead_id")
    def _compute_successor_ids(self):
        handovers = self.env["hub.interview.handover"]
        for wizard in self:
            seen = wizard.lead_id.sudo(False).has_access("read")
            wizard.successor_ids = seen and handovers._successors(wizard.lead_id)

    @api.onchange("lead_id")
    def _onchange_lead_id(self):
        self.partner_id = self.successor_ids[:1]

    def action_ask(self):
        """Ask: the holder answers on the own page, or on the telephone."""
        self.ensure_one()
        if not self.env.user.has_group("solidarity_hub.group_hub_adviser"):
            raise AccessError(self.env._("Only the team of the hub asks in this way."))
        self.lead_id.check_access("read")
        handovers = self.env["hub.interview.handover"]
        handovers._ask(self.lead_id, self.partner_id, self.env.user.partner_id)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "The question stands on the page of the holder, and was sent by"
                    " e-mail where there is an address."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
