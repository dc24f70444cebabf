from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from .roles import JOURNAL_CODE, PAID_BY_WIZARD, ROLES, field_of


class ResCompany(models.Model):
    """Which accounts loans would use: those chosen, those that the chart has for just
    this, those made before, and new ones under numbers that are free.

    A number that means something else is left alone, whatever it means.
    """

    _inherit = "res.company"

    def _hub_account_proposal(self):
        """``{role: (origin, account, number)}``, origin one of chosen, chart, former,
        new; ``number`` is that of a new account."""
        self.ensure_one()
        company = self.sudo().with_company(self)
        taken, proposal = set(), {}
        for role in ROLES:
            origin, account = company._hub_find_account(role)
            number = ""
            if not account:
                origin, number = "new", company._hub_free_number(role, taken)
                taken.add(number)
            proposal[role] = origin, account, number
        return proposal

    def _hub_find_account(self, role):
        accounts = self.env["account.account"].with_company(self)
        if chosen := self._hub_account(role):
            return "chosen", chosen.with_company(self)
        reference = ROLES[role].reference
        if reference:
            chart = self.env["account.chart.template"].with_company(self)
            found = chart.ref(reference, raise_if_not_found=False)
            if found and not self._hub_account_problem(role, found.with_company(self)):
                return "chart", found.with_company(self)
        names = set(self._hub_account_names(role).values())
        former = accounts.search(
            [
                *accounts._check_company_domain(self),
                ("account_type", "in", ROLES[role].types),
                ("name", "in", list(names)),
            ]
        ).filtered(lambda one: not self._hub_account_problem(role, one))[:1]
        return "former", former

    def _hub_free_number(self, role, taken):
        """A free number, near the one that the French chart would use where the chart
        is French, else near other accounts of this type."""
        # Archived accounts keep their numbers, too.
        accounts = self.env["account.account"].with_company(self)
        accounts = accounts.with_context(active_test=False)
        start = ROLES[role].number
        if self.chart_template and self.chart_template != "fr":
            like = accounts.search(
                [
                    *accounts._check_company_domain(self),
                    ("account_type", "=", ROLES[role].types[0]),
                ]
            )
            codes = [code for code in like.mapped("code") if code]
            start = max(codes, default=start)
        return accounts._search_new_account_code(start, cache=taken)

    def _hub_account_names(self, role):
        """Name of a new account in each language of the database."""
        return {
            code: self.with_context(lang=code)._hub_account_name(role)
            for code, _name in self.env["res.lang"].get_installed()
        }

    def _hub_account_name(self, role):
        """As accountants would call it; where it is only of use here, what it is."""
        names = {
            "due": self.env._("Loans: instalments to be received"),
            "payout": self.env._("Loans: to be paid out"),
            "funder_payable": self.env._("Solidarity funders: to be paid back"),
            "return_right": self.env._("Contributions with right of return"),
            "mandate": self.env._("Money held for other lenders"),
            "commitment": self.env._("Commitments given: loans signed"),
            "commitment_counterpart": self.env._("Counterpart of commitments given"),
        }
        return names.get(role) or self._hub_role_label(role)

    def _hub_take_proposal(self, chosen=None):
        """Make what is missing and choose it; what is chosen already stays.

        :param chosen: ``{role: account}`` to take instead of what is proposed
        """
        self.ensure_one()
        chosen = chosen or {}
        vals = {}
        for role, (_origin, account, number) in self._hub_account_proposal().items():
            account = chosen.get(role) or account or self._hub_make(role, number)
            if account != self._hub_account(role):
                vals[field_of(role)] = account.id
        if not self.hub_loan_journal_id:
            vals["hub_loan_journal_id"] = self._hub_loan_journal().id
        self.sudo().write(vals)

    def _hub_make(self, role, number):
        names = self._hub_account_names(role)
        account = (
            self.env["account.account"]
            .sudo()
            .with_company(self)
            .create(
                {
                    "code": number,
                    "name": names.get("en_US") or self._hub_account_name(role),
                    "account_type": ROLES[role].types[0],
                    "non_trade": ROLES[role].types[0] in PAID_BY_WIZARD,
                    "company_ids": [Command.link(self.root_id.id)],
                }
            )
        )
        for code, name in names.items():
            account.with_context(lang=code).name = name
        return account

    def _hub_loan_journal(self):
        """The journal of loans: the one there is under its code, else a new one."""
        journals = self.env["account.journal"].sudo().with_company(self)
        domain = journals._check_company_domain(self)
        found = journals.search([*domain, ("code", "=", JOURNAL_CODE)], limit=1)
        if found and found.type == "general":
            return found
        if found:
            raise UserError(
                self.env._(
                    "%(company)s: the journal %(journal)s has the code %(code)s and is"
                    " not for miscellaneous entries. Change its code, or choose the"
                    " journal of loans yourself.",
                    company=self.name,
                    journal=found.display_name,
                    code=JOURNAL_CODE,
                )
            )
        journal = journals.create(
            {
                "name": self._hub_journal_name(),
                "code": JOURNAL_CODE,
                "type": "general",
                "company_id": self.id,
                "show_on_dashboard": False,
            }
        )
        for code, _name in self.env["res.lang"].get_installed():
            name = self.with_context(lang=code)._hub_journal_name()
            journal.with_context(lang=code).name = name
        return journal

    def _hub_journal_name(self):
        return self.env._("Solidarity loans")
