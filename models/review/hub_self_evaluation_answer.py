from odoo import fields, models


class HubSelfEvaluationAnswer(models.Model):
    """What somebody answered to one question. Not who: neither a name nor a time."""

    _name = "hub.self.evaluation.answer"
    _description = "Answer without a name"
    _inherit = ["hub.value.mixin"]
    _log_access = False
    _order = "line_id, value"
    _check_company_auto = True
    _value_fields = ("value",)

    line_id = fields.Many2one(
        "hub.self.evaluation.line",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    indicator_id = fields.Many2one(
        related="line_id.indicator_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(
        related="line_id.company_id", store=True, precompute=True, index=True
    )
    value = fields.Char(required=True)
