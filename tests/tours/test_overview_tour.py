from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..browser import BrowserCase
from ..common import HubUsersMixin
from ..finance.common import ACCOUNTANT, LoanMixin
from ..network.test_network import NetworkMixin
from ..pact.common import PactFactory


@tagged("post_install", "-at_install")
class TestOverviewTour(PactFactory, HubUsersMixin, BrowserCase):
    """The first page of each role in a browser: each number opens its list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_pacts()
        cls.env["hub.role"].search([]).unlink()

    def _life(self):
        """A small hub at work; Bernard has an account of his own."""
        bernard = self.bernard
        rachid = self.env["res.partner"].create({"name": "Rachid"})
        today = fields.Date.context_today(self.company)
        self.env["hub.role"].create(
            [
                {"partner_id": one.id, "kind": "volunteer", "trained_on": today}
                for one in (bernard, rachid)
            ]
        )
        self.users["volunteer"].partner_id = bernard
        self._project("A first talk", hub_phase="reception")
        bakery, garden = (
            self._project(name, hub_phase="accompaniment", partner_id=self.amina.id)
            for name in ("Bakery", "Garden")
        )
        self._pair(bakery, bernard).action_send()
        pair = self._pair(garden, bernard) | self._pair(garden, rachid)
        pair.action_activate(channel="in_person")
        self._pact_in_force()
        self.env["hub.milestone"].create({"name": "The doors open"})

    def _project(self, name, **vals):
        return self.env["crm.lead"].create(
            {"name": name, "is_hub_project": True, "user_id": False, **vals}
        )

    def _pair(self, project, person):
        return self.env["hub.pairing"].create(
            {"lead_id": project.id, "volunteer_id": person.id}
        )

    def _tour(self, name, login):
        self.start_tour("/odoo/solidarity-hub", name, login=login, timeout=180)

    def test_coordinator_board_and_volunteer(self):
        self._life()
        for role in ("coordinator", "board", "volunteer"):
            with self.subTest(role=role):
                self._tour(f"hub_overview_{role}", f"hub_{role}")

    def test_an_empty_hub_says_what_to_do(self):
        self._tour("hub_overview_empty_coordinator", "hub_coordinator")
        self._tour("hub_overview_empty", "hub_volunteer")
        self._tour("hub_overview_nothing", "hub_finance")


@tagged("post_install", "-at_install")
class TestOverviewFinanceTour(LoanMixin, HubUsersMixin, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_lending()
        cls.env.ref("base.group_user").implied_ids |= cls.env.ref(
            "solidarity_hub.group_hub_feature_lending"
        )
        cls.accountant = new_test_user(
            cls.env, "hub_solene", groups=ACCOUNTANT, company_id=cls.company.id
        )

    def test_the_accountant(self):
        today = fields.Date.context_today(self.company)
        self.env["hub.programme"].create(
            {
                "name": "Region",
                "date_start": today,
                "report_ids": [
                    Command.create(
                        {
                            "name": "Report of the year",
                            "date_from": today,
                            "date_to": today,
                            "due_on": today,
                        }
                    )
                ],
            }
        )
        self._create_loan().action_submit()
        self._sign(self._create_loan(partner_id=self.denis.id))
        self.start_tour(
            "/odoo/solidarity-hub",
            "hub_overview_finance",
            login="hub_solene",
            timeout=180,
        )


@tagged("post_install", "-at_install")
class TestOverviewNetworkTour(NetworkMixin, HubUsersMixin, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_network()

    def test_the_manager_of_the_network(self):
        leads = self.env["crm.lead"].with_context(active_test=False)
        leads.search(
            [("is_hub_project", "=", True)]
        ).hub_reception_date = fields.Date.context_today(self.company)
        self.start_tour(
            "/odoo/solidarity-hub",
            "hub_overview_network",
            login="network_user",
            timeout=120,
        )
