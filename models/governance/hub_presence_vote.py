from odoo import api, models
from odoo.exceptions import UserError


class HubPresence(models.Model):
    """Voting from a list of seats: which resolution is told by the screen."""

    _inherit = "hub.presence"

    @api.model
    def _resolution_on_screen(self):
        shown = self.env.context.get("hub_resolution")
        return self.env["hub.resolution"].browse(
            shown if isinstance(shown, int) else ()
        )

    def action_vote_for(self):
        """For."""
        self._vote_on_screen("for")

    def action_vote_against(self):
        """Against."""
        self._vote_on_screen("against")

    def action_vote_abstain(self):
        """Abstains."""
        self._vote_on_screen("abstain")

    def _vote_on_screen(self, choice):
        self.ensure_one()
        resolution = self._resolution_on_screen().exists()
        if not resolution:
            raise UserError(self.env._("Open the resolution to vote on it."))
        resolution.action_vote(choice, self.id)
