from odoo.tests import tagged

from .common import PairingCommon


@tagged("post_install", "-at_install")
class TestPairingMerge(PairingCommon):
    """Two contacts are one person: after merging them every row is still there."""

    def merge(self, partners, into):
        wizard = self.env["base.partner.merge.automatic.wizard"].create(
            {"partner_ids": [(6, 0, partners.ids)], "dst_partner_id": into.id}
        )
        partners.filtered("email").email = into.email
        wizard.action_merge()

    def test_merging_two_volunteers_keeps_roles_skills_and_pairings(self):
        bakery = self._create_project("Bakery", self.denis)
        pairings = self._active(self.bernard) | self._pair(self.chloe, bakery)
        roles = (self.bernard | self.chloe).hub_role_ids
        skills = (self.bernard | self.chloe).hub_skill_ids
        self.merge(self.bernard | self.chloe, self.bernard)
        self.env.invalidate_all()
        self.assertFalse(self.chloe.exists())
        self.assertEqual(pairings.exists().volunteer_id, self.bernard)
        self.assertEqual(len(pairings.exists()), 2)
        self.assertEqual(len(roles.exists()), 2)
        self.assertEqual(len(skills.exists()), 2)

    def test_the_same_person_twice_after_a_merge_is_listed_to_be_settled(self):
        pairings = self._active(self.bernard) | self._active(self.chloe)
        self.assertFalse(self.env["hub.pairing"].search([("is_twice", "=", True)]))
        self.merge(self.bernard | self.chloe, self.bernard)
        self.env.invalidate_all()
        self.assertEqual(
            self.env["hub.pairing"].search([("is_twice", "=", True)]), pairings
        )
        self.assertEqual(pairings.mapped("slot"), [1, 2])
        pairings[1].action_end(reason="It was one person")
        self.env.invalidate_all()
        self.assertFalse(pairings[0].is_twice)

    def test_merging_a_holder_keeps_the_pairings_of_the_project(self):
        pairing = self._active(self.bernard)
        twin = self.env["res.partner"].create({"name": "Amina B."})
        self.merge(twin | self.amina, twin)
        self.env.invalidate_all()
        self.assertTrue(pairing.exists())
        self.assertEqual(pairing.lead_id.hub_holder_ids.partner_id, twin)
