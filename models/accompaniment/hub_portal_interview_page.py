from urllib.parse import quote

from odoo import api, fields, models

from ..pairing.hub_pairing import FOLLOWED_STATES
from .hub_interview_presence import ACCOMPANYING


class HubPortal(models.AbstractModel):
    """One interview on the telephone of somebody who accompanies."""

    _inherit = "hub.portal"

    @api.model
    def _interview_page(self, partner, interview):
        """The fact, who was there, the next steps, and the notes this person reads."""
        [row] = self._interview_rows(partner, interview).values()
        local = interview.with_context(lang=self.env.lang)
        may_correct = self._may_correct(partner, interview)
        now = fields.Datetime.now()
        notes = self._notes_read(partner, interview)
        return row | {
            "id": interview.id,
            "project_url": f"/my/hub/project/{interview.lead_id.id}",
            "end": local._hour_words(interview._date_end()),
            "place": interview.place or "",
            "guests": interview.guests or "",
            "people": [
                {"name": line.partner_id.name, "quality": quality}
                for line, quality in self._present_people(interview)
            ],
            "to_come": interview.state == "planned" and interview.date_start > now,
            "to_note": interview.state == "planned" and interview.date_start <= now,
            "may_correct": may_correct,
            "may_note": may_correct
            and interview.state == "done"
            and not notes.filtered(lambda note: note.author_id == partner),
            "holders": self._asked_holders(interview) if may_correct else [],
            "steps": self._step_values(interview),
            "notes": [self._note_values(partner, note) for note in notes],
        }

    @api.model
    def _present_people(self, interview):
        field = interview.presence_ids._fields["quality"]
        labels = dict(field._description_selection(self.env))
        return [(line, labels[line.quality]) for line in interview.presence_ids]

    @api.model
    def _asked_holders(self, interview):
        """Each holder's answer to an appointment, and the link to hand over."""
        lines = interview.presence_ids.filtered(lambda p: p._is_open())
        local = interview.with_context(lang=self.env.lang)
        return [
            {
                "id": line.id,
                "name": line.partner_id.name or "",
                "answer": line.answer,
                "reason": line.answer_reason or "",
                "move": line.wished_start
                and self.env._(
                    "Move it to %(moment)s",
                    moment=local._moment_words(line.wished_start),
                ),
                "told": bool(line.told_on),
                "phone": line.partner_id.phone or "",
                "link": line.url,
                "sms": self._sms(line),
            }
            for line in lines
        ]

    @api.model
    def _sms(self, line):
        """A text message with the personal link, ready to be sent."""
        phone = "".join((line.partner_id.phone or "").split())
        env = self.with_context(lang=line.partner_id.lang or self.env.lang).env
        words = env._("Our appointment: %(link)s", link=line.url)
        return f"sms:{phone}?&body={quote(words)}"

    @api.model
    def _step_values(self, interview):
        return [
            {
                "name": step.name,
                "who": step.partner_id.name or "",
                "due": step.date_due,
                "done": step.is_done,
            }
            for step in interview.action_ids
        ]

    @api.model
    def _people_around(self, lead, partner):
        """Who may have been there with this person: ``[(person, quality)]``."""
        holders = lead.hub_holder_ids.partner_id | lead.partner_id
        follows = lead.hub_pairing_ids.filtered(lambda p: p.state in FOLLOWED_STATES)
        others = follows.volunteer_id - partner - holders
        return [(person, "holder") for person in holders] + [
            (person, "volunteer") for person in others
        ]

    # ------------------------------------------------------------
    # Taps
    # ------------------------------------------------------------

    @api.model
    def _interview_line(self, partner, interview_id, line_id):
        """The holder's line of an appointment that this person may see to."""
        interview = self._own_interview(partner, interview_id)
        return interview.presence_ids.filtered(
            lambda line: line.id == line_id and line._is_open()
        )

    @api.model
    def _interview_cancel(self, partner, interview_id):
        interview = self._own_interview(partner, interview_id)
        if interview.state == "planned":
            interview.action_cancel()
        return interview

    @api.model
    def _present_accompanying(self, interview):
        lines = interview.presence_ids
        return lines.filtered(lambda line: line.quality in ACCOMPANYING).partner_id
