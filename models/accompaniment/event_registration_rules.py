from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize

# Whatever is written of these may put a person twice on a sheet, or take the last seat.
LOCKED = {
    "active",
    "event_id",
    "hub_attendance",
    "hub_partner_id",
    "name",
    "partner_id",
    "state",
}


class EventRegistration(models.Model):
    """What the sheet of a moment refuses: somebody twice, presence at what was
    cancelled, more people than seats; never somebody who came."""

    _inherit = "event.registration"

    @api.constrains("event_id", "partner_id", "hub_partner_id", "name", "active")
    def _check_hub_twice(self):
        """Somebody is on the sheet of a moment once, whatever the answer."""
        places = self.sudo().filtered(lambda place: place.hub_format and place.active)
        if not places:
            return
        known = {}
        for other in places.search([("event_id", "in", places.event_id.ids)]):
            for key in other._hub_keys():
                known.setdefault(key, []).append(other)
        for place in places:
            for key in place._hub_keys():
                for other in known.get(key, ()):
                    if other != place and place._hub_is_same_person(other):
                        raise ValidationError(place._hub_words_of_twice(other))

    def _hub_keys(self):
        """Under what else somebody may be on the same sheet: the contact, the name."""
        keys = [(self.event_id.id, self._hub_name_key())]
        if attendee := self._hub_attendee():
            keys.append((self.event_id.id, attendee))
        return keys

    def _hub_name_key(self):
        return self.event_id._hub_key_of(self.name)

    def _hub_is_same_person(self, other):
        """Places that one person booked for several people carry other names; a name
        without a contact is taken for the person of that name on the sheet."""
        mine, theirs = self._hub_attendee(), other._hub_attendee()
        same_name = self._hub_name_key() == other._hub_name_key()
        if mine and theirs:
            explicit = self.hub_partner_id and other.hub_partner_id
            return mine == theirs and (bool(explicit) or same_name)
        emails = {email_normalize(place.email or "") for place in self + other}
        return bool(self._hub_name_key()) and same_name and len(emails - {False}) < 2

    def _hub_words_of_twice(self, other):
        labels = dict(self._fields["hub_attendance"]._description_selection(self.env))
        words = {
            "person": self._hub_attendee().name or self.name,
            "event": self.event_id.name,
            "answer": labels.get(other.hub_attendance, ""),
        }
        if self._hub_attendee() and other._hub_attendee():
            return self.env._(
                "%(person)s is already on the list of “%(event)s” (%(answer)s). Change"
                " the answer there instead of adding the person again.",
                **words,
            )
        return self.env._(
            "%(person)s is already on the list of “%(event)s” (%(answer)s). Change the"
            " answer there; if it is somebody else of the same name, write the name"
            " differently.",
            **words,
        )

    @api.constrains("state", "event_id")
    def _check_hub_cancelled(self):
        """Nobody came to what did not take place."""
        for place in self.sudo():
            if (
                place.hub_format
                and place.state == "done"
                and place.event_id.kanban_state == "cancel"
            ):
                raise ValidationError(
                    self.env._(
                        "“%(event)s” was cancelled: %(person)s cannot be noted present"
                        " there. If it took place after all, put it back first.",
                        event=place.event_id.name,
                        person=place.name or "",
                    )
                )

    @api.constrains("active", "state", "event_id", "event_slot_id", "event_ticket_id")
    def _check_seats_availability(self):
        """Seats are for those still expected: whoever came was there all the same."""
        noted = self.filtered(
            lambda place: place.hub_format and place.hub_attendance != "expected"
        )
        return super(EventRegistration, self - noted)._check_seats_availability()

    @api.model_create_multi
    def create(self, vals_list):
        places = super().create(vals_list)
        places._hub_serve_in_turn()
        return places

    def write(self, vals):
        result = super().write(vals)
        if LOCKED & set(vals):
            self._hub_serve_in_turn()
        return result

    def _hub_serve_in_turn(self):
        """Two people who change one sheet at the same time come one after the other:
        what the second one could not see yet is checked again."""
        self.filtered("hub_format").sudo().event_id._hub_touch()
