from datetime import datetime, time

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class HubCharterPaperWizard(models.TransientModel):
    """Charters signed on paper come back in a pile: note them all at once."""

    _name = "hub.charter.paper.wizard"
    _description = "Charters signed on paper"
    _inherit = ["hub.asking.mixin"]

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    charter_id = fields.Many2one(
        "hub.charter",
        required=True,
        domain="[('published_on', '!=', False), ('company_id', '=', company_id)]",
        default=lambda self: self._default_charter(),
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="Who signed",
        required=True,
        default=lambda self: self._default_partners(),
    )
    signed_on = fields.Date(required=True, default=fields.Date.context_today)

    @api.model
    def _default_charter(self):
        return self.env["hub.charter"]._current(self.env.company).get(self.env.company)

    @api.model
    def _default_partners(self):
        if self.env.context.get("active_model") != "res.partner":
            return False
        return self.env.context.get("active_ids")

    def action_sign(self):
        """Note the signatures; who had signed before is left as it was.

        :return: what was done, by name where somebody was left out
        """
        self.ensure_one()
        if self.signed_on > fields.Date.context_today(self):
            raise UserError(
                self.env._("A signature cannot be received before it is given.")
            )
        refused = self._people("no")
        signed = (
            self.env["hub.charter.signature"]
            ._sign(
                self.charter_id,
                self.partner_ids,
                "paper",
                signed_on=datetime.combine(self.signed_on, time(12)),
            )
            .partner_id
        )
        return self._notify(
            self._what_was_done(signed, self.partner_ids - signed, refused & signed)
        )

    def _people(self, answer):
        rows = self.env["hub.charter.signature"].search(
            Domain("charter_id", "=", self.charter_id.id)
            & Domain("partner_id", "in", self.partner_ids.ids)
            & Domain("answer", "=", answer)
        )
        return rows.partner_id

    def _what_was_done(self, signed, left, changed):
        env = self.env
        return [
            env._("Signatures noted: %(count)s.", count=len(signed)),
            left
            and env._(
                "Had signed before, left as they were: %(names)s.",
                names=", ".join(left.mapped("display_name")),
            ),
            changed
            and env._(
                "Had refused and have changed their mind: %(names)s.",
                names=", ".join(changed.mapped("display_name")),
            ),
        ]
