from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    hub_default_capacity = fields.Integer(
        string="Projects per volunteer",
        default=3,
        help="How many projects a new volunteer accompanies at once, at most.",
    )
