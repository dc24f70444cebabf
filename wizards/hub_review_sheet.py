from odoo import api, fields, models
from odoo.fields import Command


class HubReviewSheet(models.TransientModel):
    """A sheet that a member of a college filled in on paper; no name is asked."""

    _name = "hub.review.sheet"
    _description = "Sheet of a member of a college"

    review_id = fields.Many2one("hub.annual.review", required=True, readonly=True)
    company_id = fields.Many2one(related="review_id.company_id")
    college_id = fields.Many2one(
        "hub.college", domain="[('company_id', '=', company_id)]"
    )
    line_ids = fields.One2many(
        "hub.review.sheet.line",
        "sheet_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("review_id")
    def _compute_line_ids(self):
        for sheet in self:
            sheet.line_ids = [
                Command.clear(),
                *(
                    Command.create({"indicator_id": indicator.id})
                    for indicator in sheet.review_id._asked()
                ),
            ]

    def action_confirm(self):
        """Keep the answers; the sheet itself is forgotten."""
        self.ensure_one()
        self.review_id.check_access("write")
        values = {line.indicator_id.id: line.value for line in self.line_ids}
        self.review_id._take_answers(values, college_id=self.college_id.id)
        self.unlink()
        return {"type": "ir.actions.act_window_close"}
