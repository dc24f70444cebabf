import json

from odoo.tests import tagged
from odoo.tools import file_open

from ..browser import BrowserCase
from ..common import HubUsersMixin

FIXTURES = ("people.csv", "projects.csv")


@tagged("post_install", "-at_install")
class TestFixturesTour(HubUsersMixin, BrowserCase):
    """From the two spreadsheets alone, in a real browser, as the coordinator."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.users["coordinator"].lang = "fr_FR"

    def _tour_code(self):
        """What a coordinator has on the disk is handed to the browser of the test."""
        files = {}
        for name in FIXTURES:
            with file_open(f"solidarity_hub/tests/fixtures/{name}") as file:
                files[name] = file.read()
        return (
            f"sessionStorage.setItem('hub_fixtures', {json.dumps(json.dumps(files))});"
            " odoo.startTour('hub_fixtures', {startUrl: '/odoo/solidarity-hub'});"
        )

    def test_two_spreadsheets_become_pairs_a_contract_and_a_pact_on_paper(self):
        before = self.env["hub.pact"].search([])
        self.start_tour(
            "/odoo/solidarity-hub",
            "hub_fixtures",
            code=self._tour_code(),
            login="hub_coordinator",
            timeout=300,
        )
        self.start_tour(
            "/odoo/solidarity-hub",
            "hub_local_pact",
            login="hub_coordinator",
            timeout=300,
        )
        projects = self.env["crm.lead"].search(
            [("is_hub_project", "=", True), ("hub_reception_date", "!=", False)]
        )
        self.assertEqual(len(projects), 12)
        under_way = projects.filtered(lambda p: p.hub_phase != "closed")
        self.assertEqual(set(under_way.mapped("hub_pair_count")), {2})
        pacts = self.env["hub.pact"].search([]) - before
        self.assertEqual(
            sorted(pacts.mapped("form")), ["accompaniment_contract", "local_pact"]
        )
        self.assertTrue(all(pacts.mapped("printed_on")))
