from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

MONTHS = 12
YEARS = 5
CREATED = ("activity_created", "job", "training")


class HubOverview(models.AbstractModel):
    """How receptions, projects and what became of them move."""

    _inherit = "hub.overview"

    @api.model
    def _get_trends(self):
        return [
            *super()._get_trends(),
            self._trend_receptions(),
            self._trend_phases(),
            self._trend_outcomes(),
        ]

    @api.model
    def _trend_receptions(self):
        domain = self._get_projects_domain()
        return self._prepare_monthly_trend(
            "receptions",
            self.env._("People received, month by month"),
            "crm.lead",
            domain,
            "hub_reception_date",
            "__count",
            "solidarity_hub.crm_lead_action_hub",
        )

    @api.model
    def _trend_phases(self):
        """Projects under way, by the step of the path they stand at."""
        domain = self._get_projects_domain() & Domain(
            "stage_id.hub_phase", "!=", "closed"
        )
        groups = (
            self.env["crm.lead"].sudo()._read_group(domain, ["stage_id"], ["__count"])
        )
        return {
            "key": "phases",
            "label": self.env._("Projects under way, by step of the path"),
            "kind": "bar",
            "labels": [stage.name for stage, _count in groups],
            "series": [
                {
                    "label": self.env._("Projects"),
                    "values": [count for _stage, count in groups],
                }
            ],
            "action": self._trend_action("solidarity_hub.crm_lead_action_hub", domain),
        }

    @api.model
    def _trend_outcomes(self):
        """Activities created, jobs and trainings of the last years."""
        last = fields.Date.context_today(self).year
        years = list(range(last - YEARS + 1, last + 1))
        outcomes = self.env["hub.outcome"]
        groups = outcomes.sudo()._read_group(
            Domain("company_id", "in", self.env.companies.ids)
            & Domain("kind", "in", CREATED)
            & Domain("date", ">=", f"{years[0]}-01-01")
            & Domain("date", "<=", f"{years[-1]}-12-31"),
            ["date:year", "kind"],
            ["quantity:sum"],
        )
        sums = {(first.year, kind): total for first, kind, total in groups}
        kinds = dict(outcomes._fields["kind"]._description_selection(self.env))
        return {
            "key": "outcomes",
            "label": self.env._("Activities created, jobs and trainings, by year"),
            "kind": "bar",
            "labels": [str(year) for year in years],
            "series": [
                {
                    "label": kinds[kind],
                    "values": [sums.get((year, kind), 0) for year in years],
                }
                for kind in CREATED
            ],
            "action": False,
        }

    # ------------------------------------------------------------
    # For every area
    # ------------------------------------------------------------

    @api.model
    def _prepare_monthly_trend(self, key, label, model, domain, day, measure, action):
        """The last twelve months, this one included, beside the twelve before.

        :param day: name of the date field
        :param measure: what is summed, as for ``_read_group``
        """
        this_month = fields.Date.context_today(self).replace(day=1)
        first = this_month - relativedelta(months=2 * MONTHS - 1)
        after = this_month + relativedelta(months=1)
        domain = Domain(domain) & Domain(day, ">=", first) & Domain(day, "<", after)
        groups = self.env[model].sudo()._read_group(domain, [f"{day}:month"], [measure])
        sums = dict(groups)
        months = [first + relativedelta(months=index) for index in range(2 * MONTHS)]
        values = [round(sums.get(month, 0)) for month in months]
        before, latest = values[:MONTHS], values[MONTHS:]
        since = months[MONTHS]
        return {
            "key": key,
            "label": label,
            "kind": "line",
            "labels": [
                format_date(self.env, month, date_format="MMM yy")
                for month in months[MONTHS:]
            ],
            "series": [
                {"label": self.env._("Last 12 months"), "values": latest},
                {"label": self.env._("The 12 months before"), "values": before},
            ],
            "action": self._trend_action(action, domain & Domain(day, ">=", since)),
        }

    @api.model
    def _trend_action(self, action, domain):
        """The list behind a curve, for the team."""
        if not self.env.user.has_group("solidarity_hub.group_hub_adviser"):
            return False
        action = self._get_action(action, "read")
        return action and dict(action, domain=list(domain), path=False)
