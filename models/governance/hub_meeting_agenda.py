from odoo import models


class HubMeeting(models.Model):
    """What the agenda of a new meeting begins with."""

    _inherit = "hub.meeting"

    def _propose_agenda(self):
        """The minutes that wait for approval come first."""
        for meeting in self.filtered(lambda one: one.state == "planned"):
            waiting = self.env["hub.minutes"].search(
                [
                    ("body_id", "=", meeting.body_id.id),
                    ("state", "!=", "approved"),
                    ("meeting_id.date", "<", meeting.date),
                    ("meeting_id.state", "=", "held"),
                ]
            )
            self.env["hub.agenda.item"].create(
                [meeting._approval_values(minutes) for minutes in waiting]
            )
            # Read again in its order.
            meeting.invalidate_recordset(["agenda_item_ids"])

    def _approval_values(self, minutes):
        of = minutes.meeting_id.with_context(lang=self.lang).display_name
        return {
            "meeting_id": self.id,
            "sequence": 0,
            "kind": "decision",
            "name": self.with_context(lang=self.lang).env._(
                "Approval of the minutes of: %(meeting)s", meeting=of
            ),
            "minutes_id": minutes.id,
        }
