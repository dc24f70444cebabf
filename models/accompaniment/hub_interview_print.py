from odoo import models
from odoo.fields import Domain

from ...reports.print_words import long_date


class HubInterview(models.Model):
    """The sheet of an interview for the file of a project, and for those who may read
    it what was said."""

    _inherit = "hub.interview"

    def _hub_print_sheet(self):
        """What the sheet says, as plain values."""
        self.ensure_one()
        self.check_access("read")
        interview = self.sudo()
        return {
            "project": interview.lead_id.name,
            "rows": interview._hub_print_facts(),
            "people": interview._hub_print_people(),
            "steps": [interview._hub_print_step(step) for step in interview.action_ids],
            "notes": interview._hub_print_notes(),
        }

    def _hub_print_facts(self):
        """``[(label, value)]``, empty ones left out."""
        start = self._local_start()
        when = self.env._(
            "%(day)s, from %(start)s to %(end)s",
            day=long_date(self.env, start.date()),
            start=self._hour_words(),
            end=self._hour_words(self._date_end()),
        )
        rows = [
            (self.env._("When"), when),
            (self.env._("Duration"), self._duration_words()),
            (self._field_label("kind"), self._label_of("kind")),
            (self._field_label("mode"), self._label_of("mode")),
            (self._field_label("place"), self.place),
            (self._field_label("state"), self._label_of("state")),
            (self._field_label("author_id"), self.author_id.name),
        ]
        return [(label, value) for label, value in rows if value]

    def _hub_print_step(self, step):
        """What, who, by when."""
        day = long_date(self.env, step.done_on or step.date_due)
        if step.is_done:
            day = self.env._("done on %(day)s", day=day)
        return step.name, step.partner_id.name or "", day

    def _field_label(self, name):
        return self._fields[name]._description_string(self.env)

    def _hub_print_people(self):
        field = self.presence_ids._fields["quality"]
        labels = dict(field._description_selection(self.env))
        people = [
            (line.partner_id.name or "", labels[line.quality])
            for line in self.presence_ids
        ]
        return people + [(self.guests, labels["guest"])] * bool(self.guests)

    def _hub_print_notes(self):
        """The notes that whoever prints reads; nothing for anybody else."""
        notes = self.env["hub.interview.note"].sudo()
        reader = self.env.user.partner_id
        found = notes.search(
            notes._hub_domain_for(reader) & Domain("interview_id", "=", self.id)
        )
        return [
            {
                "byline": self.env._(
                    "Written by %(author)s. Not to be copied or passed on; read by"
                    " nobody but %(readers)s.",
                    author=note.author_id.name or "",
                    readers=note.readers_text or "",
                ),
                "body": note.body,
                "shared": note.shared_ids.sorted("id").mapped("body"),
            }
            for note in found
        ]
