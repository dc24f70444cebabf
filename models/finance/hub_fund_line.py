from odoo import api, fields, models
from odoo.exceptions import UserError

# What happened, in the words of a fund book.
KINDS = [
    ("received", "Received from a funder"),
    ("returned", "Returned to a funder"),
    ("paid_interest", "Interest paid to a funder"),
    ("given", "Given by a funder instead of returned"),
    ("borne", "Loss borne by a funder"),
    ("lent", "Lent"),
    ("repaid", "Paid back"),
    ("interest", "Interest on loans"),
    ("fee", "Fees on loans"),
    ("lost", "Lost"),
    ("claimed", "Claimed from a guarantor"),
    ("claim_paid", "Paid by a guarantor"),
    ("claim_lost", "Not paid by a guarantor"),
    ("recovered", "Recovered after a loss"),
]
# Whether money comes into the fund or leaves it.
CASH = {
    "received": 1,
    "returned": -1,
    "lent": -1,
    "repaid": 1,
    "claim_paid": 1,
    "recovered": 1,
}
# The same, for funds that keep the interest.
EARNED = {"interest": 1, "fee": 1, "paid_interest": -1}
# What came back of money that was lent.
BACK = ("repaid", "claim_paid", "recovered")
LOST = ("lost", "claim_lost")
# Whoever may learn who is behind a figure.
NAMED = "solidarity_hub.group_hub_coordinator,solidarity_hub.group_hub_finance"


class HubFundLine(models.Model):
    """One line of the fund book: what an entry or a payment means for a fund and for
    the contribution that stands behind.

    Lines are written from posted entries and from payments, never by hand; the
    analytic distribution of entries says the same in percent, but anybody may edit it.
    """

    _name = "hub.fund.line"
    _description = "Line of the fund book"
    _order = "date desc, id desc"
    _rec_name = "kind"
    _check_company_auto = True

    date = fields.Date(required=True, index=True)
    kind = fields.Selection(KINDS, required=True, index=True)
    amount = fields.Monetary(required=True)
    reserve_amount = fields.Monetary(
        string="Of which by the reserve",
        help="Part of a loss that the reserve of the fund bears; of what is recovered,"
        " the part that fills it again.",
    )
    cash_amount = fields.Monetary(
        string="In or out",
        compute="_compute_cash_amount",
        store=True,
        help="What the fund has more in hand, or less.",
    )
    company_id = fields.Many2one("res.company", string="Hub", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    fund_id = fields.Many2one(
        "hub.fund",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    contribution_id = fields.Many2one(
        "hub.contribution",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        groups=NAMED,
        help="Empty: money that the fund earned itself.",
    )
    contribution_line_id = fields.Many2one(
        "hub.contribution.line",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        groups=NAMED,
    )
    funder_id = fields.Many2one(
        "res.partner",
        related="contribution_id.partner_id",
        string="Funder",
        store=True,
        index="btree_not_null",
        groups=NAMED,
    )
    share_id = fields.Many2one(
        "hub.loan.share",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        groups=NAMED,
    )
    loan_id = fields.Many2one(
        related="share_id.loan_id",
        store=True,
        index="btree_not_null",
        groups=NAMED,
    )
    move_id = fields.Many2one(
        "account.move",
        string="Journal entry",
        index="btree_not_null",
        ondelete="cascade",
        groups=NAMED,
        help="The entry or payment behind it; none for what was there before the"
        " accounts begin.",
    )
    partial_id = fields.Many2one(
        "account.partial.reconcile",
        string="Matching",
        index="btree_not_null",
        ondelete="cascade",
        groups=NAMED,
    )

    _amount_positive = models.Constraint(
        "CHECK((amount >= 0 OR kind = 'repaid') AND reserve_amount >= 0)",
        "Amounts of the fund book are not negative, unless a guarantor got a part of"
        " what was paid back.",
    )
    _once = models.UniqueIndex(
        "(kind, COALESCE(share_id, 0), COALESCE(contribution_id, 0),"
        " COALESCE(contribution_line_id, 0), COALESCE(move_id, 0),"
        " COALESCE(partial_id, 0))",
        "This is in the fund book already.",
    )
    _fund_idx = models.Index("(fund_id, kind, date)")

    @api.depends("kind", "amount", "fund_id.keeps_interest")
    def _compute_cash_amount(self):
        for line in self:
            sign = CASH.get(line.kind, 0)
            if line.fund_id.keeps_interest:
                sign = sign or EARNED.get(line.kind, 0)
            line.cash_amount = sign * line.amount

    def _event_key(self):
        """What this line is a part of."""
        return self.kind, self.move_id.id, self.partial_id.id

    def action_open_entry(self):
        """The entry behind this line."""
        self.ensure_one()
        entry = self.sudo().move_id.sudo(False)
        if entry and not entry.has_access("read"):
            raise UserError(
                self.env._(
                    "%(entry)s is opened by whoever has rights in the accounting.",
                    entry=entry.sudo().name,
                )
            )
        return entry._get_records_action()
