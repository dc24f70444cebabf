from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools.amortization import build_schedule
from ..common.hub_guard_mixin import OPEN
from .hub_loan_plan import NOT_SIGNED

TAKEOVER_FIELDS = frozenset(
    {
        "takeover_date",
        "takeover_reference",
        "takeover_balance",
        "takeover_late",
        "takeover_late_interest",
        "takeover_late_since",
        "takeover_account_id",
        "takeover_begin",
        "takeover_taeg",
        "takeover_teg",
    }
)


class HubLoan(models.Model):
    """A loan that was running before it was kept here: from a day on, as it stood.

    Nothing is entered for what was before: the opening balances of the accounts hold
    it, and the control of loans says whether both agree.
    """

    _inherit = "hub.loan"

    # Not read-only, so that the import screen proposes them; only an import sets them.
    takeover_date = fields.Date(
        string="Taken over on",
        copy=False,
        tracking=True,
        help="Day of the opening balances: what was due until then is not entered.",
    )
    takeover_reference = fields.Char(
        string="Former number",
        copy=False,
        index="btree_not_null",
        help="The number of the loan where it was kept before.",
    )
    takeover_balance = fields.Monetary(
        string="Not due when taken over",
        copy=False,
        help="Principal that became or becomes due after the take-over.",
    )
    takeover_late = fields.Monetary(
        string="Unpaid when taken over",
        copy=False,
        help="What was due until the take-over and not paid: principal and interest.",
    )
    takeover_late_interest = fields.Monetary(
        string="Of which interest unpaid when taken over", copy=False
    )
    takeover_late_since = fields.Date(string="Unpaid since", copy=False)
    takeover_taeg = fields.Float(
        string="TAEG of the old agreement (%)", digits=(8, 4), copy=False
    )
    takeover_teg = fields.Float(
        string="TEG of the old agreement (%)", digits=(8, 4), copy=False
    )
    takeover_begin = fields.Date(
        string="Interest counts from",
        copy=False,
        readonly=True,
        help="Beginning of the period that was running when the loan was taken over.",
    )
    takeover_account_id = fields.Many2one(
        "account.account",
        string="Account of the opening balance",
        copy=False,
        readonly=True,
        ondelete="restrict",
    )

    _takeover_once = models.UniqueIndex(
        "(company_id, takeover_reference) WHERE takeover_reference IS NOT NULL",
        "A loan with this former number was taken over already.",
    )

    @property
    def _guarded_fields(self):
        return super()._guarded_fields | TAKEOVER_FIELDS

    # ------------------------------------------------------------
    # Rules of today do not bind what was lent before
    # ------------------------------------------------------------

    def _is_taken_over(self):
        self.ensure_one()
        return bool(self.takeover_date)

    def _amount_problem(self):
        if self._is_taken_over() and self.amount > 0:
            return None
        return super()._amount_problem()

    def _date_problem(self):
        return None if self._is_taken_over() else super()._date_problem()

    def _plan(self, reason=None):
        """The schedule of a running loan that was taken over stays as it came."""
        kept = self.filtered(
            lambda loan: loan.takeover_date and loan.state not in NOT_SIGNED
        )
        return super(HubLoan, self - kept)._plan(reason)

    def _fixed_lines(self):
        """What was open when the loan was taken over stays, too."""
        lines = self.sudo().instalment_ids.sorted("sequence")
        opening = lines.filtered("is_opening")
        return lines[: max(len(opening), len(super()._fixed_lines()))]

    # ------------------------------------------------------------
    # Taking over, and undoing it
    # ------------------------------------------------------------

    def _take_over(self, given):
        """Let a loan run from the day of the take-over on.

        :param given: ``[(due date, principal, interest)]`` of what is to come; where
            there is none the lines follow from the terms
        """
        self.ensure_one()
        loan = self.sudo()
        late = loan.takeover_late - loan.takeover_late_interest
        loan.tranche_ids.create(
            {
                "loan_id": loan.id,
                "date": loan.disbursement_date,
                "amount": loan.currency_id.round(loan.takeover_balance + late),
            }
        )
        loan.tranche_ids.write({"state": "released"})
        schedule = loan._live_schedule()
        schedule.instalment_ids.unlink()
        schedule.write(
            {
                "date": loan.takeover_date,
                "reason": self.env._("Taken over as it stood"),
            }
        )
        loan.write(
            {
                "state": "disbursed",
                "signed_on": loan.disbursement_date,
                "taeg": loan.takeover_taeg,
                "teg": loan.takeover_teg,
                "takeover_begin": loan._takeover_begin(),
                "takeover_account_id": loan.loan_account_id.id,
            }
        )
        loan.instalment_ids.create(loan._takeover_line_vals(schedule, given))
        loan._check_principal()
        loan.message_post(body=loan._takeover_words())

    def _takeover_begin(self):
        """One period before what is due next, whatever became due in between."""
        first = fields.Date.subtract(self.first_due_date, months=self.period_months)
        return min(max(first, self.disbursement_date), self.takeover_date)

    def _takeover_line_vals(self, schedule, given):
        """What was open, then what is to come."""
        lines = []
        if self.takeover_late:
            interest = self.takeover_late_interest
            principal = self.currency_id.round(self.takeover_late - interest)
            lines.append((self.takeover_late_since, principal, interest))
        coming = given or [
            (line.due_date, float(line.principal), float(line.interest))
            for line in self._takeover_schedule()
        ]
        balance = sum(principal for _day, principal, _interest in [*lines, *coming])
        vals_list = []
        for number, (day, principal, interest) in enumerate([*lines, *coming], 1):
            balance = self.currency_id.round(balance - principal)
            vals_list.append(
                {
                    "loan_id": self.id,
                    "schedule_id": schedule.id,
                    "sequence": number,
                    "due_date": day,
                    "principal": principal,
                    "interest": interest,
                    "balance_after": balance,
                    "is_opening": number <= len(lines),
                }
            )
        return vals_list

    def _takeover_schedule(self):
        """What is to come by the terms: balance, rate, instalments left."""
        if not self.takeover_balance:
            return []
        return build_schedule(
            self._exact(self.takeover_balance),
            self.annual_rate,
            self.periods,
            method=self.method,
            period_months=self.period_months,
            first_due_date=self.first_due_date,
            rounding=self.currency_id.rounding or 0.01,
        )

    def _takeover_words(self):
        amount = self.currency_id.format
        return self.env._(
            "Taken over on %(date)s (former number %(number)s): %(lent)s lent on"
            " %(start)s, %(balance)s not due yet, %(late)s due and unpaid.",
            date=format_date(self.env, self.takeover_date),
            number=self.takeover_reference,
            lent=amount(self.amount),
            start=format_date(self.env, self.disbursement_date),
            balance=amount(self.takeover_balance),
            late=amount(self.takeover_late),
        )

    def action_undo_takeover(self):
        """Delete loans taken over by mistake, as long as nothing was entered here."""
        self.check_access("unlink")
        for loan in self:
            loan._check_takeover_untouched()
        self.sudo().share_ids.line_ids.unlink()
        self.sudo().with_context(hub_guard=OPEN).write({"state": "draft"})
        self.sudo().agreement_ids.unlink()
        self.unlink()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_loan_action"
        )

    def _check_takeover_untouched(self):
        if not self.takeover_date:
            raise UserError(
                self.env._(
                    "%(loan)s was not taken over: it is cancelled, not undone.",
                    loan=self.display_name,
                )
            )
        lines = self.sudo().instalment_ids
        if (
            self.sudo().move_ids
            or lines.filtered("due_move_id")
            or lines.due_line_id.matched_credit_ids
            or self._done_changes()
        ):
            raise UserError(
                self.env._(
                    "%(loan)s has entries, payments or events since it was taken over:"
                    " it stays. Undo them first, or correct it by rescheduling it.",
                    loan=self.display_name,
                )
            )


class HubLoanBasis(models.Model):
    _inherit = "hub.loan.basis"

    def _problem_of(self, loan, day):
        """Limits of today say nothing of a loan granted elsewhere, before."""
        return None if loan.takeover_date else super()._problem_of(loan, day)


class HubLoanTranche(models.Model):
    _inherit = "hub.loan.tranche"

    def _problem(self):
        if self.loan_id.takeover_date and self.amount > 0:
            return None
        return super()._problem()
