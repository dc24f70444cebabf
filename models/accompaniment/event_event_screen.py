from odoo import api, fields, models
from odoo.tools import format_date

from .event_event import USUAL_LENGTH


class EventEvent(models.Model):
    """How a moment of the hub shows: on its own form, in the words of the hub."""

    _inherit = "event.event"

    hub_sheet_opens = fields.Boolean(
        string="The sheet can be filled",
        compute="_compute_hub_sheet_opens",
        help="Its day has come.",
    )

    @api.depends("date_begin", "date_tz")
    def _compute_hub_sheet_opens(self):
        today = fields.Date.context_today(self)
        for event in self:
            event.hub_sheet_opens = (
                bool(event.date_begin)
                and event._hub_local(event.date_begin).date() <= today
            )

    @api.onchange("date_begin")
    def _onchange_hub_date_begin(self):
        """A moment put to another day keeps its length."""
        if not (self.hub_format and self.date_begin and self.date_end):
            return
        before, length = self._origin, USUAL_LENGTH
        if before.date_begin and before.date_end:
            length = before.date_end - before.date_begin
        untouched = before.date_end == self.date_end
        if untouched or self.date_end <= self.date_begin:
            self.date_end = self.date_begin + length

    @api.depends("date_begin", "date_tz")
    @api.depends_context("hub_with_date", "lang")
    def _compute_display_name(self):
        """Ten breakfasts of one name are told apart by their dates, where asked for."""
        result = super()._compute_display_name()
        if self.env.context.get("hub_with_date"):
            for event in self.filtered("date_begin"):
                day = event._hub_local(event.date_begin).date()
                event.display_name = f"{format_date(self.env, day)} · {event.name}"
        return result

    def copy_data(self, default=None):
        """What only the hub reads keeps nobody else from duplicating an event."""
        hidden = {
            name: False
            for name, field in self._fields.items()
            if field.copy and field.groups and not self._has_field_access(field, "read")
        }
        kept = default or {}
        return [
            vals and {n: v for n, v in vals.items() if n not in hidden or n in kept}
            for vals in super().copy_data(default={**hidden, **kept})
        ]

    def get_formview_id(self, access_uid=None):
        """A moment opens on the hub's form for the team, wherever one comes from."""
        team = self.env.user.has_group("solidarity_hub.group_hub_adviser")
        if len(self) == 1 and self.hub_format and team:
            return self.env.ref("solidarity_hub.hub_moment_view_form").id
        return super().get_formview_id(access_uid=access_uid)

    def action_hub_open(self):
        """The form of the hub (button of Odoo's own form)."""
        self.ensure_one()
        return self.get_formview_action()
