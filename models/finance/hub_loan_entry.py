from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from ..common.hub_guard_mixin import OPEN


class HubLoan(models.Model):
    """Entries that say what became of a loan: each names it and why it is there."""

    _inherit = "hub.loan"

    def _entry(self, kind, day, lines, words, **links):
        """Values of an entry.

        :param lines: ``[(account, balance, {other values})]``; those of zero are left
            out
        :param words: what happened, in the label of its lines
        :param links: other values of the entry: instalment, change
        """
        self.ensure_one()
        label = f"{self.name} {words} {self.partner_id.name or ''}"
        return {
            "move_type": "entry",
            "date": day,
            "journal_id": self.journal_id.id,
            "company_id": self.company_id.id,
            "ref": label,
            "hub_loan_id": self.id,
            "hub_kind": kind,
            "line_ids": [
                Command.create(
                    {
                        "name": label,
                        "partner_id": self.partner_id.id,
                        "account_id": account.id,
                        "balance": self.currency_id.round(balance),
                        **more,
                    }
                )
                for account, balance, more in lines
                if not self.currency_id.is_zero(balance)
            ],
            **links,
        }

    def _post_entries(self, vals_list):
        """Post entries of loans of one hub, in one go."""
        company = self.company_id
        moves = (
            self.env["account.move"]
            .sudo()
            .with_company(company)
            .with_context(allowed_company_ids=company.ids, hub_guard=OPEN)
            .create(vals_list)
        )
        moves._post(soft=False)
        return moves.with_context(hub_guard=None)

    def _account_for(self, role):
        """The account of a role that the loan has none of its own for.

        :raises UserError: nobody has chosen one
        """
        company = self.company_id
        if account := company._hub_account(role):
            company._check_hub_account(role, account, self)
            return account
        raise UserError(
            self.env._(
                "%(loan)s: no account is chosen for “%(role)s”. An accountant chooses"
                " it under Solidarity finance, Configuration, Accounts of loans.",
                loan=self.display_name,
                role=company._hub_role_label(role),
            )
        )

    def _check_day_open(self, day):
        """Nothing is entered in accounts that are closed, nor before its day."""
        self._check_not_locked(day)
        if day > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "%(loan)s: nothing is entered for %(date)s, which has not come yet."
                    " Choose today or an earlier day.",
                    loan=self[:1].display_name,
                    date=format_date(self.env, day),
                )
            )

    def _check_not_locked(self, day):
        """Odoo would move the entry to a later month without a word."""
        company = self.company_id
        locks = company._get_violated_lock_dates(day, False, self.journal_id[:1])
        if locks:
            raise UserError(
                self.env._(
                    "%(loan)s: the accounts are closed up to %(last)s (%(locks)s)."
                    " Choose a later day.",
                    loan=self[:1].display_name,
                    last=format_date(self.env, max(lock for lock, _name in locks)),
                    locks=company._format_lock_dates(locks),
                )
            )
