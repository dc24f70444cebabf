from odoo import api, fields, models


class HubReviewSheetLine(models.TransientModel):
    """One answer on a sheet."""

    _name = "hub.review.sheet.line"
    _description = "Answer on a sheet of a college"

    sheet_id = fields.Many2one("hub.review.sheet", required=True, ondelete="cascade")
    indicator_id = fields.Many2one("hub.indicator", required=True, ondelete="cascade")
    kind = fields.Selection(related="indicator_id.kind")
    choices = fields.Json(compute="_compute_choices")
    value = fields.Char(string="Answer")

    @api.depends("indicator_id")
    @api.depends_context("lang")
    def _compute_choices(self):
        for line in self:
            indicator = line.indicator_id
            line.choices = indicator._value_choices() if indicator else []
