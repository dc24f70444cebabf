from odoo import api, fields, models
from odoo.fields import Domain

# The others wait behind one tap.
FIRST = 4
MOST = 30


class HubPortal(models.AbstractModel):
    """Workshops in one tap: what I may come to, and whether I do."""

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        cards = self._moment_cards(partner)
        if cards:
            # Who carries a project reads it after the next step; a volunteer after the
            # projects that wait for an answer.
            carries = any(section["key"] == "my_people" for section in sections)
            sections.append(self._moment_section(cards, 40 if carries else 135))
        return sections

    @api.model
    def _moment_section(self, cards, sequence):
        return {
            "sequence": sequence,
            "key": "moments",
            "title": self.env._("Workshops and meetings to come"),
            "template": "solidarity_hub.portal_section_moments",
            "values": {
                "error": self.env.context.get("hub_moment_error"),
                "first": cards[:FIRST],
                "others": cards[FIRST:],
            },
        }

    @api.model
    def _moment_cards(self, partner):
        """What is to come for this person; what was cancelled, for whoever is told."""
        events = self._moments_of(partner)
        places = self._places_of(partner, events)
        nothing = self.env["event.registration"].sudo()
        cards = []
        for event in events:
            place = places.get(event, nothing)
            card = event._hub_card(place)
            if card["state"] != "cancelled" or place.hub_attendance == "expected":
                cards.append(dict(card, path=f"/my/hub/moment/{event.id}"))
        return cards

    @api.model
    def _moments_of(self, partner):
        events = self.env["event.event"].sudo()
        return events.search(
            events._hub_domain_for(partner)
            & Domain("date_end", ">=", fields.Datetime.now()),
            limit=MOST,
        )

    @api.model
    def _places_of(self, partner, events):
        """``{moment: place of this person}``."""
        places = self.env["event.registration"].sudo()
        found = places.search(
            places._hub_domain_for(partner) & Domain("event_id", "in", events.ids)
        )
        return {place.event_id: place for place in found}

    @api.model
    def _moment_of(self, partner, event_id):
        """A moment of this person's page by its number, or nothing."""
        events = self.env["event.event"].sudo()
        return events.search(
            events._hub_domain_for(partner) & Domain("id", "=", event_id)
        )
