from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .hub_loan_rules import SCHEDULE_FIELDS


class HubLoan(models.Model):
    """What the borrower will pay, shown while the terms are still being tried."""

    _inherit = "hub.loan"

    preview_text = fields.Char(
        string="In short", compute="_compute_preview", compute_sudo=True
    )
    preview = fields.Html(
        string="What would be paid",
        compute="_compute_preview",
        compute_sudo=True,
        sanitize=False,
    )

    @api.depends(
        "fee_amount",
        "tranche_ids.amount",
        "tranche_ids.date",
        "currency_id",
        *sorted(SCHEDULE_FIELDS),
    )
    @api.depends_context("lang")
    def _compute_preview(self):
        for loan in self:
            lines = loan._lines_to_show()
            loan.preview_text = loan._lines_in_short(lines)
            loan.preview = loan._lines_as_table(lines)

    def _lines_to_show(self):
        """Plain lines of the terms as typed so far; none while they make no sense."""
        ready = self.disbursement_date and self.first_due_date and self.amount > 0
        if not ready or self._terms_problem():
            return []
        try:
            lines = self._planned_lines()
        except UserError:
            return []
        return [self._line_to_show(line) for line in lines]

    def _line_to_show(self, line):
        """A line of tools as plain values."""
        return {
            "sequence": line.sequence,
            "due_date": fields.Date.to_string(line.due_date),
            "principal": float(line.principal),
            "interest": float(line.interest),
            "amount": float(line.amount),
            "balance_after": float(line.balance),
        }

    def _lines_in_short(self, lines, with_fee=True):
        """e.g. 6 times nothing, then 30 times 200.00 €, the last on 15/01/2029."""
        if not lines:
            return ""
        runs = []
        for line in lines:
            if runs and runs[-1][1] == line["amount"]:
                runs[-1][0] += 1
            else:
                runs.append([1, line["amount"]])
        words = self.env._(
            "%(runs)s; the last on %(date)s.",
            runs=self.env._(", then ").join(self._run_in_words(*run) for run in runs),
            date=format_date(self.env, lines[-1]["due_date"]),
        )
        if not with_fee:
            return words
        return f"{words} {self._cost_in_words(lines)}".strip()

    def _cost_in_words(self, lines):
        """What it costs beyond what was received, if anything."""
        interest = sum(line["interest"] for line in lines)
        if not interest and not self.fee_amount:
            return ""
        return self.env._(
            "It costs %(cost)s: interest %(interest)s, fee %(fee)s.",
            cost=self.currency_id.format(interest + self.fee_amount),
            interest=self.currency_id.format(interest),
            fee=self.currency_id.format(self.fee_amount),
        )

    def _run_in_words(self, count, amount):
        if not amount:
            return self.env._("%(count)s times nothing", count=count)
        amount = self.currency_id.format(amount)
        if count == 1:
            return self.env._("once %(amount)s", amount=amount)
        return self.env._("%(count)s times %(amount)s", count=count, amount=amount)

    def _lines_as_table(self, lines):
        """A table of plain lines, as they are kept with each version."""
        if not lines:
            return ""
        amount = self.currency_id.format
        columns = {"amount": self.env._("To pay")}
        if any(line["interest"] for line in lines):
            columns["principal"] = self.env._("Principal")
            columns["interest"] = self.env._("Interest")
        columns["balance_after"] = self.env._("Still to pay back")
        heads = [self.env._("No."), self.env._("Due on"), *columns.values()]
        row = Markup("<tr>%s</tr>")
        cell = Markup("<td class='text-end'>%s</td>")
        body = Markup().join(
            row
            % Markup().join(
                [
                    cell % line["sequence"],
                    cell % format_date(self.env, line["due_date"]),
                    *(cell % amount(line[name]) for name in columns),
                ]
            )
            for line in lines
        )
        head = row % Markup().join(
            Markup("<th class='text-end'>%s</th>") % text for text in heads
        )
        return Markup(
            "<table class='table table-sm'><thead>%s</thead><tbody>%s</tbody></table>"
        ) % (head, body)
