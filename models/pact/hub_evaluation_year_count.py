from collections import Counter

from odoo import api, fields, models
from odoo.fields import Command, Domain

from ...reports.print_words import long_date
from ...tools.small_groups import shown_cells


class HubEvaluationYear(models.Model):
    """How the figures of a year are counted, and which of them are shown."""

    _inherit = "hub.evaluation.year"

    def action_compute(self):
        """Count again what is agreed by now."""
        self.check_access("write")
        for record in self:
            if record.state != "draft":
                record._check_not_frozen(dict.fromkeys(record._frozen_fields()))
            record._count()

    def _count(self):
        threshold = self.company_id.hub_small_group
        figures = self._figures()
        lines = [
            vals
            for indicator in self._counted_indicators()
            for vals in self._indicator_lines(
                indicator, figures.get(indicator.id, {}), threshold
            )
        ]
        self.sudo().write(
            {
                "line_ids": [Command.clear(), *(Command.create(v) for v in lines)],
                "threshold": threshold,
                "computed_on": fields.Datetime.now(),
            }
        )

    def _counted_indicators(self):
        indicators = self.set_id.with_context(active_test=False).indicator_ids
        if not self.set_id:
            pacts = Domain("target", "=", "pact")
            indicators = self.env["hub.indicator"].search(pacts)
        return indicators.filtered(lambda i: i.kind != "text").sorted(
            lambda i: (i.sequence, i.id)
        )

    def _figures(self):
        """The last figures of the year, ``{indicator id: {subject: row}}``.

        A project with two pacts counts once, with what was agreed last.
        """
        rows = (
            self.env["hub.evaluation.report"]
            .sudo()
            .search_read(
                Domain("company_id", "=", self.company_id.id)
                & Domain("year", "=", self.year)
                & Domain("is_last", "=", True)
                & Domain("has_start", "=", True),
                [
                    "indicator_id",
                    "subject",
                    "project_kind",
                    "territory_id",
                    "start_figure",
                    "figure",
                ],
                order="date, id",
            )
        )
        areas = self._areas(rows)
        figures = {}
        for row in rows:
            row["area"] = areas[row["territory_id"] and row["territory_id"][0]]
            figures.setdefault(row["indicator_id"][0], {})[row["subject"]] = row
        return figures

    def _areas(self, rows):
        """A commune counts with those around it: few projects are of one commune.

        :return: ``{territory id: id of the territory it counts for}``
        """
        areas = {False: False}
        ids = {row["territory_id"][0] for row in rows if row["territory_id"]}
        for territory in self.env["hub.territory"].browse(ids):
            wider = territory.kind == "commune" and territory.parent_id
            areas[territory.id] = (wider or territory).id
        return areas

    def _indicator_lines(self, indicator, rows, threshold):
        """All, by kind of project, by territory; nothing of a small group."""
        rows = list(rows.values())
        counts = Counter((row["project_kind"], row["area"]) for row in rows)
        shown = shown_cells(counts, threshold)
        yield self._line_vals(indicator, rows, shown.total, breakdown="total")
        if shown.total:
            yield from self._breakdown_lines(
                indicator, "project_kind", rows, shown.rows, lambda kind: kind
            )
            yield from self._breakdown_lines(
                indicator,
                "territory",
                rows,
                shown.columns,
                lambda area: self.env["hub.territory"].browse(area).name,
            )

    def _breakdown_lines(self, indicator, breakdown, rows, shown, name_of):
        """Groups that may be shown, then all others together: what they come to is
        the total less the groups shown, and never a small group."""
        column = "area" if breakdown == "territory" else breakdown
        groups = {}
        for row in rows:
            groups.setdefault(row[column], []).append(row)
        names = {key: key and name_of(key) for key in shown}
        for key in sorted(shown, key=lambda key: names[key] or ""):
            yield self._line_vals(
                indicator,
                groups[key],
                True,
                breakdown=breakdown,
                group=names[key],
                part="one" if key else "unsaid",
            )
        others = [row for key in groups.keys() - shown for row in groups[key]]
        if others:
            yield self._line_vals(
                indicator, others, bool(shown), breakdown=breakdown, part="others"
            )

    @api.model
    def _line_vals(self, indicator, rows, shown, **vals):
        vals |= {"indicator_id": indicator.id, "hidden": not shown}
        if not shown:
            return vals
        digits = 2 if indicator.kind == "yes_no" else 1
        count = len(rows)
        start = round(sum(row["start_figure"] for row in rows) / count, digits)
        last = round(sum(row["figure"] for row in rows) / count, digits)
        return {
            **vals,
            "count": count,
            "start_mean": start,
            "last_mean": last,
            "change_mean": round(last - start, digits),
        }

    def _definition(self):
        """What the figures are, said once for the screen and for print."""
        parts = [
            self.env._(
                "Projects whose holder and pair agreed on an evaluation in %(year)s,"
                " and for which there is a start: the starting point of the contract,"
                " or else the first evaluation agreed. Each project counts once, with"
                " what was agreed last in the year.",
                year=str(self.year),
            ),
            self.env._(
                "Figures are averages: of the figures agreed, of the steps of a scale"
                " (1 is the lowest), of the share of yes. Words are not counted."
            ),
            self.env._(
                "A group of fewer than %(count)s projects is not shown, nor whatever"
                " would let its figures be worked out.",
                count=self.threshold,
            ),
        ]
        if self.set_id:
            parts.append(
                self.env._(
                    "Indicators: %(set)s, validated on %(date)s.",
                    set=self.set_id.display_name,
                    date=long_date(self.env, self.set_id.validated_on),
                )
            )
        return "\n".join(parts)
