from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import PairingCommon


@tagged("post_install", "-at_install")
class TestPairingWizard(PairingCommon):
    """The coordinator sees pairs in words, chooses, and proposes."""

    def open(self, project=None):
        project = (project or self.project).with_user(self.users["coordinator"])
        action = project.action_hub_pair()
        return (
            self.env[action["res_model"]]
            .with_user(self.users["coordinator"])
            .browse(action["res_id"])
        )

    def left_out(self, wizard):
        return {line.partner_id: line.reason for line in wizard.person_ids}

    def test_the_best_pair_is_taken_first_and_told_in_words(self):
        wizard = self.open()
        self.assertEqual(wizard.first_id | wizard.second_id, self.bernard | self.chloe)
        self.assertEqual(wizard.words, "covers 2 needs of 2")
        self.assertEqual(wizard.proposal_ids[0].permille, 1000)

    def test_what_is_missing_is_named(self):
        wizard = self.open()
        wizard.write({"first_id": self.bernard.id, "second_id": self.denis.id})
        self.assertEqual(wizard.words, f"covers 1 needs of 2, missing: {self.law.name}")

    def test_a_finer_skill_gives_the_wider_one(self):
        finer = self.env["hub.skill"].create(
            {"name": "Leases of cafés", "parent_id": self.law.id}
        )
        emma = self._create_volunteer("Emma", {finer: 2})
        wizard = self.open()
        wizard.write({"first_id": self.bernard.id, "second_id": emma.id})
        self.assertEqual(wizard.words, "covers 2 needs of 2")

    def test_searching_creates_and_sends_nothing(self):
        self.open()
        self.assertFalse(self.project.hub_pairing_ids)
        self.assertFalse(self.env["mail.mail"].search([("model", "=", "hub.pairing")]))

    def test_proposing_asks_both_and_keeps_the_explanation(self):
        wizard = self.open()
        wizard.action_propose()
        pairings = self.project.hub_pairing_ids
        self.assertEqual(pairings.mapped("state"), ["sent", "sent"])
        self.assertEqual(pairings.volunteer_id, self.bernard | self.chloe)
        self.assertEqual(pairings.mapped("score"), [1000, 1000])
        self.assertEqual(pairings[0].explanation["words"], "covers 2 needs of 2")
        self.assertIn("importance 2", pairings[0].explanation_text)
        self.assertEqual(pairings.run_id.status, "optimal")
        self.assertEqual(
            len(self.env["mail.mail"].search([("model", "=", "hub.pairing")])), 2
        )

    def test_one_who_said_yes_on_the_telephone_is_not_asked_again(self):
        wizard = self.open()
        said_yes = wizard.first_id
        wizard.write({"first_agreed": True, "channel": "phone"})
        wizard.action_propose()
        states = {p.volunteer_id: p.state for p in self.project.hub_pairing_ids}
        self.assertEqual(states.pop(said_yes), "accepted")
        self.assertEqual(list(states.values()), ["sent"])

    def test_all_agreed_starts_at_once(self):
        self.open().action_start()
        self.assertEqual(self.project.hub_pairing_ids.mapped("state"), ["active"] * 2)
        self.assertFalse(self.env["mail.mail"].search([("model", "=", "hub.pairing")]))

    def test_who_is_left_out_is_told_with_the_reason(self):
        self.env["hub.conflict"].create(
            {"partner_id": self.amina.id, "other_partner_id": self.chloe.id}
        )
        self.bernard.hub_role_ids.pause_from = fields.Date.today()
        emma = self._create_volunteer("Emma")
        reasons = self.left_out(self.open())
        self.assertIn("conflict with Amina", reasons[self.chloe])
        self.assertIn("further notice", reasons[self.bernard])
        self.assertNotIn(emma, reasons)

    def test_people_who_need_a_reason_wait_for_the_tick(self):
        self.chloe.hub_role_ids.trained_on = False
        wizard = self.open()
        self.assertIn(
            "has not followed the training", self.left_out(wizard)[self.chloe]
        )
        self.assertNotIn(
            self.chloe, wizard.proposal_ids.first_id | wizard.proposal_ids.second_id
        )
        wizard.with_warned = True
        wizard.action_search()
        self.assertNotIn(self.chloe, self.left_out(wizard))
        self.assertEqual(
            wizard.proposal_ids[0].first_id | wizard.proposal_ids[0].second_id,
            self.bernard | self.chloe,
        )
        self.assertIn("training", wizard.proposal_ids[0].warning)

    def test_a_young_hub_where_nobody_is_trained_gets_proposals_all_the_same(self):
        people = self.bernard | self.chloe | self.denis
        people.hub_role_ids.trained_on = False
        wizard = self.open()
        self.assertTrue(wizard.with_warned)
        self.assertTrue(wizard.proposal_ids)
        with self.assertRaises(ValidationError):
            wizard.action_propose()
        self.assertFalse(self.project.hub_pairing_ids)
        wizard.override_reason = "The training is being prepared"
        wizard.action_propose()
        self.assertEqual(
            set(self.project.hub_pairing_ids.mapped("override_reason")),
            {"The training is being prepared"},
        )

    def test_somebody_full_can_be_chosen_with_a_reason(self):
        self.bernard.hub_role_ids.write({"capacity": 1})
        self._pair(self.bernard, self._create_project("Bakery", self.denis))
        wizard = self.open()
        wizard.with_warned = True
        wizard.action_search()
        self.assertIn(
            self.bernard, wizard.proposal_ids.first_id | wizard.proposal_ids.second_id
        )

    def test_one_alone_is_no_pair_and_the_reason_is_told(self):
        (self.chloe | self.denis).hub_role_ids.date_end = "2021-01-01"
        wizard = self.open()
        self.assertFalse(wizard.proposal_ids)
        self.assertIn("Fewer than two", wizard.nobody_text)

    def test_a_mandatory_skill_that_nobody_has_is_told(self):
        self.project.hub_skill_ids.write({"mandatory": True, "level": 3})
        wizard = self.open()
        self.assertFalse(wizard.proposal_ids)
        self.assertIn("cannot do without", wizard.nobody_text)

    def test_choosing_the_same_person_twice_is_refused(self):
        wizard = self.open()
        wizard.second_id = wizard.first_id
        with self.assertRaisesRegex(UserError, "two different people"):
            wizard.action_propose()

    def test_with_one_there_the_other_is_sought(self):
        self._active(self.denis)
        wizard = self.open()
        self.assertEqual(wizard.kept_ids, self.denis)
        self.assertTrue(all(p.first_id == self.denis for p in wizard.proposal_ids))
        wizard.action_propose()
        self.assertEqual(len(self.project.hub_pairing_ids), 2)

    def test_with_two_there_the_search_says_so(self):
        self._active(self.denis)
        self._active(self.bernard)
        with self.assertRaisesRegex(UserError, "already has its two people"):
            self.open()

    def test_replacing_one_keeps_the_other(self):
        leaving = self._active(self.denis)
        staying = self._active(self.bernard)
        action = leaving.with_user(self.users["coordinator"]).action_replace()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.users["coordinator"])
            .browse(action["res_id"])
        )
        self.assertEqual(wizard.first_id | wizard.second_id, self.bernard | self.chloe)
        wizard.end_reason = "Moves to Lyon"
        wizard.action_propose()
        self.assertEqual(
            (leaving.state, leaving.end_reason), ("ended", "Moves to Lyon")
        )
        self.assertEqual(staying.state, "active")
        new = self.project.hub_pairing_ids - leaving - staying
        self.assertEqual((new.volunteer_id, new.slot), (self.chloe, leaving.slot))

    def test_replacing_needs_the_reason_and_ends_nothing_without(self):
        leaving = self._active(self.denis)
        action = leaving.action_replace()
        with self.assertRaisesRegex(UserError, "why it ends"):
            self.env[action["res_model"]].browse(action["res_id"]).action_propose()
        self.assertEqual(leaving.state, "active")

    def test_a_project_without_needs_is_told_as_such(self):
        project = self._create_project("Idea", self.denis, skills=self.env["hub.skill"])
        self.assertIn("names no skill", self.open(project).words)

    def test_the_screen_shows_the_verdict_while_choosing(self):
        self.env["hub.conflict"].create(
            {"partner_id": self.amina.id, "other_partner_id": self.denis.id}
        )
        form = Form(self.open())
        form.second_id = self.denis
        self.assertIn("conflict", form.refusal)
        form.second_id = self.chloe
        self.assertFalse(form.refusal)

    def test_comparing_costs_the_same_for_few_and_for_many(self):
        def count():
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            engine = self.env["hub.pairing.engine"]
            people = engine._candidates(self.project)
            self.env["hub.pairing.eligibility"]._verdicts(self.project, people)
            engine._rank(self.project, people)
            return self.env.cr.sql_log_count - start

        count()
        few = count()
        for number in range(12):
            self._create_volunteer(f"Volunteer {number}", {self.law: 2})
        self.env.flush_all()
        self.assertEqual(count(), few)

    def test_the_needs_can_be_tagged_and_weighted(self):
        self.project.hub_skill_ids.filtered(lambda n: n.skill_id == self.law).weight = 1
        self.project.write(
            {
                "hub_skill_ids": [
                    Command.create({"skill_id": self._more().id, "weight": 3})
                ]
            }
        )
        wizard = self.open()
        self.assertIn(self._more().name, wizard.words)
        self.assertIn("importance 3", wizard.numbers)

    def _more(self):
        return self.env["hub.skill"].search([("name", "=", "Ovens")]) or self.env[
            "hub.skill"
        ].create({"name": "Ovens"})
