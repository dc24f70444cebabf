from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..people.hub_role import ACCOMPANYING_KINDS
from .hub_pairing import OPEN_STATES
from .verdict import Reason, Verdict


class HubPairingEligibility(models.AbstractModel):
    """Who may accompany which project: every rule once, for many at a time.

    A rule is a method that gets projects of one hub and people, and returns
    ``{(project id, person id): Reason}``; it makes as many queries for many projects
    as for one. Areas add theirs by extending the three lists.
    """

    _name = "hub.pairing.eligibility"
    _description = "Who may accompany a project"

    @api.model
    def _verdict_of(self, pairing):
        """Verdict of a place that exists already; it does not count against itself."""
        return self._verdicts(
            pairing.lead_id, pairing.volunteer_id, role=pairing.role, ignored=pairing
        )[pairing.volunteer_id]

    @api.model
    def _verdicts(self, lead, partners, role="pair", ignored=None):
        """{partner: Verdict} for these people beside this project.

        :param ignored: ``hub.pairing`` rows that do not count (being checked, replaced)
        """
        found = self._verdicts_of(lead, partners, role, ignored)
        return {partner: found[lead.id, partner.id] for partner in partners.sudo()}

    @api.model
    def _verdicts_of(self, leads, partners, role="pair", ignored=None):
        """{(project id, person id): Verdict} for these people beside these projects.

        Whoever is not in it has an empty verdict: the answer makes it when asked.
        """
        leads, partners = leads.sudo(), partners.sudo()
        ignored = (ignored or self.env["hub.pairing"]).sudo()
        verdicts = defaultdict(Verdict)
        for own in leads.grouped("company_id").values():
            # Read together, else each project reads its own.
            self._holders(own).mapped("email_normalized")
            for kind, rules in self.sudo()._rules(role).items():
                for rule in rules:
                    for key, reason in rule(own, partners, ignored).items():
                        getattr(verdicts[key], kind).append(reason)
        return verdicts

    @api.model
    def _rules(self, role):
        """Rules by what they do; an expert or observer takes no place of a pair."""
        refusals = [
            self._refuse_holders,
            self._refuse_same_email,
            self._refuse_conflicts,
            self._refuse_already_there,
            self._refuse_declined,
        ]
        warnings = []
        if role == "pair":
            refusals += [self._refuse_without_role, self._refuse_away]
            warnings += [self._warn_full, self._warn_untrained, self._warn_unsigned]
        return {
            "refusals": refusals,
            "warnings": warnings,
            "notes": [self._note_shared_household],
        }

    # ------------------------------------------------------------
    # What stands
    # ------------------------------------------------------------

    @api.model
    def _holders(self, leads):
        return leads.hub_holder_ids.partner_id | leads.partner_id

    @api.model
    def _refuse_holders(self, leads, partners, _ignored):
        reason = Reason(
            "holder",
            self.env._("carries this project"),
            self.env._("Choose somebody else."),
        )
        return {
            (lead.id, partner.id): reason
            for lead in leads
            for partner in self._holders(lead) & partners
        }

    @api.model
    def _refuse_same_email(self, leads, partners, _ignored):
        people = partners.filtered("email_normalized").grouped("email_normalized")
        found = {}
        for lead in leads:
            holders = self._holders(lead)
            names = {h.email_normalized: h.display_name for h in holders}
            names.setdefault(lead.email_normalized, lead.name)
            for address, name in names.items():
                for partner in people.get(address, partners.browse()) - holders:
                    found[lead.id, partner.id] = self._email_reason(name)
        return found

    @api.model
    def _email_reason(self, name):
        return Reason(
            "email",
            self.env._(
                "has the same e-mail address as %(holder)s, who carries it", holder=name
            ),
            self.env._(
                "If they are two people, correct one of the two addresses; if it is"
                " one person, merge the two contacts and choose somebody else."
            ),
        )

    @api.model
    def _refuse_conflicts(self, leads, partners, ignored):
        pairings = self.env["hub.pairing"]
        places = pairings.search(pairings._domain_places(leads)) - ignored
        there = places.grouped("lead_id")
        around = {
            lead: self._holders(lead) | there.get(lead, pairings).volunteer_id
            for lead in leads
        }
        everybody = partners.browse().union(*around.values())
        conflicts = partners._hub_conflicts_with(everybody, company=leads.company_id)
        return {
            (lead.id, partner.id): self._conflict_reason(opponents & around[lead])
            for partner, opponents in conflicts.items()
            for lead in leads
            if opponents & around[lead]
        }

    @api.model
    def _conflict_reason(self, opponents):
        return Reason(
            "conflict",
            self.env._(
                "has a declared conflict with %(name)s",
                name=", ".join(opponents.mapped("display_name")),
            ),
            self.env._(
                "Choose somebody else; if the conflict is over, archive it in the file"
                " of the person."
            ),
        )

    @api.model
    def _refuse_already_there(self, leads, partners, ignored):
        reason = Reason(
            "twice",
            self.env._("is already beside this project"),
            self.env._("A pair is two different people: choose somebody else."),
        )
        return self._of_rows(leads, partners, OPEN_STATES, ignored, reason)

    @api.model
    def _refuse_declined(self, leads, partners, ignored):
        reason = Reason(
            "declined",
            self.env._("was asked before, and the answer was no"),
            self.env._(
                "Choose somebody else; if they changed their mind, open the former"
                " proposal and ask again."
            ),
        )
        return self._of_rows(leads, partners, ["declined"], ignored, reason)

    @api.model
    def _refuse_without_role(self, leads, partners, _ignored):
        reason = Reason(
            "role",
            self.env._("is not a volunteer or an employee of the hub today"),
            self.env._("Add this role in the file of the person first."),
        )
        roles = self._roles(leads, partners)
        without = [partner for partner in partners if not roles[partner]]
        return self._everywhere(leads, dict.fromkeys(without, reason))

    @api.model
    def _refuse_away(self, leads, partners, _ignored):
        today = fields.Date.context_today(self)
        away = {
            partner: self._away_reason(roles)
            for partner, roles in self._roles(leads, partners).items()
            if roles and all(role._is_paused_on(today) for role in roles)
        }
        return self._everywhere(leads, away)

    @api.model
    def _away_reason(self, roles):
        ends = roles.mapped("pause_to")
        if all(ends):
            text = self.env._(
                "is away until %(day)s", day=format_date(self.env, max(ends))
            )
        else:
            text = self.env._("is away until further notice")
        return Reason(
            "away",
            text,
            self.env._("Wait for the return, or correct the absence with the person."),
        )

    # ------------------------------------------------------------
    # What a written reason bends
    # ------------------------------------------------------------

    @api.model
    def _warn_full(self, leads, partners, ignored):
        pairings = self.env["hub.pairing"]
        load = pairings._open_counts(partners, leads.company_id, ignored)
        found = {}
        for partner, roles in self._roles(leads, partners).items():
            capacity = max(roles.mapped("capacity"), default=0)
            if roles and load.get(partner, 0) >= capacity:
                found[partner] = Reason(
                    "full",
                    self.env._(
                        "has no free place left (%(load)s of %(capacity)s)",
                        load=load.get(partner, 0),
                        capacity=capacity,
                    ),
                )
        return self._everywhere(leads, found)

    @api.model
    def _warn_untrained(self, leads, partners, _ignored):
        answers = partners._hub_is_trained_or_booked(company=leads.company_id)
        reason = Reason(
            "untrained",
            self.env._("has not followed the training, and none is booked"),
        )
        without = [partner for partner in partners if not answers[partner]]
        return self._everywhere(leads, dict.fromkeys(without, reason))

    @api.model
    def _warn_unsigned(self, leads, partners, _ignored):
        charters = partners._hub_unsigned_charter(company=leads.company_id)
        reason = Reason("unsigned", self.env._("has not signed the charter"))
        without = [partner for partner in partners if charters[partner]]
        return self._everywhere(leads, dict.fromkeys(without, reason))

    @api.model
    def _note_shared_household(self, leads, partners, _ignored):
        """Same household or organisation as a holder: to know, not to refuse."""
        reason = Reason(
            "household",
            self.env._("shares the address or the organisation of a holder"),
        )
        nobody = partners.browse()
        by_firm = partners.grouped("commercial_partner_id")
        by_home = partners.grouped(lambda p: (p.street, p.zip))
        found = {}
        for lead in leads:
            holders = self._holders(lead)
            homes = {(h.street, h.zip) for h in holders if h.street and h.zip}
            near = nobody.union(
                *(by_firm.get(firm, nobody) for firm in holders.commercial_partner_id),
                *(by_home.get(home, nobody) for home in homes),
            )
            found |= {(lead.id, partner.id): reason for partner in near}
        return found

    # ------------------------------------------------------------
    # Facts
    # ------------------------------------------------------------

    @api.model
    def _everywhere(self, leads, reasons):
        """What is said of a person whatever the project."""
        return {
            (lead.id, partner.id): reason
            for partner, reason in reasons.items()
            for lead in leads
        }

    @api.model
    def _roles(self, leads, partners):
        """{partner: today's roles by which he or she may fill a place}"""
        return partners._hub_role_on(ACCOMPANYING_KINDS, company=leads.company_id)

    @api.model
    def _of_rows(self, leads, partners, states, ignored, reason):
        """The same reason for everybody with a place in these states."""
        rows = self.env["hub.pairing"].search(
            Domain("lead_id", "in", leads.ids)
            & Domain("volunteer_id", "in", partners.ids)
            & Domain("state", "in", states)
        )
        return {(r.lead_id.id, r.volunteer_id.id): reason for r in rows - ignored}
