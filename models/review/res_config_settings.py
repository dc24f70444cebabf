from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hub_collective_times = fields.Integer(
        related="company_id.hub_collective_times", readonly=False
    )
