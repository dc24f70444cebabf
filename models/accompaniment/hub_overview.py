from odoo import api, fields, models
from odoo.fields import Domain


class HubOverview(models.AbstractModel):
    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        if not self.env.user.has_group("solidarity_hub.group_hub_adviser"):
            return figures
        to_come = (
            Domain("hub_format", "!=", False)
            & Domain("kanban_state", "!=", "cancel")
            & Domain("date_end", ">=", fields.Datetime.now())
        )
        return (
            figures
            + self._prepare_list_figure(
                "sheets",
                self.env._("Attendance sheets to fill"),
                "solidarity_hub.hub_moment_action",
                Domain("hub_sheet_state", "=", "to_fill"),
                35,
                urgent=True,
            )
            + self._prepare_list_figure(
                "moments",
                self.env._("Collective moments to come"),
                "solidarity_hub.hub_moment_action",
                to_come,
                90,
            )
        )
