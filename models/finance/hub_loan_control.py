from odoo import fields, models
from odoo.tools import SQL

LOAN_ROW, ACCOUNT_ROW = 0, 1


class HubLoanControl(models.Model):
    """Schedules against ledger: what loans say is what the accounts say, or the
    difference has a name.

    One row for each loan, and one for each account of loans on which entries name no
    loan. Lines of a loan's schedule that are not due make the balance of the account of
    loans; what is due and open makes that of instalments due.
    """

    _name = "hub.loan.control"
    _description = "Control of loans against the accounts"
    _auto = False
    _rec_name = "loan_id"
    _order = "is_different desc, account_id, loan_id"
    _check_company_auto = True

    loan_id = fields.Many2one("hub.loan", readonly=True)
    account_id = fields.Many2one(
        "account.account",
        readonly=True,
        help="Where entries stand that name no loan.",
    )
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Borrower", readonly=True)
    schedule_principal = fields.Monetary(string="Not due: schedule", readonly=True)
    ledger_principal = fields.Monetary(string="Not due: accounts", readonly=True)
    schedule_due = fields.Monetary(string="Unpaid: schedule", readonly=True)
    ledger_due = fields.Monetary(string="Unpaid: accounts", readonly=True)
    advance = fields.Monetary(
        string="Paid in advance",
        readonly=True,
        help="Money of this loan that nothing due was matched with yet.",
    )
    principal_gap = fields.Monetary(string="Difference: not due", readonly=True)
    due_gap = fields.Monetary(string="Difference: unpaid", readonly=True)
    difference = fields.Monetary(
        readonly=True, help="Whatever its sign: 0 in all where all agrees."
    )
    is_different = fields.Boolean(string="Differs", readonly=True)
    explanation = fields.Text(compute="_compute_explanation", compute_sudo=True)

    @property
    def _table_query(self):
        self.env["hub.loan.instalment"]._flush_ledger()
        self.env["hub.loan.tranche"].flush_model()
        self.env["hub.loan"].flush_model()
        self.env["account.move"].flush_model()
        self.env["account.move.line"].flush_model()
        return SQL(
            """
            WITH account_of_loans (id, company_id, is_due) AS MATERIALIZED (%s)
            SELECT found.*,
                   found.schedule_principal - found.ledger_principal AS principal_gap,
                   found.schedule_due - found.ledger_due AS due_gap,
                   ABS(found.schedule_principal - found.ledger_principal)
                   + ABS(found.schedule_due - found.ledger_due) AS difference,
                   found.schedule_principal != found.ledger_principal
                   OR found.schedule_due != found.ledger_due AS is_different
            FROM (%s UNION ALL %s) found
            """,
            self._accounts_of_loans_sql(),
            self._loans_sql(),
            self._accounts_sql(),
        )

    def _loans_sql(self):
        return SQL(
            """
            SELECT loan.id::bigint * 2 + %(kind)s AS id, loan.id AS loan_id,
                   NULL::integer AS account_id, loan.company_id, loan.currency_id,
                   loan.partner_id,
                   plan.principal - plan.not_out AS schedule_principal,
                   ledger.principal AS ledger_principal,
                   plan.due AS schedule_due, ledger.due AS ledger_due,
                   ledger.advance AS advance
            FROM hub_loan loan
            CROSS JOIN LATERAL (%(plan)s) plan
            CROSS JOIN LATERAL (%(ledger)s) ledger
            WHERE loan.state IN ('signed', 'disbursed', 'repaid', 'written_off')
               OR ledger.principal != 0 OR ledger.due != 0 OR ledger.advance != 0
            """,
            kind=LOAN_ROW,
            plan=self._plan_sql(),
            ledger=self._ledger_sql(),
        )

    def _plan_sql(self):
        """Principal that is not due yet, what of it is not paid out, what is open."""
        return SQL(
            """
            SELECT COALESCE(SUM(part.principal) FILTER (
                       WHERE deed.id IS NULL
                         AND (owed.id IS NULL OR owed.parent_state != 'posted')), 0)
                       AS principal,
                   COALESCE(SUM(part.residual_amount), 0)
                   + COALESCE(loan.fee_residual, 0)
                   + COALESCE((
                       SELECT SUM(claim.residual_amount) FROM hub_loan_claim claim
                       WHERE claim.loan_id = loan.id AND claim.kind != 'payable'
                   ), 0) AS due,
                   COALESCE((
                       SELECT SUM(out.amount) FROM hub_loan_tranche out
                       WHERE out.loan_id = loan.id AND out.state = 'planned'
                   ), 0) AS not_out
            FROM hub_loan_instalment part
            LEFT JOIN account_move_line owed ON owed.id = part.due_line_id
            LEFT JOIN account_move deed ON deed.id = part.due_move_id
                 AND deed.state = 'posted' AND deed.hub_kind != 'due'
            WHERE part.loan_id = loan.id
            """
        )

    def _ledger_sql(self):
        """Posted lines of the loan on accounts of loans, its own and others; payments
        that nothing was matched with are money in advance."""
        return SQL(
            """
            SELECT mine.principal, mine.due + GREATEST(-mine.free, 0) AS due,
                   GREATEST(mine.free, 0) AS advance
            FROM (
                SELECT COALESCE(SUM(line.balance) FILTER (
                           WHERE NOT account.is_due), 0) AS principal,
                       COALESCE(SUM(%(open)s) FILTER (
                           WHERE account.is_due
                             AND entry.hub_kind IS NOT NULL), 0) AS due,
                       COALESCE(SUM(-%(open)s) FILTER (
                           WHERE account.is_due
                             AND entry.hub_kind IS NULL), 0) AS free
                FROM account_move entry
                JOIN account_move_line line ON line.move_id = entry.id
                JOIN account_of_loans account ON account.id = line.account_id
                     AND account.company_id = loan.company_id
                WHERE entry.hub_loan_id = loan.id AND entry.state = 'posted'
            ) mine
            """,
            open=self.env["account.move.line"]._hub_open_sql("line"),
        )

    def _accounts_sql(self):
        """Entries on accounts of loans that name no loan."""
        return SQL(
            """
            SELECT (account.id::bigint * 100000 + account.company_id) * 2 + %(kind)s
                       AS id, NULL::integer AS loan_id,
                   account.id AS account_id, account.company_id,
                   company.currency_id, NULL::integer AS partner_id,
                   0 AS schedule_principal,
                   CASE WHEN account.is_due THEN 0 ELSE SUM(line.balance) END
                       AS ledger_principal,
                   0 AS schedule_due,
                   CASE WHEN account.is_due THEN SUM(%(open)s) ELSE 0 END
                       AS ledger_due,
                   0 AS advance
            FROM account_of_loans account
            JOIN res_company company ON company.id = account.company_id
            JOIN account_move_line line ON line.account_id = account.id
            JOIN account_move entry ON entry.id = line.move_id
            WHERE entry.hub_loan_id IS NULL AND entry.state = 'posted'
              AND line.company_id = account.company_id
            GROUP BY account.id, account.company_id, account.is_due,
                     company.currency_id
            HAVING SUM(CASE WHEN account.is_due THEN %(open)s
                            ELSE line.balance END) != 0
            """,
            kind=ACCOUNT_ROW,
            open=self.env["account.move.line"]._hub_open_sql("line"),
        )

    def _accounts_of_loans_sql(self):
        """Accounts on which there is nothing but loans: of principal, and of what is
        due."""
        company = "SELECT {}, id, {} FROM res_company WHERE {} IS NOT NULL"
        loan = "SELECT {}, company_id, {} FROM hub_loan WHERE {} IS NOT NULL"
        parts = [
            (loan, "loan_account_id", "FALSE"),
            (loan, "due_account_id", "TRUE"),
            (company, "hub_loan_account_id", "FALSE"),
            (company, "hub_due_account_id", "TRUE"),
            (company, "hub_doubtful_account_id", "FALSE"),
            (company, "hub_doubtful_due_account_id", "TRUE"),
        ]
        return SQL(" UNION ").join(
            SQL(text.format(name, is_due, name)) for text, name, is_due in parts
        )

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    def _compute_explanation(self):
        for row in self:
            if row.account_id:
                row.explanation = row._account_in_words()
            elif row.is_different:
                row.explanation = row._loan_in_words()
            else:
                row.explanation = row._advance_in_words()

    def _account_in_words(self):
        amount = self.currency_id.format(self.ledger_principal + self.ledger_due)
        entries = self._entries_without_loan()
        names = ", ".join(entries[:5].mapped("name"))
        return self.env._(
            "%(account)s: %(amount)s in entries that name no loan (%(entries)s). Say on"
            " the payment which loan it is for, or move them to another account.",
            account=self.account_id.with_company(self.company_id).display_name,
            amount=amount,
            entries=names + (", …" if len(entries) > 5 else ""),
        )

    def _loan_in_words(self):
        amount = self.currency_id.format
        found = []
        if self.principal_gap:
            found.append(
                self.env._(
                    "By its schedule %(plan)s are not due, on %(account)s there are"
                    " %(ledger)s.",
                    plan=amount(self.schedule_principal),
                    account=self.loan_id.loan_account_id.display_name,
                    ledger=amount(self.ledger_principal),
                )
            )
        if self.due_gap:
            found.append(
                self.env._(
                    "By its schedule %(plan)s are open, on %(account)s there are"
                    " %(ledger)s.",
                    plan=amount(self.schedule_due),
                    account=self.loan_id.due_account_id.display_name,
                    ledger=amount(self.ledger_due),
                )
            )
        return " ".join(found)

    def _advance_in_words(self):
        if not self.advance:
            return ""
        return self.env._(
            "%(amount)s paid in advance: they settle what is due next.",
            amount=self.currency_id.format(self.advance),
        )

    def _entries_without_loan(self):
        lines = self.env["account.move.line"].search(self._lines_domain())
        return lines.move_id

    def _lines_domain(self):
        """The lines behind this row."""
        self.ensure_one()
        domain = [("parent_state", "=", "posted")]
        if self.account_id:
            return [
                *domain,
                ("account_id", "=", self.account_id.id),
                ("company_id", "=", self.company_id.id),
                ("move_id.hub_loan_id", "=", False),
            ]
        accounts = self.loan_id.loan_account_id | self.loan_id.due_account_id
        for role in ("loan", "due", "doubtful", "doubtful_due"):
            accounts |= self.company_id._hub_account(role)
        return [
            *domain,
            ("account_id", "in", accounts.ids),
            ("move_id.hub_loan_id", "=", self.loan_id.id),
        ]

    def action_open_lines(self):
        """The journal items behind this row."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_account_moves_all"
        )
        action["domain"] = self.sudo()._lines_domain()
        action["context"] = {}
        return action
