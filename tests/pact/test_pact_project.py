from odoo.exceptions import UserError
from odoo.tests import tagged

from ..pairing.common import PairingCommon


@tagged("post_install", "-at_install")
class TestPactProject(PairingCommon):
    """The contract as it is written from a project."""

    def test_holder_pair_and_hub_are_the_parties(self):
        self._active(self.bernard)
        self._active(self.chloe)
        pact = self.project._hub_write_contract()
        found = {(party.partner_id, party.category) for party in pact._print_parties()}
        self.assertEqual(
            found,
            {
                (self.amina, "concerned"),
                (self.bernard, "volunteer"),
                (self.chloe, "volunteer"),
                (self.company.partner_id, "hub"),
            },
        )
        self.assertIn("Bernard, Chloé", pact.commitment_ids.mapped("who"))

    def test_volunteer_only_proposed_is_not_a_party(self):
        self._pair(self.bernard)
        pact = self.project._hub_write_contract()
        self.assertNotIn(self.bernard, pact.party_ids.partner_id)

    def test_project_without_holder_gets_no_contract(self):
        project = self.env["crm.lead"].create(
            {"name": "Anonymous", "is_hub_project": True}
        )
        with self.assertRaisesRegex(UserError, "has no holder yet"):
            project.action_hub_write_contract()

    def test_volunteer_finds_the_pact_of_the_project_he_accompanies(self):
        self._active(self.bernard)
        pact = self.project._hub_write_contract()
        pact.party_ids.filtered(lambda p: p.partner_id == self.bernard).unlink()
        pacts = self.env["hub.pact"]
        self.assertIn(pact, pacts.search(pacts._hub_domain_for(self.bernard)))
        self.assertNotIn(pact, pacts.search(pacts._hub_domain_for(self.chloe)))

    def test_contract_written_in_french_holds_the_french_text_of_the_template(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref("solidarity_hub.hub_pact_template_contract")
        template.with_context(lang="fr_FR").goal_ids[0].name = "S'approprier le projet"
        pact = self.project.with_context(lang="fr_FR")._hub_write_contract()
        self.assertEqual(pact.lang, "fr_FR")
        self.assertIn("S'approprier le projet", pact.goal_ids.mapped("name"))
