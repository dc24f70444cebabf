from odoo import api, fields, models
from odoo.fields import Domain

FEATURE = "solidarity_hub.group_hub_feature_colleges"


class HubOverview(models.AbstractModel):
    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        """Meetings, seats and decisions, where colleges and votes are in use."""
        figures = super()._get_figures()
        user = self.env.user
        if not user.has_group(FEATURE):
            return figures
        if user.has_group("solidarity_hub.group_hub_board"):
            figures = figures + self._get_board_figures()
        if user.has_group("solidarity_hub.group_hub_coordinator"):
            figures = figures + self._get_governance_figures()
        return figures

    @api.model
    def _get_board_figures(self):
        partner = self.env.user.partner_id
        convened = self.env["hub.meeting"]._domain_convened(partner)
        resolutions = self.env["hub.resolution"]
        # Who is called is asked in SQL, which no list of the browser could ask again.
        called = resolutions.search(resolutions._domain_called(partner))
        return [
            *self._prepare_list_figure(
                "my_votes",
                self.env._("Resolutions I vote on"),
                "solidarity_hub.action_hub_resolution",
                Domain("id", "in", called.ids),
                5,
                urgent=True,
            ),
            *self._prepare_list_figure(
                "my_meetings",
                self.env._("My meetings to come"),
                "solidarity_hub.action_hub_meeting",
                Domain("state", "=", "convened") & convened,
                6,
            ),
        ]

    @api.model
    def _get_governance_figures(self):
        today = fields.Date.context_today(self)
        return [
            *self._prepare_list_figure(
                "minutes_to_write",
                self.env._("Meetings without approved minutes"),
                "solidarity_hub.action_hub_meeting",
                Domain("state", "=", "held"),
                70,
            ),
            *self._prepare_list_figure(
                "mandates_ending",
                self.env._("Mandates that end within three months"),
                "solidarity_hub.action_hub_mandate",
                Domain("is_ending", "=", True),
                71,
            ),
            *self._prepare_list_figure(
                "decisions_late",
                self.env._("Decisions to carry out, overdue"),
                "solidarity_hub.action_hub_resolution",
                Domain("is_to_do", "=", True) & Domain("due_on", "<", today),
                72,
                urgent=True,
            ),
        ]
