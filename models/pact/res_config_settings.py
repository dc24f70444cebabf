from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hub_evaluation_days = fields.Integer(
        related="company_id.hub_evaluation_days", readonly=False
    )
    hub_small_group = fields.Integer(
        related="company_id.hub_small_group", readonly=False
    )
