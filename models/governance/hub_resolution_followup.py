from odoo import fields, models


class HubResolution(models.Model):
    """What follows from a decision: who sees to it, until when."""

    _inherit = "hub.resolution"

    owner_id = fields.Many2one(
        "res.users",
        string="Seen to by",
        index="btree_not_null",
        tracking=True,
        check_company=True,
        domain="[('share', '=', False)]",
        help="Gets a task once the resolution is adopted.",
    )
    due_on = fields.Date(string="To be done by", tracking=True)
    done_on = fields.Date(string="Done on", readonly=True, copy=False, tracking=True)
    is_to_do = fields.Boolean(compute="_compute_is_to_do", search="_search_is_to_do")

    def _compute_is_to_do(self):
        for resolution in self:
            resolution.is_to_do = bool(
                resolution.result == "adopted"
                and resolution.owner_id
                and not resolution.done_on
            )

    def _search_is_to_do(self, operator, value):
        if operator != "in":
            return NotImplemented
        to_do = (
            fields.Domain("result", "=", "adopted")
            & fields.Domain("owner_id", "!=", False)
            & fields.Domain("done_on", "=", False)
        )
        return fields.Domain.OR(to_do if wanted else ~to_do for wanted in value)

    def write(self, vals):
        result = super().write(vals)
        if {"owner_id", "due_on"} & set(vals):
            self.filtered(lambda r: r.result == "adopted")._plan_follow_up()
        return result

    def _after_decision(self):
        """A decision is followed up; minutes put to the vote are approved."""
        for resolution in self.filtered(lambda r: r.result == "adopted"):
            resolution._plan_follow_up()
            resolution.agenda_item_id.minutes_id._approve_by(resolution)

    def _plan_follow_up(self):
        for resolution in self.filtered(lambda r: r.owner_id and not r.done_on):
            due = resolution.due_on or fields.Date.add(
                fields.Date.context_today(self), months=1
            )
            planned = resolution.activity_ids.filtered("automated")
            if planned:
                planned.write({"user_id": resolution.owner_id.id, "date_deadline": due})
            else:
                resolution.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=due,
                    summary=self.env._("Carry out: %(name)s", name=resolution.name),
                    user_id=resolution.owner_id.id,
                    automated=True,
                )

    def action_done(self):
        """What was decided has been done."""
        self.check_access("write")
        for resolution in self.filtered("is_to_do"):
            resolution._unguarded().done_on = fields.Date.context_today(self)
            resolution.activity_ids.filtered("automated").action_feedback()
