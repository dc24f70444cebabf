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
                85,
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
        labels = (
            ("hours_year", self.env._("Hours given by volunteers this year")),
            ("hours_year_value", self.env._("What these hours are worth")),
        )
        shown = round(total), company.currency_id.format(value)
        return [
            self._prepare_figure(key, label, number, action, 150 + index)
            for index, ((key, label), number) in enumerate(
                zip(labels, shown, strict=True)
            )
            if index == 0 or value
        ]
