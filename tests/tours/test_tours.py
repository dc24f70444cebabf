from odoo import fields
from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import HubUsersMixin


@tagged("post_install", "-at_install")
class TestTours(HubUsersMixin, BrowserCase):
    """In a real browser, without demo data, as the coordinator."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls.projects = cls.env["crm.lead"].search([("is_hub_project", "=", True)])

    def _volunteers(self, *names):
        people = self.env["res.partner"].create([{"name": name} for name in names])
        self.env["hub.role"].create(
            [
                {
                    "partner_id": person.id,
                    "kind": "volunteer",
                    "trained_on": fields.Date.context_today(person),
                }
                for person in people
            ]
        )
        return people

    def _new_project(self):
        projects = self.env["crm.lead"].search([("is_hub_project", "=", True)])
        (project,) = projects - self.projects
        return project

    def _tour(self, name):
        self.start_tour(
            "/odoo/solidarity-hub", name, login="hub_coordinator", timeout=180
        )

    def test_an_empty_database_leads_through_its_first_steps(self):
        self._tour("hub_first_steps")
        role = self.env["hub.role"].search([("kind", "=", "volunteer")])
        self.assertEqual(role.partner_id.name, "Bernard Lachaume")
        self.assertEqual(self._new_project().partner_id.name, "Amina Kaddouri")

    def test_the_first_hour_goes_from_a_reception_to_a_printed_contract(self):
        volunteers = self._volunteers("Bernard Lachaume", "Rachid Amrani")
        self._tour("hub_first_hour")
        project = self._new_project()
        self.assertEqual(project.name, "Amina's bakery")
        self.assertEqual(project.partner_id.phone, "06 39 98 20 20")
        self.assertEqual(project.hub_pairing_ids.volunteer_id, volunteers)
        self.assertEqual(set(project.hub_pairing_ids.mapped("state")), {"active"})
        contract = project.hub_pact_ids
        self.assertEqual(contract.form, "accompaniment_contract")
        self.assertTrue(contract.printed_on)

    def test_a_local_pact_is_written_from_its_template_and_printed_with_its_terms(self):
        town = self.env["res.partner"].create(
            {"name": "Ville de Dijon-Exemple", "is_company": True}
        )
        before = self.env["hub.pact"].search([])
        self._tour("hub_local_pact")
        pact = self.env["hub.pact"].search([]) - before
        self.assertEqual(pact.form, "local_pact")
        self.assertEqual(pact.party_ids.partner_id, town)
        self.assertTrue(pact.goal_ids and pact.term_ids)
        self.assertTrue(pact.printed_on)
