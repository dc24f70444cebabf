from odoo import api, fields, models


class HubProjectAction(models.Model):
    """A step of the road map: what will be done, by whom, by when."""

    _name = "hub.project.action"
    _description = "Road map step"
    _inherit = ["hub.project.line.mixin"]
    _order = "done_on desc nulls first, date_due, sequence, id"

    name = fields.Char(string="What", required=True)
    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        "res.partner", string="Who", index="btree_not_null", check_company=True
    )
    date_due = fields.Date(string="By")
    done_on = fields.Date()
    is_done = fields.Boolean(
        string="Is done", compute="_compute_is_done", inverse="_inverse_is_done"
    )
    is_late = fields.Boolean(string="Late", compute="_compute_is_late")
    note = fields.Text(string="Details")

    @api.depends("done_on")
    def _compute_is_done(self):
        for action in self:
            action.is_done = bool(action.done_on)

    def _inverse_is_done(self):
        today = fields.Date.context_today(self)
        for action in self:
            action.done_on = action.is_done and (action.done_on or today)

    @api.depends("done_on", "date_due")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for action in self:
            action.is_late = bool(
                action.date_due and not action.done_on and action.date_due < today
            )

    def action_done(self):
        """Tick the step off."""
        self.is_done = True
