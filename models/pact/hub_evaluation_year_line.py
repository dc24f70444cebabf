from odoo import api, fields, models


class HubEvaluationYearLine(models.Model):
    """One published figure: at the start, by now, what changed."""

    _name = "hub.evaluation.year.line"
    _description = "Figure of a year"
    _inherit = ["hub.frozen.line.mixin"]
    _order = "year_id, id"
    _rec_name = "indicator_id"
    _check_company_auto = True
    _frozen_parent = "year_id"

    year_id = fields.Many2one(
        "hub.evaluation.year",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="year_id.company_id", store=True, precompute=True, index=True
    )
    indicator_id = fields.Many2one("hub.indicator", required=True, ondelete="restrict")
    kind = fields.Selection(related="indicator_id.kind")
    dimension = fields.Selection(related="indicator_id.dimension", store=True)
    breakdown = fields.Selection(
        [
            ("total", "All projects"),
            ("project_kind", "By kind of project"),
            ("territory", "By territory"),
        ],
        required=True,
    )
    group = fields.Char(help="Code of the kind of project, or name of the territory.")
    part = fields.Selection(
        [
            ("one", "One group"),
            ("unsaid", "Not said"),
            ("others", "Others, together"),
        ],
    )
    group_label = fields.Char(string="Projects of", compute="_compute_group_label")
    hidden = fields.Boolean(string="Not shown")
    count = fields.Integer(string="Projects", aggregator=None)
    start_mean = fields.Float(string="At the start (average)", aggregator=None)
    last_mean = fields.Float(string="By now (average)", aggregator=None)
    change_mean = fields.Float(string="Change (average)", aggregator=None)
    start_label = fields.Char(string="At the start", compute="_compute_labels")
    last_label = fields.Char(string="By now", compute="_compute_labels")
    change_label = fields.Char(string="Change", compute="_compute_labels")

    @api.depends("breakdown", "group", "part", "hidden")
    @api.depends_context("lang")
    def _compute_group_label(self):
        parts = dict(self._fields["part"]._description_selection(self.env))
        report = self.env["hub.evaluation.report"]
        kinds = dict(report._fields["project_kind"]._description_selection(self.env))
        breakdowns = dict(self._fields["breakdown"]._description_selection(self.env))
        for line in self:
            if line.breakdown == "total" or line.hidden:
                line.group_label = breakdowns.get(line.breakdown)
            elif line.part == "one":
                line.group_label = kinds.get(line.group, line.group)
            else:
                line.group_label = parts.get(line.part)

    @api.depends("hidden", "start_mean", "last_mean", "change_mean")
    @api.depends_context("lang")
    def _compute_labels(self):
        for line in self:
            for name in ("start", "last", "change"):
                line[f"{name}_label"] = line._label(name)

    def _label(self, name):
        """“2.4 of 4”, “1.5 jobs”, “60 %”; a change with its sign."""
        if self.hidden:
            return self.env._("not shown")
        figure = self[f"{name}_mean"]
        indicator = self.indicator_id
        sign = "+" if name == "change" and figure > 0 else ""
        if self.kind == "yes_no":
            return sign + self.env._("%(share)s %%", share=round(figure * 100))
        if self.kind == "scale":
            written = sign + indicator._plain_figure(figure, 1)
            if name == "change":
                return written
            return self.env._(
                "%(step)s of %(steps)s", step=written, steps=len(indicator.step_ids)
            )
        return sign + indicator._figure_label(figure, 1)

    def _frozen_values(self):
        return {
            "indicator": self.indicator_id.name,
            "kind": self.kind,
            "breakdown": self.breakdown,
            "group": self.group_label or "",
            "hidden": self.hidden,
            "count": self.count,
            "start": self.start_mean,
            "last": self.last_mean,
            "change": self.change_mean,
        }
