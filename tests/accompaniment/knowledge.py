from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user


class KnowledgeMixin:
    """Amina carries a project and sews; Bernard accompanies and keeps accounts; Chloé
    accompanies too."""

    @classmethod
    def _set_up_knowledge(cls):
        cls.env["res.config.settings"].create(
            {"group_hub_feature_knowledge": True}
        ).execute()
        cls.amina, cls.bernard, cls.chloe = cls.env["res.partner"].create(
            [
                {
                    "name": name,
                    "phone": phone,
                    "email": f"{phone[-2:]}@example.org",
                }
                for name, phone in (
                    ("Amina Benali", "06 11 11 11 11"),
                    ("Bernard Roux", "06 22 22 22 22"),
                    ("Chloé Petit", "06 33 33 33 33"),
                )
            ]
        )
        for person, kind in (
            (cls.amina, "holder"),
            (cls.bernard, "volunteer"),
            (cls.chloe, "volunteer"),
        ):
            cls.env["hub.role"].create(
                {"partner_id": person.id, "kind": kind, "date_start": "2020-01-01"}
            )
        cls.knowledge = cls.env["hub.knowledge"]
        cls.matches = cls.env["hub.knowledge.match"]
        cls.accounting, cls.listening = cls.env["hub.skill"].create(
            [{"name": "Ledgerkeeping"}, {"name": "Patience"}]
        )

    @classmethod
    def _portal_users(cls):
        for role, person in (("amina", cls.amina), ("bernard", cls.bernard)):
            cls.users[role] = new_test_user(
                cls.env,
                login=f"hub_{role}_k",
                name=person.name,
                groups="base.group_portal",
                partner_id=person.id,
            )

    @classmethod
    def _offer(cls, person, name, **vals):
        return cls._note("offer", person, name, **vals)

    @classmethod
    def _request(cls, person, name, **vals):
        return cls._note("request", person, name, **vals)

    @classmethod
    def _note(cls, kind, person, name, **vals):
        return cls.env["hub.knowledge"].create(
            {"kind": kind, "partner_id": person.id, "name": name, **vals}
        )

    def _pairs(self):
        """``{(offer, request): reason}`` of all possible meetings."""
        self.env.invalidate_all()
        return {(m.offer_id, m.request_id): m.reason for m in self.matches.search([])}

    @classmethod
    def _exchange(cls, givers, learners, done=False, **vals):
        exchange = cls.env["hub.exchange"].create(
            {
                "name": "Sewing",
                "date_start": fields.Datetime.now() - timedelta(days=1),
                "participant_ids": [
                    Command.create({"partner_id": person.id, "side": side})
                    for side, people in (("giver", givers), ("learner", learners))
                    for person in people
                ],
                **vals,
            }
        )
        if done:
            exchange.action_done()
        return exchange

    def _minutes(self, exchange):
        return [
            (line.partner_id, line.minutes)
            for line in exchange.participant_ids.sorted("id")
        ]

    def _balances(self, company=None):
        people = self.env["res.partner"].search([])
        company = company or self.company
        found = people._hub_exchange_balances(company)
        return {person: found[person.id] for person in people if found.get(person.id)}
