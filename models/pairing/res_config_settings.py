from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hub_reminder_days = fields.Integer(
        related="company_id.hub_reminder_days", readonly=False
    )
    hub_reminder_count = fields.Integer(
        related="company_id.hub_reminder_count", readonly=False
    )
