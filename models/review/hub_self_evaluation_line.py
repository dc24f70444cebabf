from odoo import api, fields, models


class HubSelfEvaluationLine(models.Model):
    """One question to the hub: what people answered, what was agreed."""

    _name = "hub.self.evaluation.line"
    _description = "Question of a self-evaluation"
    _inherit = ["hub.agreed.line.mixin"]
    _check_company_auto = True

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
    indicator_id = fields.Many2one(string="Question", domain=[("target", "=", "hub")])
    answers = fields.Text(
        string="What people answered", compute="_compute_answers", compute_sudo=True
    )
    comment = fields.Text(string="In words")
    previous_label = fields.Char(
        string="The year before", compute="_compute_previous_label", compute_sudo=True
    )

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
