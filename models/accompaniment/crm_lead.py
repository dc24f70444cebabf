from odoo import api, fields, models
from odoo.exceptions import UserError

HUB = "solidarity_hub.group_hub_adviser,solidarity_hub.group_hub_volunteer"


class CrmLead(models.Model):
    """The interviews held about a project."""

    _inherit = "crm.lead"

    hub_interview_count = fields.Integer(
        string="Interviews", compute="_compute_hub_interview_count", groups=HUB
    )

    def _compute_hub_interview_count(self):
        groups = self.env["hub.interview"]._read_group(
            [("lead_id", "in", self.ids), ("state", "!=", "cancelled")],
            ["lead_id"],
            ["__count"],
        )
        counts = {lead.id: count for lead, count in groups}
        for lead in self:
            lead.hub_interview_count = counts.get(lead._origin.id, 0)

    def action_hub_interviews(self):
        """The interviews of this project, the latest first."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_interview_action"
        )
        action["domain"] = [("lead_id", "=", self.id)]
        action["context"] = {"default_lead_id": self.id}
        return action

    @api.ondelete(at_uninstall=False)
    def _unlink_except_interviews(self):
        """What people did together is not lost with the file of a project."""
        interviews = self.env["hub.interview"].sudo()
        found = interviews.search([("lead_id", "in", self.ids)], limit=1)
        if found:
            raise UserError(
                self.env._(
                    "“%(project)s” has interviews: archive it instead of deleting it.",
                    project=found.lead_id.name,
                )
            )
