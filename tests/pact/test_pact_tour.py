from contextlib import contextmanager

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import HubUsersMixin
from .evaluation import EvaluationFactory


@tagged("post_install", "-at_install")
class TestPactTour(EvaluationFactory, HubUsersMixin, BrowserCase):
    """A local pact lives its life in real browsers, each person in an own session.

    Four parties of four kinds: two sign by their links on a telephone, one on paper,
    one refuses and a replacement signs; it comes into force; a fifth joins at the
    table; it is evaluated, amended and signed again by all, and evaluated once more:
    two by their links on a telephone, then all together with the coordinator.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_evaluations()
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
        start = {"from_start": True}
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
            goal_ids=[
                Command.create({"name": "Open the shop"}),
                Command.create({"name": "https://example.org/" + "long" * 80}),
            ],
            term_ids=[
                cls._term(cls.autonomy, sequence=10, baseline_value="1", **start),
                cls._term(cls.jobs, sequence=20, baseline_value="0", **start),
                cls._term(cls.culture, sequence=30, **start),
                cls._term(cls.open_shop, sequence=40, **start),
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

    def at_the_hub(self, tour, record=None):
        record = record or self.pact
        kind = {"hub.pact": "pacts", "hub.evaluation": "evaluations"}[record._name]
        self.start_tour(
            f"/odoo/{kind}/{record.id}", tour, login="hub_coordinator", timeout=180
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
        first = self.evaluate("first", self.pact)
        self.amend()
        second = self.evaluate("second", self.amendment)
        self.check_figures(first, second)

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

    def evaluate(self, which, pact):
        """Asked by the coordinator, answered by two links, agreed on together."""
        self.authenticate(None, None)
        self.at_the_hub(f"hub_pact_ask_{which}", pact)
        evaluation = pact._chain_evaluations().filtered(
            lambda one: one.state == "under_way"
        )
        self.assertEqual(evaluation.pact_id, pact)
        self.assertEqual(
            evaluation.person_ids.partner_id,
            self.amina | self.tri | self.wood | self.county | self.resource,
            "all who signed, the newcomer too; not who declined",
        )
        for role, partner in (("holder", self.amina), ("party", self.tri)):
            person = self._person(evaluation, partner)
            self.authenticate(None, None)
            with self.telephone():
                self.start_tour(
                    person._link().replace(person.get_base_url(), ""),
                    f"hub_pact_{which}_view_of_{role}",
                )
            self.env.invalidate_all()
            self.assertEqual(person.given_channel, "portal")
        self.at_the_hub(f"hub_pact_{which}_together", evaluation)
        self.assertEqual(evaluation.state, "agreed")
        self.assertEqual(set(evaluation.person_ids.mapped("answer")), {"yes"})
        self.assertTrue(evaluation.frozen_pdf_id)
        return evaluation

    def check_figures(self, first, second):
        """What was agreed is what curves, figures by pact and lists say."""
        self.assertEqual(
            [look.line_ids.mapped("agreed_value") for look in (first, second)],
            [
                ["2", "1", "Neighbours bring things", "no"],
                ["4", "2", "A place to meet", "yes"],
            ],
        )
        self.assertEqual((first.pact_id, second.pact_id), (self.pact, self.amendment))
        for pact in (self.pact, self.amendment):
            self.assertEqual(pact.evaluation_count, 2, "one story of both texts")
        curves = {s["name"]: [p["value"] for p in s["points"]] for s in second.progress}
        self.assertEqual(
            curves,
            {"Autonomy": [1, 2, 4], "Economic effects": [0, 1, 2], "Shop open": [0, 1]},
        )
        curves = {s["name"]: [p["value"] for p in s["points"]] for s in first.progress}
        self.assertEqual(curves["Autonomy"], [1, 2], "nothing of what came later")
        rows = self.env["hub.evaluation.report"].search(
            [("evaluation_id", "in", (first | second).ids), ("is_last", "=", True)]
        )
        self.assertEqual(
            {row.indicator_id: (row.start_figure, row.figure) for row in rows},
            {self.autonomy: (1, 4), self.jobs: (0, 2), self.open_shop: (0, 1)},
        )
        for record in (self.pact, self.amendment, first, second):
            mark = record._fingerprint(record.frozen_json.encode())
            self.assertEqual(mark, record.frozen_hash)
