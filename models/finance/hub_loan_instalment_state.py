from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.amortization import days_overdue
from ...tools.amortization_follow import AGE_LIMITS

STATES = [
    ("planned", "To come"),
    ("due", "Due"),
    ("partial", "Paid in part"),
    ("paid", "Paid"),
    ("late", "Late"),
    ("waived", "Waived"),
    ("rescheduled", "Rescheduled"),
    ("guaranteed", "Paid by the guarantor"),
    ("written_off", "Written off"),
]
AGES = [
    ("0", "Not overdue"),
    ("30", "1 to 30 days"),
    ("60", "31 to 60 days"),
    ("90", "61 to 90 days"),
    ("180", "91 to 180 days"),
    ("more", "More than 180 days"),
]


class HubLoanInstalment(models.Model):
    """Where an instalment stands: said by the accounts, in one query, never stored."""

    _inherit = "hub.loan.instalment"

    state = fields.Selection(
        STATES, compute="_compute_from_ledger", search="_search_state"
    )
    payment_in_process = fields.Boolean(
        compute="_compute_from_ledger",
        search="_search_payment_in_process",
        help="A payment is registered that the bank has not shown yet.",
    )
    age = fields.Selection(
        AGES,
        string="Overdue since",
        compute="_compute_from_ledger",
        search="_search_age",
    )
    date_maturity = fields.Date(
        string="To be paid by",
        compute="_compute_overdue",
        compute_sudo=True,
        help="The due date, unless the borrower was given more time.",
    )
    days_overdue = fields.Integer(
        string="Days late", compute="_compute_overdue", compute_sudo=True
    )
    overdue_amount = fields.Monetary(
        string="Late", compute="_compute_overdue", compute_sudo=True
    )
    is_overdue = fields.Boolean(
        string="Is late",
        compute="_compute_overdue",
        compute_sudo=True,
        search="_search_is_overdue",
    )

    @api.depends(
        "amount",
        "due_date",
        "loan_id.state",
        "residual_amount",
        "due_line_id.parent_state",
        "due_line_id.date_maturity",
    )
    def _compute_from_ledger(self):
        stored = self.filtered("id")._origin
        found = {}
        if stored:
            names = ("state", "payment_in_process", "age")
            columns = SQL(", ").join(
                self._field_to_sql(self._table, name) for name in names
            )
            rows = self.env.execute_query(
                SQL(
                    "SELECT id, %s FROM hub_loan_instalment WHERE id IN %s",
                    columns,
                    tuple(stored.ids),
                )
            )
            found = {row[0]: row[1:] for row in rows}
        for line in self:
            values = found.get(line._origin.id, ("planned", False, False))
            line.state, line.payment_in_process, line.age = values

    @api.depends("due_date", "residual_amount", "due_line_id.date_maturity")
    def _compute_overdue(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.date_maturity = line.due_line_id.date_maturity or line.due_date
            days = days_overdue(line.date_maturity or today, today)
            line.is_overdue = bool(days and line.residual_amount > 0)
            line.days_overdue = days if line.is_overdue else 0
            line.overdue_amount = line.residual_amount if line.is_overdue else 0

    # ------------------------------------------------------------
    # Searching and grouping: the same words in SQL
    # ------------------------------------------------------------

    def _search_by_sql(self, name, operator, value):
        if operator != "in":
            return NotImplemented
        values = tuple(one for one in value if one is not False) or ("",)
        empty = False in value and self._fields[name].type != "boolean"
        if self._fields[name].type == "boolean":
            values = tuple(value)
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "(%(sql)s IN %(values)s OR %(empty)s AND %(sql)s IS NULL)",
                sql=model._field_to_sql(alias, name, query),
                values=values,
                empty=empty,
            ),
            predicate=lambda line: line[name] in value,
        )

    def _search_state(self, operator, value):
        return self._search_by_sql("state", operator, value)

    def _search_payment_in_process(self, operator, value):
        return self._search_by_sql("payment_in_process", operator, value)

    def _search_age(self, operator, value):
        return self._search_by_sql("age", operator, value)

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Whoever sees the instalment may know that it is late, without the ledger.
        today = fields.Date.context_today(self)
        passed = self.env["account.move.line"].sudo()
        late = Domain("residual_amount", ">", 0) & Domain(
            "due_line_id", "in", passed._search([("date_maturity", "<", today)])
        )
        return Domain.OR(late if wanted else ~late for wanted in value)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr == "state":
            return self._state_sql(alias)
        if field_expr == "payment_in_process":
            return self._in_process_sql(alias)
        if field_expr == "age":
            return self._age_sql(alias)
        return super()._field_to_sql(alias, field_expr, query)

    def _state_sql(self, alias):
        """One word per line: from the entry owed, else from the plan."""
        self._flush_ledger()
        today = fields.Date.context_today(self)
        return SQL(
            """(
            SELECT CASE
                WHEN owed.id IS NULL OR owed.parent_state != 'posted' THEN
                    CASE WHEN %(line)s.amount = 0 AND %(line)s.due_date <= %(today)s
                              AND loan.state IN ('disbursed', 'repaid', 'written_off')
                         THEN 'paid' ELSE %(never_due)s END
                WHEN %(line)s.residual_amount <= 0 THEN %(settled)s
                WHEN %(line)s.residual_amount < %(line)s.amount - %(line)s.put_back
                    THEN 'partial'
                WHEN owed.date_maturity < %(today)s THEN 'late'
                ELSE 'due'
            END
            FROM hub_loan loan
            LEFT JOIN account_move_line owed ON owed.id = %(line)s.due_line_id
            WHERE loan.id = %(line)s.loan_id
            )""",
            line=SQL.identifier(alias),
            today=today,
            settled=self._settled_sql(alias),
            never_due=self._never_due_sql(alias),
        )

    def _in_process_sql(self, alias):
        """Registered payments without an entry, and those not seen at the bank."""
        self._flush_ledger()
        return SQL(
            """(EXISTS (
                SELECT FROM account_move__account_payment link
                JOIN account_payment payment ON payment.id = link.payment_id
                WHERE link.invoice_id = %(line)s.due_move_id
                  AND %(line)s.residual_amount > 0 AND payment.move_id IS NULL
                  AND payment.state IN ('in_process', 'paid')
            ) OR EXISTS (
                SELECT FROM account_partial_reconcile part
                JOIN account_move_line credit ON credit.id = part.credit_move_id
                JOIN account_move entry ON entry.id = credit.move_id
                WHERE part.debit_move_id = %(line)s.due_line_id AND %(waiting)s
            ))""",
            line=SQL.identifier(alias),
            waiting=self._waiting_sql(),
        )

    def _age_sql(self, alias):
        """How long what is open has been overdue."""
        self._flush_ledger()
        days = SQL("%s - owed.date_maturity", fields.Date.context_today(self))
        steps = SQL(" ").join(
            SQL("WHEN %s <= %s THEN %s", days, limit, str(limit))
            for limit in (0, *AGE_LIMITS)
        )
        return SQL(
            """(
            SELECT CASE %(steps)s ELSE 'more' END FROM account_move_line owed
            WHERE owed.id = %(line)s.due_line_id AND %(line)s.residual_amount > 0
            )""",
            steps=steps,
            line=SQL.identifier(alias),
        )

    def _flush_ledger(self):
        """What the SQL above reads is in the database first."""
        for model, names in (
            ("hub.loan", ["state"]),
            (
                "hub.loan.instalment",
                [
                    "amount",
                    "due_date",
                    "due_line_id",
                    "due_move_id",
                    "principal",
                    "put_back",
                    "residual_amount",
                ],
            ),
            (
                "account.move",
                ["hub_kind", "origin_payment_id", "state", "statement_line_id"],
            ),
            (
                "account.move.line",
                ["amount_residual", "parent_state", "date_maturity", "balance"],
            ),
            ("hub.loan.claim", ["line_id", "loan_id", "residual_amount"]),
            ("account.partial.reconcile", ["debit_move_id", "credit_move_id"]),
            ("account.payment", ["is_matched", "move_id", "state"]),
        ):
            self.env[model].flush_model(names)
