from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import formatLang

from .hub_annual_review_figures import figure_vals

KEPT = {"code", "section", "name", "definition", "level", "digits", "unit"}


class HubReviewFigure(models.Model):
    """One figure of a year: what was counted, what was corrected beside it, how it
    moved since another year, and what it means."""

    _name = "hub.review.figure"
    _description = "Figure of a review"
    _inherit = ["hub.guard.mixin", "hub.frozen.line.mixin"]
    _order = "review_id, sequence, id"
    _check_company_auto = True
    _frozen_parent = "review_id"
    _guarded_fields = frozenset(
        {"computed_value", "is_computed", "is_derived", "base_found"}
    )

    review_id = fields.Many2one(
        "hub.annual.review",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="review_id.company_id", store=True, precompute=True, index=True
    )
    year = fields.Integer(
        related="review_id.year", store=True, precompute=True, aggregator=None
    )
    state = fields.Selection(related="review_id.state", store=True, precompute=True)
    sequence = fields.Integer(default=400)
    code = fields.Selection(
        selection="_selection_code",
        string="Figure",
        help="Empty: a figure of your own, with its name and its definition.",
    )
    section = fields.Char(
        compute="_compute_words", store=True, precompute=True, readonly=False
    )
    series = fields.Selection(
        selection="_selection_series",
        string="What is counted",
        compute="_compute_series",
        store=True,
        precompute=True,
    )
    name = fields.Char(
        compute="_compute_words",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    definition = fields.Text(
        compute="_compute_words", store=True, precompute=True, readonly=False
    )
    level = fields.Integer(
        compute="_compute_words",
        store=True,
        precompute=True,
        readonly=False,
        aggregator=None,
    )
    digits = fields.Integer(
        compute="_compute_words",
        store=True,
        precompute=True,
        readonly=False,
        aggregator=None,
    )
    unit = fields.Char(
        compute="_compute_words", store=True, precompute=True, readonly=False
    )
    is_computed = fields.Boolean(string="Counted by the hub", readonly=True)
    is_derived = fields.Boolean(string="Worked out from the others", readonly=True)
    computed_value = fields.Float(string="Counted", readonly=True, aggregator=None)
    is_corrected = fields.Boolean(string="Corrected")
    typed_value = fields.Float(string="Corrected or typed in", aggregator=None)
    reason = fields.Char(string="Why it is corrected")
    value = fields.Float(
        string="Published",
        compute="_compute_value",
        store=True,
        precompute=True,
    )
    base_year = fields.Integer(string="Base: year", aggregator=None)
    base_value = fields.Float(string="Base: figure", aggregator=None)
    base_found = fields.Boolean(
        string="Base of the review compared with", readonly=True
    )
    evolution = fields.Float(
        string="Evolution (%)",
        compute="_compute_evolution",
        store=True,
        precompute=True,
        aggregator=None,
    )
    value_label = fields.Char(string="Figure as printed", compute="_compute_labels")
    evolution_label = fields.Char(
        string="Evolution and its base", compute="_compute_labels"
    )

    _once = models.UniqueIndex(
        "(review_id, code) WHERE code IS NOT NULL",
        "This figure is already in the review: change it there.",
    )

    @api.model
    def _selection_code(self):
        return self.env["hub.figures"]._selection()

    @api.model
    def _selection_series(self):
        return list(self.env["hub.figures"]._series_labels().items())

    @api.depends("code")
    def _compute_words(self):
        """Name and definition of a figure of the catalogue, in the language of the
        review; of one's own figure whatever was typed in."""
        for line in self:
            review = line.review_id
            engine = self.env["hub.figures"].sudo().with_context(lang=review.lang)
            figure = line.code and engine._figure(review.company_id.sudo(), line.code)
            for name in KEPT - {"code"}:
                line[name] = figure_vals(figure)[name] if figure else line[name]

    @api.depends("code")
    def _compute_series(self):
        known = dict(self._selection_series())
        for line in self:
            series = (line.code or "").partition(".")[0]
            line.series = series if series in known else False

    @api.depends("is_computed", "computed_value", "is_corrected", "typed_value")
    def _compute_value(self):
        for line in self:
            counted = line.is_computed and not line.is_corrected
            line.value = line.computed_value if counted else line.typed_value

    @api.depends("value", "base_value", "base_year")
    def _compute_evolution(self):
        for line in self:
            based = line.base_year and line.base_value
            moved = line.value - line.base_value
            line.evolution = moved / line.base_value * 100 if based else 0.0

    @api.depends("value", "digits", "unit", "evolution", "base_value", "base_year")
    @api.depends_context("lang")
    def _compute_labels(self):
        for line in self:
            line.value_label = line._written(line.value)
            line.evolution_label = line._evolution_words()

    def _written(self, number):
        written = formatLang(self.env, number, digits=self.digits)
        return f"{written} {self.unit}" if self.unit else written

    def _evolution_words(self):
        """“+50 % (2002: 178)”: never a percentage without its base."""
        if not self.base_year:
            return ""
        base = self.env._(
            "%(year)s: %(figure)s",
            year=str(self.base_year),
            figure=self._written(self.base_value),
        )
        if not self.base_value:
            return base
        sign = "+" if self.evolution > 0 else ""
        moved = formatLang(self.env, self.evolution, digits=1)
        return self.env._("%(share)s %% (%(base)s)", share=f"{sign}{moved}", base=base)

    def _print_correction(self):
        return self.env._(
            "Counted: %(figure)s. Corrected: %(reason)s",
            figure=self._written(self.computed_value),
            reason=self.reason,
        )

    def _series_word(self):
        """What is counted: “persons”, “projects”."""
        series = dict(self._fields["series"]._description_selection(self.env))
        return series.get(self.series, "").lower()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self.env.context.get("hub_completing"):
            lines._complete_reviews()
        return lines

    def write(self, vals):
        if KEPT & set(vals) and not self._guard_is_open():
            for line in self.filtered("is_computed"):
                raise UserError(
                    self.env._(
                        "“%(name)s” is counted by the hub: its name and its definition"
                        " stay. Correct the figure beside it, or add one of your own.",
                        name=line.name,
                    )
                )
        completing = self.env.context.get("hub_completing")
        if "typed_value" in vals and not completing:
            self.filtered("is_derived").sudo().with_context(
                hub_completing=True
            ).is_derived = False
        result = super().write(vals)
        if {"typed_value", "code"} & set(vals) and not completing:
            self._complete_reviews()
        return result

    def _complete_reviews(self):
        """Work out what an earlier report leaves unsaid, once what was typed is in."""
        for review in self.review_id.filtered(lambda one: one.origin == "typed"):
            review._complete_typed()
            review._set_bases()

    @api.constrains("is_corrected", "reason", "is_computed")
    def _check_reason(self):
        for line in self:
            if (
                line.is_computed
                and line.is_corrected
                and not (line.reason or "").strip()
            ):
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is corrected: say why, it is printed beside the"
                        " figure that was counted.",
                        name=line.name,
                    )
                )

    @api.constrains("base_year", "year")
    def _check_base_year(self):
        for line in self:
            if line.base_year and not 1990 <= line.base_year < line.year:
                raise ValidationError(
                    self.env._(
                        "“%(name)s”: the base of an evolution is a year before"
                        " %(year)s.",
                        name=line.name,
                        year=str(line.year),
                    )
                )

    @api.constrains("typed_value", "computed_value")
    def _check_not_negative(self):
        for line in self:
            if line.value < 0 or line.base_value < 0:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” counts something: it is not below zero.",
                        name=line.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_computed(self):
        if self._guard_is_open():
            return
        for line in self.filtered("is_computed"):
            raise UserError(
                self.env._(
                    "“%(name)s” is counted and always shown: correct it if it is"
                    " wrong.",
                    name=line.name,
                )
            )

    def _frozen_values(self):
        return {
            "code": self.code or "",
            "name": self.name,
            "definition": self.definition or "",
            "value": self.value,
            "counted": self.computed_value if self.is_computed else None,
            "corrected": self.is_corrected and self.is_computed,
            "reason": self.reason or "",
            "base_year": self.base_year,
            "base_value": self.base_value,
        }
