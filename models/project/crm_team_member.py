from odoo import api, models
from odoo.exceptions import ValidationError


class CrmTeamMember(models.Model):
    _inherit = "crm.team.member"

    @api.constrains("crm_team_id")
    def _check_not_in_hub_team(self):
        for member in self.filtered("crm_team_id.is_hub_team"):
            raise ValidationError(
                self.env._(
                    "%(user)s cannot be a salesperson of “%(team)s”: this team carries"
                    " the hub's projects. Rights on them are given by the groups of the"
                    " hub.",
                    user=member.user_id.name,
                    team=member.crm_team_id.name,
                )
            )
