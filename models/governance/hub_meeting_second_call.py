from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class HubMeeting(models.Model):
    """After a meeting without quorum: the same agenda again, without quorum."""

    _inherit = "hub.meeting"

    may_call_again = fields.Boolean(compute="_compute_may_call_again")

    def _compute_may_call_again(self):
        for meeting in self:
            meeting.may_call_again = (
                meeting.state in ("convened", "held")
                and bool(meeting.opened_at)
                and not meeting.quorum_reached
                and not meeting.first_call_id
            )

    def action_second_call(self):
        """Plan the second meeting; it is convened like any other."""
        self.ensure_one()
        self.check_access("write")
        running = self.second_call_ids.filtered(lambda one: one.state != "cancelled")
        again = running[:1] or self._plan_second_call()
        return again._get_records_action()

    def _plan_second_call(self):
        if not self.may_call_again:
            raise UserError(
                self.env._(
                    "%(meeting)s: a second call without quorum follows a meeting whose"
                    " quorum was not reached.",
                    meeting=self.display_name,
                )
            )
        again = self.copy(
            {
                "date": self.date + timedelta(days=self.second_call_days),
                "name": self.env._("%(name)s (second call)", name=self.name),
                "document_ids": [Command.set(self.document_ids.ids)],
                "agenda_item_ids": False,
            }
        )
        again._unguarded().first_call_id = self
        again.agenda_item_ids.unlink()
        for item in self.agenda_item_ids:
            copied = item.copy({"meeting_id": again.id})
            for resolution in item.resolution_ids:
                resolution._carry_over(copied)
        for resolution in self.resolution_ids.filtered(lambda r: not r.agenda_item_id):
            resolution._carry_over(copied=again.agenda_item_ids.browse(), meeting=again)
        return again
