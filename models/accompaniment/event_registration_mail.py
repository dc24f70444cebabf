from odoo import api, fields, models

HUB = "solidarity_hub.group_hub_adviser"


class EventRegistration(models.Model):
    """What an e-mail to somebody on a list says."""

    _inherit = "event.registration"

    hub_email = fields.Char(
        string="E-mail of who attends",
        compute="_compute_hub_email",
        compute_sudo=True,
        groups=HUB,
    )
    hub_phone = fields.Char(
        string="Telephone of who attends",
        compute="_compute_hub_email",
        compute_sudo=True,
        groups=HUB,
    )

    @api.depends(
        "hub_partner_id.email",
        "hub_partner_id.phone",
        "partner_id.email",
        "partner_id.phone",
        "email",
        "phone",
    )
    def _compute_hub_email(self):
        for place in self:
            person = place._hub_attendee()
            place.hub_email = person.email if person else place.email
            place.hub_phone = person.phone if person else place.phone

    def _hub_by_person(self):
        """These places, those of one person together."""
        return list(
            self.grouped(
                lambda place: place._hub_attendee() or place.hub_email or place.id
            ).values()
        )

    def _hub_mail_cards(self):
        """The moments that one e-mail to this person is about, each with its link."""
        self.ensure_one()
        chosen = self.browse(self.env.context.get("hub_place_ids") or self.ids)
        (mine,) = (places for places in chosen._hub_by_person() if self in places)
        return [
            dict(place.event_id._hub_card(place), answer_url=place.hub_answer_url)
            for place in mine.sorted(lambda place: place.event_id.date_begin)
        ]

    def _hub_mail_to(self):
        """The address, where no contact is known."""
        return "" if self._hub_attendee() else self.hub_email or ""

    def _hub_mail_lang(self):
        return self._hub_attendee().lang or self.event_id._hub_print_lang()
