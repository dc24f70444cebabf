from odoo import fields, models

from .hub_loan_terms_mixin import FILLED_IN

EARLY_INTEREST = [
    ("day", "To the day of the repayment"),
    ("period", "To the end of the period that has begun"),
]
RESPITE_INTEREST = [
    ("waived", "Waived"),
    ("paid", "Paid meanwhile"),
    ("deferred", "Paid with the first instalment after it"),
]


class HubLoanTermsMixin(models.AbstractModel):
    """What the contract says of early repayment and of respites."""

    _inherit = "hub.loan.terms.mixin"

    early_interest = fields.Selection(
        EARLY_INTEREST,
        string="Interest of an early repayment",
        required=True,
        default="day",
    )
    respite_interest = fields.Selection(
        RESPITE_INTEREST,
        string="Interest of the time gained by a respite",
        required=True,
        default="waived",
    )


class HubLoan(models.Model):
    _inherit = "hub.loan"

    early_interest = fields.Selection(default=None, **FILLED_IN)
    respite_interest = fields.Selection(default=None, **FILLED_IN)
