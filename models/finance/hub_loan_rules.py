from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date, format_list

from .hub_loan_accounts import ACCOUNT_FIELDS

# What the committee agrees to and the parties sign.
TERM_FIELDS = frozenset(
    {
        "partner_id",
        "co_borrower_ids",
        "product_id",
        "basis_id",
        "company_id",
        "currency_id",
        "amount",
        "method",
        "annual_rate",
        "periods",
        "period_months",
        "grace_periods",
        "grace_type",
        "grace_position",
        "fee_amount",
        "fee_mode",
        "early_interest",
        "respite_interest",
    }
)
# Days that may still move until the loan is signed.
DATE_FIELDS = frozenset({"disbursement_date", "first_due_date"})
OPEN_FIELDS = {
    "draft": TERM_FIELDS | DATE_FIELDS | ACCOUNT_FIELDS | {"journal_id"},
    "submitted": TERM_FIELDS | DATE_FIELDS | ACCOUNT_FIELDS | {"journal_id"},
    "approved": DATE_FIELDS | ACCOUNT_FIELDS | {"journal_id"},
    "signed": ACCOUNT_FIELDS | {"journal_id"},
}
LOCKED = OPEN_FIELDS["draft"]
# The lines are worked out again when one of these changes.
SCHEDULE_FIELDS = frozenset(
    {
        "amount",
        "method",
        "annual_rate",
        "periods",
        "period_months",
        "grace_periods",
        "grace_type",
        "grace_position",
        "disbursement_date",
        "first_due_date",
    }
)
FINISHED = ("repaid", "written_off", "refused", "cancelled")


