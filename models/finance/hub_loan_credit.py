from odoo import models
from odoo.fields import Domain

RUNNING = ("disbursed", "repaid", "written_off")


class HubLoan(models.Model):
    """Money that came before something was due, or more than was due."""

    _inherit = "hub.loan"

    def _match_credits(self):
        """Credits settle what is owed on the same loan, the oldest first."""
        for loan, credit_lines in self._open_credits().items():
            of_guarantors = loan._credits_of_guarantors(credit_lines)
            for debt in loan._open_debts():
                self._settle(debt, credit_lines - of_guarantors)
            for debt in loan._open_claims():
                own = of_guarantors.filtered(
                    lambda credit, debt=debt: credit.partner_id == debt.partner_id
                )
                self._settle(debt, own)

    def _settle(self, debt, credit_lines):
        for credit in credit_lines:
            if debt.reconciled:
                return
            if not credit.reconciled and credit.account_id == debt.account_id:
                (debt + credit).reconcile()

    def _open_debts(self):
        """What borrowers owe in the accounts, oldest first: instalments, the fee, and
        what they owe besides."""
        loans = self.sudo()
        besides = loans.claim_ids.filtered(
            lambda claim: claim.kind in ("share", "recovery")
        )
        lines = loans.instalment_ids.due_line_id | loans.fee_line_id | besides.line_id
        return lines.filtered(
            lambda line: line.parent_state == "posted" and line.amount_residual > 0
        ).sorted(lambda line: (line.date_maturity or line.date, line.id))

    def _open_claims(self):
        """What guarantors owe."""
        claims = self.sudo().claim_ids
        lines = claims.filtered(lambda claim: claim.kind == "guarantee").line_id
        return lines.filtered(
            lambda line: line.parent_state == "posted" and line.amount_residual > 0
        )

    def _credits_of_guarantors(self, credit_lines):
        """Money of guarantors settles what they owe, not what the borrower owes."""
        claims = self.sudo().claim_ids
        partners = claims.filtered(lambda claim: claim.kind == "guarantee").partner_id
        return credit_lines.filtered(lambda credit: credit.partner_id in partners)

    def _open_credits(self):
        """``{loan: lines}``: posted credits that nothing is matched with, oldest first.

        Those that name the loan, then those of a borrower who has no other loan.
        """
        accounts = self.due_account_id
        if not accounts:
            return {}
        alone = self._only_loans()
        found = (
            self.env["account.move.line"]
            .sudo()
            .search(
                Domain("account_id", "in", accounts.ids)
                & Domain("parent_state", "=", "posted")
                & Domain("reconciled", "=", False)
                & Domain("balance", "<", 0)
                & Domain("company_id", "in", self.company_id.ids)
                & Domain("move_id.hub_kind", "=", False)
                & (
                    Domain("move_id.hub_loan_id", "in", self.ids)
                    | Domain("move_id.hub_loan_id", "=", False)
                    & Domain("partner_id", "in", alone.partner_id.ids)
                ),
                order="date, id",
            )
        )
        credits_of = {}
        for loan in self if found else ():
            named = found.filtered(lambda c, own=loan: c.move_id.hub_loan_id == own)
            if loan in alone:
                named |= found.filtered(
                    lambda c, own=loan: (
                        not c.move_id.hub_loan_id and c.partner_id == own.partner_id
                    )
                )
            if named:
                credits_of[loan] = named
        return credits_of

    def _only_loans(self):
        """Those of these whose borrower has no other running loan in the hub."""
        counts = self.sudo()._read_group(
            Domain("partner_id", "in", self.partner_id.ids)
            & Domain("company_id", "in", self.company_id.ids)
            & Domain("state", "in", ("signed", *RUNNING)),
            ["partner_id", "company_id"],
            ["__count"],
        )
        alone = {(p, c) for p, c, count in counts if count == 1}
        return self.filtered(lambda loan: (loan.partner_id, loan.company_id) in alone)
