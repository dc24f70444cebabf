from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.fields import Domain

MONTHS_AFTER = 6
# Moments of a situation that a funder asks for.
ASKED = ("entry", "exit", "plus_6")


@dataclass
class Person:
    """Somebody who counts under a programme, without a name."""

    partner_id: int
    holder_id: int
    lead_id: int
    is_organisation: bool
    gender: str
    entered_on: date
    left_on: date = None
    after_on: date = None
    situations: dict = field(default_factory=dict)


class HubProgramme(models.Model):
    """Who counts under a programme.

    Whoever carries a project that is under the programme and entered in its period;
    each person once, with the first entry. What counts is what is noted by the day of
    the report: a situation dated later is not known yet.
    """

    _inherit = "hub.programme"

    def _people(self, as_of=None):
        """People and organisations of this programme, known on a day."""
        self.ensure_one()
        return self._people_of_all(as_of).get(self.id, [])

    def _people_of_all(self, as_of=None):
        """``{programme id: [Person]}``, with the same few queries for many."""
        holders = self._holders()
        situations = self._situations(holders, as_of)
        by_holder = defaultdict(dict)
        for situation in situations:
            by_holder[situation.holder_id.id][situation.moment] = situation
        found = {programme.id: {} for programme in self}
        for holder in holders:
            person = self._person(holder, by_holder[holder.id], as_of)
            if not person:
                continue
            for programme in holder.lead_id.hub_programme_ids:
                if programme.id not in found or not programme._runs_on(
                    person.entered_on
                ):
                    continue
                known = found[programme.id].get(person.partner_id)
                if not known or person.entered_on < known.entered_on:
                    found[programme.id][person.partner_id] = person
        return {key: list(people.values()) for key, people in found.items()}

    def _holders(self):
        holders = self.env["hub.project.holder"].sudo()
        return holders.with_context(active_test=False).search(
            Domain("lead_id.hub_programme_ids", "in", self.ids)
            & Domain("company_id", "in", self.company_id.ids),
            order="id",
        )

    def _situations(self, holders, as_of=None):
        domain = Domain("holder_id", "in", holders.ids) & Domain("moment", "in", ASKED)
        if as_of:
            domain &= Domain("date", "<=", as_of)
        return self.env["hub.situation"].sudo().search(domain)

    def _person(self, holder, situations, as_of):
        """The person with the days of entering and leaving, or None."""
        lead, partner = holder.lead_id, holder.partner_id
        entry, leaving = situations.get("entry"), situations.get("exit")
        entered_on = (
            (entry and entry.date)
            or lead.hub_accompaniment_start
            or lead.hub_reception_date
        )
        if not entered_on or (as_of and entered_on > as_of):
            return None
        left_on = (leaving and leaving.date) or lead.hub_accompaniment_end
        if left_on and as_of and left_on > as_of:
            left_on = None
        return Person(
            partner_id=partner.id,
            holder_id=holder.id,
            lead_id=lead.id,
            is_organisation=partner.is_company,
            gender=partner.hub_gender or holder.kept_gender or "unsaid",
            entered_on=entered_on,
            left_on=left_on or None,
            after_on=left_on and left_on + relativedelta(months=MONTHS_AFTER),
            situations={
                moment: situations[moment].id if moment in situations else False
                for moment in ASKED
            },
        )
