from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hub_is_scic = fields.Boolean(related="company_id.hub_is_scic", readonly=False)
