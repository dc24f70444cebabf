from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class CrmTeam(models.Model):
    _inherit = "crm.team"

    is_hub_team = fields.Boolean(
        string="Serves the hub's projects",
        copy=False,
        readonly=True,
        help="Carries the projects of a solidarity hub; it sells nothing and has no"
        " salespeople.",
    )

    @api.constrains("is_hub_team", "company_id", "use_leads", "use_opportunities")
    def _check_hub_team(self):
        for team in self.filtered("is_hub_team"):
            if not team.company_id:
                raise ValidationError(
                    self.env._(
                        "The team “%(team)s” carries the projects of one hub: choose"
                        " its company.",
                        team=team.name,
                    )
                )
            if team.use_leads or team.use_opportunities:
                raise ValidationError(
                    self.env._(
                        "The team “%(team)s” carries the projects of a hub: it cannot"
                        " take part in the sales pipeline. Use another team for sales.",
                        team=team.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        teams = super().create(vals_list)
        if any("is_hub_team" in vals for vals in vals_list):
            self.env.registry.clear_cache()
        return teams

    def write(self, vals):
        result = super().write(vals)
        if "is_hub_team" in vals:
            self.env.registry.clear_cache()
        return result

    @api.model
    @tools.ormcache()
    def _hub_team_ids(self):
        """Ids of the teams of all hubs, so that sales need no query to tell them."""
        teams = self.sudo().with_context(active_test=False)
        return frozenset(teams.search([("is_hub_team", "=", True)]).ids)

    @api.model
    def _get_default_team_id(self, user_id=False, domain=False):
        """A hub team is never proposed for a sale, even where it is the only team."""
        team = super()._get_default_team_id(user_id=user_id, domain=domain)
        if team.id not in self._hub_team_ids():
            return team
        return (
            self.with_context(hub_side="sales", default_team_id=False)
            .env["crm.team"]
            ._get_default_team_id(user_id=user_id, domain=domain)
            .with_env(self.env)
        )

    @api.model
    def _search(self, domain, *args, **kwargs):
        if self.env.context.get("hub_side") == "sales":
            domain = Domain(domain) & Domain("is_hub_team", "=", False)
        return super()._search(domain, *args, **kwargs)

    def _action_assign_leads(self, force_quota=False, creation_delta_days=7):
        """Automatic assignment is for sales teams only."""
        return super(
            CrmTeam, self.filtered(lambda team: not team.is_hub_team)
        )._action_assign_leads(
            force_quota=force_quota, creation_delta_days=creation_delta_days
        )

    def _alias_get_creation_values(self):
        """A message to a hub's address is a reception, not a sale."""
        values = super()._alias_get_creation_values()
        if self.id and self.is_hub_team:
            values["alias_name"] = False
        return values
