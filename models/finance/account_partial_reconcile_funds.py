from odoo import api, models


class AccountPartialReconcile(models.Model):
    """Matching settles calls, returns and instalments: the fund book follows."""

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials._hub_follow()
        return partials

    def unlink(self):
        loans, contributions = self._hub_loans_and_contributions()
        if loans or contributions:
            lines = self.env["hub.fund.line"].sudo()
            lines.search([("partial_id", "in", self.ids)]).unlink()
        result = super().unlink()
        loans._allocate()
        contributions._keep_book()
        return result

    def _hub_follow(self):
        loans, contributions = self._hub_loans_and_contributions()
        loans._allocate()
        contributions._keep_book()

    def _hub_loans_and_contributions(self):
        """Loans and contributions whose lines these settle."""
        parts = self.sudo()
        moves = parts.debit_move_id.move_id | parts.credit_move_id.move_id
        kept = moves.filtered("hub_kind")
        loans = kept.hub_loan_id | parts.debit_move_id._hub_owed_on()
        return loans, kept.hub_contribution_id
