from odoo import api, fields, models
from odoo.exceptions import UserError

from .hub_ballot import CHOICES


class HubPresence(models.Model):
    """Voting from a list of seats: which resolution is told by the screen."""

    _inherit = "hub.presence"

    ballot_choice = fields.Selection(
        CHOICES, string="Vote", compute="_compute_ballot_choice", compute_sudo=True
    )

    @api.depends_context("hub_resolution")
    def _compute_ballot_choice(self):
        resolution = self._resolution_on_screen()
        choices = {one.presence_id: one.choice for one in resolution.ballot_ids}
        for line in self:
            line.ballot_choice = choices.get(line._origin, False)

    @api.model
    def _resolution_on_screen(self):
        shown = self.env.context.get("hub_resolution")
        return self.env["hub.resolution"].browse(shown if isinstance(shown, int) else ())

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
