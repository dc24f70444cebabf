from odoo import api, fields, models
from odoo.fields import Domain


class HubOverview(models.AbstractModel):
    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        if not self.env.user.has_group("solidarity_hub.group_hub_adviser"):
            return figures
        return figures + self._prepare_list_figure(
            "moments",
            self.env._("Collective moments to come"),
            "event.action_event_view",
            Domain("hub_format", "!=", False)
            & Domain("date_end", ">=", fields.Datetime.now()),
            90,
        )
