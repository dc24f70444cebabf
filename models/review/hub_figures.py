from dataclasses import dataclass

from odoo import api, fields, models

from . import figures_totals
from .figures_read import one_period


@dataclass(frozen=True)
class Figure:
    """A figure of the year: what it is called, what it counts, where it stands."""

    code: str  # series and name: "person.received"
    section: str
    label: str
    definition: str
    level: int = 0  # 1: "of which"
    digits: int = 0
    unit: str = ""
    # the list behind it: reference of an action, domain without the year
    behind: tuple = ()
    years_back: int = 0  # the list is of rows of that many years before

    @property
    def series(self):
        return self.code.partition(".")[0]


class HubFigures(models.AbstractModel):
    """The figures of a hub in a period, each with its definition.

    Areas extend :meth:`_catalogue` (which figures there are) and :meth:`_values` (how
    many). People, projects and structures of the DLA are series of their own: no
    figure of one is ever compared with, or added to, one of another.
    """

    _name = "hub.figures"
    _description = "Figures of a hub"

    @api.model
    def _sections(self):
        """Parts of a report, in its order: ``{key: title}``."""
        return {
            "person": self.env._("People received and accompanied"),
            "project": self.env._("Projects accompanied"),
            "structure": self.env._("Structures accompanied by the DLA"),
        }

    @api.model
    def _series_labels(self):
        """What is counted: ``{series: plural}``."""
        return {
            "person": self.env._("Persons"),
            "project": self.env._("Projects"),
            "structure": self.env._("Structures (DLA)"),
        }

    @api.model
    def _catalogue(self, hub):
        """Figures of this hub in the order of a report, in the language at hand.

        :return: list of :class:`Figure`
        """
        return []

    @api.model
    def _figure(self, hub, code):
        """The figure of this code, or nothing."""
        return next((f for f in self._catalogue(hub) if f.code == code), None)

    @api.model
    def _selection(self):
        """Figures that can be chosen when an earlier year is typed in."""
        series = self._series_labels()
        return [
            (figure.code, f"{series.get(figure.series, '')}: {figure.label}")
            for figure in self._catalogue(self.env.company)
        ]

    @api.model
    def _values(self, hub, start, end, programmes=()):
        """How many: ``({code: number}, {part: query})``.

        Areas add their own; the queries are kept with the frozen figures.

        :param hub: the company
        :param start: first day
        :param end: last day, included
        :param programmes: ids of programmes; only what counts under one of them
        """
        sql = figures_totals.read_totals(one_period(hub, start, end), start, programmes)
        self._flush_paths()
        self.env.cr.execute(sql)
        row = self.env.cr.dictfetchone()
        values = {
            f"{series}.{name}": number
            for series in ("person", "project", "structure")
            for name, number in row[series].items()
        }
        values |= {
            "person.new": row["reception"]["new"],
            "person.anonymous": row["reception"]["anonymous"],
            "person.organisations": row["reception"]["organisations"],
        }
        values["person.received"] += values["person.anonymous"]
        return values, {"paths": self._query_text(sql)}

    @api.model
    def _compute(self, hub, start, end, programmes=(), known=None):
        """Figures with their numbers, ``[(figure, number)]``, and the queries.

        :param known: numbers of figures that are not read from the records
        """
        start, end = map(fields.Date.to_date, (start, end))
        values, queries = self._values(hub, start, end, programmes)
        values |= known or {}
        known = [
            (figure, values[figure.code])
            for figure in self._catalogue(hub)
            if figure.code in values
        ]
        return known, queries

    @api.model
    def _query_text(self, sql):
        """The query as the database received it, to be run again by anybody."""
        return self.env.cr.mogrify(sql).decode()

    @api.model
    def _flush_paths(self):
        """What people have just noted counts."""
        for model in (
            "crm.lead",
            "event.event",
            "event.registration",
            "hub.interview",
            "hub.outcome",
            "hub.pact",
            "hub.pairing",
            "hub.path.step",
            "hub.project.holder",
            "hub.situation",
            "res.partner",
        ):
            self.env[model].flush_model()
