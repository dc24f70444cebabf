from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    hub_appointment_mail = fields.Boolean(
        string="E-mails about appointments",
        default=True,
        help="Project holders who have an e-mail address are told of a planned"
        " interview when it is planned, moved or cancelled, and reminded the day"
        " before.",
    )
