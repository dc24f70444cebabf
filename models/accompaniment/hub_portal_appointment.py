from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

MOST = 5


class HubPortal(models.AbstractModel):
    """My next appointment, first of all: confirm it, ask to move it, keep its date."""

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        lines = self._appointments_of(partner)
        if lines:
            sections.append(self._appointment_section(lines))
        return sections

    @api.model
    def _appointments_of(self, partner):
        """What is to come, and what was to come and is cancelled."""
        lines = self.env["hub.interview.presence"].sudo()
        found = lines.search(
            Domain("partner_id", "=", partner.id)
            & Domain("quality", "=", "holder")
            & Domain("interview_id.state", "in", ("planned", "cancelled"))
            & Domain("interview_id.lead_id.active", "=", True)
            & Domain("interview_id.date_start", ">", fields.Datetime.now())
        )
        return found.sorted(lambda line: line.interview_id.date_start)[:MOST]

    @api.model
    def _appointment_section(self, lines):
        lines = lines.with_context(lang=self.env.lang)
        cards = [line._card() for line in lines]
        # One that is cancelled is told after the next one that takes place.
        cards.sort(key=lambda card: card["state"] != "open")
        return {
            "sequence": 10,
            "key": "next_appointment",
            "title": self.env._("My next appointment"),
            "template": "solidarity_hub.portal_section_appointments",
            "values": {
                "first": cards[0],
                "others": cards[1:],
                "error": self.env.context.get("hub_appointment_error"),
                "typed": self.env.context.get("hub_appointment_typed") or {},
            },
        }

    @api.model
    def _appointment_answer(self, line, answer, typed):
        """What the holder answered on the page.

        :param typed: words, and day and hour of another moment, all optional
        """
        wished = None
        if answer == "no":
            wished = self._wished_moment(line, typed)
            if not wished and not self._typed_text(typed, "reason"):
                raise ValidationError(
                    self.env._(
                        "Name another day and hour, or write in a few words what would"
                        " suit you."
                    )
                )
        line._answer_appointment(
            answer, "portal", self._typed_text(typed, "reason", 500), wished
        )

    @api.model
    def _wished_moment(self, line, typed):
        if not (typed.get("date") or typed.get("time")):
            return None
        return self._typed_moment(line.interview_id._zone(), typed)
