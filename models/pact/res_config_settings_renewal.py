from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hub_renewal_days = fields.Integer(
        related="company_id.hub_renewal_days", readonly=False
    )
