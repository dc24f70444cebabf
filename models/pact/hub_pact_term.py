from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class HubPactTerm(models.Model):
    """How one indicator will be read: from where, by whom, how often, up to what."""

    _name = "hub.pact.term"
    _description = "Term of evaluation"
    _inherit = ["hub.pact.line.mixin", "hub.value.mixin"]
    _rec_name = "indicator_id"
    _value_fields = ("baseline_value", "target_value")

    indicator_id = fields.Many2one(
        "hub.indicator",
        required=True,
        ondelete="restrict",
        domain=[("target", "=", "pact")],
    )
    objective = fields.Char(help="Which goal of the pact this indicator speaks of.")
    kind = fields.Selection(related="indicator_id.kind")
    dimension = fields.Selection(related="indicator_id.dimension")
    choices = fields.Json(compute="_compute_choices")
    baseline_value = fields.Char(
        string="Starts at",
        help="Where the holder stands at first: the step or the figure from which"
        " progress is counted.",
    )
    baseline_figure = fields.Float(
        string="Starts at (figure)", compute="_compute_baseline_figure", store=True
    )
    baseline = fields.Char(string="Starting point")
    baseline_on = fields.Date(string="Starting point on")
    target_value = fields.Char(string="Aims at")
    target = fields.Char()
    target_on = fields.Date(string="Target on")
    source = fields.Char(help="Where the figure or the judgement comes from.")
    collector = fields.Char(string="Who collects")
    rhythm = fields.Char()
    rhythm_months = fields.Integer(
        string="Every (months)",
        help="Evaluations are planned by it from the day the pact comes into force."
        " 0: not planned.",
    )
    from_start = fields.Boolean(
        string="At the start",
        help="A first evaluation is planned for the day the pact comes into force.",
    )
    validated_by = fields.Char(string="Who validates", help="Colleges, meeting...")

    _rhythm_positive = models.Constraint(
        "CHECK(rhythm_months >= 0)", "A rhythm is a number of months, from 0."
    )

    @api.depends("indicator_id")
    @api.depends_context("lang")
    def _compute_choices(self):
        for term in self:
            term.choices = (
                term.indicator_id._value_choices() if term.indicator_id else []
            )

    @api.depends("baseline_value", "indicator_id.kind")
    def _compute_baseline_figure(self):
        for term in self:
            term.baseline_figure = term.indicator_id._value_figure(term.baseline_value)

    @api.constrains("pact_id", "indicator_id")
    def _check_indicator_once(self):
        for pact in self.pact_id:
            seen = set()
            for term in pact.term_ids:
                if term.indicator_id in seen:
                    raise ValidationError(
                        self.env._(
                            "%(pact)s speaks of “%(indicator)s” twice: an evaluation"
                            " has one line for each indicator.",
                            pact=pact.display_name,
                            indicator=term.indicator_id.name,
                        )
                    )
                seen.add(term.indicator_id)

    def _kind_label(self):
        """Kind of indicator with its unit or the steps of its scale, for print."""
        self.ensure_one()
        indicator = self.indicator_id
        label = dict(self._fields["kind"]._description_selection(self.env))[
            indicator.kind
        ]
        steps = indicator._scale_steps()
        if steps:
            return self.env._(
                "%(kind)s: %(steps)s", kind=label, steps=" / ".join(steps)
            )
        return f"{label} ({indicator.unit})" if indicator.unit else label

    def _baseline_label(self):
        """Starting point in the words of the indicator and of the parties."""
        return self._joined_label(self.baseline_value, self.baseline)

    def _target_label(self):
        return self._joined_label(self.target_value, self.target)

    def _joined_label(self, value, words):
        self.ensure_one()
        label = self.indicator_id._value_label(value)
        return " · ".join(filter(None, [label, words]))

    def _rhythm_label(self):
        """How often, in words; the months where nothing else was written."""
        self.ensure_one()
        if self.rhythm or not self.rhythm_months:
            return self.rhythm or ""
        return self.env._("Every %(count)s months", count=self.rhythm_months)

    def _series(self, indicator, root, looks):
        """One curve as plain values, for the screen and for print.

        :param looks: ``[(date, value)]``, oldest first
        """
        points = []
        if self.baseline_value:
            day = self.baseline_on or root.sudo().in_force_from or root.date_start
            points.append(self._point(indicator, day, self.baseline_value, True))
        points += [self._point(indicator, day, value, False) for day, value in looks]
        aim = self.target_value
        figures = [point["value"] for point in points]
        if aim:
            figures.append(indicator._value_figure(aim))
        low, high, ticks = indicator._axis(figures)
        return {
            "id": indicator.id,
            "name": indicator.name,
            "points": points,
            "low": low,
            "high": high,
            "ticks": ticks,
            "steps": [label for _value, label in indicator._value_choices()],
            "target": indicator._value_figure(aim) if aim else None,
            "target_label": indicator._value_label(aim),
        }

    def _point(self, indicator, day, value, is_start):
        return {
            "date": format_date(self.env, day) if day else "",
            "value": indicator._value_figure(value),
            "label": indicator._value_label(value),
            "start": is_start,
        }

    def _frozen_values(self):
        names = (
            "objective",
            "baseline",
            "baseline_on",
            "target",
            "target_on",
            "source",
            "collector",
            "validated_by",
        )
        return {
            "indicator": self.indicator_id.name or "",
            "question": self.indicator_id.question or "",
            "kind": self._kind_label(),
            "baseline_value": self.indicator_id._value_label(self.baseline_value),
            "target_value": self.indicator_id._value_label(self.target_value),
            "rhythm_months": self.rhythm_months,
            "from_start": self.from_start,
            **{name: self[name] or "" for name in names},
            "rhythm": self._rhythm_label(),
        }
