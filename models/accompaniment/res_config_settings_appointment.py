from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hub_appointment_mail = fields.Boolean(
        related="company_id.hub_appointment_mail", readonly=False
    )
