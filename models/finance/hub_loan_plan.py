from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Date

from ...tools.amortization_tranches import schedule_in_tranches

NOT_SIGNED = ("draft", "submitted", "approved")
FORMER = ("repaid", "written_off", "refused", "cancelled")


class HubLoan(models.Model):
    """The schedule of a loan: worked out from its terms and from what is paid out."""

    _inherit = "hub.loan"

    def _live_schedule(self):
        return self.sudo().schedule_ids.filtered("is_live")

    # ------------------------------------------------------------
    # What is paid out, and when
    # ------------------------------------------------------------

    def _parts(self):
        """``[(day, amount)]`` of what was or will be paid out.

        A part that did not come when planned joins the lines after those that are due
        meanwhile: nobody pays back what he has not received.
        """
        self.ensure_one()
        tranches = self.tranche_ids.filtered(lambda part: part.state != "cancelled")
        total = sum(tranches.mapped("amount"))
        if not tranches or (
            self.state in NOT_SIGNED
            and self.currency_id.compare_amounts(total, self.amount)
        ):
            return [(self.disbursement_date, self.amount)]
        passed = self._last_passed_due_date()
        return [
            (max(part.date, passed), part.amount)
            if passed and part.state == "planned"
            else (part.date, part.amount)
            for part in tranches
        ]

    def _amount_to_disburse(self):
        return sum(amount for _day, amount in self._parts())

    def _last_passed_due_date(self):
        """Of a running loan: the last date on which something was due."""
        if self.state in NOT_SIGNED or self.state == "signed":
            return None
        today = Date.context_today(self)
        dates = self.sudo().instalment_ids.mapped("due_date")
        return max((day for day in dates if day <= today), default=None)

    # ------------------------------------------------------------
    # Lines
    # ------------------------------------------------------------

    def _planned_lines(self):
        """The lines as they follow from terms and payments out; due ones stay."""
        self.ensure_one()
        kept = [
            (self._exact(line.principal), self._exact(line.interest))
            for line in self._fixed_lines()
        ]
        parts = [(day, self._exact(amount)) for day, amount in self._parts()]
        try:
            return schedule_in_tranches(
                parts,
                self.annual_rate,
                self.periods,
                method=self.method,
                period_months=self.period_months,
                grace_periods=self.grace_periods,
                grace_type=self.grace_type,
                grace_position=self.grace_position,
                first_due_date=self.first_due_date,
                kept=kept,
                rounding=self.currency_id.rounding or 0.01,
            )
        except ValueError as error:
            raise UserError(
                self.env._(
                    "%(loan)s: no schedule fits. Is something still to be paid out when"
                    " hardly a due date is left? Then give that payment up, or"
                    " reschedule the loan. (%(error)s)",
                    loan=self.display_name,
                    error=error,
                )
            ) from error

    def _exact(self, amount):
        """The amount in exact decimals, as tools count."""
        digits = self.currency_id.decimal_places
        return Decimal(f"{amount:.{digits}f}")

    def _fixed_lines(self):
        """Lines that are entered, and the empty ones before or between them."""
        self.ensure_one()
        lines = self.sudo().instalment_ids.sorted("sequence")
        passed = self._last_passed_due_date()
        fixed = [
            number
            for number, line in enumerate(lines, start=1)
            if line.due_move_id
            or (passed and not line.amount and line.due_date <= passed)
        ]
        return lines[: max(fixed, default=0)]

    # ------------------------------------------------------------
    # Versions
    # ------------------------------------------------------------

    def _plan(self, reason=None):
        """Bring the schedules in line with terms and payments out.

        Before the signature the lines are replaced; after it a new version says why.
        """
        fresh = []
        for loan in self.filtered(lambda one: one.state not in FORMER):
            live = loan._live_schedule()
            if live.is_decided:
                continue
            lines = loan._planned_lines()
            if live and loan._is_planned_so(lines):
                continue
            if loan.state in NOT_SIGNED:
                fresh.append((loan, lines))
            else:
                loan._replace_schedule(
                    lines[len(loan._fixed_lines()) :],
                    reason or self.env._("Payments out other than planned"),
                )
        self._write_first_versions(fresh)

    def _is_planned_so(self, lines):
        live = self.sudo().instalment_ids.sorted("sequence")
        return [line._as_tuple() for line in live] == [
            (line.sequence, line.due_date, line.principal, line.interest)
            for line in lines
        ]

    def _write_first_versions(self, fresh):
        """Versions not signed by anybody yet, of many loans in one go."""
        Schedule = self.env["hub.loan.schedule"].sudo()
        missing = [loan for loan, _lines in fresh if not loan._live_schedule()]
        Schedule.create([{"loan_id": loan.id} for loan in missing])
        vals_list = []
        for loan, lines in fresh:
            schedule = loan._live_schedule()
            schedule.instalment_ids.unlink()
            vals_list += loan._line_vals(schedule, lines)
        self.env["hub.loan.instalment"].sudo().create(vals_list)

    def _replace_schedule(self, lines, reason, approver=None, fixed=None):
        """Put a new version in force; what is entered already moves over to it.

        :param lines: instalments of ``tools.amortization`` for what is not due yet
        :param approver: user who agreed, for changes that somebody decides
        :param fixed: the lines that stay, where they are not the usual ones
        """
        self.ensure_one()
        old = self._live_schedule()
        fixed = self._fixed_lines() if fixed is None else fixed
        old.write({"content": old._as_content(), "is_live": False})
        old.flush_recordset()
        new = old.create(
            {
                "loan_id": self.id,
                "version": old.version + 1,
                "reason": reason,
                "approved_by_id": (approver or self.env.user).id,
            }
        )
        (old.instalment_ids - fixed).unlink()
        fixed.write({"schedule_id": new.id})
        fixed.create(self._line_vals(new, lines))
        self._check_principal()
        self.message_post(
            body=self.env._("New version of the schedule: %(reason)s", reason=reason)
        )
        return new

    def _line_vals(self, schedule, lines):
        return [
            {
                "schedule_id": schedule.id,
                "loan_id": self.id,
                "sequence": line.sequence,
                "due_date": line.due_date,
                "principal": float(line.principal),
                "interest": float(line.interest),
                "balance_after": float(line.balance),
            }
            for line in lines
        ]

    def _check_principal(self):
        """What is paid back in all is what is paid out in all."""
        for loan in self:
            lines = loan.sudo().instalment_ids
            if not lines:
                continue
            total = sum(lines.mapped("principal")) - sum(lines.mapped("put_back"))
            wanted = loan._amount_to_disburse()
            if loan.currency_id.compare_amounts(total, wanted):
                loan._raise_problem(
                    self.env._(
                        "the lines of the schedule pay back %(total)s, but %(wanted)s"
                        " is paid out. Work the schedule out again.",
                        total=loan.currency_id.format(total),
                        wanted=loan.currency_id.format(wanted),
                    )
                )
