from odoo import fields, models


class HubNeed(models.Model):
    _inherit = "hub.need"

    lead_ids = fields.One2many(
        "crm.lead",
        "hub_need_id",
        string="Projects that answer it",
        domain=[("is_hub_project", "=", True)],
    )
    project_count = fields.Integer(
        string="Projects",
        compute="_compute_project_count",
        groups="solidarity_hub.group_hub_adviser",
    )

    def _compute_project_count(self):
        counts = dict(
            self.env["crm.lead"]._read_group(
                [("hub_need_id", "in", self.ids), ("is_hub_project", "=", True)],
                ["hub_need_id"],
                ["__count"],
            )
        )
        for need in self:
            need.project_count = counts.get(need._origin, 0)