class HubLoan(models.Model):
    """What a loan must respect, whoever writes it and by whatever way."""

    _inherit = "hub.loan"

    @api.constrains("amount", "product_id", "fee_amount")
    def _check_amount(self):
        for loan in self:
            loan._raise_problem(loan._amount_problem())

    @api.constrains("currency_id", "company_id")
    def _check_currency(self):
        for loan in self:
            own = loan.company_id.currency_id
            if loan.currency_id != own:
                loan._raise_problem(
                    self.env._(
                        "loans of %(hub)s are in %(own)s, not in %(currency)s: write"
                        " the amount in %(own)s.",
                        hub=loan.company_id.name,
                        own=own.name,
                        currency=loan.currency_id.name,
                    )
                )

    @api.constrains("partner_id", "co_borrower_ids", "lead_id", "company_id")
    def _check_parties(self):
        for loan in self:
            loan._raise_problem(loan._party_problem())

    @api.constrains("disbursement_date", "first_due_date", "company_id")
    def _check_dates(self):
        for loan in self:
            loan._raise_problem(loan._date_problem())

    @api.constrains(
        "basis_id", "partner_id", "lead_id", "state", *sorted(SCHEDULE_FIELDS)
    )
    def _check_legal_basis(self):
        for loan in self.filtered(lambda one: one.state in OPEN_FIELDS):
            day = loan.signed_on or fields.Date.context_today(loan)
            if loan.basis_id and not (loan._date_problem() or loan._terms_problem()):
                loan._raise_problem(loan.basis_id._problem_of(loan, day))

    def _raise_problem(self, problem):
        if problem:
            raise ValidationError(
                self.env._(
                    "%(loan)s: %(problem)s", loan=self.display_name, problem=problem
                )
            )

    def _amount_problem(self):
        product, currency = self.product_id, self.currency_id
        if currency.compare_amounts(self.amount, 0) <= 0:
            return self.env._("the amount lent is above zero.")
        if (
            product.amount_max
            and currency.compare_amounts(self.amount, product.amount_max) > 0
        ):
            return self.env._(
                "“%(product)s” goes up to %(most)s; %(amount)s is more. Lower the"
                " amount or choose another kind of loan.",
                product=product.name,
                most=currency.format(product.amount_max),
                amount=currency.format(self.amount),
            )
        if currency.compare_amounts(self.amount, product.amount_min) < 0:
            return self.env._(
                "“%(product)s” begins at %(least)s; %(amount)s is less.",
                product=product.name,
                least=currency.format(product.amount_min),
                amount=currency.format(self.amount),
            )
        if not 0 <= self.fee_amount < self.amount:
            return self.env._("a fee is not negative and less than the loan.")
        return None

    def _party_problem(self):
        if self.partner_id == self.company_id.partner_id:
            return self.env._("the hub does not lend to itself: choose the borrower.")
        if self.partner_id in self.co_borrower_ids:
            return self.env._(
                "%(name)s is the borrower: name only others besides.",
                name=self.partner_id.display_name,
            )
        if self.lead_id and not self.sudo().lead_id.is_hub_project:
            return self.env._("a loan goes with a project of the hub, not with a sale.")
        return None

    def _date_problem(self):
        start = self.company_id.account_opening_date
        out, first = self.disbursement_date, self.first_due_date
        if not (out and first):
            return self.env._("say when it is paid out and when it is first due.")
        if first < out:
            return self.env._(
                "it is first due on %(first)s, before it is paid out on %(out)s.",
                first=format_date(self.env, first),
                out=format_date(self.env, out),
            )
        if start and out < start:
            return self.env._(
                "it is paid out on %(out)s, before the accounts of %(hub)s begin on"
                " %(start)s. Choose a later day.",
                out=format_date(self.env, out),
                hub=self.company_id.name,
                start=format_date(self.env, start),
            )
        return None

    def _last_due_date(self):
        months = (self._line_count() - 1) * self.period_months
        return fields.Date.add(self.first_due_date, months=months)

    def _months_in_all(self):
        """From the payment out to the last due date, a month begun counts."""
        span = relativedelta(self._last_due_date(), self.disbursement_date)
        return span.years * 12 + span.months + bool(span.days)

    # ------------------------------------------------------------
    # Creating, writing, deleting
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_leads_seen(vals_list)
        for vals in vals_list:
            company = self.env["res.company"].browse(vals.get("company_id"))
            vals["name"] = (company or self.env.company)._next_loan_number()
        loans = super().create(vals_list)
        loans._plan()
        return loans

    def write(self, vals):
        self._check_leads_seen([vals])
        if not self._guard_is_open():
            self._check_terms_open(set(vals) & LOCKED, vals)
        if vals.get("active") is False:
            self._check_finished()
        result = super().write(vals)
        if SCHEDULE_FIELDS & set(vals) and not self.env.context.get("hub_no_plan"):
            self.filtered(lambda loan: loan.state in OPEN_FIELDS)._plan()
        return result

    @api.model
    def _check_leads_seen(self, vals_list):
        """Finance reads the title of a loan's project; it chooses no hidden one."""
        ids = {vals["lead_id"] for vals in vals_list if vals.get("lead_id")}
        if new := ids - set(self.sudo().lead_id.ids):
            self.env["crm.lead"].browse(new).check_access("read")

    def _check_terms_open(self, names, vals):
        """Agreed terms change by a decision, signed ones by a new schedule."""
        for loan in self:
            closed = names - OPEN_FIELDS.get(loan.state, frozenset())
            changed = [
                name
                for name in sorted(closed)
                if self._fields[name].convert_to_cache(vals[name], loan)
                != self._fields[name].convert_to_cache(loan[name], loan)
            ]
            if changed:
                raise UserError(
                    self.env._(
                        "%(loan)s is “%(state)s”: %(fields)s no longer changes by hand."
                        " Take it back to the committee, or reschedule the loan.",
                        loan=loan.display_name,
                        state=loan._state_label(),
                        fields=format_list(
                            self.env,
                            [
                                self._fields[name]._description_string(self.env)
                                for name in changed
                            ],
                        ),
                    )
                )

    def _check_finished(self):
        for loan in self.filtered(lambda one: one.state not in (*FINISHED, "draft")):
            raise UserError(
                self.env._(
                    "%(loan)s is “%(state)s”: it is archived once it is over, so that"
                    " nothing due is forgotten.",
                    loan=loan.display_name,
                    state=loan._state_label(),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        for loan in self:
            if loan.state not in ("draft", "cancelled") or loan.sudo().move_ids:
                raise UserError(
                    self.env._(
                        "%(loan)s is “%(state)s”: it can be cancelled or archived, not"
                        " deleted.",
                        loan=loan.display_name,
                        state=loan._state_label(),
                    )
                )
