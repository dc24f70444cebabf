from collections import Counter, defaultdict

from odoo import api, models
from odoo.fields import Domain

from ...tools.breakdowns import shown_groups
from .programme_facts import GENDERS, SUMS, Facts

REST = "rest"


class HubProgramme(models.Model):
    """How many, by code and gender; and what of it may leave the hub."""

    _inherit = "hub.programme"

    def _facts(self, as_of=None):
        """``{programme id: Facts}``, with the same few queries for many."""
        people = self._people_of_all(as_of)
        situations = self._situations(self._holders(), as_of)
        facts = {p.id: Facts(people.get(p.id, []), situations) for p in self}
        self._read_outcomes(facts)
        self._read_hours(facts)
        self._read_attendances(facts)
        return facts

    def _read_outcomes(self, facts):
        carried = defaultdict(list)
        for programme_id, known in facts.items():
            for lead_id in {person.lead_id for person in known.people}:
                carried[lead_id].append(programme_id)
        outcomes = self.env["hub.outcome"].sudo()
        for lead, day, kind, number in outcomes._read_group(
            Domain("lead_id", "in", list(carried))
            & Domain("kind", "in", list(SUMS.values())),
            ["lead_id", "date:day", "kind"],
            ["quantity:sum"],
        ):
            for programme_id in carried[lead.id]:
                facts[programme_id].outcomes.append((day, kind, number))

    def _read_hours(self, facts):
        hours = self.env["hub.volunteer.hours"].sudo()
        for programme, day, kind, number in hours._read_group(
            Domain("programme_id", "in", self.ids) & Domain("state", "=", "validated"),
            ["programme_id", "date:day", "role_kind"],
            ["hours:sum"],
        ):
            facts[programme.id].hours.append((day, kind == "employee", number))

    def _read_attendances(self, facts):
        """People who came to the moments of the programmes, unnamed ones too."""
        events = self.env["event.event"].sudo().with_context(active_test=False)
        events = events.search(Domain("hub_programme_ids", "in", self.ids))
        named = dict(
            self.env["event.registration"]
            .sudo()
            ._read_group(
                Domain("event_id", "in", events.ids)
                & Domain("hub_attendance", "=", "present"),
                ["event_id"],
                ["__count"],
            )
        )
        for event in events:
            number = named.get(event, 0) + event.hub_unidentified
            for programme_id in set(event.hub_programme_ids.ids) & set(facts):
                facts[programme_id].attendances.append(
                    (event.date_begin.date(), number)
                )

    # ------------------------------------------------------------
    # Small groups
    # ------------------------------------------------------------

    @api.model
    def _shown(self, facts, indicators, start, end, threshold):
        """What may leave the hub: ``{(indicator id, gender or None)}``.

        Nobody who reads the figures together can work out a group smaller than the
        threshold: indicators that exclude each other are one breakdown of the people
        of their moment, and the same by gender is another.
        """
        shown = set()
        kinds = indicators.grouped(lambda i: (i.moment, i.subject))
        for (moment, subject), some in kinds.items():
            bodies = subject == "organisation"
            people = [
                person
                for person in facts.in_period(moment, start, end)
                if person.is_organisation == bodies
            ]
            counted = {i: facts.counted(i, start, end) for i in some}
            shown |= self._shown_of(people, counted, threshold)
        return shown

    @api.model
    def _shown_of(self, people, counted, threshold):
        """The same for the indicators of one moment, of people or of organisations."""
        every = [None, *GENDERS]
        if not people:
            return {(indicator.id, gender) for indicator in counted for gender in every}
        parts = self._parts(counted)
        groups = shown_groups(self._profiles(people, parts, counted), threshold)
        if groups is None:
            return set()
        shown = set()
        for place, part in enumerate(parts):
            alone, by_gender = groups[1 + 2 * place], groups[2 + 2 * place]
            for indicator in part:
                inside = Counter(person.gender for person in counted[indicator])
                if inside and indicator.id not in alone:
                    continue
                shown.add((indicator.id, None))
                seen = {g for g in inside if (indicator.id, g) in by_gender}
                # A nought tells nothing where every other number of the line is shown.
                noughts = set(GENDERS) - set(inside) if seen == set(inside) else set()
                shown |= {(indicator.id, gender) for gender in seen | noughts}
        return shown

    @api.model
    def _parts(self, counted):
        """Indicators that exclude each other, together; the others each by itself."""
        parts = defaultdict(list)
        for indicator in counted:
            parts[indicator.breakdown or indicator.id].append(indicator)
        return list(parts.values())

    @api.model
    def _profiles(self, people, parts, counted):
        """``{(gender, group, group by gender, ...): how many people}``."""
        inside = {i.id: {person.partner_id for person in counted[i]} for i in counted}
        profiles = Counter()
        for person in people:
            profile = [person.gender]
            for part in parts:
                group = next(
                    (i.id for i in part if person.partner_id in inside[i.id]), REST
                )
                profile += [group, (group, person.gender)]
            profiles[tuple(profile)] += 1
        return profiles
