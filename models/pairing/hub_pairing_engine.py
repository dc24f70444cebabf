import time

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import pairing as engine
from ..people.hub_role import ACCOMPANYING_KINDS


class HubPairingEngine(models.AbstractModel):
    """Projects and people as the plain values that ``tools/pairing.py`` reads."""

    _name = "hub.pairing.engine"
    _description = "Search for pairs"

    @api.model
    def _candidates(self, lead):
        """All the people who have today a role by which they could accompany."""
        return self._people_of(lead.company_id)

    @api.model
    def _people_of(self, company):
        """The people of this hub who may fill a place beside a project today."""
        roles = self.env["hub.role"].sudo()
        return roles.search(
            Domain("kind", "in", ACCOMPANYING_KINDS)
            & Domain("company_id", "=", company.id)
            & Domain("partner_id.active", "=", True)
            & roles._domain_on(fields.Date.context_today(self))
        ).partner_id.sorted("id")

    @api.model
    def _engine_project(self, lead, size=2):
        """The project as the search sees it."""
        today = fields.Date.context_today(self)
        since = lead.hub_reception_date or lead.create_date.date()
        return engine.Project(
            key=lead.id,
            needs={
                line.skill_id.id: (line.weight, line.level)
                for line in lead.hub_skill_ids
            },
            mandatory=frozenset(lead.hub_skill_ids.filtered("mandatory").skill_id.ids),
            size=size,
            waiting_days=max(0, (today - since).days),
            territory=self._neighbourhood(lead.sudo().hub_territory_id),
        )

    @api.model
    def _engine_volunteers(
        self, company, partners, ignored=None, over_capacity=False, places=None
    ):
        """The people of a hub as the search sees them.

        :param ignored: ``hub.pairing`` rows of this very question, which are no load
        :param over_capacity: people without a free place may take one more
        :param places: {person id: places of this very question that are decided}, for
            which there is always room
        """
        partners, places = partners.sudo(), places or {}
        pairings = self.env["hub.pairing"].sudo()
        load = pairings._open_counts(partners, company, ignored)
        experienced = pairings._experienced(partners, company)
        skills = self._levels(partners, company)
        capacity = partners._hub_capacity_on(company=company)
        return [
            engine.Volunteer(
                key=partner.id,
                skills=skills.get(partner, {}),
                capacity=max(
                    capacity.get(partner, 0),
                    load.get(partner, 0) + places.get(partner.id, 0) + over_capacity
                    if over_capacity or partner.id in places
                    else 0,
                ),
                load=load.get(partner, 0),
                experienced=partner in experienced,
                territory=self._neighbourhood(partner.hub_territory_id),
            )
            for partner in partners
        ]

    @api.model
    def _rank(self, lead, partners, *, fixed=None, ignored=None, limit=10, **options):
        """Best pairs of these people for the project, with the time it took."""
        start = time.monotonic()
        project = self._engine_project(lead)
        everybody = partners | (fixed or partners)
        people = self._engine_volunteers(lead.company_id, everybody, ignored, **options)
        locked = [(project.key, partner.id) for partner in fixed or ()]
        pairs = engine.rank_pairs(
            project,
            people,
            locked=locked,
            apart=self._apart(everybody, lead.company_id),
            limit=limit,
        )
        return pairs, time.monotonic() - start

    @api.model
    def _value(self, lead, partners, ignored=None):
        """What these one or two people are worth together, chosen by whomever."""
        people = self._engine_volunteers(lead.company_id, partners, ignored)
        return engine.value_pair(
            self._engine_project(lead, size=len(people) or 1), people
        )

    @api.model
    def _apart(self, partners, company):
        """Pairs of people who must not be put together."""
        conflicts = partners._hub_conflicts_with(partners, company=company)
        return frozenset(
            (one.id, other.id)
            for one, others in conflicts.items()
            for other in others
            if one.id < other.id
        )

    @api.model
    def _levels(self, partners, company):
        """{partner: {skill id: level}}; whoever masters a finer skill has the wider."""
        found = partners._hub_skill_levels(company=company)
        skills = (
            self.env["hub.skill"]
            .sudo()
            .union(*{s for own in found.values() for s in own})
        )
        wider = {skill: self._with_wider_skills(skill) for skill in skills}
        levels = {}
        for partner, own in found.items():
            reached = levels[partner] = {}
            for skill, level in own.items():
                for skill_id in wider[skill]:
                    reached[skill_id] = max(reached.get(skill_id, 0), level)
        return levels

    @api.model
    def _with_wider_skills(self, skill):
        ids = []
        while skill:
            ids.append(skill.id)
            skill = skill.parent_id
        return ids

    @api.model
    def _neighbourhood(self, territory):
        """What people near each other share: the intercommunality, else the place."""
        wider = territory.parent_id
        if territory.kind == "commune" and wider.kind == "intercommunality":
            return wider.id
        return territory.id or None
