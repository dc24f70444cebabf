from odoo import api, fields, models
from odoo.fields import Command, Domain

from ...reports.print_words import long_date
from ...tools.small_groups import shown_cells


class HubEvaluationYear(models.Model):
    """What the evaluations of a year show together, without any person's line.

    Only what may be published is kept here: a small group is hidden, and so is what
    would let one be worked out from the rest.
    """

    _name = "hub.evaluation.year"
    _description = "Evaluations of a year"
    _inherit = ["hub.college.validation.mixin"]
    _order = "year desc, version desc, id desc"
    _check_company_auto = True
    _validation_report = "solidarity_hub.report_evaluation_year"
    _guarded_fields = frozenset(
        {"state", "version", "previous_id", "threshold", "computed_on", "definition"}
    )

    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: fields.Date.context_today(self).year - 1,
    )
    previous_id = fields.Many2one(
        "hub.evaluation.year",
        string="Version before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    set_id = fields.Many2one(
        "hub.indicator.set",
        string="Set of indicators",
        compute="_compute_set_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        check_company=True,
        domain=[("state", "!=", "draft")],
        help="Only its indicators are counted; all of them where no set is validated.",
    )
    line_ids = fields.One2many(
        "hub.evaluation.year.line", "year_id", string="Figures", copy=False
    )
    threshold = fields.Integer(
        string="Smallest group", copy=False, readonly=True, aggregator=None
    )
    computed_on = fields.Datetime(string="Figures of", copy=False, readonly=True)
    definition = fields.Text(
        copy=False, readonly=True, help="What was counted, and how."
    )

    _year_plausible = models.Constraint(
        "CHECK(year BETWEEN 1990 AND 2200)", "Write the year with its four digits."
    )
    _once = models.UniqueIndex(
        "(company_id, year, version)",
        "This year has an aggregate of this version already: open it, or prepare a new"
        " version of the validated one.",
    )

    @api.depends("year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for record in self:
            record.display_name = record.year and self.env._(
                "Evaluations of %(year)s", year=str(record.year)
            )

    @api.depends("year", "company_id")
    def _compute_set_id(self):
        sets = self.env["hub.indicator.set"]
        for record in self:
            if record.year and record.company_id and 1990 <= record.year <= 2200:
                end = fields.Date.to_date(f"{record.year}-12-31")
                record.set_id = sets._current(record.company_id, end)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.action_compute()
        return records

    def write(self, vals):
        result = super().write(vals)
        if {"year", "set_id", "lang"} & set(vals):
            self.filtered(lambda r: r.state == "draft").action_compute()
        return result

    def action_compute(self):
        """Count again what is agreed by now."""
        self.check_access("write")
        for record in self:
            if record.state != "draft":
                record._check_not_frozen(dict.fromkeys(record._frozen_fields()))
            record.with_context(lang=record.lang)._count()

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
                "definition": self._definition(threshold),
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
        figures = {}
        for row in rows:
            figures.setdefault(row["indicator_id"][0], {})[row["subject"]] = row
        return figures

    def _indicator_lines(self, indicator, rows, threshold):
        """All, by kind of project, by territory; nothing of a small group."""
        cells = {}
        for row in rows.values():
            territory = row["territory_id"] and row["territory_id"][0]
            cells.setdefault((row["project_kind"], territory), []).append(row)
        shown = shown_cells(
            {cell: len(found) for cell, found in cells.items()}, threshold
        )
        labels = self._kind_labels()
        yield self._line_vals(indicator, "total", "", rows.values(), shown.total)
        for kind in sorted({kind for kind, _t in cells}, key=str):
            found = [r for (k, _t), some in cells.items() if k == kind for r in some]
            name = labels.get(kind) or self.env._("Not said")
            yield self._line_vals(
                indicator, "project_kind", name, found, kind in shown.rows
            )
        names = {r["territory_id"][0]: r["territory_id"][1]
                 for r in rows.values() if r["territory_id"]}  # fmt: skip
        for territory in sorted({t for _k, t in cells}, key=lambda t: names.get(t, "")):
            found = [r for (_k, t), some in cells.items() if t == territory
                     for r in some]  # fmt: skip
            name = names.get(territory) or self.env._("Not said")
            yield self._line_vals(
                indicator, "territory", name, found, territory in shown.columns
            )

    def _kind_labels(self):
        kinds = self.env["hub.evaluation.report"]._fields["project_kind"]
        return dict(kinds._description_selection(self.env))

    @api.model
    def _line_vals(self, indicator, breakdown, group, rows, shown):
        vals = {
            "indicator_id": indicator.id,
            "breakdown": breakdown,
            "group": group,
            "hidden": not shown,
        }
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

    def _definition(self, threshold):
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
                count=threshold,
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

    def _validation_requirements(self):
        ended = self.year < fields.Date.context_today(self).year
        shown = self.line_ids.filtered(lambda line: not line.hidden)
        return [
            *super()._validation_requirements(),
            (ended, self.env._("the end of the year")),
            (bool(shown), self.env._("at least one figure that may be shown")),
        ]

    def _frozen_fields(self):
        return super()._frozen_fields() | {
            "year",
            "set_id",
            "line_ids",
            "threshold",
            "computed_on",
            "definition",
        }

    def _frozen_payload(self):
        self.ensure_one()
        record = self.with_context(lang=self.lang)
        return {
            **record._validation_payload(),
            "year": record.year,
            "set": record.set_id.display_name or "",
            "computed_on": record.computed_on,
            "threshold": record.threshold,
            "definition": record.definition or "",
            "figures": [line._frozen_values() for line in record.line_ids],
        }

    def _print_computed(self):
        if not self.computed_on:
            return ""
        day = fields.Date.context_today(self, self.computed_on)
        return self.env._("Figures of %(date)s.", date=long_date(self.env, day))
