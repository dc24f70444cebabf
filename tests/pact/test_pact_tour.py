from contextlib import contextmanager

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import HubUsersMixin
from .common import PactFactory


@tagged("post_install", "-at_install")
class TestPactTour(PactFactory, HubUsersMixin, BrowserCase):
    """A local pact lives its life in real browsers, each person in an own session.

    Four parties of four kinds: two sign by their links on a telephone, one on paper,
    one refuses and a replacement signs; it comes into force; a fifth joins at the
    table; it is amended and signed again by all. ``self.pact`` and ``self.amendment``
    are there for who wants to go on (evaluation).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_pacts()
        today = fields.Date.context_today(cls.company)
        Partner = cls.env["res.partner"]
        cls.amina.email = "amina@example.org"
        cls.town.name = "Ville de Dijon-Exemple"
        cls.tri, cls.wood, cls.county = Partner.create(
            [
                {
                    "name": "Tri et Partage",
                    "is_company": True,
                    "email": "tri@example.org",
                },
                {"name": "Menuiserie du Lac", "is_company": True},
                {"name": "Département Exemple", "is_company": True},
            ]
        )
        cls.resource = Partner.create({"name": "Jean-Marc Roy"})
        cls.pact = cls._create_pact(
            name="Reuse of building waste",
            form="local_pact",
            date_start=today,
            user_id=cls.users["coordinator"].id,
            meeting_ids=[Command.create({"date": today, "place": "Workshop"})],
            party_ids=[
                Command.create(
                    {
                        "partner_id": partner.id,
                        "category": category,
                        "representative": representative,
                        "representative_role": representative and "manager",
                    }
                )
                for partner, category, representative in (
                    (cls.amina, "concerned", False),
                    (cls.tri, "association", "Denis Colas"),
                    (cls.town, "elected", "Marie Dupont"),
                    (cls.wood, "company", "Paul Bois"),
                )
            ],
            commitment_ids=[
                Command.create({"name": "Sort and sell", "category": "association"})
            ],
        )
        cls.pact.action_draft()
        cls.env["hub.pact.commitment"].create(
            {
                "pact_id": cls.pact.id,
                "name": "Lend the ground",
                "party_id": cls.of(cls.town).id,
                "level": "commune",
            }
        )

    @classmethod
    def of(cls, partner, pact=None):
        parties = (pact or cls.pact).party_ids
        return parties.filtered(lambda party: party.partner_id == partner)

    @contextmanager
    def telephone(self):
        size, touch = self.browser_size, self.touch_enabled
        self.browser_size, self.touch_enabled = "390x844", True
        yield
        self.browser_size, self.touch_enabled = size, touch

    def by_link(self, tour, partner):
        """A browser of its own: nobody is logged in, only the link opens the page."""
        party = self.of(partner)
        with self.telephone():
            self.start_tour(
                f"{party.access_url}?access_token={party.access_token}", tour
            )
        self.env.invalidate_all()

    def at_the_hub(self, tour):
        self.start_tour(
            f"/odoo/pacts/{self.pact.id}", tour, login="hub_coordinator", timeout=180
        )
        self.env.invalidate_all()

    def assert_figures(self, pact, state, signed, kinds):
        self.assertEqual(pact.state, state)
        self.assertEqual(len(pact._signed_parties()), signed)
        found = pact._present_parties().filtered("signed_on")
        self.assertEqual(len(set(found.mapped("category"))), kinds)

    def test_a_pact_lives_its_life(self):
        self.sign_and_come_into_force()
        self.somebody_joins()
        self.amend()

    def sign_and_come_into_force(self):
        self.at_the_hub("hub_pact_send")
        self.by_link("hub_pact_sign_by_link", self.amina)
        text = self.pact.frozen_json
        self.by_link("hub_pact_sign_by_link", self.tri)
        self.by_link("hub_pact_decline_by_link", self.town)
        self.assertEqual(self.of(self.town).answer_reason, "No budget this year")
        self.at_the_hub("hub_pact_replace_and_paper")
        self.assert_figures(self.pact, "to_sign", 3, 3)
        self.by_link("hub_pact_sign_by_link", self.county)
        self.assert_figures(self.pact, "in_force", 4, 4)
        self.assertEqual(self.pact.frozen_json, text)
        self.assertEqual(
            {
                party.partner_id: (party.answer, party.answer_channel)
                for party in self.pact.party_ids
            },
            {
                self.amina: ("yes", "portal"),
                self.tri: ("yes", "portal"),
                self.town: ("no", "portal"),
                self.wood: ("yes", "paper"),
                self.county: ("yes", "portal"),
            },
        )
        self.assertEqual(self.of(self.county).replaces_id, self.of(self.town))
        self.assertTrue(self.pact._is_signed_file(self.pact.signed_pdf_id.raw))

    def somebody_joins(self):
        before = self.pact.frozen_hash, self.pact.signed_pdf_id
        self.at_the_hub("hub_pact_join")
        newcomer = self.of(self.resource)
        self.assertEqual(newcomer.answer_channel, "in_person")
        self.assertEqual(newcomer.recorded_by_id, self.users["coordinator"])
        self.assertIn("Ten hours a month", newcomer.frozen_json)
        self.assert_figures(self.pact, "in_force", 5, 5)
        after = self.pact.frozen_hash, self.pact.signed_pdf_id
        self.assertEqual(after, before, "the others have not signed again")

    def amend(self):
        self.at_the_hub("hub_pact_amend")
        self.amendment = self.pact.amendment_ids
        self.assert_figures(self.amendment, "in_force", 5, 5)
        self.assertEqual(self.pact.state, "closed")
        self.assertEqual(self.pact.close_reason, "replaced")
        chain = self.amendment._chain()
        self.assertEqual(chain.mapped("version"), [1, 2])
        today = fields.Date.context_today(self.amendment)
        self.assertEqual(chain._in_force_on(today), self.amendment)
        self.assertEqual(self.amendment._party_months()[-1]["count"], 5)
        deed = self.amendment.commitment_ids.filtered(
            lambda line: line.name == "Lend the ground"
        )
        self.assertEqual(deed.party_id, self.of(self.county, self.amendment))
