from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from .roles import OF_PRODUCT, ROLES

ACCOUNT_FIELDS = frozenset(f"{role}_account_id" for role in OF_PRODUCT)


def _account(role, label):
    return fields.Many2one(
        "account.account",
        string=label,
        domain=[("account_type", "in", ROLES[role].types)],
        compute="_compute_accounts",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        ondelete="restrict",
    )


class HubLoan(models.Model):
    """Where the entries of a loan go: kept on the loan, so that what settings become
    later leaves it alone."""

    _inherit = "hub.loan"

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
    loan_account_id = _account("loan", "Loans granted")
    due_account_id = _account("due", "Instalments due")
    payout_account_id = _account("payout", "Loans to pay out")
    interest_account_id = _account("interest", "Interest on loans")
    fee_account_id = _account("fee", "Fees on loans")

    @api.depends("product_id", "company_id")
    def _compute_accounts(self):
        for loan in self:
            loan.update(loan._usual_accounts())

    def _usual_accounts(self):
        """Journal and accounts as product and hub have them now."""
        product, company = self.product_id, self.company_id
        return {
            "journal_id": product.journal_id or company.hub_loan_journal_id,
            **{
                f"{role}_account_id": product._account_for(role)
                if product
                else company._hub_account(role)
                for role in OF_PRODUCT
            },
        }

    @api.constrains("journal_id", *ACCOUNT_FIELDS)
    def _check_accounts(self):
        for loan in self:
            company = loan.company_id
            if loan.journal_id:
                company._check_hub_journal(loan.journal_id, loan)
            for role in OF_PRODUCT:
                if account := loan[f"{role}_account_id"]:
                    company._check_hub_account(role, account, loan)

    def _fill_accounts(self):
        """What was not set up when the application was written is taken over now."""
        for loan in self:
            usual = loan._usual_accounts()
            missing = {n: account for n, account in usual.items() if not loan[n]}
            if any(missing.values()):
                loan._unguarded().write({n: a.id for n, a in missing.items() if a})

    def _check_ready_for_entries(self):
        """All that entries need is there and still fits."""
        self._fill_accounts()
        for loan in self:
            loan._check_accounts()
            missing = [
                loan._fields[name]._description_string(self.env)
                for name in ("journal_id", *sorted(ACCOUNT_FIELDS))
                if not loan[name] and loan._needs_account(name)
            ]
            if missing:
                raise UserError(
                    self.env._(
                        "%(loan)s cannot be entered in the accounts yet; missing:"
                        " %(missing)s. An accountant chooses them under Solidarity"
                        " finance, Configuration, Accounts of loans.",
                        loan=loan.display_name,
                        missing=format_list(self.env, missing),
                    )
                )

    def _needs_account(self, name):
        """A loan without interest or fee needs no account for them."""
        if name == "interest_account_id":
            return bool(self.annual_rate)
        if name == "fee_account_id":
            return bool(self.fee_amount)
        return True
