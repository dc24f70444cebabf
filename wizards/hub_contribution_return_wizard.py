from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..models.finance.hub_contribution_line import LEAVING
from ..models.finance.hub_loan_terms_mixin import METHODS
from ..tools.amortization import build_schedule


class HubContributionReturnWizard(models.TransientModel):
    """When money goes back to a funder: at once, or in instalments like a loan."""

    _name = "hub.contribution.return.wizard"
    _description = "Plan the returns of a contribution"

    contribution_id = fields.Many2one("hub.contribution", required=True)
    currency_id = fields.Many2one(related="contribution_id.currency_id")
    amount = fields.Monetary(compute="_compute_amount", store=True, readonly=False)
    method = fields.Selection(
        METHODS, string="Returned", required=True, default="constant_principal"
    )
    periods = fields.Integer(string="In how many times", required=True, default=1)
    period_months = fields.Integer(
        string="Months between two", required=True, default=12
    )
    first_date = fields.Date(
        string="The first on", compute="_compute_first_date", store=True, readonly=False
    )
    annual_rate = fields.Float(related="contribution_id.annual_rate")
    text = fields.Char(compute="_compute_text")

    @api.depends("contribution_id")
    def _compute_amount(self):
        """What is not planned yet; of money that goes back as it comes, what came."""
        for wizard in self:
            one = wizard.contribution_id
            back = one._came_back() if one.recycling == "funder" else one.amount
            gone = one.line_ids.filtered(lambda line: line.kind in LEAVING)
            wizard.amount = max(back - sum(gone.mapped("principal")), 0)

    @api.depends("contribution_id")
    def _compute_first_date(self):
        for wizard in self:
            one = wizard.contribution_id
            today = fields.Date.context_today(self)
            if one.recycling == "funder":
                wizard.first_date = today
            else:
                start = one.received_on or one.granted_on or today
                wizard.first_date = one.date_end or fields.Date.add(start, years=5)

    @api.depends("amount", "method", "periods", "period_months", "first_date")
    @api.depends_context("lang")
    def _compute_text(self):
        for wizard in self:
            try:
                lines = wizard._lines()
            except (UserError, TypeError):
                lines = []
            wizard.text = wizard._in_words(lines)

    def _in_words(self, lines):
        if not lines:
            return ""
        return self.env._(
            "%(count)s returns, the last on %(date)s: %(total)s, of which interest"
            " %(interest)s.",
            count=len(lines),
            date=format_date(self.env, lines[-1].due_date),
            total=self.currency_id.format(sum(float(line.amount) for line in lines)),
            interest=self.currency_id.format(
                sum(float(line.interest) for line in lines)
            ),
        )

    def _lines(self):
        try:
            lines = build_schedule(
                f"{self.amount:.{self.currency_id.decimal_places}f}",
                self.annual_rate,
                self.periods,
                method=self.method,
                period_months=self.period_months,
                first_due_date=self.first_date,
                rounding=self.currency_id.rounding,
            )
        except ValueError as error:
            raise UserError(
                self.env._(
                    "%(contribution)s: no plan fits these numbers (%(error)s).",
                    contribution=self.contribution_id.display_name,
                    error=error,
                )
            ) from error
        return [line for line in lines if line.amount]

    def action_confirm(self):
        """Write the plan: each line is entered on its day."""
        self.ensure_one()
        self.contribution_id.check_access("write")
        self.env["hub.contribution.line"].create(
            [
                {
                    "contribution_id": self.contribution_id.id,
                    "kind": "return",
                    "date": line.due_date,
                    "principal": float(line.principal),
                    "interest": float(line.interest),
                }
                for line in self._lines()
            ]
        )
        return {"type": "ir.actions.act_window_close"}
