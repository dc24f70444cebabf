from odoo import api, fields, models
from odoo.fields import Command


class HubLoanSimulation(models.TransientModel):
    """What if: other amounts, durations and grace side by side, before anything is
    signed."""

    _name = "hub.loan.simulation"
    _description = "What if"

    loan_id = fields.Many2one("hub.loan", required=True)
    line_ids = fields.One2many(
        "hub.loan.simulation.line",
        "simulation_id",
        string="Variants",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    currency_id = fields.Many2one(related="loan_id.currency_id")

    @api.depends("loan_id")
    def _compute_line_ids(self):
        """As it is, a year shorter, a year longer, without grace."""
        for simulation in self:
            loan = simulation.loan_id
            if not loan:
                continue
            year = max(12 // loan.period_months, 1)
            asked = (loan.amount, loan.periods, loan.grace_periods)
            variants = [
                asked,
                (loan.amount, loan.periods - year, loan.grace_periods),
                (loan.amount, loan.periods + year, loan.grace_periods),
                (loan.amount, loan.periods, 0),
            ]
            kept = dict.fromkeys(
                (amount, periods, grace)
                for amount, periods, grace in variants
                if periods > grace
            )
            names = ("amount", "periods", "grace_periods")
            simulation.line_ids = [
                Command.clear(),
                *(Command.create(dict(zip(names, row, strict=True))) for row in kept),
            ]


class HubLoanSimulationLine(models.TransientModel):
    """One variant of the loan, and what would be paid."""

    _name = "hub.loan.simulation.line"
    _description = "Variant of a loan"
    _order = "id"

    simulation_id = fields.Many2one(
        "hub.loan.simulation", required=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="simulation_id.currency_id")
    amount = fields.Monetary(required=True)
    periods = fields.Integer(string="Instalments", required=True)
    grace_periods = fields.Integer(string="Of which grace")
    regular_amount = fields.Monetary(string="Each time", compute="_compute_figures")
    last_due_date = fields.Date(string="Until", compute="_compute_figures")
    total = fields.Monetary(string="Interest and fee", compute="_compute_figures")
    taeg = fields.Float(string="APR (%)", digits=(8, 2), compute="_compute_figures")
    text = fields.Char(string="In short", compute="_compute_figures")

    @api.depends("amount", "periods", "grace_periods", "simulation_id.loan_id")
    def _compute_figures(self):
        for line in self:
            loan = line._variant()
            lines = loan._lines_to_show() if loan else []
            paying = [one["amount"] for one in lines if one["principal"]]
            line.regular_amount = paying[0] if paying else 0
            line.last_due_date = lines[-1]["due_date"] if lines else False
            interest = sum(one["interest"] for one in lines)
            line.total = interest + (loan.fee_amount if loan else 0)
            line.taeg = loan._rates()[0] if lines else 0
            line.text = loan._lines_in_short(lines) if lines else ""

    def _variant(self):
        """The loan with other terms, in memory."""
        loan = self.simulation_id.loan_id
        if not loan:
            return loan
        variant = loan.new(origin=loan)
        variant.update(
            {
                "amount": self.amount,
                "periods": self.periods,
                "grace_periods": self.grace_periods,
            }
        )
        return variant

    def action_take(self):
        """The loan takes these terms."""
        self.ensure_one()
        loan = self.simulation_id.loan_id
        loan.write(
            {
                "amount": self.amount,
                "periods": self.periods,
                "grace_periods": self.grace_periods,
            }
        )
        return {"type": "ir.actions.act_window_close"}
