from odoo import api, fields, models

from .hub_pairing_wizard import NOTED_CHANNELS


class HubPairingAnswerWizard(models.TransientModel):
    """Noting down what somebody said on the telephone, face to face or on paper."""

    _name = "hub.pairing.answer.wizard"
    _description = "Note an answer down"

    pairing_ids = fields.Many2many("hub.pairing", string="Asked", required=True)
    who = fields.Selection(
        [
            ("both", "Both: the accompaniment starts"),
            ("volunteer", "The volunteer"),
            ("holder", "The project holder"),
        ],
        string="Who answered",
        required=True,
        default="volunteer",
    )
    answer = fields.Selection(
        [("yes", "Yes"), ("no", "No")], required=True, default="yes"
    )
    channel = fields.Selection(
        NOTED_CHANNELS, string="How", required=True, default="phone"
    )
    answered_on = fields.Date(
        string="When", required=True, default=fields.Date.context_today
    )
    reason = fields.Char(string="Reason, if one was given")

    @api.model
    def _wizard_title(self):
        return self.env._("Note an answer down")

    def action_confirm(self):
        """Record the answer; what follows from it happens at once."""
        self.ensure_one()
        told = {
            "channel": self.channel,
            "reason": self.reason,
            "answered_on": self.answered_on,
        }
        methods = {
            ("volunteer", "yes"): self.pairing_ids.action_accept,
            ("volunteer", "no"): self.pairing_ids.action_decline,
            ("holder", "yes"): self.pairing_ids.action_holder_accept,
            ("holder", "no"): self.pairing_ids.action_holder_decline,
            # The answer is not asked then: what was ticked before is not meant.
            ("both", "yes"): self.pairing_ids.action_activate,
            ("both", "no"): self.pairing_ids.action_activate,
        }
        methods[self.who, self.answer](**told)
        return {"type": "ir.actions.act_window_close"}
