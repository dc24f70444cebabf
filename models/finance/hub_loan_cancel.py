from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class HubLoanChange(models.Model):
    """A loan that was paid out by mistake, or that the borrower gives back at once.

    All its entries are reversed. What had left the bank is owed back on the account of
    loans to pay out: Odoo's own payment enters it when it comes.
    """

    _inherit = "hub.loan.change"

    def _words_cancel(self):
        return self.env._("All entries of the loan are reversed.")

    def _apply_cancel(self):
        loan = self.loan_id
        self._check_nothing_happened()
        moves = loan._holding_entries()
        moves._reverse_moves([{"date": self.date} for _move in moves], cancel=True)
        loan._set_state("cancelled", closed_on=self.date)
        loan._sync_commitment()

    def _check_nothing_happened(self):
        """Nothing was paid back and nothing else was done to the loan."""
        loan = self.loan_id
        if later := loan._done_changes()[:1]:
            raise UserError(
                self.env._(
                    "%(loan)s: undo “%(change)s” first.",
                    loan=loan.display_name,
                    change=later.display_name,
                )
            )
        lines = loan.sudo().instalment_ids.due_line_id | loan.sudo().fee_line_id
        if lines.matched_credit_ids or loan._open_credits():
            raise UserError(
                self.env._(
                    "%(loan)s: the borrower has paid already. Let the rest be repaid"
                    " early instead of cancelling the loan.",
                    loan=loan.display_name,
                )
            )


class HubLoan(models.Model):
    _inherit = "hub.loan"

    giving_back_amount = fields.Monetary(
        string="To be given back",
        compute="_compute_giving_back_amount",
        compute_sudo=True,
        help="Of a loan that was cancelled after it was paid out.",
    )

    def _holding_entries(self):
        """Entries of the loan that hold, the latest first; commitments follow."""
        return (
            self.sudo()
            .move_ids.filtered(
                lambda move: (
                    move.hub_is_live
                    and not move.reversed_entry_id
                    and move.hub_kind in ("due", "disbursement", "accrual", "impairment")
                )
            )
            .sorted("id", reverse=True)
        )

    def _lines_to_give_back(self):
        """What the borrower received and owes back, where it was to be paid out."""
        return (
            self.env["account.move.line"]
            .sudo()
            .search(
                Domain("move_id.hub_loan_id", "in", self.ids)
                & Domain("move_id.hub_kind", "=", False)
                & Domain("account_id", "in", self.payout_account_id.ids)
                & Domain("parent_state", "=", "posted")
                & Domain("amount_residual", ">", 0)
            )
        )

    @api.depends("state", "tranche_ids.state")
    def _compute_giving_back_amount(self):
        cancelled = self.filtered(lambda loan: loan.state == "cancelled")
        lines = cancelled._lines_to_give_back() if cancelled else ()
        self.giving_back_amount = 0
        for line in lines:
            line.move_id.hub_loan_id.giving_back_amount += line.amount_residual

    def action_receive_back(self):
        """Odoo's own payment for what the borrower gives back."""
        self.check_access("read")
        return self._lines_to_give_back().sudo(False).action_register_payment()
