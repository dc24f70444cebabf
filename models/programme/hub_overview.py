from odoo import api, models
from odoo.fields import Domain


class HubOverview(models.AbstractModel):
    """Reports to funders that are due."""

    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        if not self.env["hub.programme.report"].has_access("write"):
            return figures
        due = self._prepare_list_figure(
            "reports_due",
            self.env._("Reports to funders due within a month"),
            "solidarity_hub.hub_programme_report_action",
            Domain("state", "!=", "sent") & Domain("due_on", "<=", "today +30d"),
            45,
            urgent=True,
        )
        return figures + [figure for figure in due if figure["value"]]
