from datetime import datetime, time

from odoo import fields, models
from odoo.exceptions import UserError

CHANNELS = [
    ("phone", "By telephone"),
    ("in_person", "In person"),
    ("paper", "On paper"),
]


class HubCharterAnswerWizard(models.TransientModel):
    """What one person answers on the telephone, or signs here on the screen."""

    _name = "hub.charter.answer.wizard"
    _description = "Answer of a person to the charter"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    charter_id = fields.Many2one(
        "hub.charter",
        required=True,
        domain="[('published_on', '!=', False), ('company_id', '=', company_id)]",
        default=lambda self: self.env["hub.charter"]._current_of(self.env.company),
    )
    partner_id = fields.Many2one("res.partner", string="Person", required=True)
    phone = fields.Char(related="partner_id.phone")
    body = fields.Html(related="charter_id.body", string="Charter text")
    rules = fields.Html(related="charter_id.rules")
    channel = fields.Selection(
        CHANNELS, string="How", required=True, default="in_person"
    )
    answer = fields.Selection(
        [("yes", "Signs"), ("no", "Refuses")], required=True, default="yes"
    )
    day = fields.Date(string="Date", required=True, default=fields.Date.context_today)
    signed_name = fields.Char(
        string="Signed as", help="For an organisation: who signs for it."
    )
    drawing = fields.Image(string="Signature", max_width=600, max_height=300)
    reason = fields.Text()

    def action_save(self):
        """Note the answer; a signature given earlier is left as it was."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        if self.day > today:
            raise UserError(self.env._("An answer cannot be given in the future."))
        signatures = self.env["hub.charter.signature"]
        signature = signatures._for_people(self.charter_id, self.partner_id)
        signed = signature.filtered(lambda s: s.answer == "yes")
        yes = self.answer == "yes"
        (signed or signature)[:1]._answer(
            self.answer,
            self.channel,
            reason=not yes and self.reason,
            answered_on=self.day < today and datetime.combine(self.day, time(12)),
            signed_name=yes and self.signed_name,
            drawing=yes and self.channel == "in_person" and self.drawing,
        )
        return {"type": "ir.actions.act_window_close"}
