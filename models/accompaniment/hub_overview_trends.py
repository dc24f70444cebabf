from odoo import api, models
from odoo.fields import Domain


class HubOverview(models.AbstractModel):
    """Time given by volunteers, month by month."""

    _inherit = "hub.overview"

    @api.model
    def _get_trends(self):
        domain = (
            Domain("company_id", "in", self.env.companies.ids)
            & Domain("state", "=", "validated")
            & Domain("role_kind", "!=", "employee")
        )
        return [
            *super()._get_trends(),
            self._prepare_monthly_trend(
                "hours",
                self.env._("Hours given by volunteers, month by month"),
                "hub.volunteer.hours",
                domain,
                "date",
                "hours:sum",
                "solidarity_hub.hub_volunteer_hours_action",
            ),
        ]
