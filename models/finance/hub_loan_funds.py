from odoo import api, fields, models

from ...tools.amortization_shares import split_amount
from ...tools.fund_shares import percentages
from ..common.hub_guard_mixin import OPEN
from .hub_loan_share import AGREED

# Loans whose money is promised or out.
PROMISED = ("approved", "signed", "disbursed", "repaid", "written_off")


class HubLoan(models.Model):
    """Which funds stand behind a loan."""

    _inherit = "hub.loan"

    share_ids = fields.One2many(
        "hub.loan.share", "loan_id", string="Funds behind it", copy=False
    )
    fund_id = fields.Many2one(
        "hub.fund",
        compute="_compute_fund_id",
        inverse="_inverse_fund_id",
        search="_search_fund_id",
        compute_sudo=True,
        help="Where the money comes from. Several funds: name each with its share under"
        " “Funds behind it”.",
    )
    share_count = fields.Integer(compute="_compute_fund_id", compute_sudo=True)
    is_mandate = fields.Boolean(
        string="Money of another lender",
        compute="_compute_is_mandate",
        compute_sudo=True,
        help="The loan is made with money entrusted to the hub: it is not the hub's.",
    )

    def _set_state(self, target, **vals):
        if target == "cancelled":
            # Until then it counts as promised in the figures of past days.
            vals.setdefault("closed_on", fields.Date.context_today(self))
        return super()._set_state(target, **vals)

    @api.depends("share_ids.fund_id", "product_id", "company_id")
    def _compute_fund_id(self):
        for loan in self:
            funds = loan.share_ids.fund_id
            loan.share_count = len(loan.share_ids)
            if loan.share_ids or loan._origin:
                loan.fund_id = funds if len(funds) == 1 else False
            else:
                loan.fund_id = loan._usual_fund()

    def _usual_fund(self):
        return self.product_id.fund_id or self.company_id._hub_only_fund()

    def _inverse_fund_id(self):
        for loan in self:
            loan._set_only_fund(loan.fund_id)

    def _set_only_fund(self, fund):
        """One fund stands for all of the loan; none, where none is named."""
        if len(self.share_ids) > 1 and not fund:
            return
        if self.share_ids.fund_id != fund:
            self.share_ids.unlink()
            if fund:
                self.env["hub.loan.share"].create(
                    {
                        "loan_id": self.id,
                        "fund_id": fund.id,
                        "amount": self._share_target(),
                    }
                )

    def _search_fund_id(self, operator, value):
        return [("share_ids.fund_id", operator, value)]

    @api.depends("share_ids.fund_id.is_mandate")
    def _compute_is_mandate(self):
        for loan in self:
            loan.is_mandate = any(loan.share_ids.fund_id.mapped("is_mandate"))

    @api.model_create_multi
    def create(self, vals_list):
        loans = super().create(vals_list)
        for loan, vals in zip(loans, vals_list, strict=True):
            if not {"share_ids", "fund_id"} & set(vals):
                loan._set_only_fund(loan.sudo()._usual_fund())
        return loans

    def write(self, vals):
        if not {"share_ids", "fund_id"} & set(vals):
            result = super().write(vals)
        else:
            # All shares of one save are there before their sum is looked at.
            loans = self.with_context(hub_fit_shares=OPEN)
            result = super(HubLoan, loans).write(vals)
            self._check_funds()
        if "amount" in vals:
            self._fit_shares()
        return result

    def _check_funds(self):
        """Shares make the loan, and the funds have what is promised of them."""
        self._check_shares()
        for loan in self.filtered(lambda one: one.state in AGREED):
            loan._check_money()

    # ------------------------------------------------------------
    # Shares make the loan
    # ------------------------------------------------------------

    def _share_target(self):
        """What the shares make together: all that was or will be paid out."""
        paid_out = self.state in ("disbursed", "repaid", "written_off")
        return self._amount_to_disburse() if paid_out else self.amount

    def _fit_shares(self):
        """Shares keep their proportion under another amount; what is out stays."""
        for loan in self:
            # All of them change before their sum is looked at.
            shares = loan.sudo().with_context(hub_fit_shares=OPEN).share_ids
            target, total = loan._share_target(), sum(shares.mapped("amount"))
            if not total or not loan.currency_id.compare_amounts(total, target):
                continue
            lent = [loan._exact(share.lent_amount) for share in shares]
            left = [loan._exact(share.amount) for share in shares]
            rest = [part - out for part, out in zip(left, lent, strict=True)]
            more = loan._exact(target) - sum(lent)
            weights = rest if sum(rest) > 0 else left
            parts = split_amount(max(more, 0), weights)
            for share, out, part in zip(shares, lent, parts, strict=True):
                share.amount = float(out + part)
            loan._check_shares()

    def _check_shares(self):
        """Funds make the whole loan, once it is agreed; mandates stand alone."""
        for loan in self:
            shares = loan.sudo().share_ids
            funds = shares.fund_id
            if len(set(funds.mapped("is_mandate"))) > 1:
                loan._raise_problem(
                    self.env._(
                        "money entrusted by another lender is not mixed with money of"
                        " the hub. Choose one or the other."
                    )
                )
            if shares and loan.state in PROMISED:
                loan._raise_problem(loan._sum_problem(shares))

    def _sum_problem(self, shares):
        total, target = sum(shares.mapped("amount")), self._share_target()
        if not self.currency_id.compare_amounts(total, target):
            return None
        return self.env._(
            "the funds behind it make %(total)s, the loan is %(amount)s. Correct the"
            " shares.",
            total=self.currency_id.format(total),
            amount=self.currency_id.format(target),
        )

    @api.constrains("state")
    def _check_funds_suffice(self):
        """Nobody agrees to lend what is promised to others, by whatever way."""
        self.filtered(lambda one: one.state in AGREED)._check_funds()

    def _check_money(self):
        """The funds behind this loan have what it still asks."""
        shares = self.sudo().share_ids
        asked = {
            share.fund_id: share.amount - share.lent_amount
            for share in shares.filtered("amount")
        }
        if asked:
            shares.fund_id._check_not_overdrawn(self, asked)

    def _committed_from(self, fund):
        """What this loan is promised by a fund and not paid out."""
        share = self.sudo().share_ids.filtered(lambda one: one.fund_id == fund)
        return share.amount - share.lent_amount

    def _fund_distributions(self):
        """``{loan id: analytic distribution}`` by the shares of the funds."""
        found = {}
        for loan in self:
            shares = loan.share_ids.filtered("amount")
            accounts = shares.fund_id.analytic_account_id
            if accounts and len(accounts) == len(shares):
                parts = percentages([loan._exact(share.amount) for share in shares])
                found[loan.id] = {
                    str(share.fund_id.analytic_account_id.id): float(part)
                    for share, part in zip(shares, parts, strict=True)
                    if part
                }
        return found


class HubLoanTranche(models.Model):
    _inherit = "hub.loan.tranche"

    def action_give_up(self):
        result = super().action_give_up()
        self.loan_id._unguarded()._fit_shares()
        return result
