from odoo import api, models
from odoo.fields import Domain


class HubOverview(models.AbstractModel):
    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        if not self.env.user.has_group("solidarity_hub.group_hub_adviser"):
            return figures
        return figures + self._prepare_list_figure(
            "hours_to_validate",
            self.env._("Hours to validate"),
            "solidarity_hub.hub_volunteer_hours_action",
            Domain("state", "=", "draft"),
            85,
        )
