from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...reports.print_words import spoken_day
from ...tools.calendar_file import calendar_file


class EventEvent(models.Model):
    """What people see of a moment on their own pages, and answering there."""

    _inherit = "event.event"

    # ------------------------------------------------------------
    # Answers
    # ------------------------------------------------------------

    def _hub_answer_for(self, partner, answer):
        """This person comes, or cannot; whoever was not on the list is added."""
        self.ensure_one()
        places = self.env["event.registration"]
        place = self._hub_place_of(partner)
        if place:
            place._hub_record_answer(answer, "portal")
            return place
        self._hub_check_open()
        if answer == "yes":
            self._hub_check_seats()
        vals = {
            "event_id": self.id,
            "partner_id": partner.id,
            "hub_attendance": "expected" if answer == "yes" else "excused",
        }
        vals |= places._prepare_hub_answer(answer, "portal", self)
        return places._unguarded().create(vals).with_env(self.env)

    def _hub_place_of(self, partner):
        places = self.env["event.registration"]
        mine = places._hub_domain_for(partner) & Domain("event_id", "=", self.id)
        return places.search(mine, limit=1)

    def _hub_check_open(self):
        """There is something to answer until the moment is over."""
        self.ensure_one()
        if self._hub_is_cancelled():
            raise UserError(
                self.env._(
                    "“%(event)s” was cancelled: there is nothing left to answer.",
                    event=self.name,
                )
            )
        if self._hub_is_over():
            raise UserError(
                self.env._(
                    "“%(event)s” is over: who came is noted on its sheet.",
                    event=self.name,
                )
            )

    def _hub_check_seats(self):
        if self._hub_is_full():
            raise UserError(
                self.env._(
                    "“%(event)s” is full: all seats are taken. Somebody may give up a"
                    " seat: call to know.",
                    event=self.name,
                )
            )

    def _hub_is_over(self):
        self.ensure_one()
        return self.date_end < fields.Datetime.now()

    def _hub_is_full(self):
        self.ensure_one()
        return bool(self.seats_limited and self.seats_max and self.seats_available <= 0)

    # ------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------

    def _hub_card(self, place):
        """What a page says of this moment to the person of this place, as plain values.

        :param place: the registration of the person, or an empty one
        """
        self.ensure_one()
        holds_seat = place.state == "open"
        return {
            "id": self.id,
            "title": self.name,
            "format": self._hub_print_format(),
            "day": self._hub_day_words(),
            "hours": self._hub_hours_words(),
            "place": self._hub_print_place(),
            "url": "" if self.address_id else self.event_url or "",
            "text": self.hub_presentation or "",
            "state": self._hub_state_for(place),
            "full": self._hub_is_full() and not holds_seat,
            "invited": bool(place),
            "left": self._hub_seats_left(),
        }

    def _hub_state_for(self, place):
        """``cancelled``, ``over``, ``noted`` (the sheet says who came), ``moved`` (to
        another date than that of the answer), ``yes``, ``no`` or ``waiting``."""
        if self._hub_is_cancelled():
            return "cancelled"
        if self._hub_is_over():
            return "over"
        if place.hub_attendance in ("present", "absent"):
            return "noted"
        if place.hub_date_moved:
            return "moved"
        return place.hub_answer or "waiting"

    def _hub_seats_left(self):
        """How many seats are left, where that begins to matter."""
        if not self.seats_limited or not self.seats_max:
            return ""
        left = self.seats_available
        if left == 1:
            return self.env._("1 seat left")
        if 0 < left <= 5:
            return self.env._("%(count)s seats left", count=left)
        return ""

    def _hub_day_words(self):
        """Tuesday 1 December, with the year where it is not this one."""
        start, end = self._hub_local(self.date_begin), self._hub_local(self.date_end)
        if start.date() == end.date():
            return spoken_day(self.env, start.date())
        return self.env._(
            "from %(first)s to %(last)s",
            first=spoken_day(self.env, start.date()),
            last=spoken_day(self.env, end.date()),
        )

    def _hub_hours_words(self):
        start, end = self._hub_local(self.date_begin), self._hub_local(self.date_end)
        return self.env._(
            "from %(start_hour)s to %(end_hour)s",
            start_hour=self._hub_print_hour(start),
            end_hour=self._hub_print_hour(end),
        )

    def _hub_calendar_file(self):
        """The moment for a calendar; a new date replaces the former there."""
        self.ensure_one()
        database = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return calendar_file(
            uid=f"hub-moment-{self.id}@{database}",
            stamp=fields.Datetime.now(),
            sequence=int(self.write_date.timestamp()) // 60,
            start=self.date_begin,
            end=self.date_end,
            summary=self.name,
            place=self._hub_print_place() or self.event_url or "",
            text=self.hub_presentation or "",
        )
