from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.apr import dated_flows, effective_rate, proportional_rate
from .hub_loan_plan import NOT_SIGNED
from .hub_loan_rules import SCHEDULE_FIELDS


class HubLoan(models.Model):
    """What is still owed, what is late, what the loan costs in all."""

    _inherit = "hub.loan"

    outstanding_amount = fields.Monetary(
        string="Still to pay back",
        compute="_compute_from_ledger",
        compute_sudo=True,
        search="_search_outstanding_amount",
        help="Principal paid out and not paid back, due or not.",
    )
    overdue_amount = fields.Monetary(
        string="Late",
        compute="_compute_from_ledger",
        compute_sudo=True,
        search="_search_overdue_amount",
    )
    days_overdue = fields.Integer(
        string="Days late",
        compute="_compute_from_ledger",
        compute_sudo=True,
        search="_search_days_overdue",
        aggregator=False,
        help="Of the oldest amount that is late.",
    )
    next_due_date = fields.Date(
        string="Next due", compute="_compute_next", compute_sudo=True
    )
    next_due_amount = fields.Monetary(
        string="Next amount", compute="_compute_next", compute_sudo=True
    )
    taeg = fields.Float(
        string="APR (TAEG, %)",
        digits=(8, 4),
        compute="_compute_rates",
        compute_sudo=True,
        store=True,
        aggregator="avg",
        help="By the method of equivalence, with the fee, as signed.",
    )
    teg = fields.Float(
        string="Proportional rate (TEG, %)",
        digits=(8, 4),
        compute="_compute_rates",
        compute_sudo=True,
        store=True,
        aggregator="avg",
        help="Rate of one period times the periods of a year, with the fee, as signed:"
        " the rate told for the needs of a trade.",
    )

    # ------------------------------------------------------------
    # Owed and late: one query for all loans
    # ------------------------------------------------------------

    @api.depends(
        "instalment_ids.residual_amount",
        "instalment_ids.due_line_id",
        "tranche_ids.move_id",
        "claim_ids.residual_amount",
        "fee_residual",
        "loan_account_id",
    )
    def _compute_from_ledger(self):
        names = ("outstanding_amount", "overdue_amount", "days_overdue")
        stored = self.filtered("id")._origin
        found = {}
        if stored:
            columns = SQL(", ").join(self._field_to_sql(self._table, n) for n in names)
            rows = self.env.execute_query(
                SQL(
                    "SELECT id, %s FROM hub_loan WHERE id IN %s",
                    columns,
                    tuple(stored.ids),
                )
            )
            found = {row[0]: row[1:] for row in rows}
        for loan in self:
            values = found.get(loan._origin.id, (0, 0, 0))
            loan.update(dict(zip(names, values, strict=True)))

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr == "outstanding_amount":
            return self._outstanding_sql(alias)
        if field_expr == "overdue_amount":
            return self._overdue_sql(alias, SQL("COALESCE(SUM(late.amount), 0)"))
        if field_expr == "days_overdue":
            today = fields.Date.context_today(self)
            return self._overdue_sql(
                alias, SQL("COALESCE(%s - MIN(late.since), 0)", today)
            )
        return super()._field_to_sql(alias, field_expr, query)

    def _outstanding_sql(self, alias):
        """Principal on the account of loans, and that of what is due and open.

        What was paid of an instalment settled its interest first.
        """
        self.env["hub.loan.instalment"]._flush_ledger()
        self.flush_model(["loan_account_id"])
        return SQL(
            """(
            COALESCE((
                SELECT SUM(line.balance) FROM account_move entry
                JOIN account_move_line line ON line.move_id = entry.id
                WHERE entry.hub_loan_id = %(loan)s.id AND entry.state = 'posted'
                  AND line.account_id = %(loan)s.loan_account_id
            ), 0) + COALESCE((
                SELECT SUM(LEAST(part.principal - part.put_back, part.residual_amount))
                FROM hub_loan_instalment part WHERE part.loan_id = %(loan)s.id
            ), 0) + COALESCE((
                SELECT SUM(claim.residual_amount) FROM hub_loan_claim claim
                WHERE claim.loan_id = %(loan)s.id AND claim.kind = 'share'
            ), 0)
            )""",
            loan=SQL.identifier(alias),
        )

    def _overdue_sql(self, alias, what):
        self.env["hub.loan.instalment"]._flush_ledger()
        return SQL(
            """(
            SELECT %(what)s FROM (
                SELECT part.residual_amount AS amount, owed.date_maturity AS since
                FROM hub_loan_instalment part
                JOIN account_move_line owed ON owed.id = part.due_line_id
                WHERE part.loan_id = %(loan)s.id
                UNION ALL
                SELECT %(loan)s.fee_residual, fee.date_maturity
                FROM account_move_line fee WHERE fee.id = %(loan)s.fee_line_id
                UNION ALL
                SELECT claim.residual_amount, owed.date_maturity
                FROM hub_loan_claim claim
                JOIN account_move_line owed ON owed.id = claim.line_id
                WHERE claim.loan_id = %(loan)s.id AND claim.kind = 'share'
            ) late WHERE late.amount > 0 AND late.since < %(today)s
            )""",
            what=what,
            today=fields.Date.context_today(self),
            loan=SQL.identifier(alias),
        )

    def _search_by_sql(self, name, operator, value):
        if operator in ("in", "<", ">", "<=", ">="):
            values = tuple(value) if operator == "in" else value
            return Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s %s %s",
                    model._field_to_sql(alias, name, query),
                    SQL(operator.upper()),
                    values,
                )
            )
        return NotImplemented

    def _search_outstanding_amount(self, operator, value):
        return self._search_by_sql("outstanding_amount", operator, value)

    def _search_overdue_amount(self, operator, value):
        return self._search_by_sql("overdue_amount", operator, value)

    def _search_days_overdue(self, operator, value):
        return self._search_by_sql("days_overdue", operator, value)

    def _promised_amount(self):
        """What counts against a legal limit: promised, or lent and not paid back."""
        self.ensure_one()
        if self.state in NOT_SIGNED:
            return self.amount
        return self.outstanding_amount + self._still_to_pay_out()

    @api.depends("instalment_ids.due_date", "instalment_ids.amount")
    def _compute_next(self):
        today = fields.Date.context_today(self)
        for loan in self:
            coming = loan.instalment_ids.filtered(
                lambda line: (
                    line.amount and line.kind == "plan" and line.due_date >= today
                )
            ).sorted("due_date")[:1]
            loan.next_due_date = coming.due_date
            loan.next_due_amount = coming.amount

    # ------------------------------------------------------------
    # What it costs
    # ------------------------------------------------------------

    @api.depends(
        "fee_amount", "tranche_ids.amount", "tranche_ids.date", *sorted(SCHEDULE_FIELDS)
    )
    def _compute_rates(self):
        """Told when the loan is signed, and kept as told."""
        for loan in self:
            if loan.state in NOT_SIGNED or not loan._origin:
                loan.taeg, loan.teg = loan._rates()
            else:
                loan.taeg, loan.teg = loan.taeg, loan.teg

    def _rates(self):
        """TAEG and TEG of what is received and paid; 0 where there is no rate."""
        try:
            lines, parts = self._planned_lines(), self._parts()
            received = [(day, float(amount)) for day, amount in parts]
            fee = [(min(parts)[0], -self.fee_amount)] if self.fee_amount else []
            paid = [(line.due_date, -float(line.amount)) for line in lines]
            flows = dated_flows([*received, *fee, *paid])
            per_year = 12 / self.period_months
            counted = [(years * per_year, amount) for years, amount in flows]
            return effective_rate(flows), proportional_rate(counted, per_year)
        except (UserError, ValueError, TypeError, ZeroDivisionError):
            # Terms that are still being typed in.
            return 0.0, 0.0
