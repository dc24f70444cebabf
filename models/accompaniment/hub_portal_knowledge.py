from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

LATEST = 5
LONGEST = 200
# Who takes part: those who are accompanied and those who accompany.
MEMBERS = ("holder", "volunteer", "qualified", "employee")


class HubPortal(models.AbstractModel):
    """Knowledge: what I offer and look for, whom I could meet, my exchanges."""

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        if hub := self._knowledge_hub(partner):
            sections.append(self._knowledge_section(partner, hub))
        return sections

    @api.model
    def _knowledge_hub(self, partner):
        """The hub in which this person exchanges knowledge, if there is one."""
        if not self.env.company._hub_knowledge_is_on():
            return None
        roles = self.env["hub.role"].sudo()
        today = fields.Date.context_today(self)
        held = roles.search(
            roles._hub_domain_for(partner)
            & roles._domain_on(today)
            & Domain("kind", "in", MEMBERS),
            limit=1,
        )
        return held.company_id or None

    @api.model
    def _knowledge_section(self, partner, hub):
        knowledge = self.env["hub.knowledge"].sudo()
        own = knowledge.search(
            knowledge._hub_domain_for(partner)
            & Domain("company_id", "=", hub.id)
            & Domain("state", "!=", "closed")
        )
        exchanges = self._knowledge_exchanges(partner, hub)
        described = {
            name: knowledge._fields[name]._description_selection(self.env)
            for name in ("kind", "level", "format", "state")
        }
        counted = self.env["hub.exchange"]._counts(hub)
        balance = partner._hub_exchange_balances(hub).get(partner.id, 0)
        return {
            "sequence": 190,
            "key": "my_knowledge",
            "title": self.env._("Knowledge"),
            "template": "solidarity_hub.portal_section_knowledge",
            "values": {
                "error": self.env.context.get("hub_knowledge_error"),
                "own": [self._knowledge_values(k, described) for k in own],
                "levels": described["level"],
                "formats": described["format"],
                "meetings": self._knowledge_meetings(partner, hub),
                "hub": self._contacts(hub.partner_id)[0],
                "exchanges": exchanges,
                "balance": counted and partner._hub_minutes_words(balance),
            },
        }

    @api.model
    def _knowledge_values(self, knowledge, described):
        return {
            "id": knowledge.id,
            "is_offer": knowledge.kind == "offer",
            "name": knowledge.name,
            "words": " · ".join(
                filter(
                    None,
                    [
                        dict(described["level"]).get(knowledge.level),
                        knowledge.availability,
                        knowledge.place,
                    ],
                )
            ),
            "expired": knowledge.state == "expired",
        }

    @api.model
    def _knowledge_meetings(self, partner, hub):
        """Whom this person could meet: first name, what, when and where; no number to
        call before the hub has brought them together."""
        matches = (
            self.env["hub.knowledge.match"]
            .sudo()
            .search(
                Domain("company_id", "=", hub.id)
                & (
                    Domain("giver_id", "=", partner.id)
                    | Domain("learner_id", "=", partner.id)
                ),
                limit=2 * LATEST,
            )
        )
        meetings = []
        for match in matches:
            gives = match.giver_id == partner
            theirs = match.request_id if gives else match.offer_id
            meetings.append(
                {
                    "gives": gives,
                    "name": self._first_name(theirs.partner_id),
                    "what": theirs.name,
                    "when": theirs.availability or "",
                    "where": theirs.place or "",
                }
            )
        return meetings

    @api.model
    def _first_name(self, partner):
        """Amina B.: enough to recognise somebody, not to look the person up."""
        words = (partner.name or "").split()
        if partner.is_company or len(words) < 2:
            return partner.name or ""
        return f"{words[0]} {words[-1][0]}."

    @api.model
    def _knowledge_exchanges(self, partner, hub):
        """Exchanges to come, then the last ones, with those on the other side."""
        found = (
            self.env["hub.exchange.participant"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", partner.id),
                    ("company_id", "=", hub.id),
                    ("exchange_id.state", "!=", "cancelled"),
                ]
            )
        )
        lines = found.sorted(lambda p: p.date_start or p.create_date, reverse=True)
        planned = lines.filtered(lambda p: p.state == "planned")
        return [
            self._exchange_values(line)
            for line in (planned + (lines - planned))[: 2 * LATEST]
        ]

    @api.model
    def _exchange_values(self, line):
        exchange = line.exchange_id
        planned = exchange.state == "planned"
        others = exchange.participant_ids.filtered(lambda o: o.side != line.side)
        contacts = self._contacts(others.partner_id if planned else exchange.browse())
        return {
            "id": line.id,
            "what": exchange.name,
            "gives": line.side == "giver",
            "planned": planned,
            "date": exchange.date_start or "",
            "place": exchange.place or "",
            "conditions": exchange.conditions or "",
            "people": contacts,
            "names": ", ".join(self._first_name(o.partner_id) for o in others),
            "mediator": planned
            and line.partner_id != exchange.mediator_id
            and self._contacts(exchange.mediator_id)[0],
            "minutes": exchange.is_counted
            and line.partner_id._hub_minutes_words(line.minutes),
            "review": line.review or "",
        }

    # ------------------------------------------------------------
    # What a person does there
    # ------------------------------------------------------------

    @api.model
    def _knowledge_add(self, partner, values):
        """Note an offer or a request of this person.

        :param values: what the form sent: kind, name, level, format, availability,
            place
        """
        hub = self._knowledge_hub(partner)
        if not hub:
            raise UserError(self.env._("You have no role today in this hub."))
        knowledge = self.env["hub.knowledge"].sudo()
        words = {
            name: (values.get(name) or "").strip()[:LONGEST]
            for name in ("name", "availability", "place")
        }
        if not words["name"] or values.get("kind") not in ("offer", "request"):
            raise ValidationError(
                self.env._("Say in a few words what you offer or look for.")
            )
        chosen = {
            name: values.get(name)
            for name in ("kind", "level", "format")
            if values.get(name) in dict(knowledge._fields[name].selection)
        }
        return knowledge.create(
            {"partner_id": partner.id, "company_id": hub.id, **words, **chosen}
        )

    @api.model
    def _knowledge_own(self, partner, knowledge_id):
        knowledge = self.env["hub.knowledge"].sudo()
        return knowledge.search(
            knowledge._hub_domain_for(partner) & Domain("id", "=", knowledge_id)
        )

    @api.model
    def _knowledge_review(self, partner, line_id, words):
        """How an exchange went, in this person's words."""
        lines = self.env["hub.exchange.participant"].sudo()
        lines.search(
            lines._hub_domain_for(partner)
            & Domain("id", "=", line_id)
            & Domain("exchange_id.state", "=", "done")
        ).write({"review": (words or "").strip()[:2000]})
