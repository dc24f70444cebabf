from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .roles import OF_PRODUCT, ROLES

FEE_MODES = [
    ("withheld", "Kept back from the payment out"),
    ("apart", "Paid apart by the borrower"),
]
TEXT = "Empty: the account of the hub's settings."


def _account(role, label):
    return fields.Many2one(
        "account.account",
        string=label,
        domain=[("account_type", "in", ROLES[role].types)],
        check_company=True,
        ondelete="restrict",
        help=TEXT,
    )


class HubLoanProduct(models.Model):
    """A kind of loan that the hub offers: a new loan takes everything from it."""

    _name = "hub.loan.product"
    _description = "Loan product"
    _inherit = ["hub.loan.terms.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    note = fields.Text(string="For whom", translate=True)
    basis_id = fields.Many2one(
        "hub.loan.basis",
        string="Legal basis",
        required=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self._default_basis(),
    )
    amount_min = fields.Monetary(string="At least")
    amount_max = fields.Monetary(string="Up to", help="0: no limit of the product.")
    fee_rate = fields.Float(string="Fee (% of the amount)", digits=(8, 4))
    fee_fixed = fields.Monetary(string="Fixed fee")
    fee_mode = fields.Selection(
        FEE_MODES, string="The fee is", required=True, default="withheld"
    )
    guarantee_percent = fields.Float(
        string="Guarantee asked (%)",
        digits=(5, 2),
        help="Part of the loan that somebody else stands for.",
    )
    validity_months = fields.Integer(
        string="An agreement holds (months)",
        default=6,
        required=True,
        help="A loan that is not signed and paid out by then goes back to the"
        " committee.",
    )
    committee_required = fields.Boolean(
        string="A committee decides",
        help="Without the record of a committee with at least two members no loan of"
        " this kind is agreed.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Hub",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    journal_id = fields.Many2one(
        "account.journal",
        domain=[("type", "=", "general")],
        check_company=True,
        ondelete="restrict",
        help="Empty: the journal of the hub's settings.",
    )
    loan_account_id = _account("loan", "Loans granted")
    due_account_id = _account("due", "Instalments due")
    payout_account_id = _account("payout", "Loans to pay out")
    interest_account_id = _account("interest", "Interest on loans")
    fee_account_id = _account("fee", "Fees on loans")
    loan_count = fields.Integer(compute="_compute_loan_count")
    active = fields.Boolean(default=True)

    @api.model
    def _default_basis(self):
        return self.env["hub.loan.basis"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )

    def _compute_loan_count(self):
        found = self.env["hub.loan"]._read_group(
            Domain("product_id", "in", self.ids), ["product_id"], ["__count"]
        )
        counts = dict(found)
        for product in self:
            product.loan_count = counts.get(product._origin, 0)

    @api.constrains(
        "amount_min",
        "amount_max",
        "fee_rate",
        "fee_fixed",
        "guarantee_percent",
        "validity_months",
    )
    def _check_amounts(self):
        for product in self:
            if problem := product._amounts_problem():
                raise ValidationError(
                    self.env._(
                        "%(record)s: %(problem)s",
                        record=product.display_name,
                        problem=problem,
                    )
                )

    def _amounts_problem(self):
        low = min(self.amount_min, self.amount_max, self.fee_fixed, self.fee_rate)
        if low < 0:
            return self.env._("amounts and fees are not negative.")
        if self.fee_rate >= 100:
            return self.env._("a fee of 100 % or more leaves nothing of the loan.")
        if self.amount_max and self.amount_min > self.amount_max:
            return self.env._(
                "the smallest amount is above the largest: exchange them."
            )
        if not 0 <= self.guarantee_percent <= 100:
            return self.env._("a guarantee covers between 0 and 100 % of the loan.")
        if self.validity_months < 1:
            return self.env._("an agreement holds for at least one month.")
        return None

    @api.constrains("journal_id", *(f"{role}_account_id" for role in OF_PRODUCT))
    def _check_accounts(self):
        for product in self:
            company = product.company_id
            if product.journal_id:
                company._check_hub_journal(product.journal_id, product)
            for role in OF_PRODUCT:
                account = product[f"{role}_account_id"]
                if account:
                    company._check_hub_account(role, account, product)

    def _account_for(self, role):
        """The account of a role: the product's own, else that of the hub."""
        return self[f"{role}_account_id"] or self.company_id._hub_account(role)

    def _fee_for(self, amount):
        return self.currency_id.round(self.fee_fixed + amount * self.fee_rate / 100)

    def action_open_loans(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_loan_action"
        )
        action["domain"] = [("product_id", "=", self.id)]
        action["context"] = {"default_product_id": self.id}
        return action
