from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

TEMPLATES = {
    "invitation": "solidarity_hub.mail_template_moment_invitation",
    "change": "solidarity_hub.mail_template_moment_change",
}


class HubMomentMessage(models.TransientModel):
    """Writing to the people of a list, when the coordinator says so: one e-mail a
    person, whatever the number of moments. Whoever has no address is called, or gets
    the personal link by text message."""

    _name = "hub.moment.message"
    _description = "E-mails to the people of a moment"

    event_ids = fields.Many2many(
        "event.event", string="Collective moments", required=True, readonly=True
    )
    kind = fields.Selection(
        [
            ("invitation", "Invite: do you come?"),
            ("change", "Tell what has changed (date, place, cancelled)"),
        ],
        string="What for",
        required=True,
        default="invitation",
    )
    again = fields.Boolean(
        string="Also those written to before",
        help="Who was invited and has not answered yet is asked once more.",
    )
    person_ids = fields.Many2many(
        "res.partner",
        string="By e-mail",
        compute="_compute_person_ids",
        store=True,
        readonly=False,
        help="Take off whoever should not be written to.",
    )
    call_ids = fields.Many2many(
        "event.registration",
        string="Without an e-mail address",
        compute="_compute_call_ids",
        help="One link a person: it leads to the other dates as well.",
    )
    mail_count = fields.Integer(string="E-mails", compute="_compute_mail_count")

    @api.depends("event_ids", "kind", "again")
    def _compute_person_ids(self):
        for message in self:
            places = message._to_tell().filtered("hub_email")
            people = places._hub_attendees()
            message.person_ids = people.sorted("display_name")

    @api.depends("event_ids", "kind", "again")
    def _compute_call_ids(self):
        for message in self:
            places = message._to_tell().filtered(lambda place: not place.hub_email)
            firsts = [mine[:1] for mine in places._hub_by_person()]
            message.call_ids = places.browse().union(*firsts).sorted("name")

    @api.depends("person_ids")
    def _compute_mail_count(self):
        for message in self:
            message.mail_count = len(message._to_write()._hub_by_person())

    def _to_tell(self):
        """Invited: who has not answered. Changed: who was to come, or answered for
        another date."""
        self.ensure_one()
        places = self.event_ids.registration_ids.filtered(
            lambda place: place.hub_format and not place.event_id._hub_is_over()
        )
        if self.kind == "change":
            return places.filtered(
                lambda place: place.hub_attendance == "expected" or place.hub_date_moved
            )
        return places.filtered(
            lambda place: (
                place.hub_answer == "waiting"
                and place.hub_attendance == "expected"
                and not place.event_id._hub_is_cancelled()
                and (self.again or not place.hub_asked_on)
            )
        )

    def _to_write(self):
        """The places of the people chosen, and of those known by an address only."""
        return self._to_tell().filtered(
            lambda place: (
                place.hub_email
                and (
                    not place._hub_attendee()
                    or place._hub_attendee() in self.person_ids
                )
            )
        )

    def action_send(self):
        """Put the e-mails into the queue of Odoo; who was written to is noted."""
        self.ensure_one()
        places = self._to_write().sudo()
        self._check(places)
        people = places._hub_by_person()
        firsts = places.browse([mine[:1].id for mine in people])
        template = self.env.ref(TEMPLATES[self.kind]).sudo()
        template.with_context(hub_place_ids=places.ids).send_mail_batch(
            firsts.ids,
            # On no record: whoever reads the list would read the personal links.
            email_values={"author_id": False, "model": False, "res_id": False},
        )
        places.hub_asked_on = fields.Date.context_today(self)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("E-mails on their way: %s.", len(people)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _check(self, places):
        if not self.env.user.has_group("solidarity_hub.group_hub_coordinator"):
            raise UserError(
                self.env._("The coordination writes to people; copy the link instead.")
            )
        strange = self.person_ids - places._hub_attendees()
        if strange:
            raise UserError(
                self.env._(
                    "%(person)s has nothing to be told about these moments, or no"
                    " e-mail address: take the name off.",
                    person=strange[0].display_name,
                )
            )
        if not places:
            raise UserError(
                self.env._(
                    "Nobody here has an e-mail address: call, or copy the personal link"
                    " into a text message."
                )
            )

    @api.model
    def _open_for(self, events, kind):
        """The window with the e-mails of these moments."""
        message = self.create({"event_ids": [Command.set(events.ids)], "kind": kind})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write to people"),
            "res_model": self._name,
            "res_id": message.id,
            "views": [(False, "form")],
            "target": "new",
        }
