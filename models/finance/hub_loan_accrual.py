from odoo import fields, models
from odoo.fields import Domain


class HubLoan(models.Model):
    """Interest earned at the end of a year and due in the next one."""

    _inherit = "hub.loan"

    def _version_on(self, day):
        """The schedule that was in force at the end of a day."""
        versions = self.sudo().schedule_ids.sorted("version")
        former = versions.filtered(lambda one: one.date <= day)
        return former[-1:] or versions[:1]

    def _lines_on(self, day):
        """Its lines as tools read them, and its terms."""
        version = self._version_on(day)
        if version.is_live or not version:
            return self._plan_lines(), version.terms
        return version._former_lines(), version.terms

    def _accrued_on(self, day):
        """Interest earned until the end of a day and not due by then."""
        self.ensure_one()
        over = self.closed_on and self.closed_on <= day
        if over or self.is_doubtful or not self.disbursement_date:
            return 0
        lines, terms = self._lines_on(day)
        if not any(line.interest for line in lines):
            return 0
        return float(self._interest_earned(lines, day, terms or {}))

    def _accrual_booked(self, day):
        """``{loan: amount}`` of interest entered as earned, at the end of a day."""
        accounts = [
            account.id
            for company in self.company_id
            if (account := company._hub_account("accrued"))
        ]
        rows = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                Domain("move_id.hub_loan_id", "in", self.ids)
                & Domain("move_id.hub_kind", "=", "accrual")
                & Domain("account_id", "in", accounts)
                & Domain("parent_state", "=", "posted")
                & Domain("date", "<=", day),
                ["move_id.hub_loan_id"],
                ["balance:sum"],
            )
        )
        return {loan: loan.currency_id.round(balance) for loan, balance in rows}

    def _accrual_entry(self, day, amount):
        """Values of the entry for so much more interest."""
        return self._entry(
            "accrual",
            day,
            [
                (self._account_for("accrued"), amount, {}),
                (self.interest_account_id, -amount, {}),
            ],
            self.env._("Interest earned"),
        )

    def _post_accruals(self, vals_list, day):
        """Post them, and take them back on the next day: the due entry will count the
        interest as a whole."""
        moves = self._post_entries(vals_list)
        after = fields.Date.add(day, days=1)
        moves._reverse_moves(
            [
                {"date": after, "ref": self.env._("Back: %(ref)s", ref=move.ref)}
                for move in moves
            ],
            cancel=True,
        )
        return moves
