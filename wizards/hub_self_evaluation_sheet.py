from odoo import api, fields, models
from odoo.fields import Command


class HubSelfEvaluationSheet(models.TransientModel):
    """A sheet that somebody filled in on paper; no name is asked."""

    _name = "hub.self.evaluation.sheet"
    _description = "Sheet of a self-evaluation"

    evaluation_id = fields.Many2one("hub.self.evaluation", required=True, readonly=True)
    line_ids = fields.One2many(
        "hub.self.evaluation.sheet.line",
        "sheet_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("evaluation_id")
    def _compute_line_ids(self):
        for sheet in self:
            sheet.line_ids = [
                Command.clear(),
                *(
                    Command.create({"line_id": line.id})
                    for line in sheet.evaluation_id.line_ids
                ),
            ]

    def action_confirm(self):
        """Keep the answers; the sheet itself is forgotten."""
        self.ensure_one()
        self.evaluation_id.check_access("write")
        values = {line.line_id.id: line.value for line in self.line_ids}
        self.evaluation_id._take_answers(values)
        self.unlink()
        return {"type": "ir.actions.act_window_close"}
