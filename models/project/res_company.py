from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL


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
        self.env["crm.lead"]._hub_import_learn_headers()
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
        team = (
            self.env["crm.team"]
            .sudo()
            .create(
                {
                    "name": self._hub_team_name(),
                    "company_id": self.id,
                    "is_hub_team": True,
                    "sequence": 100,
                    "use_leads": False,
                    "use_opportunities": False,
                    "favorite_user_ids": [],
                }
            )
        )
        for code, _name in self.env["res.lang"].get_installed():
            name = self.with_context(lang=code)._hub_team_name()
            team.with_context(lang=code).name = name
        return team

    def _hub_team_name(self):
        return self.env._("Projects of %(hub)s", hub=self.name)

    @api.model
    def _hub_uninstall(self):
        """Projects are archived, their texts cleared and their messages internal.

        They do not fall into sales: they wait, archived, in a stage of their own.
        """
        result = super()._hub_uninstall()
        projects = (
            self.env["crm.lead"]
            .sudo()
            .with_context(active_test=False)
            .search([("is_hub_project", "=", True)])
        )
        teams = (
            self.env["crm.team"]
            .sudo()
            .with_context(active_test=False)
            .search([("is_hub_team", "=", True)])
        )
        if projects:
            projects.activity_ids.unlink()
            self._hub_put_away(projects, teams)
        teams.active = False
        return result

    @api.model
    def _hub_put_away(self, projects, teams):
        stage = (
            self.env["crm.stage"]
            .sudo()
            .create(
                {
                    "name": self.env._("Former projects"),
                    "fold": True,
                    "sequence": 999,
                    "team_ids": teams.ids,
                }
            )
        )
        self.env.flush_all()
        # In SQL: the rules that keep projects in their phases are still in force.
        # The probability of 1 keeps them from counting as lost sales.
        self.env.cr.execute(
            SQL(
                """
                UPDATE crm_lead
                   SET active = FALSE, stage_id = %s, description = NULL,
                       probability = 1, user_id = COALESCE(user_id, %s)
                 WHERE id IN %s
                """,
                stage.id,
                self.env.ref("base.user_admin").id,
                tuple(projects.ids),
            )
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE mail_message SET is_internal = TRUE
                 WHERE model = 'crm.lead' AND res_id IN %s
                """,
                tuple(projects.ids),
            )
        )
        self.env.invalidate_all()
