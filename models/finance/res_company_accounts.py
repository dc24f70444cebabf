from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import format_list

from .roles import ROLES, field_of


class ResCompany(models.Model):
    """Which accounts and journals fit: the same rules for company, product and loan."""

    _inherit = "res.company"

    @api.constrains(*(field_of(role) for role in ROLES))
    def _check_hub_accounts(self):
        for company in self:
            for role in ROLES:
                account = company._hub_account(role)
                if account:
                    company._check_hub_account(role, account, company)
            company._check_hub_accounts_apart()

    @api.constrains("hub_loan_journal_id")
    def _check_hub_loan_journal(self):
        for company in self.filtered("hub_loan_journal_id"):
            company._check_hub_journal(company.hub_loan_journal_id, company)

    def _check_hub_account(self, role, account, record):
        """The account can do what this role asks of it.

        :param record: company, product or loan on which it is chosen, for the message
        """
        self.ensure_one()
        account = account.sudo().with_company(self)
        problem = self._hub_account_problem(role, account)
        if problem:
            raise ValidationError(
                self.env._(
                    "%(record)s, “%(role)s”: the account %(account)s %(problem)s",
                    record=record.display_name,
                    role=self._hub_role_label(role),
                    account=account.display_name,
                    problem=problem,
                )
            )

    def _hub_account_problem(self, role, account):
        """What keeps the account from this role, as the end of a sentence."""
        if account.account_type not in ROLES[role].types:
            return self._hub_type_problem(role, account)
        if not (self | self.parent_ids) & account.company_ids:
            return self.env._(
                "belongs to another company: choose one of %(company)s.",
                company=self.name,
            )
        if not account.active:
            return self.env._("is archived: choose another one, or bring it back.")
        if account.currency_id and account.currency_id != self.currency_id:
            return self.env._(
                "only takes %(currency)s, while loans are in %(own)s.",
                currency=account.currency_id.name,
                own=self.currency_id.name,
            )
        return None

    def _hub_type_problem(self, role, account):
        labels = dict(account._fields["account_type"]._description_selection(self.env))
        return self.env._(
            "is of the type “%(type)s”. This role needs one of the type %(types)s.",
            type=labels[account.account_type],
            types=format_list(
                self.env, [f"“{labels[kind]}”" for kind in ROLES[role].types], "or"
            ),
        )

    def _hub_role_label(self, role):
        return self._fields[field_of(role)]._description_string(self.env)

    def _check_hub_accounts_apart(self):
        """What the control report reads must hold nothing but loans."""
        self.ensure_one()
        taken = {}
        for role in ROLES:
            account = self._hub_account(role)
            other = account and taken.setdefault(account, role)
            if not account or other == role:
                continue
            if ROLES[role].shared and ROLES[other].shared:
                continue
            raise ValidationError(
                self.env._(
                    "%(company)s: the account %(account)s is chosen for “%(role)s” and"
                    " for “%(other)s”. Each of them needs an account of its own.",
                    company=self.name,
                    account=account.with_company(self).display_name,
                    role=self._hub_role_label(role),
                    other=self._hub_role_label(other),
                )
            )

    def _check_hub_journal(self, journal, record):
        self.ensure_one()
        journal, problem = journal.sudo(), None
        if journal.type != "general":
            problem = self.env._("is not a journal of miscellaneous entries.")
        elif journal.company_id not in self | self.parent_ids:
            problem = self.env._("belongs to another company.")
        elif not journal.active:
            problem = self.env._("is archived.")
        elif journal.currency_id and journal.currency_id != self.currency_id:
            problem = self.env._(
                "is kept in %(currency)s, while loans are in %(own)s.",
                currency=journal.currency_id.name,
                own=self.currency_id.name,
            )
        if problem:
            raise ValidationError(
                self.env._(
                    "%(record)s: the journal %(journal)s %(problem)s Choose another"
                    " journal of loans.",
                    record=record.display_name,
                    journal=journal.display_name,
                    problem=problem,
                )
            )
