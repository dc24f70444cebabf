from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

HOURS = 24
SHORTEST = 15


class HubBreakGlassWizard(models.TransientModel):
    """The manager opens a note for a grave reason, and those concerned learn of it."""

    _name = "hub.break.glass.wizard"
    _description = "Exceptional access to a note"

    interview_id = fields.Many2one("hub.interview", required=True, readonly=True)
    reason = fields.Text(
        required=True,
        help="Written down for good, and sent to the author and to those present.",
    )

    def action_open(self):
        """Log, announce, then show the notes of this interview for a day."""
        self.ensure_one()
        if not self.env.user.has_group("solidarity_hub.group_hub_manager"):
            raise AccessError(self.env._("Only the manager opens a note in this way."))
        self.interview_id.check_access("read")
        if len((self.reason or "").strip()) < SHORTEST:
            raise UserError(
                self.env._("Write down the reason in a sentence: it stays on record.")
            )
        notes = self.env["hub.interview.note"].sudo()
        notes = notes.search([("interview_id", "=", self.interview_id.id)])
        if not notes:
            raise UserError(self.env._("Nobody has written a note on this interview."))
        self._log(notes)
        readable = notes.search(
            notes._hub_domain_for(self.env.user.partner_id)
            & fields.Domain("id", "in", notes.ids)
        )
        if not readable:
            raise UserError(
                self.env._("This note is about you: somebody else has to look at it.")
            )
        self._announce(notes)
        return self.interview_id.action_notes()

    def _log(self, notes):
        now = fields.Datetime.now()
        self.env["hub.access.log"].sudo().create(
            [
                {
                    "note_id": note.id,
                    "interview_id": note.interview_id.id,
                    "lead_id": note.lead_id.id,
                    "user_id": self.env.uid,
                    "partner_id": self.env.user.partner_id.id,
                    "date": now,
                    "until": now + timedelta(hours=HOURS),
                    "reason": self.reason.strip(),
                }
                for note in notes
            ]
        )

    def _announce(self, notes):
        """The author and those present are told who opened the note, and why."""
        people = notes.author_id | notes.present_ids
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=(people - self.env.user.partner_id).ids,
            author_id=self.env.user.partner_id.id,
            subject=self.env._("A confidential note was opened"),
            body=Markup("<p>%s</p><p>%s</p>")
            % (
                self.env._(
                    "%(person)s has used the exceptional access to the note of"
                    " “%(interview)s”, for %(hours)s hours. The reason given:",
                    person=self.env.user.name,
                    interview=self.interview_id.sudo().display_name,
                    hours=HOURS,
                ),
                self.reason.strip(),
            ),
        )
