from odoo.fields import Command

from ..common import HubCommon


class PactFactory:
    """Builds pacts; asks for ``cls.env`` and a hub."""

    @classmethod
    def _set_up_pacts(cls):
        # a French database holds French only
        for lang in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.amina, cls.bernard, cls.town = cls.env["res.partner"].create(
            [
                {"name": "Amina Bérenger"},
                {"name": "Bernard Œuvrard"},
                {"name": "Ville de Dijon", "is_company": True, "city": "Dijon"},
            ]
        )
        cls.indicator = cls.env.ref("solidarity_hub.hub_indicator_autonomy")

    @classmethod
    def _create_pact(cls, **values):
        """A contract that lacks nothing but signatures."""
        return cls.env["hub.pact"].create(
            {
                "name": "Bakery",
                "form": "accompaniment_contract",
                "lang": "en_US",
                "date_start": "2026-01-01",
                "joint_interview_on": "2025-12-20",
                "goal_ids": [Command.create({"name": "Open the shop"})],
                "commitment_ids": [
                    Command.create(
                        {"name": "Meet twice a month", "category": "volunteer"}
                    )
                ],
                "term_ids": [Command.create({"indicator_id": cls.indicator.id})],
                "party_ids": [
                    Command.create(
                        {"partner_id": cls.amina.id, "category": "concerned"}
                    ),
                    Command.create(
                        {"partner_id": cls.bernard.id, "category": "volunteer"}
                    ),
                ],
                **values,
            }
        )

    @classmethod
    def _party(cls, pact, category):
        return pact.party_ids.filtered(lambda party: party.category == category)


class PactCommon(PactFactory, HubCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_pacts()
