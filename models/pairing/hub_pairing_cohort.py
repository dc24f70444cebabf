from collections import Counter

from odoo import api, models

from .problem import CohortProblem


class HubPairingEngine(models.AbstractModel):
    """A whole cohort as the plain values that the search reads.

    As many queries for two hundred projects as for two.
    """

    _inherit = "hub.pairing.engine"

    @api.model
    def _cohort_problem(
        self, leads, partners, *, fixed=(), excluded=(), with_warned=False
    ):
        """Projects of one hub and people, with the rules that hold between them.

        :param fixed: (project id, person id) decided by hand
        :param excluded: (project id, person id) taken off by hand
        :param with_warned: people who need a reason may be proposed, too
        """
        leads, company = leads.sudo(), leads.company_id
        places = self._kept_places(leads)
        kept = self._kept_people(leads, places)
        named = partners.browse({person for _lead, person in fixed})
        partners = (partners | named | places.volunteer_id).sudo().sorted("id")
        verdicts = self.env["hub.pairing.eligibility"]._verdicts_of(leads, partners)
        held = {(lead, person) for lead, people in kept.items() for person in people}
        locked = held | {key for key in fixed if not verdicts[key].refusals}
        forbidden = {
            key
            for key, verdict in verdicts.items()
            if verdict.refusals or (verdict.warnings and not with_warned)
        }
        taken = Counter(person for _lead, person in locked)
        capacities = partners._hub_capacity_on(company=company)
        return CohortProblem(
            projects={lead.id: self._engine_project(lead) for lead in leads},
            people={
                person.key: person
                for person in self._engine_volunteers(
                    company, partners, places, over_capacity=with_warned, places=taken
                )
            },
            forbidden=frozenset((forbidden | set(excluded)) - locked),
            locked=frozenset(locked),
            apart=self._apart(partners, company),
            kept=kept,
            capacities={partner.id: most for partner, most in capacities.items()},
            verdicts=verdicts,
        )

    @api.model
    def _kept_people(self, leads, places):
        """{project id: ids of the people who are beside it already}"""
        kept = {lead.id: () for lead in leads}
        for place in places:
            kept[place.lead_id.id] += (place.volunteer_id.id,)
        return kept

    @api.model
    def _kept_places(self, leads):
        pairings = self.env["hub.pairing"].sudo()
        return pairings.search(pairings._domain_places(leads), order="lead_id, slot")
