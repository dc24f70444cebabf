from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

TEXT = frozenset(
    {"body", "meeting_id", "number", "state", "approved_on", "approved_meeting_id"}
)


class HubMinutes(models.Model):
    """Approving: at the next meeting; from then on the minutes are frozen."""

    _inherit = "hub.minutes"

    def action_approve(self):
        """Approve without a vote: at the next meeting held, or as noted beside it."""
        self.check_access("write")
        for minutes in self.filtered(lambda one: one.state != "approved"):
            meeting = minutes._next_meeting()
            if not meeting and not (minutes.approval_note or "").strip():
                raise ValidationError(
                    self.env._(
                        "%(minutes)s: no later meeting of %(body)s has been opened yet."
                        " Minutes are approved there; if they were approved otherwise,"
                        " write down how.",
                        minutes=minutes.display_name,
                        body=minutes.body_id.display_name,
                    )
                )
            minutes._approve(meeting)

    def _next_meeting(self):
        """The first later meeting of the body that has been opened."""
        self.ensure_one()
        return self.env["hub.meeting"].search(
            Domain("body_id", "=", self.body_id.id)
            & Domain("date", ">", self.meeting_date)
            & Domain("opened_at", "!=", False)
            & Domain("state", "in", ("convened", "held", "minuted")),
            order="date",
            limit=1,
        )

    def _approve_by(self, resolution):
        """A resolution adopted these minutes."""
        for minutes in self.filtered(lambda one: one.state != "approved"):
            minutes._approve(resolution.meeting_id, resolution)

    def _approve(self, meeting, resolution=None):
        self.ensure_one()
        self._check_nothing_open()
        meeting_day = meeting and meeting._day()
        self._unguarded().write(
            {
                "state": "approved",
                "approved_on": meeting_day or fields.Date.context_today(self),
                "approved_meeting_id": meeting.id,
                "approving_resolution_id": resolution and resolution.id,
            }
        )
        self._freeze()
        self._keep_frozen_pdf("solidarity_hub.report_minutes")
        self.meeting_id._move("minuted")

    def _check_nothing_open(self):
        open_votes = self.meeting_id.resolution_ids.filtered(
            lambda r: r.state in ("draft", "open")
        )
        if open_votes:
            raise UserError(
                self.env._(
                    "%(meeting)s: the vote on “%(name)s” is not settled. Close it, or"
                    " withdraw the resolution, before the minutes are approved.",
                    meeting=self.meeting_id.display_name,
                    name=open_votes[0].display_name,
                )
            )

    def _file_name(self):
        self.ensure_one()
        day = fields.Date.to_string(self.meeting_id._day())
        return f"{self.number} {self.meeting_id.name} {day}".replace("/", "-")

    def _frozen_fields(self):
        return TEXT

    def _check_not_frozen(self, vals):
        refused = self._frozen_fields() & set(vals)
        for minutes in self.filtered("frozen_on"):
            if refused:
                raise UserError(
                    self.env._(
                        "%(minutes)s: approved minutes no longer change. What is to be"
                        " put right goes into the minutes of the next meeting.",
                        minutes=minutes.display_name,
                    )
                )
        return super()._check_not_frozen(vals)
