from odoo import api, fields, models
from odoo.exceptions import UserError


class HubLoan(models.Model):
    """What became of a loan that was not simply paid back, in figures."""

    _inherit = "hub.loan"

    waived_amount = fields.Monetary(
        string="Given up", compute="_compute_changed", compute_sudo=True
    )
    guaranteed_amount = fields.Monetary(
        string="Taken over by guarantors", compute="_compute_changed", compute_sudo=True
    )
    lost_amount = fields.Monetary(
        string="Lost", compute="_compute_changed", compute_sudo=True
    )
    recovered_amount = fields.Monetary(
        string="Recovered", compute="_compute_changed", compute_sudo=True
    )
    claimed_amount = fields.Monetary(
        string="Still claimed",
        compute="_compute_changed",
        compute_sudo=True,
        help="Lost, or paid by a guarantor, and not recovered: the borrower still owes"
        " it, although the accounts no longer count on it.",
    )

    @api.depends(
        "change_ids.state",
        "change_ids.kind",
        "change_ids.principal",
        "change_ids.interest",
    )
    def _compute_changed(self):
        names = {
            "waiver": "waived_amount",
            "guarantee": "guaranteed_amount",
            "write_off": "lost_amount",
            "recovery": "recovered_amount",
        }
        found = {}
        for loan, kind, principal, interest in self.env["hub.loan.change"]._read_group(
            [("loan_id", "in", self.ids), ("state", "=", "done")],
            ["loan_id", "kind"],
            ["principal:sum", "interest:sum"],
        ):
            found[loan, kind] = principal + interest
        for loan in self:
            for kind, name in names.items():
                loan[name] = found.get((loan._origin, kind), 0)
            shared = found.get((loan._origin, "share"), 0)
            claimed = loan.lost_amount + loan.guaranteed_amount - shared
            loan.claimed_amount = max(claimed - loan.recovered_amount, 0)


class HubLoanChange(models.Model):
    """Money after a loss: the guarantor has his part, the rest is income."""

    _inherit = "hub.loan.change"

    def _words_recovery(self):
        return self.env._(
            "%(amount)s are paid after all.",
            amount=self.currency_id.format(self.terms["amount"]),
        )

    def _apply_recovery(self):
        """The borrower owes it; guarantors have their part of it, the hub the rest."""
        loan, amount = self.loan_id, self.terms["amount"]
        self._check_recovered(amount)
        # First: what is promised counts in what guarantors have a part of.
        claim = self.env["hub.loan.claim"].create(
            {
                "loan_id": loan.id,
                "change_id": self.id,
                "kind": "recovery",
                "partner_id": loan.partner_id.id,
                "date": self.date,
                "amount": amount,
            }
        )
        shares = loan.guarantee_ids._to_share()
        shares = {one: part for one, part in shares.items() if part > 0}
        move = self._post_change("recovery", self._recovery_lines(amount, shares))
        items = move.line_ids.sorted("id")
        claim.line_id = items[0]
        for one, item in zip(shares, items[1:], strict=False):
            self._add_claim("payable", one, item)
        self.principal = amount
        loan._match_credits()

    def _recovery_lines(self, amount, shares):
        """:param shares: ``{guarantee: amount}`` of those who have a part"""
        loan, owed_by = self.loan_id, {"date_maturity": self.date}
        lines = [(loan.due_account_id, amount, {**owed_by, "no_followup": False})]
        for one, part in shares.items():
            payable = loan._account_for("guarantor_payable")
            to_whom = {**owed_by, "partner_id": one.partner_id.id}
            lines.append((payable, -part, to_whom))
        if own := amount - sum(shares.values()):
            lines.append((loan._account_for("recovery"), -own, {}))
        return lines

    def _check_recovered(self, amount):
        loan = self.loan_id
        currency = loan.currency_id
        if not 0 < amount <= loan.claimed_amount:
            raise UserError(
                self.env._(
                    "%(loan)s: %(claimed)s are still claimed, %(amount)s cannot be"
                    " recovered of it.",
                    loan=loan.display_name,
                    claimed=currency.format(loan.claimed_amount),
                    amount=currency.format(amount),
                )
            )
