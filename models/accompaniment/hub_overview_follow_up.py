from odoo import api, models
from odoo.fields import Domain


class HubOverview(models.AbstractModel):
    """Whom to call about what became of a project; exits to be noted."""

    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        if not self.env.user.has_group("solidarity_hub.group_hub_adviser"):
            return figures
        return [
            *figures,
            *self._prepare_list_figure(
                "follow_ups",
                self.env._("Follow-ups to call"),
                "solidarity_hub.hub_follow_up_action",
                self.env["hub.follow.up"]._domain_state("due"),
                15,
                urgent=True,
            ),
            *self._prepare_project_figure(
                "exit_situations",
                self.env._("Situations at exit to note"),
                Domain("hub_lacks_exit_situation", "=", True),
                75,
            ),
        ]
