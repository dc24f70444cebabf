from odoo import api, models
from odoo.exceptions import UserError, ValidationError


class EventEvent(models.Model):
    """A moment that does not take place, or not on that day."""

    _inherit = "event.event"

    @api.constrains("kanban_state", "hub_unidentified")
    def _check_hub_cancelled(self):
        """What was cancelled did not take place: nobody came."""
        for event in self:
            if event.hub_format and event._hub_is_cancelled():
                came = event.sudo().hub_came_count
                if came:
                    raise ValidationError(
                        self.env._(
                            "“%(event)s” cannot be cancelled: its sheet says that"
                            " people came (%(count)s). If nobody did, correct the sheet"
                            " first.",
                            event=event.name,
                            count=came,
                        )
                    )

    def _hub_is_cancelled(self):
        self.ensure_one()
        return self.kanban_state == "cancel"

    def write(self, vals):
        result = super().write(vals)
        if {"active", "kanban_state", "hub_sheet_filled_on"} & set(vals):
            self.sudo()._hub_drop_reminders()
        if "hub_format" in vals:
            self.sudo()._hub_follow_format()
        return result

    def _hub_follow_format(self):
        """What is a training after all trained those who came; what is none did not.
        Whoever has a place at what became a moment of the hub gets a personal link."""
        self.filtered("hub_format").registration_ids._hub_give_keys()
        for event in self:
            places = event.registration_ids
            if event.hub_format == "training":
                places._hub_note_training()
            elif places:
                places._hub_take_training_back(event)

    def action_hub_cancel(self):
        """It does not take place: tell those on the list, if there are any."""
        moments = self.filtered(lambda event: not event._hub_is_cancelled())
        moments._hub_check_moments()
        moments.kanban_state = "cancel"
        if moments.registration_ids.filtered(lambda p: p.hub_attendance == "expected"):
            return moments.action_hub_write("change")
        return True

    def action_hub_restore(self):
        """It takes place after all."""
        self.filtered("hub_format").kanban_state = "normal"

    def _hub_check_moments(self):
        for event in self:
            if not event.hub_format:
                raise UserError(
                    self.env._(
                        "“%(event)s” is not a collective moment of the hub: choose its"
                        " format first.",
                        event=event.name,
                    )
                )
