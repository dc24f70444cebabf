"""What accounts are for in the entries of loans and funds, and which ones fit."""

from dataclasses import dataclass

ASSET = ("asset_fixed", "asset_non_current", "asset_current")
INCOME = ("income", "income_other")
EXPENSE = ("expense", "expense_other")
DEBT = ("liability_non_current", "liability_current")
# Only lines on such accounts are settled by Odoo's payments.
PAID_BY_WIZARD = ("asset_receivable", "liability_payable")


@dataclass(frozen=True)
class Role:
    """One use of an account.

    :param types: types of account that fit; some have consequences in Odoo (only a
        receivable or payable line can be paid by its payment wizard)
    :param number: where the French chart of associations puts it; the first number
        tried where an account must be made
    :param reference: the account in Odoo's French chart that means just this
    :param shared: the account may serve other ends besides
    """

    types: tuple
    number: str
    reference: str = ""
    shared: bool = True


# In the order in which an accountant reads them.
ROLES = {
    "loan": Role(ASSET, "274800", "pcg_2748", shared=False),
    "due": Role(("asset_receivable",), "467480", shared=False),
    "payout": Role(("liability_payable",), "467490", shared=False),
    "doubtful": Role(ASSET, "274890", shared=False),
    "doubtful_due": Role(("asset_receivable",), "467485", shared=False),
    "interest": Role(INCOME, "762600", "pcg_7626"),
    "fee": Role(INCOME, "708800", "pcg_7088"),
    "accrued": Role(ASSET, "276840", "pcg_27684"),
    "impairment": Role(ASSET, "297400", "pcg_2974"),
    "impairment_charge": Role(EXPENSE, "686620", "pcg_68662"),
    "impairment_reversal": Role(INCOME, "786620", "pcg_78662"),
    "due_impairment": Role(ASSET, "496700", "pcg_4967"),
    "due_impairment_charge": Role(EXPENSE, "681740", "pcg_68174"),
    "due_impairment_reversal": Role(INCOME, "781740", "pcg_78174"),
    "loss": Role(EXPENSE, "654100", "pcg_6541"),
    "interest_loss": Role((*INCOME, *EXPENSE), "762600", "pcg_7626"),
    "recovery": Role(INCOME, "758300", "pcg_7583"),
    "funder_receivable": Role(("asset_receivable",), "467460"),
    "guarantor_payable": Role(("liability_payable",), "467465"),
    "funder_debt": Role(DEBT, "168100", "pcg_1681"),
    "funder_payable": Role(("liability_payable",), "467450"),
    "funder_interest": Role(EXPENSE, "661160", "pcg_66116"),
    "return_right": Role(("equity",), "103400"),
    "donation": Role(INCOME, "758200", "pcg_7582"),
    "subsidy": Role(INCOME, "741000", "pcg_741"),
    "mandate": Role(("liability_current", "liability_payable"), "467470"),
    "commitment": Role(("off_balance",), "801100"),
    "commitment_counterpart": Role(("off_balance",), "809100"),
}
# Without these no loan can be paid out or paid back.
NEEDED = ("loan", "due", "payout", "interest", "fee")
# What a loan product may put elsewhere than its hub does.
OF_PRODUCT = NEEDED
JOURNAL_CODE = "PRET"


def field_of(role):
    """Name of the company's field for a role."""
    return f"hub_{role}_account_id"
