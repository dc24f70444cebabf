from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HubProjectLineMixin(models.AbstractModel):
    """A line of a project's file: it belongs to the project, and goes with it."""

    _name = "hub.project.line.mixin"
    _description = "Line of a project"
    _check_company_auto = True

    lead_id = fields.Many2one(
        "crm.lead",
        string="Project",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain=[("is_hub_project", "=", True)],
    )
    company_id = fields.Many2one(
        related="lead_id.company_id", store=True, precompute=True, index=True
    )

    @api.constrains("lead_id")
    def _check_lead_is_a_project(self):
        for line in self.filtered(lambda line: not line.lead_id.is_hub_project):
            raise ValidationError(
                self.env._(
                    "“%(record)s” belongs to sales, not to the hub: choose a project"
                    " of the hub.",
                    record=line.lead_id.name,
                )
            )
