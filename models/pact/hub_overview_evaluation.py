from odoo import api, fields, models
from odoo.fields import Domain


class HubOverview(models.AbstractModel):
    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        if not self.env.user.has_group("solidarity_hub.group_hub_adviser"):
            return figures
        today = fields.Date.context_today(self)
        return figures + self._prepare_list_figure(
            "evaluations_near",
            self.env._("Evaluations to hold within a month"),
            "solidarity_hub.hub_evaluation_action",
            Domain("state", "!=", "agreed")
            & Domain("date", "<=", fields.Date.add(today, months=1)),
            65,
        )
