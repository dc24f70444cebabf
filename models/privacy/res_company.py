from odoo import fields, models


class ResCompany(models.Model):
    """How long a hub keeps names."""

    _inherit = "res.company"

    hub_forget_months = fields.Integer(
        string="Months after the last contact",
        default=24,
        required=True,
        help="After so many months without any contact the name of a person is proposed"
        " to be taken away. 0: never.",
    )
    hub_accounts_years = fields.Integer(
        string="Years that accounts are kept",
        default=10,
        required=True,
        help="Whoever stands in an entry of the accounts keeps the name for so long.",
    )

    _forget_months = models.Constraint(
        "CHECK(hub_forget_months >= 0)", "Months after a contact are never negative."
    )
    _accounts_years = models.Constraint(
        "CHECK(hub_accounts_years >= 0)", "Years are never negative."
    )
