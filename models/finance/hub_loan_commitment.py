from odoo import fields, models
from odoo.fields import Command, Domain

from ..common.hub_guard_mixin import OPEN


class HubLoan(models.Model):
    """Off balance: what is signed and not paid out yet."""

    _inherit = "hub.loan"

    def _sync_commitment(self):
        """Note off balance what is signed and not paid out, where the hub does so.

        Whoever signs without the rights of accounting leaves it to the daily job.
        """
        if not self.env.su and not self.env.user.has_group(
            "account.group_account_invoice"
        ):
            return
        for company, loans in self.sudo().grouped("company_id").items():
            given = company._hub_account("commitment")
            other = company._hub_account("commitment_counterpart")
            if given and other:
                loans.with_company(company)._post_commitments(given, other)

    def _post_commitments(self, given, other):
        noted = dict(
            self.env["account.move.line"]._read_group(
                Domain("move_id.hub_loan_id", "in", self.ids)
                & Domain("account_id", "=", given.id)
                & Domain("parent_state", "=", "posted"),
                ["move_id.hub_loan_id"],
                ["balance:sum"],
            )
        )
        vals_list = []
        for loan in self:
            change = loan._still_to_pay_out() - noted.get(loan, 0)
            if not loan.currency_id.is_zero(change):
                vals_list.append(loan._commitment_vals(given, other, change))
        moves = self.env["account.move"].with_context(hub_guard=OPEN).create(vals_list)
        moves._post(soft=False)

    def _still_to_pay_out(self):
        """Of a signed loan: what is promised and not paid out."""
        if self.state not in ("signed", "disbursed"):
            return 0
        parts = self.tranche_ids.filtered(lambda part: part.state == "planned")
        return sum(parts.mapped("amount"))

    def _commitment_vals(self, given, other, change):
        self._check_ready_for_entries()
        label = f"{self.name} {self.partner_id.name or ''}"
        lines = [(given, change), (other, -change)]
        return {
            "move_type": "entry",
            "date": fields.Date.context_today(self),
            "journal_id": self.journal_id.id,
            "company_id": self.company_id.id,
            "ref": label,
            "hub_loan_id": self.id,
            "hub_kind": "commitment",
            "line_ids": [
                Command.create(
                    {
                        "name": label,
                        "account_id": account.id,
                        "balance": balance,
                        "partner_id": self.partner_id.id,
                    }
                )
                for account, balance in lines
            ],
        }
