from datetime import datetime

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

# What most interviews last, in one tap.
DURATIONS = (0.5, 1.0, 1.5, 2.0, 3.0)
STEPS = 2
AGREED_BY = ("phone", "in_person")


class HubPortal(models.AbstractModel):
    """The form of an interview on a telephone: read what was typed, write it down.

    ``declare``: it took place. ``plan``: an appointment. Whatever is refused, the form
    comes back as it was typed, with the reason.
    """

    _inherit = "hub.portal"

    @api.model
    def _interview_form(self, partner, lead, purpose, interview=None, typed=None):
        """What the form shows.

        :param purpose: ``declare`` or ``plan``
        :param interview: the one to correct, nothing for a new one
        """
        interview = interview or self.env["hub.interview"].sudo()
        form = typed or self._interview_defaults(lead, interview, purpose, partner)
        zone = interview._zone_of(lead.company_id, partner)
        page = f"interview/{interview.id}" if interview else f"project/{lead.id}"
        values = {
            "purpose": purpose,
            "title": lead.name,
            "back": f"/my/hub/{page}",
            "form": form,
            "me": partner.id,
            "today": datetime.now(zone).date(),
            "exists": bool(interview),
            "steps": range(STEPS),
            **self._interview_choices(lead, interview, partner),
        }
        if purpose == "declare":
            values["note"] = self._note_form(partner, interview, typed)
        return values

    @api.model
    def _interview_choices(self, lead, interview, partner):
        """What there is to tap, and who may have been there."""
        choices = interview._fields
        durations = sorted({*DURATIONS, interview.duration} - {0.0})
        words = partner._hub_hours_words
        return {
            "durations": [(str(hours), words(hours)) for hours in durations],
            "modes": choices["mode"]._description_selection(self.env),
            "kinds": choices["kind"]._description_selection(self.env),
            "people": [
                {
                    "field": f"person_{person.id}",
                    "id": person.id,
                    "name": person.name or "",
                    "holder": quality == "holder",
                }
                for person, quality in self._people_around(lead, partner)
            ],
        }

    @api.model
    def _interview_defaults(self, lead, interview, purpose, partner):
        around = self._people_around(lead, partner)
        there = interview.presence_ids.partner_id
        shown = {
            f"person_{person.id}": "1"
            for person, quality in around
            if (person in there if interview else quality == "holder")
        }
        if not interview:
            today = datetime.now(interview._zone_of(lead.company_id, partner)).date()
            shown |= {"date": str(today) if purpose == "declare" else ""}
            return shown | {
                "duration": "1.0",
                "mode": "in_person",
                "kind": "follow_up",
                "place": self._usual_place(lead),
            }
        local = interview._local_start()
        return shown | {
            "date": str(local.date()),
            "time": local.strftime("%H:%M"),
            "duration": str(interview.duration),
            "mode": interview.mode,
            "kind": interview.kind,
            "place": interview.place or "",
            "guests": interview.guests or "",
        }

    @api.model
    def _usual_place(self, lead):
        """Where people met the last time."""
        latest = self.env["hub.interview"].sudo()
        found = latest.search(
            Domain("lead_id", "=", lead.id) & Domain("mode", "=", "in_person"), limit=1
        )
        return found.place or ""

    # ------------------------------------------------------------
    # Reading what was typed
    # ------------------------------------------------------------

    @api.model
    def _typed_moment(self, zone, typed, day="date", hour="time"):
        """The moment in UTC, from a day and an hour of the hub's clock."""
        moment = f"{typed.get(day) or ''} {(typed.get(hour) or '')[:5]}:00"
        try:
            local = zone.localize(fields.Datetime.to_datetime(moment))
            return local.astimezone(pytz.utc).replace(tzinfo=None)
        except (ValueError, OverflowError):
            raise ValidationError(
                self.env._("Choose a day and an hour, such as 14:30.")
            ) from None

    @api.model
    def _typed_interview(self, partner, lead, typed):
        """Values of the interview."""
        interviews = self.env["hub.interview"]
        try:
            duration = float((typed.get("duration") or "").replace(",", "."))
        except ValueError:
            duration = 0.0
        # Also false for "nan"
        if not duration > 0:
            raise ValidationError(self.env._("How long does it take? Choose a time."))
        vals = {
            "date_start": self._typed_moment(
                interviews._zone_of(lead.company_id, partner), typed
            ),
            "duration": duration,
            "place": self._typed_text(typed, "place", 200),
            "guests": self._typed_text(typed, "guests", 300),
        }
        for name in ("mode", "kind"):
            if typed.get(name) not in dict(interviews._fields[name].selection):
                raise ValidationError(
                    self.env._("Say how you met, and for what kind of interview.")
                )
            vals[name] = typed[name]
        return vals

    @api.model
    def _typed_people(self, partner, lead, interview, typed):
        """Commands for who is there: the person of the page always is."""
        there = {line.partner_id: line for line in interview.presence_ids}
        commands = []
        for person, quality in self._people_around(lead, partner):
            ticked = bool(typed.get(f"person_{person.id}"))
            if ticked and person not in there:
                line = {"partner_id": person.id, "quality": quality}
                commands.append(Command.create(line))
            elif not ticked and person in there:
                commands.append(Command.delete(there[person].id))
        if partner not in there:
            line = {
                "partner_id": partner.id,
                "quality": self.env["hub.interview"]._own_quality(),
            }
            commands.insert(0, Command.create(line))
        return commands

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------

    @api.model
    def _interview_save(self, partner, lead, purpose, typed, interview=None, files=()):
        """Write down what was typed; a second tap on the button changes nothing.

        :return: the interview
        """
        interview = interview or self.env["hub.interview"].sudo()
        vals = self._typed_interview(partner, lead, typed)
        self._check_purpose(purpose, vals["date_start"])
        if not interview:
            interview = self._same_interview(partner, lead, purpose, vals)
            if interview:
                return interview
            vals |= {"lead_id": lead.id, "author_id": partner.id}
        vals["presence_ids"] = self._typed_people(partner, lead, interview, typed)
        vals["state"] = "done" if purpose == "declare" else "planned"
        if interview:
            interview.write(vals)
        else:
            interview = interview.create(vals)
        if purpose == "plan":
            self._note_agreement(interview, typed)
        else:
            self._steps_save(partner, interview, typed)
            self._note_save(partner, interview, typed, files)
            self.env["hub.volunteer.hours"]._propose_interviews(interview)
        return interview

    @api.model
    def _check_purpose(self, purpose, start):
        now = fields.Datetime.now()
        if purpose == "declare" and start > now:
            raise UserError(
                self.env._(
                    "This moment is still to come: an interview is declared once it"
                    " took place. Plan it as an appointment, or correct its date."
                )
            )
        if purpose == "plan" and start <= now:
            raise UserError(
                self.env._(
                    "This moment has passed: an appointment is still to come. Declare"
                    " the interview if it took place, or correct its date."
                )
            )

    @api.model
    def _same_interview(self, partner, lead, purpose, vals):
        """The one that a first tap has just written, if this is a second one."""
        roles = self.env["hub.role"].sudo()
        roles.search(roles._hub_domain_for(partner))._lock_and_touch()
        state = "done" if purpose == "declare" else "planned"
        interviews = self.env["hub.interview"].sudo()
        return interviews.search(
            Domain("lead_id", "=", lead.id)
            & Domain("author_id", "=", partner.id)
            & Domain("date_start", "=", vals["date_start"])
            & Domain("state", "=", state),
            limit=1,
        )

    @api.model
    def _note_agreement(self, interview, typed):
        """Most appointments are agreed on together: nobody is asked again."""
        if typed.get("agreed") in AGREED_BY:
            for line in interview.presence_ids.filtered(lambda p: p._is_open()):
                line._answer_appointment("yes", typed["agreed"])

    @api.model
    def _steps_save(self, partner, interview, typed):
        """Next steps join the road map; the whole team sees them."""
        people = {
            str(person.id)
            for person, _q in self._people_around(interview.lead_id, partner)
        } | {str(partner.id)}
        steps = []
        for number in range(STEPS):
            name = self._typed_text(typed, f"step_{number}", 200)
            who = typed.get(f"step_who_{number}")
            if name:
                steps.append(
                    {
                        "lead_id": interview.lead_id.id,
                        "interview_id": interview.id,
                        "name": name,
                        "partner_id": int(who) if who in people else False,
                        "date_due": self._typed_day(typed, f"step_due_{number}"),
                    }
                )
        self.env["hub.project.action"].sudo().create(steps)

    @api.model
    def _typed_day(self, typed, name):
        try:
            return fields.Date.to_date(typed.get(name) or None)
        except ValueError:
            raise ValidationError(self.env._("Choose a day in the calendar.")) from None
