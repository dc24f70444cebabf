from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

MINUTES_OF_GRACE = 10


class HubMeeting(models.Model):
    """The meeting itself: from its opening to its close."""

    _inherit = "hub.meeting"

    def action_open(self):
        """The meeting begins: note who is there."""
        self.check_access("write")
        for meeting in self:
            if meeting.state != "convened" or meeting.closed_at:
                raise UserError(
                    self.env._(
                        "%(meeting)s cannot begin: it is not convened, or is over.",
                        meeting=meeting.display_name,
                    )
                )
            if not meeting.opened_at:
                meeting.opened_at = fields.Datetime.now()

    def action_close(self):
        """The meeting is over; whoever was not noted was absent."""
        self.check_access("write")
        for meeting in self:
            running = meeting.resolution_ids.filtered(lambda r: r.state == "open")
            if running:
                raise UserError(
                    self.env._(
                        "A vote is still open: “%(name)s”. Close it first.",
                        name=running[0].display_name,
                    )
                )
            if not meeting.opened_at:
                raise UserError(
                    self.env._(
                        "%(meeting)s has not begun: open it first, or record it"
                        " afterwards.",
                        meeting=meeting.display_name,
                    )
                )
            meeting.closed_at = meeting.closed_at or fields.Datetime.now()
            meeting._settle_attendance()
            meeting._move("held")

    def _settle_attendance(self):
        """Nobody stays “expected”; a proxy whose holder never came is void."""
        for line in self.presence_ids:
            if line.state == "expected":
                line.state = "absent"

    def action_everybody_present(self):
        """All of those not noted yet are there."""
        self.check_access("write")
        self.presence_ids.filtered(
            lambda line: line.state == "expected"
        ).action_present()

    def _has_voted(self):
        return any(resolution.closed_on for resolution in self.resolution_ids)

    def _is_late(self, moment):
        """Whether somebody who comes now has missed the beginning."""
        self.ensure_one()
        grace = timedelta(minutes=MINUTES_OF_GRACE)
        return self._in_session() and (
            self._has_voted() or moment > self.opened_at + grace
        )

    def _refresh_fees(self):
        """Who has paid the fee of the year of the meeting, the organisation or the
        person."""
        for meeting in self:
            year = meeting._day().year
            paid = self.env["hub.fee"]._paid_people(meeting.company_id, year)
            for line in meeting.presence_ids:
                people = line.partner_id | line.mandate_id.represented_id
                missing = not paid & set(people.ids)
                if line.fee_missing != missing:
                    line._unguarded().fee_missing = missing
