from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang

from ...reports.print_words import long_date
from ...tools.bar_chart import Bars
from ...tools.progress_chart import Chart, figure_axis

OUTCOMES = ("with_activity", "with_job", "with_training", "continuing", "other")
# Figures that are drawn over the years, each with its own axis.
DRAWN = (
    "person.received",
    "person.accompanied",
    "project.accompanied",
    "project.activities",
    "project.jobs",
    "network.volunteers",
)
YEARS = 6


class HubAnnualReview(models.Model):
    """What the printed review and its spreadsheet show, in the order of a report."""

    _inherit = "hub.annual.review"

    years_html = fields.Html(
        string="Years side by side",
        compute="_compute_years_html",
        compute_sudo=False,
        sanitize=False,
    )

    @api.depends("figure_ids.value", "year", "company_id")
    @api.depends_context("lang")
    def _compute_years_html(self):
        for review in self:
            record = review._origin
            years, rows, _pictures = record._print_years() if record else ([], [], [])
            review.years_html = rows and self.env["ir.qweb"]._render(
                "solidarity_hub.annual_review_years_table", {"over": (years, rows)}
            )

    def _print_sections(self):
        """``[(title, figures)]``."""
        self.ensure_one()
        titles = self.env["hub.figures"]._sections()
        by_section = self.figure_ids.grouped("section")
        known = [(titles[key], by_section[key]) for key in titles if key in by_section]
        rest = self.figure_ids.filtered(lambda line: line.section not in titles)
        return [*known, (self.env._("Other figures"), rest)] if rest else known

    def _print_key_figures(self):
        """What one reads first."""
        wanted = (
            "person.received",
            "person.accompanied",
            "project.accompanied",
            "project.activities",
            "project.jobs",
        )
        known = {line.code: line for line in self.figure_ids}
        return [known[code] for code in wanted if code in known]

    def _print_breakdowns(self):
        """Each figure broken down: ``[{title, parts, silent}]``; ``silent`` names the
        breakdowns of which nothing may be published."""
        self.ensure_one()
        found = []
        for lines in self.breakdown_ids.grouped("base").values():
            by_dimension = lines.grouped("dimension_label")
            shown = {
                by: rows
                for by, rows in by_dimension.items()
                if not all(rows.mapped("hidden"))
            }
            parts = [
                {"by": by, "rows": rows, "picture": self._picture_of(by, rows)}
                for by, rows in shown.items()
            ]
            found.append(
                {
                    "title": lines[:1].base_label,
                    "parts": parts,
                    "silent": [by for by in by_dimension if by not in shown],
                }
            )
        return found

    def _picture_of(self, title, rows):
        shown = rows.filtered(lambda row: not row.hidden)
        bars = [(row.group_label, row.count, str(row.count)) for row in shown]
        if len(bars) < 2:
            return ""
        marked = frozenset(
            row.group_label for row in shown if row.part in ("others", "unsaid")
        )
        told = ", ".join(f"{label}: {count}" for label, _value, count in bars)
        return Markup(Bars(title, told, bars, marked, width=400).svg())

    def _print_outcomes(self):
        """What became of those accompanied, one picture a series."""
        self.ensure_one()
        known = {line.code: line for line in self.figure_ids}
        labels = self.env["hub.figures"]._series_labels()
        pictures = []
        for series in ("person", "project", "structure"):
            lines = [known.get(f"{series}.{name}") for name in OUTCOMES]
            bars = [(one.name, one.value, one.value_label) for one in lines if one]
            if len(bars) < 2 or not any(value for _name, value, _text in bars):
                continue
            other = known.get(f"{series}.other")
            told = ", ".join(f"{label}: {text}" for label, _value, text in bars)
            title = self.env._(
                "What became of those accompanied: %(series)s",
                series=labels[series].lower(),
            )
            marked = frozenset({other.name} if other else ())
            picture = Markup(Bars(title, told, bars, marked).svg())
            pictures.append({"section": series, "title": title, "picture": picture})
        return pictures

    def _print_years(self):
        """The same figures in the years published before: ``(years, rows, pictures)``.

        A row holds one figure of one series; a year without it stays empty.
        """
        self.ensure_one()
        reviews = self._years_side_by_side()
        if len(reviews) < 2:
            return [], [], []
        found = {
            (line.code, line.review_id.year): line
            for line in reviews.figure_ids.filtered("code")
        }
        years = reviews.mapped("year")
        rows, pictures = [], []
        for line in self.figure_ids.filtered("code"):
            cells = [found.get((line.code, year)) for year in years]
            if sum(1 for cell in cells if cell) < 2:
                continue
            rows.append(
                {
                    "figure": line,
                    "cells": [cell.value_label if cell else "" for cell in cells],
                }
            )
            if line.code in DRAWN:
                pictures.append(self._picture_over_years(line, years, cells))
        return years, rows, pictures

    def _years_side_by_side(self):
        """This review and the published ones of the years before."""
        earlier = self.search(
            Domain("company_id", "=", self.company_id.id)
            & Domain("state", "=", "validated")
            & Domain("year", "<", self.year),
            order="year desc",
            limit=YEARS - 1,
        )
        return (earlier | self).sorted("year")

    def _picture_over_years(self, line, years, cells):
        points = [
            (str(year), cell.value)
            for year, cell in zip(years, cells, strict=True)
            if cell
        ]
        low, high, ticks = figure_axis([value for _year, value in points])
        series = dict(line._fields["series"]._description_selection(self.env))
        title = f"{line.name} ({series.get(line.series, '').lower()})"
        told = ", ".join(f"{year}: {line._written(value)}" for year, value in points)
        chart = Chart(
            title,
            told,
            points,
            low,
            high,
            [(tick, formatLang(self.env, tick, digits=0)) for tick in ticks],
            width=230,
            height=105,
        )
        return {"title": title, "picture": Markup(chart.svg())}

    def _print_points(self):
        """Findings and proposals, ``[(title, points)]``."""
        kinds = self.env["hub.review.point"]._fields["kind"]
        by_kind = self.point_ids.grouped("kind")
        return [
            (label, by_kind[kind])
            for kind, label in kinds._description_selection(self.env)
            if kind in by_kind
        ]

    def _print_validation(self):
        if self.origin == "typed":
            return self.env._("Figures as published at the time, typed in afterwards.")
        if self.state == "draft":
            return self.env._("In preparation: not published yet.")
        where = self.place and self.env._("place: %(place)s", place=self.place)
        said = self.env._(
            "Participatory review held on %(date)s",
            date=long_date(self.env, self.validated_on),
        )
        return ", ".join(filter(None, [said, where])) + "."

    def _print_counted(self):
        """When and how the figures were counted."""
        if not self.computed_on:
            return ""
        day = fields.Date.context_today(self, self.computed_on)
        return self.env._(
            "Counted on %(date)s, over the civil year. Groups of fewer than %(count)s"
            " are not published, nor anything from which they could be worked out."
            " Projects, persons and structures are series of their own: they are never"
            " added or compared.",
            date=long_date(self.env, day),
            count=self.threshold,
        )
