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
            territory=self._near_territories(lead) and "near",
        )

    @api.model
    def _engine_volunteers(self, lead, partners, ignored=None, over_capacity=False):
        """The people as the search sees them.

        :param ignored: ``hub.pairing`` rows of this very question, which are no load
        :param over_capacity: people without a free place may take one more
        """
        partners = partners.sudo()
        pairings = self.env["hub.pairing"].sudo()
        load = pairings._open_counts(partners, lead.company_id, ignored)
        near = self._near_territories(lead)
        experienced = pairings._experienced(partners, lead.company_id)
        skills = self._levels(partners, lead.company_id)
        capacity = partners._hub_capacity_on(company=lead.company_id)
        return [
            engine.Volunteer(
                key=partner.id,
                skills=skills.get(partner, {}),
                capacity=max(
                    capacity.get(partner, 0),
                    load.get(partner, 0) + 1 if over_capacity else 0,
                ),
                load=load.get(partner, 0),
                experienced=partner in experienced,
                territory="near" if partner.hub_territory_id in near else None,
            )
            for partner in partners
        ]

    @api.model
    def _rank(self, lead, partners, *, fixed=None, ignored=None, limit=10, **options):
        """Best pairs of these people for the project, with the time it took."""
        start = time.monotonic()
        project = self._engine_project(lead)
        people = self._engine_volunteers(
            lead, partners | (fixed or partners), ignored, **options
        )
        locked = [(project.key, partner.id) for partner in fixed or ()]
        pairs = engine.rank_pairs(project, people, locked=locked, limit=limit)
        return pairs, time.monotonic() - start

    @api.model
    def _value(self, lead, partners, ignored=None):
        """What these one or two people are worth together, chosen by whomever."""
        people = self._engine_volunteers(lead, partners, ignored)
        return engine.value_pair(
            self._engine_project(lead, size=len(people) or 1), people
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
    def _near_territories(self, lead):
        """The commune of the project and those of the same intercommunality."""
        territory = lead.sudo().hub_territory_id
        wider = territory.parent_id
        if territory.kind == "commune" and wider.kind == "intercommunality":
            return territory | wider | wider.child_ids
        return territory | territory.child_ids
