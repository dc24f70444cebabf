from odoo import fields, models


class HubLoanProduct(models.Model):
    _inherit = "hub.loan.product"

    fund_id = fields.Many2one(
        "hub.fund",
        string="Usual fund",
        ondelete="restrict",
        check_company=True,
        index="btree_not_null",
        help="Where the money of these loans comes from, unless a loan says otherwise.",
    )
