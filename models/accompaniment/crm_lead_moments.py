from odoo import fields, models


class CrmLead(models.Model):
    """Individual and collective moments of a project on one line of time."""

    _inherit = "crm.lead"

    hub_moment_count = fields.Integer(
        string="Moments",
        compute="_compute_hub_moment_count",
        groups="solidarity_hub.group_hub_adviser",
    )

    def _compute_hub_moment_count(self):
        groups = self.env["hub.project.moment"]._read_group(
            [("lead_id", "in", self.ids), ("answer", "!=", "cancelled")],
            ["lead_id"],
            ["__count"],
        )
        counts = {lead.id: count for lead, count in groups}
        for lead in self:
            lead.hub_moment_count = counts.get(lead._origin.id, 0)

    def action_hub_moments(self):
        """Interviews and collective moments of this project, the latest first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_project_moment_action"
        )
        return {**action, "domain": [("lead_id", "=", self.id)]}
