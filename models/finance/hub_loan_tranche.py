from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

STATES = [
    ("planned", "Scheduled"),
    ("released", "Paid out"),
    ("cancelled", "Given up"),
]


class HubLoanTranche(models.Model):
    """A part of a loan that is paid out on one day; most loans have one."""

    _name = "hub.loan.tranche"
    _description = "Payment out of a loan"
    _inherit = ["hub.guard.mixin"]
    _order = "date, id"
    _check_company_auto = True
    _guarded_fields = frozenset(
        {"state", "move_id", "payout_line_id", "released_by_id"}
    )

    loan_id = fields.Many2one(
        "hub.loan", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="loan_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    amount = fields.Monetary(required=True)
    state = fields.Selection(
        STATES, required=True, readonly=True, default="planned", copy=False
    )
    move_id = fields.Many2one(
        "account.move",
        string="Journal entry",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    payout_line_id = fields.Many2one(
        "account.move.line",
        string="Line to pay",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    residual_amount = fields.Monetary(
        string="Not at the bank yet",
        compute="_compute_residual_amount",
        compute_sudo=True,
        store=True,
    )
    released_by_id = fields.Many2one(
        "res.users", string="Released by", copy=False, readonly=True
    )

    @api.depends("loan_id.display_name", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for part in self:
            day = format_date(self.env, part.date) if part.date else ""
            part.display_name = self.env._(
                "%(loan)s, payment out of %(date)s",
                loan=part.loan_id.display_name or "",
                date=day,
            )

    @api.depends("payout_line_id.amount_residual", "payout_line_id.parent_state")
    def _compute_residual_amount(self):
        for part in self:
            owed = part.payout_line_id
            part.residual_amount = owed._hub_open_amount() if owed else 0

    @api.constrains("amount", "loan_id", "date")
    def _check_amount(self):
        for part in self:
            part.loan_id._raise_problem(part._problem())

    def _problem(self):
        loan, currency = self.loan_id, self.currency_id
        if currency.compare_amounts(self.amount, 0) <= 0:
            return self.env._("a payment out is above zero.")
        parts = loan.tranche_ids.filtered(lambda part: part.state != "cancelled")
        total = sum(parts.mapped("amount"))
        if currency.compare_amounts(total, loan.amount) > 0:
            return self.env._(
                "%(total)s would be paid out in all, more than the %(amount)s of the"
                " loan. Lower a payment out.",
                total=currency.format(total),
                amount=currency.format(loan.amount),
            )
        start = self.company_id.account_opening_date
        if start and self.date < start:
            return self.env._(
                "nothing is paid out before the accounts begin on %(start)s.",
                start=format_date(self.env, start),
            )
        return None

    # ------------------------------------------------------------
    # Planned parts may move; the schedule follows
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._check_may_change()
        parts.loan_id._plan()
        return parts

    def write(self, vals):
        planned = {"date", "amount", "loan_id"} & set(vals)
        if planned:
            self._check_may_change()
        result = super().write(vals)
        if planned:
            self.loan_id._plan()
        return result

    def unlink(self):
        loans = self.loan_id
        result = super().unlink()
        loans.exists()._plan()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self._check_may_change()
        for part in self:
            if part.loan_id.state in ("signed", "disbursed"):
                raise UserError(
                    self.env._(
                        "%(part)s is part of a signed loan: give it up instead of"
                        " deleting it.",
                        part=part.display_name,
                    )
                )

    def _check_may_change(self):
        for part in self:
            if part.state != "planned" or part.loan_id.state not in (
                "draft",
                "submitted",
                "approved",
                "signed",
                "disbursed",
            ):
                raise UserError(
                    self.env._(
                        "%(part)s is already paid out, or the loan is over: it stays as"
                        " it is.",
                        part=part.display_name,
                    )
                )

    def action_give_up(self):
        """This part will not be paid out: less is to be paid back."""
        for part in self:
            part.loan_id.check_access("write")
            part._check_may_change()
            loan = part.loan_id
            others = loan.tranche_ids - part
            if not others.filtered(lambda one: one.state != "cancelled"):
                raise UserError(
                    self.env._(
                        "%(loan)s: nothing would be paid out. Cancel the loan instead.",
                        loan=loan.display_name,
                    )
                )
            part._unguarded().state = "cancelled"
            loan._plan(self.env._("A part of the loan is not paid out"))
            loan._sync_commitment()
