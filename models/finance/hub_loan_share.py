from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..common.hub_guard_mixin import OPEN

# Promised, and not paid out.
AGREED = ("approved", "signed")


class HubLoanShare(models.Model):
    """How much of a loan a fund stands for: fixed when it is paid out.

    All that happens to the loan afterwards is split by it, to the cent, in the lines of
    the fund book.
    """

    _name = "hub.loan.share"
    _description = "Share of a fund in a loan"
    _order = "loan_id, sequence, id"
    _rec_name = "fund_id"
    _check_company_auto = True

    loan_id = fields.Many2one(
        "hub.loan", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="loan_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(default=10)
    fund_id = fields.Many2one(
        "hub.fund", required=True, index=True, ondelete="restrict", check_company=True
    )
    amount = fields.Monetary(required=True)
    percent = fields.Float(compute="_compute_percent", digits=(5, 2))
    line_ids = fields.One2many(
        "hub.fund.line", "share_id", string="Fund book", readonly=True
    )
    lent_amount = fields.Monetary(
        string="Lent", compute="_compute_from_book", compute_sudo=True
    )
    repaid_amount = fields.Monetary(
        string="Paid back", compute="_compute_from_book", compute_sudo=True
    )
    interest_amount = fields.Monetary(
        string="Interest and fees", compute="_compute_from_book", compute_sudo=True
    )
    lost_amount = fields.Monetary(
        string="Lost", compute="_compute_from_book", compute_sudo=True
    )
    recovered_amount = fields.Monetary(
        string="Recovered", compute="_compute_from_book", compute_sudo=True
    )
    outstanding_amount = fields.Monetary(
        string="Still to come back", compute="_compute_from_book", compute_sudo=True
    )
    turn = fields.Integer(copy=False, readonly=True)

    _fund_once = models.UniqueIndex(
        "(loan_id, fund_id)", "A fund has one share in a loan: correct that one."
    )
    _amount_positive = models.Constraint(
        "CHECK(amount >= 0)", "A share is not negative."
    )

    @api.depends("amount", "loan_id.share_ids.amount")
    def _compute_percent(self):
        for share in self:
            total = sum(share.loan_id.share_ids.mapped("amount"))
            share.percent = 100 * share.amount / total if total else 0

    @api.depends("line_ids.kind", "line_ids.amount")
    def _compute_from_book(self):
        sums = {}
        for share, kind, amount in self.env["hub.fund.line"]._read_group(
            [("share_id", "in", self.ids)], ["share_id", "kind"], ["amount:sum"]
        ):
            sums[share.id, kind] = amount
        for share in self:

            def got(*kinds, key=share._origin.id):
                return sum(sums.get((key, kind), 0) for kind in kinds)

            share.lent_amount = got("lent")
            share.repaid_amount = got("repaid")
            share.interest_amount = got("interest", "fee")
            share.lost_amount = got("lost", "claim_lost")
            share.recovered_amount = got("claim_paid", "recovered")
            share.outstanding_amount = got("lent") - got("repaid", "lost", "claimed")

    @api.constrains("fund_id", "amount", "loan_id")
    def _check_loan(self):
        if self.env.context.get("hub_fit_shares") is OPEN:
            return
        self.loan_id._check_funds()

    # ------------------------------------------------------------
    # Open until money is paid out
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        shares = super().create(vals_list)
        shares._check_open()
        return shares

    def write(self, vals):
        if {"loan_id", "fund_id", "amount"} & set(vals):
            self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_paid_out(self):
        self._check_open()

    def _check_open(self):
        if self.env["hub.loan"]._guard_is_open():
            return
        for share in self:
            if not share._is_open():
                raise UserError(
                    self.env._(
                        "%(loan)s is paid out: which funds stand behind it no longer"
                        " changes.",
                        loan=share.loan_id.display_name,
                    )
                )

    def _is_open(self):
        states = ("draft", "submitted", "approved", "signed")
        return self.loan_id.state in states and not self.sudo().line_ids

    def _take_turn(self):
        """Two events of a loan at once are split one after the other."""
        for share in self.sorted("id"):
            self.env.cr.execute(
                SQL(
                    "UPDATE hub_loan_share SET turn = COALESCE(turn, 0) + 1"
                    " WHERE id = %s",
                    share.id,
                )
            )
        self.invalidate_recordset(["turn"])
