from odoo import fields, models


class HubSelfEvaluationSheetLine(models.TransientModel):
    """One answer on a sheet of paper."""

    _name = "hub.self.evaluation.sheet.line"
    _description = "Answer on a sheet"

    sheet_id = fields.Many2one(
        "hub.self.evaluation.sheet", required=True, ondelete="cascade"
    )
    line_id = fields.Many2one(
        "hub.self.evaluation.line", string="Question", required=True, ondelete="cascade"
    )
    kind = fields.Selection(related="line_id.kind")
    choices = fields.Json(related="line_id.choices")
    value = fields.Char(string="Answer")
