from odoo import api, fields, models
from odoo.fields import Domain


class HubOverview(models.AbstractModel):
    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        user = self.env.user
        if not (
            user.has_group("solidarity_hub.group_hub_feature_knowledge")
            and user.has_group("solidarity_hub.group_hub_coordinator")
        ):
            return figures
        return (
            figures
            + self._prepare_list_figure(
                "possible_meetings",
                self.env._("Possible meetings around knowledge"),
                "solidarity_hub.hub_knowledge_match_action",
                Domain.TRUE,
                95,
            )
            + self._prepare_list_figure(
                "exchanges_past",
                self.env._("Exchanges of knowledge: did they take place?"),
                "solidarity_hub.hub_exchange_action",
                Domain("state", "=", "planned")
                & Domain("date_start", "<", fields.Datetime.now()),
                96,
                urgent=True,
            )
        )
