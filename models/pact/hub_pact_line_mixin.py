from odoo import fields, models
from odoo.exceptions import UserError


class HubPactLineMixin(models.AbstractModel):
    """A line of a pact's text: it freezes with the pact."""

    _name = "hub.pact.line.mixin"
    _description = "Line of a pact"
    _inherit = ["hub.frozen.line.mixin"]
    _order = "pact_id, sequence, id"
    _check_company_auto = True
    _frozen_parent = "pact_id"

    pact_id = fields.Many2one(
        "hub.pact", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="pact_id.company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)

    def _check_parent_is_open(self):
        for line in self.filtered(lambda line: line.pact_id.frozen_on):
            raise UserError(
                self.env._(
                    "%(pact)s has been signed on %(date)s: “%(line)s” no longer"
                    " changes, and nothing is added or taken out. Take the text back,"
                    " or write an amendment.",
                    pact=line.pact_id.display_name,
                    date=fields.Date.to_string(line.pact_id.frozen_on),
                    line=line.display_name,
                )
            )
