import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain

# Numbers of the chart of associations (ANC 2018-06): staff that is not paid, and the
# volunteering received that stands against it.
DEBIT_CODE = "864000"
CREDIT_CODE = "875000"
# What an account of that number is called where somebody opened it by hand.
VOLUNTEERING = re.compile(r"b[ée]n[ée]vol|volunt", re.I)
OWN_JOURNAL = "BENEV"


class ResCompany(models.Model):
    """Where the value of volunteers' time is posted."""

    _inherit = "res.company"

    hub_time_debit_account_id = fields.Many2one(
        "account.account",
        string="Volunteers' time, debit (864)",
        check_company=True,
        domain="[('account_type', '=', 'off_balance')]",
    )
    hub_time_credit_account_id = fields.Many2one(
        "account.account",
        string="Volunteering received, credit (875)",
        check_company=True,
        domain="[('account_type', '=', 'off_balance')]",
    )
    hub_time_journal_id = fields.Many2one(
        "account.journal",
        string="Journal of volunteers' time",
        check_company=True,
        domain="[('type', '=', 'general')]",
    )

    @api.constrains("hub_time_debit_account_id", "hub_time_credit_account_id")
    def _check_hub_time_accounts(self):
        for company in self.sudo():
            debit = company.hub_time_debit_account_id
            credit = company.hub_time_credit_account_id
            for account in debit | credit:
                if account.account_type != "off_balance":
                    raise ValidationError(
                        self.env._(
                            "“%(account)s” is not an off-balance account: the value of"
                            " volunteers' time must not touch the result. Choose an"
                            " account of type “Off-Balance Sheet”.",
                            account=account.name,
                        )
                    )
            if debit and debit == credit:
                raise ValidationError(
                    self.env._(
                        "Volunteers' time is debited to one account and credited to"
                        " another: choose two different ones."
                    )
                )

    def _hub_time_is_set(self):
        """Whether an entry can be posted."""
        self.ensure_one()
        return bool(
            self.hub_time_debit_account_id
            and self.hub_time_credit_account_id
            and self.hub_time_journal_id
        )

    def action_hub_propose_time_accounts(self):
        """Open 864000 and 875000 where these numbers are free, and use them."""
        self.ensure_one()
        if not self.env.su and not self.env.user.has_group(
            "account.group_account_manager"
        ):
            raise AccessError(
                self.env._(
                    "Accounts are opened by whoever keeps the chart of accounts: ask"
                    " your accountant."
                )
            )
        # Of oneself only: whoever may open accounts may not write on companies.
        if self not in self.env.companies:
            raise AccessError(self.env._("Switch to %(hub)s first.", hub=self.name))
        company = self.sudo()
        debit, credit = self._hub_time_account_names()
        vals = {
            "hub_time_debit_account_id": company.hub_time_debit_account_id.id
            or self._hub_time_account(DEBIT_CODE, debit).id,
            "hub_time_credit_account_id": company.hub_time_credit_account_id.id
            or self._hub_time_account(CREDIT_CODE, credit).id,
            "hub_time_journal_id": company.hub_time_journal_id.id
            or self._hub_time_journal().id,
        }
        company.write(vals)

    def _hub_time_account_names(self):
        return self.env._("Volunteer staff"), self.env._("Volunteering")

    def _hub_time_account(self, code, name):
        """The account of this number: the one there, if it means the same, or a new
        one."""
        accounts = self.env["account.account"].with_company(self)
        found = accounts.with_context(active_test=False).search(
            Domain(accounts._check_company_domain(self)) & Domain("code", "=", code),
            limit=1,
        )
        if not found:
            return self._hub_create_time_account(code, name)
        names = [
            found.with_context(lang=lang).name or ""
            for lang, _label in self.env["res.lang"].get_installed()
        ]
        same = any(VOLUNTEERING.search(text) for text in names)
        if found.account_type != "off_balance" or not same or not found.active:
            raise UserError(
                self.env._(
                    "%(code)s is “%(name)s” in this chart of accounts, and stays as it"
                    " is. Choose two off-balance accounts of your own under Settings,"
                    " Solidarity Hub.",
                    code=code,
                    name=found.name,
                )
            )
        return found

    def _hub_create_time_account(self, code, name):
        accounts = self.env["account.account"].with_company(self)
        account = accounts.create(
            {
                "code": code,
                "name": name,
                "account_type": "off_balance",
                "company_ids": [Command.set(self.root_id.ids)],
            }
        )
        index = (DEBIT_CODE, CREDIT_CODE).index(code)
        for lang, _label in self.env["res.lang"].get_installed():
            names = self.with_context(lang=lang)._hub_time_account_names()
            account.with_context(lang=lang).name = names[index]
        return account

    def _hub_time_journal(self):
        """The journal of miscellaneous operations; where there is none, a new one."""
        journals = self.env["account.journal"].with_company(self)
        company = self.sudo()
        technical = company.currency_exchange_journal_id
        technical |= company.tax_cash_basis_journal_id
        found = journals.search(
            Domain(journals._check_company_domain(self))
            & Domain("type", "=", "general")
            & Domain("id", "not in", technical.ids),
            limit=1,
        )
        return found or journals.create(
            {
                "name": self.env._("Volunteering"),
                "code": OWN_JOURNAL,
                "type": "general",
                "company_id": self.id,
            }
        )
