from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hub_default_capacity = fields.Integer(
        related="company_id.hub_default_capacity", readonly=False
    )
    hub_target_holder = fields.Integer(
        related="company_id.hub_target_holder", readonly=False
    )
    hub_target_volunteer = fields.Integer(
        related="company_id.hub_target_volunteer", readonly=False
    )
    hub_target_funder = fields.Integer(
        related="company_id.hub_target_funder", readonly=False
    )
