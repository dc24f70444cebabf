from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..people.hub_role import ACCOMPANYING_KINDS
from .hub_pairing import OPEN_STATES
from .verdict import Reason, Verdict


class HubPairingEligibility(models.AbstractModel):
    """Who may accompany a project: every rule once, for many people at a time.

    A rule is a method that gets the project and the people and returns
    ``{partner: Reason}``; areas add theirs by extending the three lists.
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
        lead, partners = lead.sudo(), partners.sudo()
        ignored = (ignored or self.env["hub.pairing"]).sudo()
        verdicts = {partner: Verdict() for partner in partners}
        for kind, rules in self.sudo()._rules(role).items():
            for rule in rules:
                for partner, reason in rule(lead, partners, ignored).items():
                    getattr(verdicts[partner], kind).append(reason)
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
    def _holders(self, lead):
        return lead.hub_holder_ids.partner_id | lead.partner_id

    @api.model
    def _refuse_holders(self, lead, partners, _ignored):
        reason = Reason(
            "holder",
            self.env._("carries this project"),
            self.env._("Choose somebody else."),
        )
        return dict.fromkeys(partners & self._holders(lead), reason)

    @api.model
    def _refuse_same_email(self, lead, partners, _ignored):
        holders = self._holders(lead)
        names = {h.email_normalized: h.display_name for h in holders}
        names.setdefault(lead.email_normalized, lead.name)
        return {
            partner: Reason(
                "email",
                self.env._(
                    "has the same e-mail address as %(holder)s, who carries it",
                    holder=names[partner.email_normalized],
                ),
                self.env._(
                    "If they are two people, correct one of the two addresses; if it is"
                    " one person, merge the two contacts and choose somebody else."
                ),
            )
            for partner in partners - holders
            if partner.email_normalized and partner.email_normalized in names
        }

    @api.model
    def _refuse_conflicts(self, lead, partners, ignored):
        pairings = self.env["hub.pairing"]
        others = pairings.search(pairings._domain_places(lead)) - ignored
        around = self._holders(lead) | others.volunteer_id
        conflicts = partners._hub_conflicts_with(around, company=lead.company_id)
        return {
            partner: self._conflict_reason(opponents)
            for partner, opponents in conflicts.items()
            if opponents
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
    def _refuse_already_there(self, lead, partners, ignored):
        there = self._rows(lead, partners, OPEN_STATES) - ignored
        reason = Reason(
            "twice",
            self.env._("is already beside this project"),
            self.env._("A pair is two different people: choose somebody else."),
        )
        return dict.fromkeys(there.volunteer_id, reason)

    @api.model
    def _refuse_declined(self, lead, partners, ignored):
        rows = self._rows(lead, partners, ["declined"]) - ignored
        reason = Reason(
            "declined",
            self.env._("was asked before, and the answer was no"),
            self.env._(
                "Choose somebody else; if they changed their mind, open the former"
                " proposal and ask again."
            ),
        )
        return dict.fromkeys(rows.volunteer_id, reason)

    @api.model
    def _refuse_without_role(self, lead, partners, _ignored):
        reason = Reason(
            "role",
            self.env._("is not a volunteer or an employee of the hub today"),
            self.env._("Add this role in the file of the person first."),
        )
        roles = self._roles(lead, partners)
        return {partner: reason for partner in partners if not roles[partner]}

    @api.model
    def _refuse_away(self, lead, partners, _ignored):
        today = fields.Date.context_today(self)
        return {
            partner: self._away_reason(roles)
            for partner, roles in self._roles(lead, partners).items()
            if roles and all(role._is_paused_on(today) for role in roles)
        }

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
    def _warn_full(self, lead, partners, ignored):
        load = self.env["hub.pairing"]._open_counts(partners, lead.company_id, ignored)
        found = {}
        for partner, roles in self._roles(lead, partners).items():
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
        return found

    @api.model
    def _warn_untrained(self, lead, partners, _ignored):
        answers = partners._hub_is_trained_or_booked(company=lead.company_id)
        reason = Reason(
            "untrained",
            self.env._("has not followed the training, and none is booked"),
        )
        return {partner: reason for partner in partners if not answers[partner]}

    @api.model
    def _warn_unsigned(self, lead, partners, _ignored):
        charters = partners._hub_unsigned_charter(company=lead.company_id)
        reason = Reason("unsigned", self.env._("has not signed the charter"))
        return {partner: reason for partner in partners if charters[partner]}

    @api.model
    def _note_shared_household(self, lead, partners, _ignored):
        """Same household or organisation as a holder: to know, not to refuse."""
        holders = self._holders(lead)
        organisations = holders.commercial_partner_id
        homes = {(h.street, h.zip) for h in holders if h.street and h.zip}
        reason = Reason(
            "household",
            self.env._("shares the address or the organisation of a holder"),
        )
        return {
            partner: reason
            for partner in partners
            if partner.commercial_partner_id in organisations
            or (partner.street, partner.zip) in homes
        }

    # ------------------------------------------------------------
    # Facts
    # ------------------------------------------------------------

    @api.model
    def _roles(self, lead, partners):
        """{partner: today's roles by which he or she may fill a place}"""
        return partners._hub_role_on(ACCOMPANYING_KINDS, company=lead.company_id)

    @api.model
    def _rows(self, lead, partners, states):
        return self.env["hub.pairing"].search(
            Domain("lead_id", "=", lead.id)
            & Domain("volunteer_id", "in", partners.ids)
            & Domain("state", "in", states)
        )
