from odoo import models
from odoo.exceptions import UserError


class EventRegistration(models.Model):
    """The certificate that a person takes to whoever asks for it."""

    _inherit = "event.registration"

    def _hub_print_lang(self):
        """The language of the person who is certified to have come."""
        self.ensure_one()
        return self._hub_attendee().sudo().lang or self.event_id._hub_print_lang()

    def _hub_print_certificate(self):
        """The sentence; only presence is certified."""
        self.ensure_one()
        event = self.event_id
        if not self.hub_format or self.hub_attendance != "present":
            raise UserError(
                self.env._(
                    "%(person)s is not noted present at “%(event)s”: nothing can be"
                    " certified. Correct the sheet first.",
                    person=self.name or self.display_name,
                    event=event.name,
                )
            )
        return self.env._(
            "%(hub)s certifies that %(person)s attended “%(event)s” (%(format)s),"
            " %(when)s.",
            hub=(event.company_id or self.env.company).sudo().name,
            person=self.name,
            event=event.name,
            format=event._hub_print_format().lower(),
            when=event._hub_print_when(),
        )
