from odoo import fields, models
from odoo.fields import Domain

from ..common.hub_personal_link_mixin import key_opens


class EventRegistration(models.Model):
    """A place at a moment on the page that a personal link opens."""

    _inherit = "event.registration"

    def _hub_page(self):
        """Where the person answers without a password."""
        return f"/my/hub/place/{self.id}"

    def _hub_token_opens(self, token):
        return key_opens(self.sudo().hub_access_token, token)

    def _hub_place_card(self):
        """The moment as this person sees it."""
        self.ensure_one()
        return dict(self.event_id._hub_card(self), path=self._hub_page())

    def _hub_other_places(self):
        """Other moments to come for which the same person is on the list, each with
        the link to answer."""
        self.ensure_one()
        person = self._hub_attendee()
        if not person:
            return []
        others = self.sudo().search(
            self._hub_domain_for(person)
            & Domain("id", "!=", self.id)
            & Domain("event_id.date_end", ">=", fields.Datetime.now())
            & Domain("event_id.kanban_state", "!=", "cancel")
            & Domain("event_id.active", "=", True)
        )
        return [
            {
                "title": other.event_id.name,
                "day": other.event_id._hub_day_words(),
                "state": other.event_id._hub_state_for(other),
                "url": other.hub_answer_url,
            }
            for other in others.sorted(lambda place: place.event_id.date_begin)
        ]

    def _hub_whom_to_call(self):
        """Name and number of the hub."""
        company = self.event_id.company_id or self.env.company
        return self.env["hub.portal"]._contacts(company.sudo().partner_id)[0]
