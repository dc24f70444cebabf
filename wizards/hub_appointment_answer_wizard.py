from odoo import fields, models

from ..models.common.hub_answer_mixin import CHANNELS


class HubAppointmentAnswerWizard(models.TransientModel):
    """Noting down what a holder said about an appointment."""

    _name = "hub.appointment.answer.wizard"
    _description = "Note the answer to an appointment down"

    presence_id = fields.Many2one(
        "hub.interview.presence", string="Who", required=True, readonly=True
    )
    answer = fields.Selection(
        [("yes", "Comes"), ("no", "Asks to move it")], required=True, default="yes"
    )
    channel = fields.Selection(
        CHANNELS[1:], string="How", required=True, default="phone"
    )
    wished_start = fields.Datetime(string="Asks for")
    reason = fields.Char(string="In a few words")

    def action_confirm(self):
        """Note the answer down."""
        self.ensure_one()
        self.presence_id.action_note_answer(
            self.answer,
            self.channel,
            reason=self.reason,
            wished_start=self.wished_start,
        )
        return {"type": "ir.actions.act_window_close"}
