from odoo import api, fields, models
from odoo.fields import Domain


class HubOverview(models.AbstractModel):
    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        user = self.env.user
        if not user.has_group("solidarity_hub.group_hub_feature_needs"):
            return figures
        if not user.has_groups(
            "solidarity_hub.group_hub_adviser,solidarity_hub.group_hub_board"
        ):
            return figures
        today = fields.Date.context_today(self)
        return figures + self._prepare_list_figure(
            "diagnoses_to_review",
            self.env._("Diagnoses to look at again"),
            "solidarity_hub.action_hub_diagnosis",
            Domain("next_review_on", "<=", fields.Date.add(today, months=1))
            & Domain("next_ids", "=", False),
            120,
        )
