from markupsafe import Markup

from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError
from odoo.fields import Command

CONVOCATION = "solidarity_hub.mail_template_convocation"
REMINDER = "solidarity_hub.mail_template_convocation_reminder"
CANCELLED = "solidarity_hub.mail_template_meeting_cancelled"


class HubMeeting(models.Model):
    """Telling people: by e-mail where there is one, else by letter or telephone."""

    _inherit = "hub.meeting"

    def action_send(self):
        """Send the convocation again: the date, the place or the agenda changed."""
        self.check_access("write")
        self._check_convened()
        return self._send_convocations(self.presence_ids)

    def action_remind(self):
        """Write to those who have not answered."""
        self.check_access("write")
        self._check_convened()
        waiting = self.presence_ids.filtered(lambda line: line.answer == "waiting")
        return self._send_convocations(waiting, REMINDER)

    def _check_convened(self):
        for meeting in self.filtered(lambda one: one.state != "convened"):
            raise UserError(
                self.env._(
                    "%(meeting)s waits for nobody: convene it first, or it is over.",
                    meeting=meeting.display_name,
                )
            )

    def _send_convocations(self, lines, xml_id=CONVOCATION):
        """Write to those who have an address; the others are to be called, or get
        their letter."""
        by_mail = lines.filtered(lambda line: line.partner_id.email)
        for meeting in self:
            mine = by_mail.filtered(lambda line, one=meeting: line.meeting_id == one)
            meeting._queue_convocations(mine, xml_id)
        left = (lines - by_mail).sorted("name")
        return self._notify_reminded(len(by_mail), left.mapped("name"))

    def _queue_convocations(self, lines, xml_id):
        if not lines:
            return
        files = self._mail_files() if xml_id == CONVOCATION else []
        template = self.env.ref(xml_id).sudo()
        # On no record: whoever reads the meeting would read everybody's link.
        template.send_mail_batch(
            lines.ids,
            email_values={
                "author_id": False,
                "model": False,
                "res_id": False,
                "attachment_ids": [Command.link(file.id) for file in files],
            },
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _mail_files(self):
        """Convocation and calendar entry, once for all the letters."""
        self.ensure_one()
        found = []
        content = self.with_context(bin_size=False).sudo().convocation_file
        if content:
            found.append({"name": self.convocation_name, "datas": content})
        calendar = self._calendar_file()
        if calendar:
            found.append({"name": self._file_name("", "ics"), "raw": calendar})
        # Of nobody: only the letters show them.
        return self.env["ir.attachment"].with_user(SUPERUSER_ID).create(found)

    def _tell_cancelled(self):
        self._queue_convocations(
            self.presence_ids.filtered(lambda line: line.partner_id.email), CANCELLED
        )
        names = self.presence_ids.filtered(lambda line: not line.partner_id.email)
        if names:
            self.message_post(
                body=Markup("<p>%s</p>")
                % self.env._(
                    "To be told of the cancellation by telephone: %(names)s",
                    names=", ".join(names.mapped("name")),
                )
            )

    def action_print_letters(self):
        """A letter with its blank proxy for each person without e-mail."""
        lines = self.presence_ids.filtered(lambda line: not line.partner_id.email)
        if not lines:
            raise UserError(
                self.env._("Everybody has an e-mail address: no letter is needed.")
            )
        return self.env.ref("solidarity_hub.report_convocation_letter").report_action(
            lines
        )
