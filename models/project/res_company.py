from odoo import models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    _inherit = "res.company"

    def _hub_setup(self):
        """A hub has a team that carries its projects, and the phases of the path."""
        result = super()._hub_setup()
        for company in self:
            team = company._hub_team() or company._hub_create_team()
            stages = self.env["crm.stage"].sudo().search([("hub_phase", "!=", False)])
            missing = stages.filtered(lambda s, team=team: team not in s.team_ids)
            missing.write({"team_ids": [(4, team.id)]})
        return result

    def _hub_team(self):
        """The team that carries the projects of this hub."""
        return (
            self.env["crm.team"]
            .sudo()
            .with_context(active_test=False)
            .search([("is_hub_team", "=", True), ("company_id", "=", self.id)], limit=1)
        )

    def _hub_team_or_raise(self):
        team = self._hub_team()
        if not team:
            raise UserError(
                self.env._(
                    "%(company)s is not a solidarity hub yet. Somebody with access to"
                    " the settings opens Settings, Solidarity hub, and presses “Make"
                    " this company a hub”.",
                    company=self.name,
                )
            )
        return team

    def _hub_create_team(self):
        return (
            self.env["crm.team"]
            .sudo()
            .create(
                {
                    "name": self.env._("Projects of %(hub)s", hub=self.name),
                    "company_id": self.id,
                    "is_hub_team": True,
                    "sequence": 100,
                    "use_leads": False,
                    "use_opportunities": False,
                    "favorite_user_ids": [],
                }
            )
        )
