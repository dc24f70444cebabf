from odoo import fields, models


class HubPactTerm(models.Model):
    """How one indicator will be read: from where, by whom, how often, up to what."""

    _name = "hub.pact.term"
    _description = "Term of evaluation"
    _inherit = ["hub.pact.line.mixin"]
    _rec_name = "indicator_id"

    indicator_id = fields.Many2one("hub.indicator", required=True, ondelete="restrict")
    objective = fields.Char(help="Which goal of the pact this indicator speaks of.")
    kind = fields.Selection(related="indicator_id.kind")
    dimension = fields.Selection(related="indicator_id.dimension")
    baseline = fields.Char(string="Starting point")
    baseline_on = fields.Date(string="Starting point on")
    target = fields.Char()
    target_on = fields.Date(string="Target on")
    source = fields.Char(help="Where the figure or the judgement comes from.")
    collector = fields.Char(string="Who collects")
    rhythm = fields.Char()
    validated_by = fields.Char(string="Who validates", help="Colleges, meeting...")

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

    def _frozen_values(self):
        names = (
            "objective",
            "baseline",
            "baseline_on",
            "target",
            "target_on",
            "source",
            "collector",
            "rhythm",
            "validated_by",
        )
        return {
            "indicator": self.indicator_id.name or "",
            "question": self.indicator_id.question or "",
            "kind": self._kind_label(),
            **{name: self[name] or "" for name in names},
        }
