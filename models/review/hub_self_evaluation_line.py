from odoo import api, fields, models


class HubSelfEvaluationLine(models.Model):
    """One question to the hub: what people answered, what was agreed."""

    _name = "hub.self.evaluation.line"
    _description = "Question of a self-evaluation"
    _inherit = ["hub.frozen.line.mixin", "hub.value.mixin"]
    _order = "evaluation_id, sequence, id"
    _rec_name = "indicator_id"
    _check_company_auto = True
    _frozen_parent = "evaluation_id"
    _value_fields = ("agreed_value",)

    evaluation_id = fields.Many2one(
        "hub.self.evaluation",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="evaluation_id.company_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)
    indicator_id = fields.Many2one(
        "hub.indicator",
        string="Question",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("target", "=", "hub")],
    )
    kind = fields.Selection(related="indicator_id.kind")
    question = fields.Text(related="indicator_id.question")
    choices = fields.Json(compute="_compute_choices")
    answers = fields.Text(
        string="What people answered", compute="_compute_answers", compute_sudo=True
    )
    agreed_value = fields.Char(string="Together", copy=False)
    agreed_figure = fields.Float(
        string="Agreed figure",
        compute="_compute_agreed_figure",
        store=True,
        aggregator="avg",
    )
    agreed_label = fields.Char(
        string="What was agreed", compute="_compute_agreed_label"
    )
    comment = fields.Text(string="In words", copy=False)
    previous_label = fields.Char(
        string="The year before", compute="_compute_previous_label", compute_sudo=True
    )

    @api.depends("indicator_id")
    @api.depends_context("lang")
    def _compute_choices(self):
        for line in self:
            indicator = line.indicator_id
            line.choices = indicator._value_choices() if indicator else []

    @api.depends("evaluation_id.collecting", "evaluation_id.answer_count")
    @api.depends_context("lang")
    def _compute_answers(self):
        """How many chose each step, what was written; nothing before all are in."""
        rows = self.env["hub.self.evaluation.answer"]._read_group(
            [("line_id", "in", self.ids)], ["line_id", "value"], ["__count"]
        )
        found = {}
        for line, value, count in rows:
            found.setdefault(line.id, {})[value] = count
        for line in self:
            shown = line.evaluation_id and line.evaluation_id._shows_answers()
            counts = found.get(line._origin.id) if shown else None
            line.answers = line._answers_text(counts) if counts else False

    def _answers_text(self, counts):
        indicator = self.indicator_id
        if indicator.kind == "text":
            return "\n".join(sorted(counts))
        order = [value for value, _label in indicator._value_choices()]
        given = order or sorted(counts, key=float)
        return "\n".join(
            self.env._(
                "%(answer)s: %(count)s",
                answer=indicator._value_label(value),
                count=counts[value],
            )
            for value in given
            if counts.get(value)
        )

    @api.depends("agreed_value", "indicator_id.kind")
    def _compute_agreed_figure(self):
        for line in self:
            line.agreed_figure = line.indicator_id._value_figure(line.agreed_value)

    @api.depends("agreed_value", "indicator_id")
    @api.depends_context("lang")
    def _compute_agreed_label(self):
        for line in self:
            line.agreed_label = line.agreed_value and line.indicator_id._value_label(
                line.agreed_value
            )

    @api.depends("indicator_id", "evaluation_id.year")
    @api.depends_context("lang")
    def _compute_previous_label(self):
        lines = self.search(
            [
                ("indicator_id", "in", self.indicator_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("evaluation_id.state", "=", "validated"),
                ("agreed_value", "!=", False),
            ]
        )
        found = {
            (line.company_id, line.indicator_id, line.evaluation_id.year): line
            for line in lines
        }
        for line in self:
            year = (line.evaluation_id.year or 0) - 1
            before = found.get((line.company_id, line.indicator_id, year))
            line.previous_label = before and before.agreed_label

    def _frozen_values(self):
        indicator = self.indicator_id
        return {
            "question": indicator.question or indicator.name,
            "name": indicator.name,
            "kind": indicator.kind,
            "steps": indicator._scale_steps(),
            "answers": self.answers or "",
            "agreed": self.agreed_label or "",
            "words": self.comment or "",
        }
