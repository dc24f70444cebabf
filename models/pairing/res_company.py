from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    hub_reminder_days = fields.Integer(
        string="Days before a reminder",
        default=5,
        help="After how many days somebody who was proposed a project, or a person for"
        " a project, and has not answered is reminded by e-mail. 0: never.",
    )
    hub_reminder_count = fields.Integer(
        string="Reminders, at most",
        default=2,
        help="After so many reminders the adviser in charge is told to call.",
    )
