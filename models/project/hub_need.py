from odoo import fields, models


class HubNeed(models.Model):
    _inherit = "hub.need"

    lead_ids = fields.One2many(
        "crm.lead",
        "hub_need_id",
        string="Projects that answer it",
        domain=[("is_hub_project", "=", True)],
    )
