from odoo import models


class HubLoan(models.Model):
    """Funds behind a loan that is doubtful and kept apart: the same loan."""

    _inherit = "hub.loan"

    def _principal_accounts(self):
        """All accounts on which principal of this loan has stood."""
        accounts = super()._principal_accounts()
        ids = [
            change.terms["loan_account_id"]
            for change in self._moving_changes()
            if change.terms.get("loan_account_id")
        ]
        return accounts | accounts.browse(ids)

    def _moving_changes(self):
        """Where what is owed moved to other accounts."""
        return self._done_changes().filtered(
            lambda change: change.kind in ("doubtful", "sound")
        )


class AccountMove(models.Model):
    _inherit = "account.move"

    def _hub_matched_debits(self):
        """A debt that moved to another account is settled by what settles it there."""
        found = super()._hub_matched_debits()
        moved = {}
        for change in self.hub_loan_id._moving_changes():
            moved |= dict(change.terms.get("items", []))
        if not moved:
            return found
        items = self.env["account.move.line"].browse(moved.values())
        later = super(AccountMove, items.move_id)._hub_matched_debits()
        found = {**later, **found}
        return {line: list(self._hub_followed(line, found, moved)) for line in found}

    def _hub_followed(self, line, found, moved):
        for part, entry in found.get(line, ()):
            if line.id in moved and entry.hub_change_id.kind in ("doubtful", "sound"):
                target = line.browse(moved[line.id])
                yield from self._hub_followed(target, found, moved)
            else:
                yield part, entry
