from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hub_default_capacity = fields.Integer(
        related="company_id.hub_default_capacity", readonly=False
    )
