from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_list

from .roles import PAID_BY_WIZARD, ROLES

# What each instrument is in the accounts.
ACCOUNT_ROLES = {
    "gift": "donation",
    "right_of_return": "return_right",
    "loan": "funder_debt",
    "subsidy": "subsidy",
    "mandate": "mandate",
}
# Whatever an instrument may be in the accounts.
ANY_TYPES = tuple(
    dict.fromkeys(kind for role in ACCOUNT_ROLES.values() for kind in ROLES[role].types)
)
ACCOUNT_FIELDS = frozenset(
    {"account_id", "receivable_account_id", "payable_account_id"}
)


def _account(types, label):
    return fields.Many2one(
        "account.account",
        string=label,
        domain=[("account_type", "in", types)],
        compute="_compute_accounts",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        ondelete="restrict",
    )


class HubContribution(models.Model):
    """Where its entries go: kept on the contribution, whatever settings become."""

    _inherit = "hub.contribution"

    journal_id = fields.Many2one(
        "account.journal",
        domain=[("type", "=", "general")],
        compute="_compute_accounts",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        ondelete="restrict",
    )
    account_id = _account(ANY_TYPES, "What it is in the accounts")
    receivable_account_id = _account(PAID_BY_WIZARD[:1], "To be received")
    payable_account_id = _account(PAID_BY_WIZARD[1:], "Due for payment")

    @api.depends("instrument", "company_id")
    def _compute_accounts(self):
        for contribution in self:
            contribution.update(contribution._usual_accounts())

    def _usual_accounts(self):
        company = self.company_id
        role = ACCOUNT_ROLES.get(self.instrument)
        return {
            "journal_id": company.hub_loan_journal_id,
            "account_id": company._hub_account(role) if role else False,
            "receivable_account_id": company._hub_account("funder_receivable"),
            "payable_account_id": company._hub_account("funder_payable"),
        }

    def _role_of(self, name):
        """What the account in a field is for."""
        return {
            "account_id": ACCOUNT_ROLES.get(self.instrument),
            "receivable_account_id": "funder_receivable",
            "payable_account_id": "funder_payable",
        }[name]

    @api.constrains("journal_id", "instrument", *ACCOUNT_FIELDS)
    def _check_accounts(self):
        for contribution in self:
            company = contribution.company_id
            if contribution.journal_id:
                company._check_hub_journal(contribution.journal_id, contribution)
            for name in sorted(ACCOUNT_FIELDS):
                account, role = contribution[name], contribution._role_of(name)
                if account and role:
                    company._check_hub_account(role, account, contribution)
                elif account:
                    raise ValidationError(
                        self.env._(
                            "%(contribution)s: a guarantee moves no money, and has no"
                            " account.",
                            contribution=contribution.display_name,
                        )
                    )

    def _check_ready_for_entries(self):
        """All that entries need is there and still fits."""
        for contribution in self:
            usual = contribution._usual_accounts()
            missing = [name for name in usual if not contribution[name]]
            contribution._unguarded().write(
                {name: usual[name].id for name in missing if usual[name]}
            )
            contribution._check_accounts()
            if lacking := [n for n in missing if not contribution[n]]:
                raise UserError(
                    self.env._(
                        "%(contribution)s cannot be entered in the accounts yet;"
                        " missing: %(missing)s. An accountant chooses them under"
                        " Solidarity finance, Configuration, Accounts of loans.",
                        contribution=contribution.display_name,
                        missing=format_list(
                            self.env,
                            [
                                self._fields[name]._description_string(self.env)
                                for name in lacking
                            ],
                        ),
                    )
                )
