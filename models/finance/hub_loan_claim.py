from odoo import api, fields, models

KINDS = [
    ("guarantee", "Owed by the guarantor"),
    ("share", "Owed by the borrower for the guarantor"),
    ("recovery", "Owed by the borrower after a loss"),
    ("payable", "Owed to the guarantor"),
]


class HubLoanClaim(models.Model):
    """Something owed because of a loan, besides its instalments.

    What a guarantor owes once his guarantee was called, what of later payments is his,
    what a borrower promises to pay after a loss. Odoo's own payments settle it.
    """

    _name = "hub.loan.claim"
    _description = "Claim besides a loan's instalments"
    _order = "id"
    _check_company_auto = True

    loan_id = fields.Many2one(
        "hub.loan", required=True, index=True, ondelete="cascade", check_company=True
    )
    change_id = fields.Many2one(
        "hub.loan.change",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    guarantee_id = fields.Many2one(
        "hub.loan.guarantee",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="loan_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, required=True)
    partner_id = fields.Many2one(
        "res.partner", string="Who", required=True, index=True, ondelete="restrict"
    )
    date = fields.Date(required=True)
    amount = fields.Monetary(required=True)
    line_id = fields.Many2one(
        "account.move.line",
        string="Journal item",
        index="btree_not_null",
        ondelete="set null",
    )
    move_id = fields.Many2one(
        related="line_id.move_id", string="Entry", related_sudo=True
    )
    residual_amount = fields.Monetary(
        string="Left to pay",
        compute="_compute_residual_amount",
        compute_sudo=True,
        store=True,
    )

    @api.depends("kind", "partner_id.name", "loan_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for claim in self:
            words = [claim.loan_id.name, labels.get(claim.kind), claim.partner_id.name]
            claim.display_name = " · ".join(filter(None, words))

    @api.depends("line_id.amount_residual", "line_id.parent_state")
    def _compute_residual_amount(self):
        for claim in self:
            owed = claim.line_id
            claim.residual_amount = owed._hub_open_amount() if owed else 0

    def action_register_payment(self):
        """Odoo's own payment for these claims: of the guarantor, or to him."""
        self.check_access("read")
        lines = self.sudo().line_id.filtered("amount_residual")
        return lines.sudo(False).action_register_payment()


class HubLoan(models.Model):
    _inherit = "hub.loan"

    claim_ids = fields.One2many("hub.loan.claim", "loan_id", string="Claims besides")

    def _claims_to_come(self):
        """Money that is still to come to the hub besides instalments."""
        return self.claim_ids.filtered(lambda claim: claim.kind != "payable")
