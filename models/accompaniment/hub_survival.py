from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..common.list_behind import open_list
from . import survival_query as query
from .hub_follow_up import ALIVE, MOMENTS

SURVIVAL = """
SELECT (found.company_id::bigint * 10000 + found.year::int) * 100
           + ltrim(found.moment, 'm')::int AS id,
       found.company_id, found.year, found.moment,
       count(*) AS created,
       count(*) FILTER (WHERE finding != 'not_due') AS reached,
       count(*) FILTER (WHERE finding IN ('active', 'transferred', 'stopped'))
           AS known,
       count(*) FILTER (WHERE finding IN %(alive)s) AS alive,
       count(*) FILTER (WHERE finding = 'unknown') AS unknown,
       count(*) FILTER (WHERE finding = 'not_asked') AS not_asked,
       100.0 * count(*) FILTER (WHERE finding IN %(alive)s) / NULLIF(
           count(*) FILTER (WHERE finding IN ('active', 'transferred', 'stopped')), 0
       )::float AS rate,
       COALESCE(sum(jobs_then) FILTER (
           WHERE finding IN ('active', 'transferred', 'stopped')), 0) AS jobs_then,
       COALESCE(sum(jobs_now) FILTER (WHERE finding IN %(alive)s), 0) AS jobs_now
  FROM found
GROUP BY found.company_id, found.year, found.moment"""
ANNIVERSARIES = """
SELECT moment, count(*) FILTER (WHERE finding IN ('active', 'transferred', 'stopped')),
       count(*) FILTER (WHERE finding IN %(alive)s)
  FROM found
 WHERE (moment, year) IN %(wanted)s
GROUP BY moment"""
FINDINGS_OF = {
    "created": None,
    "reached": ("active", "transferred", "stopped", "unknown", "not_asked"),
    "known": ("active", "transferred", "stopped"),
    "alive": ALIVE,
    "unknown": ("unknown",),
    "not_asked": ("not_asked",),
}


class HubSurvival(models.Model):
    """What became of the activities created in a year: how many are alive.

    An activity counts at a moment once that day has come. It is alive where it was
    found so (taken over by somebody else, it lives on), or stopped only later; once
    found stopped it counts as stopped at all later moments. The rate is of those
    whose fate is known; the others stand apart.
    """

    _name = "hub.survival"
    _description = "Survival of the activities created"
    _auto = False
    _check_company_auto = True
    _order = "year desc, moment, id"
    _depends = query.DEPENDS

    company_id = fields.Many2one("res.company", readonly=True)
    year = fields.Char(string="Year of creation", readonly=True)
    moment = fields.Selection(MOMENTS, readonly=True)
    created = fields.Integer(
        string="Activities created",
        readonly=True,
        aggregator=None,
        help="All those of the year, whether that day has come or not.",
    )
    reached = fields.Integer(
        string="Day has come",
        readonly=True,
        help="Activities for which this moment lies behind.",
    )
    known = fields.Integer(
        string="Fate known", readonly=True, help="Alive, taken over or stopped."
    )
    alive = fields.Integer(
        readonly=True, help="Found alive, or taken over by somebody else."
    )
    rate = fields.Float(
        string="Survival (%)",
        digits=(5, 1),
        readonly=True,
        aggregator="avg",
        help="Alive, of those whose fate is known.",
    )
    unknown = fields.Integer(
        string="Lost contact", readonly=True, help="Asked, and nobody could say."
    )
    not_asked = fields.Integer(
        string="Not asked yet",
        readonly=True,
        help="The day has come and nothing has been noted yet.",
    )
    jobs_then = fields.Integer(
        string="Jobs at start",
        readonly=True,
        help="Jobs among the outcomes of those projects whose fate is known.",
    )
    jobs_now = fields.Integer(
        string="Jobs then",
        readonly=True,
        help="People at work in the activities alive, as answered at that moment.",
    )

    @property
    def _table_query(self):
        return query.read_parts(self.env, SURVIVAL)

    def _count_alive(self, hub, years):
        """How many activities of a hub were alive, of those whose fate is known.

        :param years: year of creation of those that are looked at, ``{moment: year}``
        :return: ``{moment: (known, alive)}``
        """
        for model in query.DEPENDS:
            self.env[model].flush_model()
        of_years = SQL(
            "outcome.company_id = %s AND extract(year FROM outcome.date) IN %s",
            hub.id,
            tuple(years.values()),
        )
        wanted = tuple((moment, str(year)) for moment, year in years.items())
        rows = self.env.execute_query(
            query.read_parts(self.env, ANNIVERSARIES, only=of_years, wanted=wanted)
        )
        found = {moment: (known, alive) for moment, known, alive in rows}
        return {moment: found.get(moment, (0, 0)) for moment in years}

    def _compute_display_name(self):
        labels = dict(self._fields["moment"]._description_selection(self.env))
        for row in self:
            row.display_name = f"{row.year}, {labels.get(row.moment, '').lower()}"

    def _read_group_select(self, aggregate_spec, query):
        """The rate of several years is that of all their activities."""
        if aggregate_spec == "rate:avg":
            return SQL(
                "(100.0 * SUM(%(alive)s) / NULLIF(SUM(%(known)s), 0))::float",
                alive=self._field_to_sql(self._table, "alive", query),
                known=self._field_to_sql(self._table, "known", query),
            )
        return super()._read_group_select(aggregate_spec, query)

    def action_open_behind(self, number):
        """The activities behind a number.

        :param number: name of the field that shows it
        """
        self.ensure_one()
        self.check_access("read")
        if number not in FINDINGS_OF:
            raise UserError(self.env._("There is no list behind this number."))
        activities = self.env["hub.survival.activity"]
        if not activities.has_access("read"):
            raise AccessError(
                self.env._("Which projects stand behind a figure is for the team.")
            )
        domain = [("year", "=", self.year), ("company_id", "=", self.company_id.id)]
        if FINDINGS_OF[number]:
            domain.append((f"at_{self.moment}", "in", FINDINGS_OF[number]))
        return open_list(
            self,
            "solidarity_hub.hub_survival_activity_action",
            activities.search(domain).ids,
            self.display_name,
            number,
        )
