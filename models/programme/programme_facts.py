"""What counts under one programme, read once: figures of any period come from it."""

from collections import Counter
from dataclasses import dataclass, field

DAYS = {"entry": "entered_on", "exit": "left_on", "plus_6": "after_on"}
GENDERS = ("female", "male", "other", "unsaid")
SUMS = {"activities": "activity_created", "jobs": "job", "trainings": "training"}
HOURS = {"hours_paid": True, "hours_given": False}


@dataclass
class Facts:
    """People, outcomes, hours and attendances under a programme, without names."""

    people: list
    situations: object  # records, for the conditions of indicators
    outcomes: list = field(default_factory=list)  # (day, kind, number)
    hours: list = field(default_factory=list)  # (day, is paid, hours)
    attendances: list = field(default_factory=list)  # (day, number)

    def in_period(self, moment, start, end):
        """Those whose entry, exit or six months after lie in the period."""
        day = DAYS[moment]
        return [
            person
            for person in self.people
            if getattr(person, day) and start <= getattr(person, day) <= end
        ]

    def counted(self, indicator, start, end):
        """The people in an indicator."""
        people = self.in_period(indicator.moment, start, end)
        return indicator._tells(people, self.situations)

    def by_gender(self, indicator, start, end):
        return Counter(p.gender for p in self.counted(indicator, start, end))

    def measure(self, measure, start, end):
        """How much of what a target may be set for."""
        if measure in ("persons", "organisations", "projects"):
            people = self.in_period("entry", start, end)
            if measure == "projects":
                return len({person.lead_id for person in people})
            bodies = measure == "organisations"
            return len([p for p in people if p.is_organisation == bodies])
        if measure in SUMS:
            rows = [(d, n) for d, kind, n in self.outcomes if kind == SUMS[measure]]
        elif measure in HOURS:
            rows = [(d, n) for d, paid, n in self.hours if paid == HOURS[measure]]
        else:
            rows = self.attendances
        return sum(number for day, number in rows if start <= day <= end)
