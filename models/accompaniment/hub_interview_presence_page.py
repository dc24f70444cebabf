from odoo import fields, models

from .hub_interview_presence import ACCOMPANYING


class HubInterviewPresence(models.Model):
    """An appointment as its holder sees it: plain values, nothing about the subject."""

    _inherit = "hub.interview.presence"

    def _page_state(self):
        """``open``, ``cancelled`` or ``over``."""
        self.ensure_one()
        interview = self.sudo().interview_id
        if interview.state == "cancelled":
            return "cancelled"
        return "open" if self._is_open() else "over"

    def _card(self):
        """What the page says: once it is over, that it is over and nothing else."""
        self.ensure_one()
        state = self._page_state()
        card = {"id": self.id, "state": state, "path": self._portal_path()}
        if state == "over":
            return card
        interview = self.sudo().interview_id.with_context(lang=self.env.lang)
        card |= {"day": interview._day_words(), "start": interview._hour_words()}
        if state == "cancelled":
            return card
        return card | self._card_details(interview)

    def _card_details(self, interview):
        line = self.sudo()
        people = interview.presence_ids.filtered(lambda p: p.quality in ACCOMPANYING)
        zone = interview._zone()
        return {
            "end": interview._hour_words(interview._date_end()),
            "mode": interview.mode,
            "mode_words": interview._label_of("mode"),
            "place": interview.place or "",
            "people": self.env["hub.portal"]._contacts(people.partner_id),
            "answer": line.answer,
            "reason": line.answer_reason or "",
            "asked": line._asked_words(interview),
            "today": fields.Datetime.now().astimezone(zone).date(),
        }

    def _asked_words(self, interview):
        """What the holder is told of the moment he or she has asked for."""
        if not self.wished_start:
            return self.env._("You asked for another moment. You hear from us.")
        return self.env._(
            "You asked for another moment: %(moment)s. You hear from us.",
            moment=interview._moment_words(self.wished_start),
        )
