from odoo import fields, models
from odoo.exceptions import UserError


class HubPresence(models.Model):
    """Who is there, from when to when; who therefore may vote at a moment."""

    _inherit = "hub.presence"

    def _is_there(self, moment):
        """Whether the person (or the substitute) sits there at this moment."""
        self.ensure_one()
        return self.state == "present" and (
            (not self.arrival or self.arrival <= moment)
            and (not self.departure or self.departure > moment)
        )

    def _voter(self, moment):
        """The seat from which this one votes at a moment: its own, that of the holder
        of its proxy, or none."""
        self.ensure_one()
        if self._is_there(moment):
            return self
        holder = self.proxy_to_id
        if holder and self._is_represented(moment) and holder._is_there(moment):
            return holder
        return self.browse()

    def _voter_at_all(self):
        """The same for the whole of a meeting: whoever was there for a part of it."""
        self.ensure_one()
        if self.state == "present":
            return self
        holder = self.proxy_to_id
        if self.state == "represented" and holder.state == "present":
            return holder
        return self.browse()

    def _sat_in_by(self, partner):
        """Whether this person speaks for the seat: the member, or the substitute who
        sits there instead."""
        seats = self.filtered(
            lambda line: (
                line.substitute_id == partner
                if line.by_substitute
                else line.partner_id == partner
            )
        )
        return bool(seats)

    def _sitting_person(self):
        """The member, or the substitute who sat there instead."""
        self.ensure_one()
        return (self.by_substitute and self.substitute_id) or self.partner_id

    def _people_behind(self):
        """Whose interests speak from this seat: the person's, and those of the
        organisation to which he or she belongs, or which he or she represents."""
        person = self._sitting_person()
        return person | person.parent_id | self.mandate_id.represented_id

    def _hours_there(self):
        """How long the person was there."""
        self.ensure_one()
        meeting = self.meeting_id
        start = self.arrival or meeting.opened_at or meeting.date
        end = self.departure or meeting._ends()
        return round(max((end - start).total_seconds(), 0) / 3600, 2)

    def _absence_words(self, moment):
        """Why nobody votes for this seat at a moment, as the end of a sentence."""
        self.ensure_one()
        holder = self.proxy_to_id
        if holder and self._is_represented(moment):
            return self.env._(
                "%(holder)s, who holds the proxy, is not there", holder=holder.name
            )
        if self.state == "present" and self.departure and self.departure <= moment:
            return self.env._(
                "the person left at %(hour)s and gave no proxy",
                hour=self.meeting_id._hour(self.departure),
            )
        return self.env._("the person is not there and gave no proxy")

    def _is_expected(self):
        """Whether the person will be there, as far as is known."""
        self.ensure_one()
        return self.state == "present" or (
            self.state == "expected" and self.answer == "yes"
        )

    def _is_represented(self, moment):
        """Whether the proxy is in use: the person is not there (or no longer)."""
        left = self.state == "present" and self.departure and self.departure <= moment
        return self.state == "represented" or bool(left)

    # ------------------------------------------------------------
    # Buttons of the list
    # ------------------------------------------------------------

    def action_present(self):
        """There: from now on where the meeting has begun, else from the beginning."""
        self.check_access("write")
        now = fields.Datetime.now()
        for line in self:
            late = line.meeting_id._is_late(now)
            vals = {"state": "present", "departure": False}
            if not line.arrival and late:
                vals["arrival"] = now
            line.write(vals)

    def action_left(self):
        """Gone: does not vote any more, unless by proxy."""
        self.check_access("write")
        for line in self:
            if line.state != "present":
                raise UserError(
                    self.env._(
                        "%(person)s is not noted present.", person=line.display_name
                    )
                )
            line.departure = fields.Datetime.now()

    def action_excused(self):
        """Not there, and has said so."""
        self.check_access("write")
        self.write({"state": "excused", "arrival": False, "departure": False})

    def action_absent(self):
        """Not there, without a word."""
        self.check_access("write")
        self.write({"state": "absent", "arrival": False, "departure": False})

    def action_expected(self):
        """Noted by mistake: wait for the person again."""
        self.check_access("write")
        for line in self:
            state = "represented" if line.proxy_to_id else "expected"
            line.write({"state": state, "arrival": False, "departure": False})

    def action_fee_paid(self):
        """The fee was paid at the door."""
        self.ensure_one()
        self.check_access("write")
        fees = self.env["hub.fee"]
        people = self.partner_id | self.mandate_id.represented_id
        year = self.meeting_id._day().year
        due = fees.search(
            [
                ("partner_id", "in", people.ids),
                ("year", "=", year),
                ("company_id", "=", self.company_id.id),
            ],
            limit=1,
        )
        if due:
            return due.action_paid()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Fee paid"),
            "res_model": "hub.fee",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_partner_id": people[-1:].id,
                "default_year": year,
                "default_paid_on": fields.Date.to_string(
                    fields.Date.context_today(self)
                ),
            },
        }
