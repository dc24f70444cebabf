import json

from odoo import api, fields, models

from ...reports.print_words import long_date


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
        {"state", "version", "previous_id", "threshold", "computed_on"}
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
        compute="_compute_definition", help="What was counted, and how."
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

    @api.depends("year", "set_id", "threshold", "frozen_json")
    def _compute_definition(self):
        """As it was validated; until then, as it would be."""
        for record in self:
            kept = record.frozen_json and json.loads(record.frozen_json)
            record.definition = (
                kept["definition"]
                if kept
                else record.with_context(lang=record.lang)._definition()
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
            "definition": record._definition(),
            "figures": [line._frozen_values() for line in record.line_ids],
        }

    def _print_computed(self):
        if not self.computed_on:
            return ""
        day = fields.Date.context_today(self, self.computed_on)
        return self.env._("Figures of %(date)s.", date=long_date(self.env, day))
