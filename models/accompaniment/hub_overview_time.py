from odoo import api, fields, models
from odoo.fields import Domain

# Those who see what the year is worth, and no one's time.
FIGURES_ONLY = "solidarity_hub.group_hub_board,solidarity_hub.group_hub_finance"


class HubOverview(models.AbstractModel):
    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        user = self.env.user
        if user.has_group("solidarity_hub.group_hub_adviser"):
            figures += self._prepare_list_figure(
                "hours_to_validate",
                self.env._("Hours to validate"),
                "solidarity_hub.hub_volunteer_hours_action",
                Domain("state", "=", "draft"),
                78,
            )
        if user.has_groups(FIGURES_ONLY):
            figures += self._time_figures()
        return figures

    @api.model
    def _time_figures(self):
        """Hours and value that volunteers gave this year, once there are some."""
        company = self.env.company
        first = fields.Date.context_today(self).replace(month=1, day=1)
        domain = (
            Domain("company_id", "=", company.id)
            & Domain("date", ">=", first)
            & Domain("state", "=", "validated")
            & Domain("role_kind", "!=", "employee")
        )
        hours = self.env["hub.volunteer.hours"]
        [(total, value)] = hours.sudo()._read_group(
            domain, [], ["hours:sum", "value:sum"]
        )
        if not total:
            return []
        action = hours.has_access("read") and self._get_action(
            "solidarity_hub.hub_volunteer_hours_year_action", "read"
        )
        if action:
            action.update(domain=list(domain), path=False)
        given = self.env._("Hours given by volunteers this year")
        worth = self.env._("What these hours are worth")
        money = company.currency_id.format(value)
        figures = [self._prepare_figure("hours_year", given, round(total), action, 150)]
        if value:
            figures.append(
                self._prepare_figure("hours_year_value", worth, money, action, 151)
            )
        return figures
