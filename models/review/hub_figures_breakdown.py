from odoo import api, models
from odoo.tools import SQL

from ...tools.breakdowns import shown_groups
from . import figures_query as query
from .figures_read import one_period, read_paths
from .figures_rows import PARTS, PERSON_ROWS, PROJECT_ROWS, STANDING
from .hub_project_holder import AGE_BAND

# What is published of people and of projects, one breakdown each.
DIMENSIONS = {
    "person": (
        "gender",
        "age_band",
        "status",
        "residence_zone",
        "area_id",
        "zone",
        "referral",
        "public",
    ),
    "project": (
        "kind",
        "entry",
        "industry_id",
        "legal_form",
        "area_id",
        "zone",
        "referral",
        "place",
    ),
}
REPORTS = {"person": "hub.person.report", "project": "hub.project.report"}


class HubFigures(models.AbstractModel):
    """Breakdowns of those accompanied, with no small group in what is published."""

    _inherit = "hub.figures"

    @api.model
    def _breakdowns(self, hub, start, end, programmes=()):
        """What may be published of each breakdown.

        :return: ``([{base, dimension, group, part, count, hidden}], queries)``;
            ``part`` is ``one`` group, those for whom nothing is said (``unsaid``) or
            all ``others`` together
        """
        self._flush_paths()
        threshold = hub.hub_small_group
        lines, queries = [], {}
        for series, dimensions in DIMENSIONS.items():
            columns = (*dimensions, "result", "other", "continuing")
            sql = self._profiles_query(hub, start, end, programmes, series, columns)
            queries[f"breakdowns_{series}"] = self._query_text(sql)
            self.env.cr.execute(sql)
            rows = self.env.cr.fetchall()
            width = len(dimensions)
            lines += self._lines_of(
                f"{series}.accompanied",
                dimensions,
                [(row[:width], row[-1]) for row in rows],
                threshold,
            )
            lines += self._lines_of(
                f"{series}.other",
                ("result",),
                [((row[width],), row[-1]) for row in rows if row[width + 1]],
                threshold,
            )
        return lines, queries

    @api.model
    def _profiles_query(self, hub, start, end, programmes, series, columns):
        """How many of those accompanied share each profile."""
        select, values = PROJECT_ROWS, {"outcome": query.OUTCOME}
        if series == "person":
            select, values = PERSON_ROWS, {"age_band": SQL(AGE_BAND)}
        names = SQL(", ").join(SQL.identifier(name) for name in columns)
        apart = SQL("TRUE") if series == "person" else SQL("NOT is_dla")
        rows = SQL(select, standing=SQL(STANDING), **values)
        return read_paths(
            "SELECT %(names)s, count(*) FROM (%(rows)s) row"
            " WHERE accompanied = 1 AND %(apart)s GROUP BY %(names)s",
            one_period(hub, start, end),
            programmes=programmes,
            parts=PARTS,
            names=names,
            rows=rows,
            apart=apart,
        )

    @api.model
    def _lines_of(self, base, dimensions, rows, threshold):
        """The groups that may be shown, then all others together."""
        profiles = {}
        for profile, number in rows:
            profiles[profile] = profiles.get(profile, 0) + number
        if not profiles:
            return []
        shown = shown_groups(profiles, threshold)
        lines = []
        for place, dimension in enumerate(dimensions):
            counts = {}
            for profile, number in profiles.items():
                group = profile[place]
                counts[group] = counts.get(group, 0) + number
            known = shown[place] if shown is not None else frozenset()
            if set(counts) == {None}:
                continue  # nobody was asked
            lines += [
                {
                    "base": base,
                    "dimension": dimension,
                    "group": group,
                    "part": "unsaid" if group is None else "one",
                    "count": counts[group],
                    "hidden": False,
                }
                for group in sorted(known, key=lambda one: (-counts[one], str(one)))
            ]
            rest = sum(n for group, n in counts.items() if group not in known)
            if rest:
                lines.append(
                    {
                        "base": base,
                        "dimension": dimension,
                        "group": None,
                        "part": "others",
                        "count": rest if known else 0,
                        "hidden": not known,
                    }
                )
        return lines

    @api.model
    def _dimension_label(self, base, dimension):
        """Name of a breakdown in the language at hand."""
        report = self.env[REPORTS[base.partition(".")[0]]]
        return report._fields[dimension]._description_string(self.env)

    @api.model
    def _group_labels(self, base, dimension, groups):
        """Names of groups, ``{group: label}``, in the language at hand."""
        field = self.env[REPORTS[base.partition(".")[0]]]._fields[dimension]
        if field.type == "many2one":
            records = self.env[field.comodel_name].sudo().browse(filter(None, groups))
            names = {r.id: r.display_name for r in records.exists()}
        elif field.type == "selection":
            names = dict(field._description_selection(self.env))
        else:
            names = {}
        return {group: names.get(group, group or "") for group in groups}
