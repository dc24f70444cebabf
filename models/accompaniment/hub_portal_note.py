from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

NOTE = "hub.interview.note"
FILES = 5
MEGABYTES = 20


class HubPortal(models.AbstractModel):
    """The confidential note, for whoever reads it; written by its author alone."""

    _inherit = "hub.portal"

    @api.model
    def _notes_read(self, partner, interviews):
        """The notes on these interviews that this person reads."""
        notes = self.env[NOTE].sudo()
        return notes.search(
            Domain("interview_id", "in", interviews.ids)
            & notes._hub_domain_for(partner)
        )

    @api.model
    def _own_note(self, partner, interview):
        """The note that this person wrote on an interview, to go on with it."""
        notes = self._notes_read(partner, interview)
        return notes.filtered(lambda note: note.author_id == partner)[:1]

    @api.model
    def _note_values(self, partner, note):
        return {
            "byline": self.env._(
                "Confidential note by %(author)s. Read by: %(readers)s",
                author=note.author_id.name or "",
                readers=note.readers_text or "",
            ),
            "own": note.author_id == partner,
            "body": note.body,
            "shared": note.shared_ids.sorted("id").mapped("body"),
            "files": [
                {
                    "name": file.name,
                    "url": f"/my/hub/note/{note.id}/file/{file.id}",
                }
                for file in note.attachment_ids
            ],
        }

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------

    @api.model
    def _note_form(self, partner, interview, typed=None):
        """What the form of the note shows: as typed, else as it stands."""
        note = self._own_note(partner, interview)
        blocks = note.shared_ids.sorted("id")
        shown = {
            "body": note.body or "",
            "only_present": note.only_present,
            "shared": "",
            **{f"shared_{block.id}": block.body for block in blocks},
        }
        if typed is not None:
            shown = {name: typed.get(name, "") for name in shown}
        return {
            **self._note_values(partner, note),
            "form": shown,
            "blocks": [f"shared_{block.id}" for block in blocks],
            "exists": bool(note),
        }

    @api.model
    def _note_save(self, partner, interview, typed, files=()):
        """Write the own note on an interview that took place, or go on with it.

        :param files: ``(name, content)`` of what was attached
        """
        note = self._own_note(partner, interview)
        body, shared = (
            self._typed_text(typed, "body"),
            self._typed_text(typed, "shared"),
        )
        if not note and not (body or shared or files):
            return note
        self._check_note(partner, interview, body or shared)
        vals = {
            # Words for the holder alone are all there is to note, then.
            "body": body or shared,
            "only_present": bool(typed.get("only_present")),
            "shared_ids": self._shared_commands(note, typed, shared),
        }
        if note:
            note.write(vals)
        else:
            note = self.env[NOTE].sudo().create({"interview_id": interview.id, **vals})
        self._attach(note, files)
        return note

    @api.model
    def _check_note(self, partner, interview, body):
        there = self._present_accompanying(interview) | interview.author_id
        if interview.state != "done":
            raise UserError(
                self.env._(
                    "A note is written on an interview that took place. Say first that"
                    " this one did."
                )
            )
        if partner not in there or not self._may_correct(partner, interview):
            raise UserError(
                self.env._(
                    "Those who accompanied the person at this interview write its note."
                )
            )
        if not body:
            raise ValidationError(
                self.env._("Write in a few words what was said: the note is empty.")
            )

    @api.model
    def _shared_commands(self, note, typed, new):
        commands = [Command.create({"body": new})] if new else []
        for block in note.shared_ids:
            body = self._typed_text(typed, f"shared_{block.id}")
            if not body:
                commands.append(Command.delete(block.id))
            elif body != block.body:
                commands.append(Command.update(block.id, {"body": body}))
        return commands

    @api.model
    def _typed_text(self, typed, name, limit=20000):
        text = (typed.get(name) or "").replace("\r\n", "\n").strip()
        return text[:limit]

    # ------------------------------------------------------------
    # Files
    # ------------------------------------------------------------

    @api.model
    def _attach(self, note, files):
        """The files are the note's from their creation: who reads one reads both."""
        self._check_files(note, files)
        made = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": name[:200],
                        "raw": content,
                        "res_model": NOTE,
                        "res_id": note.id,
                    }
                    for name, content in files
                ]
            )
        )
        note.attachment_ids = [Command.link(file.id) for file in made]

    @api.model
    def _check_files(self, note, files):
        if len(note.attachment_ids) + len(files) > FILES:
            raise ValidationError(
                self.env._("At most %(count)s files go with a note.", count=FILES)
            )
        for name, content in files:
            if len(content) > MEGABYTES * 1024 * 1024:
                raise ValidationError(
                    self.env._(
                        "“%(file)s” is too large: at most %(size)s megabytes.",
                        file=name,
                        size=MEGABYTES,
                    )
                )

    @api.model
    def _note_file(self, partner, note_id, file_id):
        """A file of a note that this person reads, or nothing."""
        notes = self.env[NOTE].sudo()
        note = notes.search(notes._hub_domain_for(partner) & Domain("id", "=", note_id))
        return note.attachment_ids.filtered(lambda file: file.id == file_id)

    @api.model
    def _note_file_remove(self, partner, note_id, file_id):
        """The author alone takes a file away, as long as he or she accompanies."""
        file = self._note_file(partner, note_id, file_id)
        note = self.env[NOTE].sudo().browse(note_id)
        if not file or note.author_id != partner:
            return None
        if self._may_correct(partner, note.interview_id):
            file.unlink()
        return note.interview_id
