from odoo import fields, models

from ...tools.amortization import reschedule


class HubLoanChange(models.Model):
    """Back to the version before."""

    _inherit = "hub.loan.change"

    def _restore_schedule(self):
        """Put the version before in force again, as far as it is still to come.

        Where something became due meanwhile, what comes back is put on the lines that
        are left.
        """
        loan, former = self.loan_id, self.former_schedule_id
        lines = loan.sudo().instalment_ids
        gone = lines.filtered(lambda line: line.change_id == self)
        gone.write({"due_move_id": False, "due_line_id": False})
        first = (self.schedule_id.terms or {}).get("from", 1)
        fixed = (lines - gone).filtered(lambda line: line.sequence < first)
        later = (lines - gone - fixed).filtered("due_move_id")
        if later:
            back = sum(loan._exact(line.principal) for line in gone)
            coming = loan._spread(loan._not_due() + back, later)
            fixed = loan._fixed_lines() - gone
        else:
            coming = [x for x in former._former_lines() if x.sequence >= first]
        gone.unlink()
        new = loan._replace_schedule(
            coming,
            self.env._("Undone: %(change)s", change=self.display_name),
            fixed=fixed,
        )
        new.write(
            {
                "is_decided": former.is_decided or bool(later),
                "change_id": former.change_id.id,
                "terms": former.terms,
            }
        )
        former.change_id.filtered(lambda one: one.state == "done").schedule_id = new


class HubLoan(models.Model):
    """Principal that comes back."""

    _inherit = "hub.loan"

    def _spread(self, balance, later):
        """Lines for principal that comes back after others became due."""
        terms, coming = self._terms_now(), self._coming_lines()
        last = max(later.mapped("due_date"))
        months = terms["period_months"]
        first = coming[0].due_date if coming else fields.Date.add(last, months=months)
        if not balance:
            return []
        return reschedule(
            balance,
            terms["annual_rate"],
            len(coming) or 1,
            method=terms["method"],
            period_months=months,
            first_due_date=first,
            carried_interest=self._deferred_interest(),
            first_sequence=max(later.mapped("sequence")) + 1,
            rounding=self._rounding(),
        )
