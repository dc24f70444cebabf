from odoo import api, fields, models


class HubAgreedLineMixin(models.AbstractModel):
    """One indicator, or question, on which people agreed together."""

    _name = "hub.agreed.line.mixin"
    _description = "Indicator with what was agreed"
    _inherit = ["hub.frozen.line.mixin", "hub.value.mixin"]
    _order = "evaluation_id, sequence, id"
    _rec_name = "indicator_id"
    _frozen_parent = "evaluation_id"
    _value_fields = ("agreed_value",)

    sequence = fields.Integer(default=10)
    indicator_id = fields.Many2one(
        "hub.indicator", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(related="indicator_id.kind")
    question = fields.Text(related="indicator_id.question")
    choices = fields.Json(compute="_compute_choices")
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
    comment = fields.Text(copy=False)

    @api.depends("indicator_id")
    @api.depends_context("lang")
    def _compute_choices(self):
        for line in self:
            indicator = line.indicator_id
            line.choices = indicator._value_choices() if indicator else []

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
