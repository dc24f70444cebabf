from odoo import fields, models
from odoo.tools import SQL

from .hub_fund_line import NAMED

KINDS = [
    ("in_hand", "In hand today"),
    ("to_receive", "To be received from funders"),
    ("repayment", "Repayments to come"),
    ("late", "Repayments that are late"),
    ("payout", "Loans to pay out"),
    ("return", "To be returned to funders"),
]


class HubFundForecast(models.Model):
    """What a fund will have in hand: from today's money, through what schedules of
    loans bring and what was promised to borrowers and funders.

    Money that is late is shown as of today. The sum of all rows up to a day is what
    would be in hand then.
    """

    _name = "hub.fund.forecast"
    _description = "Forecast of the funds"
    _auto = False
    _rec_name = "kind"
    _order = "date, kind"
    _check_company_auto = True

    fund_id = fields.Many2one("hub.fund", readonly=True)
    company_id = fields.Many2one("res.company", string="Hub", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    date = fields.Date(readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    amount = fields.Monetary(string="In or out", readonly=True)
    loan_id = fields.Many2one("hub.loan", readonly=True, groups=NAMED)
    contribution_id = fields.Many2one("hub.contribution", readonly=True, groups=NAMED)

    @property
    def _table_query(self):
        self.env["hub.loan.instalment"]._flush_ledger()
        for model in (
            "hub.fund",
            "hub.fund.line",
            "hub.loan",
            "hub.loan.instalment",
            "hub.loan.share",
            "hub.loan.tranche",
            "hub.contribution",
            "hub.contribution.line",
        ):
            self.env[model].flush_model()
        parts = (
            self._in_hand_sql(),
            self._repayments_sql(),
            self._payouts_sql(),
            self._contributions_sql(),
        )
        return SQL(
            """
            SELECT found.key AS id, found.fund_id, fund.company_id,
                   company.currency_id, found.date, found.kind, found.amount,
                   found.loan_id, found.contribution_id
            FROM (%s) found
            JOIN hub_fund fund ON fund.id = found.fund_id
            JOIN res_company company ON company.id = fund.company_id
            WHERE found.amount != 0
            """,
            SQL(" UNION ALL ").join(parts),
        )

    def _today(self):
        return fields.Date.context_today(self)

    def _in_hand_sql(self):
        return SQL(
            """
            SELECT line.fund_id::bigint * 4 AS key, line.fund_id,
                   %s::date AS date, 'in_hand' AS kind,
                   SUM(line.cash_amount) AS amount,
                   NULL::integer AS loan_id, NULL::integer AS contribution_id
            FROM hub_fund_line line WHERE line.fund_id IS NOT NULL
            GROUP BY line.fund_id
            """,
            self._today(),
        )

    def _repayments_sql(self):
        """Principal that is not paid yet, cut by the shares: each line to the cent."""
        return SQL(
            """
            SELECT (part.id::bigint * 1000000 + share.id) * 4 + 1,
                   share.fund_id,
                   GREATEST(part.expected_on, %(today)s),
                   CASE WHEN part.expected_on < %(today)s
                        THEN 'late' ELSE 'repayment' END,
                   ROUND(part.principal * share.upto / share.total, 2)
                   - ROUND(part.principal * (share.upto - share.amount)
                           / share.total, 2),
                   share.loan_id, NULL::integer
            FROM (%(shares)s) share
            JOIN hub_loan loan ON loan.id = share.loan_id
            JOIN (%(lines)s) part ON part.loan_id = share.loan_id
            WHERE loan.state IN ('approved', 'signed', 'disbursed')
              AND share.total > 0
            """,
            today=self._today(),
            shares=self._shares_sql(),
            lines=SQL(
                """
                SELECT line.id, line.loan_id,
                       COALESCE(owed.date_maturity, line.due_date) AS expected_on,
                       CASE WHEN owed.parent_state = 'posted'
                            THEN LEAST(line.principal, line.residual_amount)
                            ELSE line.principal END AS principal
                FROM hub_loan_instalment line
                LEFT JOIN account_move_line owed ON owed.id = line.due_line_id
                """
            ),
        )

    def _shares_sql(self):
        """Shares with their running sum: what is cut has its rest on the last one."""
        return SQL(
            """
            SELECT id, loan_id, fund_id, amount,
                   SUM(amount) OVER (PARTITION BY loan_id ORDER BY sequence, id)
                       AS upto,
                   SUM(amount) OVER (PARTITION BY loan_id) AS total
            FROM hub_loan_share
            """
        )

    def _payouts_sql(self):
        """Promised and not paid out: by the payments out that are planned, else on the
        day that is written on the loan."""
        return SQL(
            """
            SELECT (COALESCE(part.id, 0)::bigint * 1000000 + share.id) * 4 + 2,
                   share.fund_id,
                   GREATEST(COALESCE(part.date, loan.disbursement_date), %(today)s),
                   'payout',
                   ROUND(part.planned * (share.upto - share.amount) / share.total, 2)
                   - ROUND(part.planned * share.upto / share.total, 2),
                   share.loan_id, NULL::integer
            FROM (%(shares)s) share
            JOIN hub_loan loan ON loan.id = share.loan_id
            JOIN LATERAL (
                SELECT plan.id, plan.date, plan.amount AS planned
                FROM hub_loan_tranche plan
                WHERE plan.loan_id = loan.id AND plan.state = 'planned'
                UNION ALL
                SELECT NULL, NULL, loan.amount
                WHERE NOT EXISTS (
                    SELECT FROM hub_loan_tranche plan WHERE plan.loan_id = loan.id
                )
            ) part ON TRUE
            WHERE loan.state IN ('approved', 'signed', 'disbursed')
              AND share.total > 0
            """,
            today=self._today(),
            shares=self._shares_sql(),
        )

    def _contributions_sql(self):
        """What funders still pay, and what goes back to them."""
        return SQL(
            """
            SELECT line.id::bigint * 4 + 3, one.fund_id,
                   GREATEST(line.date, %(today)s),
                   CASE WHEN line.kind = 'call' THEN 'to_receive' ELSE 'return' END,
                   CASE WHEN line.kind = 'call' THEN 1 ELSE -1 END
                   * CASE WHEN line.state IN ('open', 'partial', 'settled')
                          THEN LEAST(line.principal, line.residual_amount)
                          ELSE line.principal END,
                   NULL::integer, one.id
            FROM hub_contribution_line line
            JOIN hub_contribution one ON one.id = line.contribution_id
            WHERE line.kind IN ('call', 'return') AND one.fund_id IS NOT NULL
              AND one.cancelled_on IS NULL
            """,
            today=self._today(),
        )
