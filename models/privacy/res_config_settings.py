from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hub_forget_months = fields.Integer(
        related="company_id.hub_forget_months", readonly=False
    )
    hub_accounts_years = fields.Integer(
        related="company_id.hub_accounts_years", readonly=False
    )
