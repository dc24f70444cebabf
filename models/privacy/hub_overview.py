from odoo import api, models
from odoo.fields import Domain

from .hub_anonymisation import MANAGER


class HubOverview(models.AbstractModel):
    """Names that the manager is to review."""

    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        if not self.env.user.has_group(MANAGER):
            return figures
        return [
            *figures,
            *self._prepare_list_figure(
                "names_to_review",
                self.env._("Names to review"),
                "solidarity_hub.hub_anonymisation_action",
                Domain("state", "=", "proposed"),
                85,
            ),
        ]
