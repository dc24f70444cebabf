from odoo import api, fields, models


class HubEvaluationView(models.Model):
    """What one person says of one indicator, alone, before they talk."""

    _name = "hub.evaluation.view"
    _description = "View of a person"
    _inherit = ["hub.frozen.line.mixin", "hub.value.mixin"]
    _order = "person_id, line_id"
    _check_company_auto = True
    _frozen_parent = "evaluation_id"
    _value_fields = ("value",)

    person_id = fields.Many2one(
        "hub.evaluation.person",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    line_id = fields.Many2one(
        "hub.evaluation.line",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    evaluation_id = fields.Many2one(
        related="line_id.evaluation_id", store=True, precompute=True, index=True
    )
    indicator_id = fields.Many2one(
        related="line_id.indicator_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        related="line_id.company_id", store=True, precompute=True, index=True
    )
    value = fields.Char(required=True)
    label = fields.Char(compute="_compute_label")

    _once = models.UniqueIndex(
        "(person_id, line_id)", "This person has already given a view of it."
    )

    @api.depends("value", "indicator_id")
    @api.depends_context("lang")
    def _compute_label(self):
        for view in self:
            view.label = view.indicator_id and view.indicator_id._value_label(
                view.value
            )

    @api.depends("person_id.partner_id.name", "label")
    def _compute_display_name(self):
        for view in self:
            view.display_name = f"{view.person_id.partner_id.name}: {view.label}"
