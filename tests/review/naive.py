"""The figures of a year counted one by one, record by record, in plain Python.

Slow and simple on purpose: it shares nothing with the queries it checks.
"""

from collections import defaultdict
from datetime import date

import pytz

SUCCESS = ("activity_created", "job", "training")
FORMATS = ("breakfast", "info_afternoon", "workshop", "working_group", "follow_up")


class NaiveYear:
    """What happened in a hub in a year."""

    def __init__(self, hub, year, programme=None):
        self.env = hub.sudo().with_context(active_test=False).env
        self.hub = hub.with_env(self.env)
        self.start, self.end = date(year, 1, 1), date(year, 12, 31)
        self.zone = pytz.timezone(hub._hub_tz() or "UTC")
        self.projects = self.env["crm.lead"].search(
            [("is_hub_project", "=", True), ("company_id", "=", hub.id)]
        )
        if programme:
            self.projects = self.projects.filtered(
                lambda lead: programme in lead.hub_programme_ids
            )

    def within(self, day):
        return bool(day) and self.start <= day <= self.end

    def local(self, moment):
        return pytz.utc.localize(moment).astimezone(self.zone).date()

    # One project

    def interviews(self, lead):
        return [
            interview
            for interview in self.env["hub.interview"].search(
                [("lead_id", "=", lead.id)]
            )
            if interview.state == "done"
            and self.within(self.local(interview.date_start))
        ]

    def is_received(self, lead):
        return self.within(lead.hub_reception_date) or any(
            interview.kind == "reception" for interview in self.interviews(lead)
        )

    def is_alone(self, lead):
        """Accompanied individually."""
        if any(interview.kind != "reception" for interview in self.interviews(lead)):
            return True
        for pairing in lead.hub_pairing_ids:
            began = pairing.volunteer_answer == pairing.holder_answer == "yes"
            if (
                pairing.state in ("active", "ended")
                and began
                and pairing.date_start
                and pairing.date_start <= self.end
                and (not pairing.date_end or pairing.date_end >= self.start)
            ):
                return True
        day = self.start
        pacts = self.env["hub.pact"].search([("lead_ids", "in", lead.ids)])
        for ordinal in range(day.toordinal(), self.end.toordinal() + 1):
            if pacts and pacts._in_force_on(date.fromordinal(ordinal)):
                return True
        return False

    def presences(self):
        """(moment, person, project named on the sheet) of those who came."""
        for place in self.env["event.registration"].search([]):
            event = place.event_id
            if (
                place.active
                and place.hub_attendance == "present"
                and event.hub_format in FORMATS
                and event.kanban_state != "cancel"
                and event.company_id in (self.hub, self.env["res.company"])
                and self.within(self.local(event.date_begin))
            ):
                yield event, place.hub_partner_id or place.partner_id, place.hub_lead_id

    def is_together(self, lead):
        """Accompanied in collective moments."""
        moments = {
            event
            for event, person, named in self.presences()
            if named == lead
            or (not named and person and person in lead.hub_holder_ids.partner_id)
        }
        return len(moments) >= self.hub.hub_collective_times

    def comes_often(self, person):
        moments = {event for event, who, _named in self.presences() if who == person}
        return len(moments) >= self.hub.hub_collective_times

    def is_open(self, lead):
        steps = [step for step in lead.hub_path_ids if step.date_start <= self.end]
        if steps:
            return max(steps, key=lambda s: (s.date_start, s.id)).phase != "closed"
        return not lead.hub_accompaniment_end or lead.hub_accompaniment_end > self.end

    def outcomes(self, lead, *kinds):
        return [
            outcome
            for outcome in lead.hub_outcome_ids
            if outcome.kind in kinds and self.within(outcome.date)
        ]

    def led_to(self, lead):
        """{kind: how many} of the three successes."""
        sums = {
            kind: sum(outcome.quantity for outcome in self.outcomes(lead, kind))
            for kind in SUCCESS
        }
        return {kind: number for kind, number in sums.items() if number}

    # All of them

    def figures(self):
        found = defaultdict(int)
        self._count_projects(found)
        self._count_people(found)
        return found

    def _count_subject(
        self, found, series, received, alone, together, led_to, going_on
    ):
        found[f"{series}.received"] += received
        if not (alone or together):
            return
        found[f"{series}.accompanied"] += 1
        found[f"{series}.only_individual"] += not together
        found[f"{series}.only_collective"] += not alone
        found[f"{series}.both_ways"] += bool(alone and together)
        found[f"{series}.completed"] += bool(led_to)
        found[f"{series}.with_activity"] += "activity_created" in led_to
        found[f"{series}.with_job"] += "job" in led_to
        found[f"{series}.with_training"] += "training" in led_to
        found[f"{series}.several"] += len(led_to) > 1
        found[f"{series}.continuing"] += going_on
        found[f"{series}.completed_continuing"] += bool(going_on and led_to)
        found[f"{series}.other"] += not going_on and not led_to

    def _count_projects(self, found):
        for lead in self.projects.filtered(lambda one: one.hub_entry != "dla"):
            alone, together = self.is_alone(lead), self.is_together(lead)
            led_to = self.led_to(lead)
            self._count_subject(
                found,
                "project",
                self.is_received(lead),
                alone,
                together,
                led_to,
                self.is_open(lead),
            )
            prefix = "" if alone or together else "beside_"
            for kind, name in zip(
                SUCCESS, ("activities", "jobs", "trainings"), strict=True
            ):
                found[f"project.{prefix}{name}"] += led_to.get(kind, 0)
            if alone or together:
                found["project.archived"] += not lead.active
                for outcome in self.outcomes(lead, "job"):
                    found["project.jobs_fte"] += outcome.jobs_fte
                    if outcome.job_kind:
                        found[f"project.jobs_{outcome.job_kind}"] += outcome.quantity

    def _count_people(self, found):
        carried = defaultdict(lambda: self.env["crm.lead"])
        for lead in self.projects.filtered(lambda one: one.hub_entry != "dla"):
            people = lead.hub_holder_ids.partner_id
            if not people and self.is_received(lead):
                found["person.received"] += 1
                found["person.anonymous"] += 1
            for person in people:
                carried[person] |= lead
        for person, leads in carried.items():
            received = any(self.is_received(lead) for lead in leads)
            if person.is_company:
                found["person.organisations"] += received
                continue
            self._count_person(found, person, leads, received)

    def _count_person(self, found, person, leads, received):
        often = self.comes_often(person)
        through = leads if often else leads.filtered(self._is_accompanied)
        led_to = {}
        for lead in leads:
            led_to |= self.led_to(lead)
        self._count_subject(
            found,
            "person",
            received,
            any(self.is_alone(lead) for lead in leads),
            often or any(self.is_together(lead) for lead in leads),
            led_to,
            any(self.is_open(lead) for lead in through),
        )
        everywhere = self.env["hub.project.holder"].search(
            [("partner_id", "=", person.id), ("company_id", "=", self.hub.id)]
        )
        before = [
            lead.hub_reception_date
            for lead in everywhere.lead_id
            if lead.hub_entry != "dla" and lead.hub_reception_date < self.start
        ]
        found["person.new"] += received and not before

    def _is_accompanied(self, lead):
        return self.is_alone(lead) or self.is_together(lead)
