from odoo import api, fields, models
from odoo.fields import Command, Domain

from .hub_collecting_mixin import COLLECTED


class HubSelfEvaluation(models.Model):
    """The hub looks at itself, once a year: several people of the team and of the
    colleges answer the same questions, each alone and without a name; then they agree
    together on values and words."""

    _name = "hub.self.evaluation"
    _description = "Self-evaluation of the hub"
    _inherit = ["hub.collecting.mixin", "hub.college.validation.mixin"]
    _order = "year desc, version desc, id desc"
    _check_company_auto = True
    _validation_report = "solidarity_hub.report_self_evaluation"
    _answer_model = "hub.self.evaluation.answer"
    _guarded_fields = frozenset({"state", "version", "previous_id"}) | COLLECTED

    year = fields.Integer(
        required=True,
        aggregator=None,
        default=lambda self: fields.Date.context_today(self).year,
    )
    previous_id = fields.Many2one(
        "hub.self.evaluation",
        string="Version before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    line_ids = fields.One2many(
        "hub.self.evaluation.line",
        "evaluation_id",
        string="Questions",
        copy=True,
        default=lambda self: self._default_line_ids(),
    )
    person_ids = fields.One2many(
        "hub.self.evaluation.person",
        "evaluation_id",
        string="Who is asked",
        groups="solidarity_hub.group_hub_coordinator",
    )

    _year_plausible = models.Constraint(
        "CHECK(year BETWEEN 1990 AND 2200)", "Write the year with its four digits."
    )
    _once = models.UniqueIndex(
        "(company_id, year, version)",
        "The hub has a self-evaluation of this year already: open it, or prepare a new"
        " version of the validated one.",
    )

    @api.depends("year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for record in self:
            record.display_name = record.year and self.env._(
                "Self-evaluation %(year)s", year=str(record.year)
            )

    @api.model
    def _default_line_ids(self):
        """What a hub asks itself."""
        questions = self.env["hub.indicator"].search(Domain("target", "=", "hub"))
        return [
            Command.create({"indicator_id": question.id, "sequence": number})
            for number, question in enumerate(questions, start=1)
        ]

    def action_sheet(self):
        """Type in a sheet that somebody filled in on paper, without a name."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("A sheet on paper"),
            "res_model": "hub.self.evaluation.sheet",
            "view_mode": "form",
            "target": "new",
            "context": {"default_evaluation_id": self.id},
        }

    def _answer_rows(self, values):
        """:param values: ``{line id: value}``"""
        return [
            {"line_id": line.id, "value": value}
            for line in self.line_ids
            if (value := line.indicator_id._read_value(values.get(line.id)))
        ]

    def _validation_requirements(self):
        silent = self.line_ids.filtered(
            lambda line: not line.agreed_value and not line.comment
        )
        told = self.env._(
            "a value or words for: %(questions)s",
            questions=", ".join(silent.indicator_id.mapped("name")),
        )
        return [
            *super()._validation_requirements(),
            (bool(self.line_ids) and not silent, told),
        ]

    def _frozen_fields(self):
        return super()._frozen_fields() | COLLECTED | {"year", "line_ids", "person_ids"}

    def _frozen_payload(self):
        self.ensure_one()
        record = self.with_context(lang=self.lang)
        return {
            **record._validation_payload(),
            "year": record.year,
            "asked": record.asked_count,
            "answered": record.answer_count,
            "questions": [line._frozen_values() for line in record.line_ids],
        }

    def _is_blank(self):
        """Nothing was said yet: a sheet to fill in by hand is printed."""
        self.ensure_one()
        told = self.line_ids.filtered(lambda line: line.agreed_value or line.comment)
        return self.collecting != "closed" and not told

    def _print_subtitle(self):
        if self._is_blank():
            return self.env._("How do we do? Each one answers alone, without a name.")
        return self.env._(
            "%(answered)s people have answered, without their names; what stands under"
            " “Together” was agreed in the meeting.",
            answered=self.answer_count,
        )
