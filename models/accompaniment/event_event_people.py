from odoo import api, fields, models
from odoo.tools import remove_accents

HUB = "solidarity_hub.group_hub_adviser"


class EventEvent(models.Model):
    """Who is on the list of a moment, and what they said before it."""

    _inherit = "event.event"

    hub_comes_count = fields.Integer(
        string="Come", compute="_compute_hub_answer_counts", groups=HUB
    )
    hub_unanswered_count = fields.Integer(
        string="Have not answered", compute="_compute_hub_answer_counts", groups=HUB
    )
    hub_moved_count = fields.Integer(
        string="Answered for an earlier date",
        compute="_compute_hub_answer_counts",
        groups=HUB,
    )

    @api.depends(
        "registration_ids.hub_answer",
        "registration_ids.hub_attendance",
        "registration_ids.hub_answered_for",
        "date_begin",
    )
    def _compute_hub_answer_counts(self):
        for event in self:
            expected = event.registration_ids.filtered(
                lambda place: place.hub_format and place.hub_attendance == "expected"
            )
            comes = expected.filtered(lambda place: place.hub_answer == "yes")
            event.hub_comes_count = len(comes)
            event.hub_unanswered_count = len(expected - comes)
            event.hub_moved_count = len(
                event.registration_ids.filtered("hub_date_moved")
            )

    def action_hub_write(self, kind=None):
        """Choose whom to write to; nothing is sent before.

        :param kind: ``invitation`` or ``change``; by default what there is to tell
        """
        self._hub_check_moments()
        if not kind:
            changed = any(
                event._hub_is_cancelled() or event.hub_moved_count for event in self
            )
            kind = "change" if changed else "invitation"
        return self.env["hub.moment.message"]._open_for(self, kind)

    def _hub_add_people(self, people, attendance="expected", answer="waiting"):
        """Put people on the lists of these moments; nobody comes on one twice.

        Whoever is only asked takes no seat before the yes.

        :param attendance: what to note for them; who was on the list already is left
            as noted, unless the person came
        :param answer: ``yes`` for those who said that they come
        :return: the places that are new
        """
        places = self.env["event.registration"]
        known, names = self._hub_known_places()
        values = []
        for event in self:
            for person in people:
                place = known.get((event, person))
                if not place:
                    place = names.pop((event, self._hub_key_of(person.name)), places)
                    place.partner_id = person
                if not place:
                    values.append(
                        self._prepare_hub_place(event, person, attendance, answer)
                    )
                elif attendance == "present" and place.hub_attendance != "present":
                    place.hub_attendance = attendance
                elif answer == "yes" and place.hub_attendance == "expected":
                    place._hub_record_answer(answer, "phone")
        return places._unguarded().create(values).with_env(self.env)

    @api.model
    def _prepare_hub_place(self, event, person, attendance, answer):
        vals = {
            "event_id": event.id,
            "partner_id": person.id,
            "hub_attendance": attendance,
        }
        if attendance == "expected" and answer == "waiting":
            return vals | {"state": "draft"}
        if answer == "yes":
            vals |= self.env["event.registration"]._prepare_hub_answer(
                answer, "phone", event
            )
        return vals

    def _hub_known_places(self):
        """Places by moment and person; those without a contact by moment and name."""
        known, names = {}, {}
        places = self.env["event.registration"].search([("event_id", "in", self.ids)])
        for place in places:
            if person := place._hub_attendee():
                known[place.event_id, person] = place
            else:
                names[place.event_id, self._hub_key_of(place.name)] = place
        return known, names

    @api.model
    def _hub_key_of(self, name):
        """A name as it is compared: without accents, capitals and double spaces."""
        return " ".join(remove_accents(name or "").casefold().split())
