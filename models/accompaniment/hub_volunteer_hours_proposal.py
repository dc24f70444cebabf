from collections import defaultdict
from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .hub_interview_presence import ACCOMPANYING
from .hub_volunteer_hours import COUNTED_KINDS
from .hub_volunteer_hours_rules import DAY

INTERVIEW_FUNCTIONS = {"reception": "reception", "diagnosis": "reception"}
MOMENT_FUNCTIONS = {
    "breakfast": "network",
    "info_afternoon": "reception",
    "training": "network",
    "awareness": "network",
    "review": "management",
}
# A day of a moment of several days whose hours are not told by its dates.
USUAL_DAY = 7.0
BATCH = 500


class HubVolunteerHours(models.Model):
    """Time proposed from what was done, for somebody to validate.

    What was proposed once (validated, corrected or archived since) is not proposed
    again; what did not take place after all is taken back as long as it is a draft.
    """

    _inherit = "hub.volunteer.hours"

    def action_propose(self):
        """Propose the time of all that was done and is not counted yet."""
        self._check_group("solidarity_hub.group_hub_adviser")
        made = self._propose(self.env.companies)
        message = (
            self.env._("%s lines of time to look at and to validate.", made)
            if made
            else self.env._("Nothing new: all that was done is already there.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if made else "info",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _cron_propose(self):
        """Once a day, in every hub."""
        companies = self.env["res.company"].search([("hub_active", "=", True)])
        self._propose(companies)

    @api.model
    def _propose(self, companies):
        """Proposals for these hubs; how many are new."""
        lines = self.sudo().with_context(active_test=False)
        lines._take_back(companies)
        values = lines._that_fit(lines._proposals(companies))
        for start in range(0, len(values), BATCH):
            lines.create(values[start : start + BATCH])
        return len(values)

    def _proposals(self, companies):
        """Values of lines for what was done and was never proposed.

        An area adds what people do there, and tells :meth:`_domain_took_place`.
        """
        return self._interview_values(companies) + self._moment_values(companies)

    @api.model
    def _domain_took_place(self):
        """``{source: lines whose occasion took place, with the person}``."""
        return {
            "interview": Domain("presence_id.quality", "in", ACCOMPANYING)
            & Domain("presence_id.interview_id.state", "=", "done"),
            "event": Domain("registration_id.state", "=", "done"),
        }

    def _take_back(self, companies):
        """Drafts of what did not take place after all, or without the person."""
        stale = Domain.OR(
            Domain("source", "=", source) & ~took_place
            for source, took_place in self._domain_took_place().items()
        )
        drafts = self.search(
            stale
            & Domain("company_id", "in", companies.ids)
            & Domain("state", "=", "draft")
        )
        drafts.unlink()

    def _known(self, name):
        """What was proposed already, as a query."""
        query = self._search([(name, "!=", False)])
        return query.subselect(SQL.identifier(self._table, name))

    def _interview_values(self, companies, interviews=None):
        """Who received or accompanied somebody at an interview.

        :param interviews: these only; all of these hubs when not given
        """
        these = [("interview_id", "in", interviews.ids)] if interviews else []
        presences = self.env["hub.interview.presence"].sudo()
        found = presences.search(
            [
                ("company_id", "in", companies.ids),
                ("quality", "in", ACCOMPANYING),
                ("interview_id.state", "=", "done"),
                ("id", "not in", self._known("presence_id")),
                *these,
            ],
            order="id",
        )
        values = []
        for presence in found:
            interview = presence.interview_id
            company = presence.company_id
            local = interview.with_context(
                tz=self._time_zone(company), lang=company.partner_id.lang
            )
            start = fields.Datetime.context_timestamp(local, interview.date_start)
            values.append(
                {
                    "partner_id": presence.partner_id.id,
                    "company_id": company.id,
                    "date": start.date(),
                    "hours": interview.duration,
                    "function": INTERVIEW_FUNCTIONS.get(
                        interview.kind, "accompaniment"
                    ),
                    "name": local.display_name,
                    "lead_id": interview.lead_id.id,
                    "source": "interview",
                    "presence_id": presence.id,
                }
            )
        return values

    def _moment_values(self, companies):
        """Who was present at a collective moment, a line per day of it."""
        places = (
            self.env["event.registration"]
            .sudo()
            .search(
                [
                    ("company_id", "in", companies.ids),
                    ("hub_format", "!=", False),
                    ("state", "=", "done"),
                    ("id", "not in", self._known("registration_id")),
                ],
                order="id",
            )
        )
        return [
            {
                "partner_id": place._hub_attendee().id,
                "company_id": place.company_id.id,
                "date": day,
                "hours": hours,
                "function": MOMENT_FUNCTIONS.get(place.hub_format, "accompaniment"),
                "name": place.event_id.name,
                "source": "event",
                "registration_id": place.id,
            }
            for place in places
            for day, hours in self._days_of(place.event_id)
        ]

    @api.model
    def _days_of(self, event):
        """Days of a moment with the hours of each, by the clock of its place."""
        zone = pytz.timezone(event.date_tz or "UTC")
        start, end = (
            pytz.utc.localize(moment).astimezone(zone)
            for moment in (event.date_begin, event.date_end)
        )
        length = (event.date_end - event.date_begin).total_seconds() / 3600
        count = (end.date() - start.date()).days + 1
        if count == 1 or length <= 12:
            return [(start.date(), round(length, 2))]
        begins, ends = (m.hour + m.minute / 60 for m in (start, end))
        hours = ends - begins if 0 < ends - begins <= 12 else USUAL_DAY
        return [(start.date() + timedelta(days=i), hours) for i in range(count)]

    @api.model
    def _time_zone(self, company):
        return company.partner_id.tz or self.env.user.tz or "UTC"

    def _that_fit(self, values):
        """Those of people with a role on the day, within 24 hours, not to come."""
        people = {vals["partner_id"] for vals in values}
        roles = self._roles_of(people)
        taken = self._hours_taken(people)
        today = fields.Date.context_today(self)
        fitting = []
        for vals in values:
            day = vals["partner_id"], vals["date"]
            held = roles.get((vals["partner_id"], vals["company_id"]), ())
            if (
                0 < vals["hours"] <= DAY - taken[day]
                and vals["date"] <= today
                and any(role._holds_on(vals["date"]) for role in held)
            ):
                taken[day] += vals["hours"]
                fitting.append(vals)
        return fitting

    @api.model
    def _roles_of(self, people):
        roles = self.env["hub.role"].sudo()
        found = roles.search(
            [("partner_id", "in", list(people)), ("kind", "in", COUNTED_KINDS)]
        )
        return found.grouped(lambda role: (role.partner_id.id, role.company_id.id))

    @api.model
    def _hours_taken(self, people):
        """Hours already there, ``{(person, day): hours}``."""
        groups = (
            self.sudo()
            .with_context(active_test=True)
            ._read_group(
                [("partner_id", "in", list(people))],
                ["partner_id", "date:day"],
                ["hours:sum"],
            )
        )
        taken = defaultdict(float)
        taken.update({(partner.id, day): hours for partner, day, hours in groups})
        return taken
