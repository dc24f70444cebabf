from odoo import fields, models


class EventEvent(models.Model):
    """A collective moment may count under programmes, as projects and hours do."""

    _inherit = "event.event"

    hub_programme_ids = fields.Many2many(
        "hub.programme",
        string="Programmes",
        check_company=True,
        copy=True,
        groups="solidarity_hub.group_hub_adviser",
    )
