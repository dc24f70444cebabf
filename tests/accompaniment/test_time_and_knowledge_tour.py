from odoo.tests import new_test_user, tagged

from ..browser import BrowserCase
from ..common import HubUsersMixin


@tagged("post_install", "-at_install")
class TestTimeAndKnowledgeTour(HubUsersMixin, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls.env["res.config.settings"].create(
            {
                "group_hub_feature_pairing": True,
                "group_hub_feature_knowledge": True,
            }
        ).execute()
        cls.bernard, cls.amina = cls.env["res.partner"].create(
            [
                {"name": "Bernard Lachaume", "phone": "06 11"},
                {"name": "Amina Kaddouri", "phone": "06 22"},
            ]
        )
        for person, kind in ((cls.bernard, "volunteer"), (cls.amina, "holder")):
            cls.env["hub.role"].create(
                {"partner_id": person.id, "kind": kind, "date_start": "2010-01-01"}
            )

    def test_an_accountant_values_a_year_and_posts_it(self):
        new_test_user(
            self.env,
            login="hub_accountant",
            groups="solidarity_hub.group_hub_finance,account.group_account_manager",
        )
        self.env["hub.hours.rate"].create({"rate": 10, "date_start": "2010-01-01"})
        years = self.env["hub.hours.valuation"]
        day = years.default_get(["date_start"])["date_start"]
        self.env["hub.volunteer.hours"].create(
            {"partner_id": self.bernard.id, "date": day, "hours": 3}
        ).action_validate()
        self.start_tour(
            "/odoo/hub-time-years", "hub_volunteers_value", login="hub_accountant"
        )
        year = years.search([])
        self.assertEqual((year.state, year.posted_value), ("posted", 30))
        self.assertEqual(year.entry_ids.move_id.state, "posted")

    def test_a_coordinator_brings_two_people_together(self):
        for kind, person in (("offer", self.bernard), ("request", self.amina)):
            self.env["hub.knowledge"].create(
                {"kind": kind, "partner_id": person.id, "name": "Spreadsheets"}
            )
        self.start_tour(
            "/odoo/hub-knowledge-meetings", "hub_knowledge", login="hub_coordinator"
        )
        exchange = self.env["hub.exchange"].search([])
        self.assertEqual((exchange.state, exchange.place), ("done", "Library"))
        self.assertEqual(exchange.participant_ids.partner_id, self.bernard | self.amina)

    def test_a_holder_adds_an_offer_on_the_telephone(self):
        new_test_user(
            self.env,
            login="hub_amina",
            groups="base.group_portal",
            partner_id=self.amina.id,
        )
        self.browser_size = "390x844"
        self.start_tour("/my/hub", "hub_portal_knowledge", login="hub_amina")
        offer = self.env["hub.knowledge"].search([])
        self.assertEqual((offer.partner_id, offer.kind), (self.amina, "offer"))
