from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PairingCommon


@tagged("post_install", "-at_install")
class TestPairingRules(PairingCommon):
    """Who may fill a place beside a project."""

    def assert_refused(self, text, volunteer, **vals):
        count = self.env["hub.pairing"].search_count([])
        with self.assertRaises(UserError) as error:
            self._pair(volunteer, **vals)
        self.assertRegex(str(error.exception), text)
        self.assertIn(self.project.name, str(error.exception))
        self.assertEqual(self.env["hub.pairing"].search_count([]), count)

    def test_two_people_take_the_two_places(self):
        pairings = self._pair(self.bernard) | self._pair(self.chloe)
        self.assertEqual(pairings.mapped("slot"), [1, 2])
        self.assertEqual(pairings.company_id, self.company)

    def test_two_people_created_together_take_the_two_places(self):
        pairings = self.env["hub.pairing"].create(
            [
                {"lead_id": self.project.id, "volunteer_id": volunteer.id}
                for volunteer in (self.bernard, self.chloe)
            ]
        )
        self.assertEqual(pairings.mapped("slot"), [1, 2])

    def test_a_third_place_is_refused_naming_the_two(self):
        self._pair(self.bernard)
        self._pair(self.chloe)
        self.assert_refused("Bernard, Chloé.*Replace one of them", self.denis)

    def test_three_people_created_together_are_refused(self):
        with self.assertRaisesRegex(UserError, "already has its two people"):
            self.env["hub.pairing"].create(
                [
                    {"lead_id": self.project.id, "volunteer_id": volunteer.id}
                    for volunteer in (self.bernard, self.chloe, self.denis)
                ]
            )

    def test_an_expert_comes_besides_the_two(self):
        self._pair(self.bernard)
        self._pair(self.chloe)
        expert = self._pair(self.denis, role="expert")
        self.assertFalse(expert.slot)

    def test_a_place_cannot_be_taken_twice_in_the_database(self):
        self._pair(self.bernard)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._pair(self.chloe, slot=1)

    def test_a_place_three_does_not_exist(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._pair(self.chloe, slot=3)

    def test_a_place_is_free_again_once_declined(self):
        self._pair(self.bernard).action_decline(channel="phone")
        self.assertEqual(self._pair(self.chloe).slot, 1)

    def test_the_same_person_twice_is_refused(self):
        self._pair(self.bernard)
        self.assert_refused("already beside this project", self.bernard)

    def test_the_same_person_twice_in_one_go_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "already beside"):
            self.env["hub.pairing"].create(
                [{"lead_id": self.project.id, "volunteer_id": self.bernard.id}] * 2
            )

    def test_a_holder_cannot_accompany_his_own_project(self):
        volunteer = self._create_volunteer("Emma")
        self.env["hub.project.holder"].create(
            {"lead_id": self.project.id, "partner_id": volunteer.id}
        )
        self.assert_refused("carries this project", volunteer)

    def test_a_holder_known_by_another_contact_with_the_same_email_is_refused(self):
        self.chloe.email = "AMINA@Example.org"
        self.assert_refused("same e-mail address as Amina.*merge", self.chloe)

    def test_a_declared_conflict_with_a_holder_is_refused(self):
        self.env["hub.conflict"].create(
            {"partner_id": self.amina.id, "other_partner_id": self.bernard.id}
        )
        self.assert_refused("declared conflict with Amina", self.bernard)

    def test_a_declared_conflict_with_the_other_volunteer_is_refused(self):
        self.env["hub.conflict"].create(
            {"partner_id": self.bernard.id, "other_partner_id": self.chloe.id}
        )
        self._pair(self.bernard)
        self.assert_refused("declared conflict with Bernard", self.chloe)

    def test_a_conflict_that_is_over_refuses_nothing(self):
        self.env["hub.conflict"].create(
            {
                "partner_id": self.amina.id,
                "other_partner_id": self.bernard.id,
                "active": False,
            }
        )
        self.assertTrue(self._pair(self.bernard))

    def test_somebody_without_a_role_is_refused(self):
        self.assert_refused(
            "not a volunteer or an employee",
            self.env["res.partner"].create({"name": "X"}),
        )

    def test_a_role_that_has_ended_is_no_role(self):
        self.bernard.hub_role_ids.date_end = date(2021, 1, 1)
        self.assert_refused("not a volunteer or an employee", self.bernard)

    def test_an_employee_may_fill_a_place(self):
        self.bernard.hub_role_ids.kind = "employee"
        self.assertTrue(self._pair(self.bernard))

    def test_somebody_away_is_refused_until_the_return(self):
        today = fields.Date.today()
        self.bernard.hub_role_ids.write(
            {"pause_from": today, "pause_to": today + timedelta(days=3)}
        )
        self.assert_refused("is away until", self.bernard)

    def test_an_absence_to_come_refuses_nothing(self):
        later = fields.Date.today() + timedelta(days=30)
        self.bernard.hub_role_ids.write({"pause_from": later, "pause_to": later})
        self.assertTrue(self._pair(self.bernard))

    def test_who_declined_is_not_asked_again_by_mistake(self):
        self._pair(self.bernard).action_decline(channel="phone", reason="No time")
        self.assert_refused("was asked before.*ask again", self.bernard)

    def test_who_is_full_needs_a_reason(self):
        self.bernard.hub_role_ids.write({"capacity": 1})
        self._pair(self.bernard, self._create_project("Bakery", self.denis))
        self.assert_refused(
            r"no free place left \(1 of 1\).*write the reason", self.bernard
        )
        self.assertTrue(self._pair(self.bernard, override_reason="Only for a month"))

    def test_who_is_not_trained_needs_a_reason(self):
        self.bernard.hub_role_ids.trained_on = False
        self.assert_refused("has not followed the training", self.bernard)
        self.assertTrue(self._pair(self.bernard, override_reason="Was a trainer"))

    def test_a_booked_training_is_enough(self):
        self.bernard.hub_role_ids.trained_on = False
        event = self.env["event.event"].create(
            {
                "name": "Training",
                "hub_format": "training",
                "date_begin": fields.Datetime.now() + timedelta(days=5),
                "date_end": fields.Datetime.now() + timedelta(days=6),
            }
        )
        self.env["event.registration"].create(
            {"event_id": event.id, "hub_partner_id": self.bernard.id, "state": "open"}
        )
        self.assertTrue(self._pair(self.bernard))

    def test_who_has_not_signed_the_charter_needs_a_reason(self):
        charter = self.env["hub.charter"].create({"body": "<p>We listen.</p>"})
        charter.action_publish()
        self.assert_refused("has not signed the charter", self.bernard)
        self.assertTrue(self._pair(self.bernard, override_reason="Signs on Monday"))
        self.env["hub.charter.signature"]._sign(charter, self.chloe, "paper")
        self.assertTrue(self._pair(self.chloe))

    def test_a_new_version_leaves_pairs_at_work_and_new_ones_time(self):
        charter = self.env["hub.charter"].create({"body": "<p>We listen.</p>"})
        charter.action_publish()
        sign = self.env["hub.charter.signature"]._sign
        sign(charter, self.bernard | self.chloe, "paper")
        running = self._active(self.bernard)
        today = fields.Date.context_today(charter)
        second = charter.copy({"sign_before": today})
        second.action_publish()
        # The last day to sign is a day to sign.
        self.assertTrue(self._pair(self.chloe))
        second.sign_before = today - timedelta(days=1)
        self.assertEqual(running.state, "active")
        running.message_post(body="They go on")
        project = self._create_project("Bicycles", self.amina.copy({"email": "a@b.c"}))
        with self.assertRaises(UserError) as error:
            self._pair(self.bernard, project)
        self.assertIn("has not signed the charter", str(error.exception))
        signature = sign(second, self.bernard, "paper")
        self.assertTrue(self._pair(self.bernard, project))
        signature.with_user(self.users["manager"]).action_cancel_answer()
        signature._answer("no", "phone")
        bees = self._create_project("Bees", self.denis)
        with self.assertRaises(UserError) as error:
            self._pair(self.bernard, bees)
        self.assertIn("has not signed the charter", str(error.exception))

    def test_a_blank_reason_is_no_reason(self):
        self.bernard.hub_role_ids.trained_on = False
        self.assert_refused("write the reason", self.bernard, override_reason="  ")

    def test_a_reason_bends_no_rule_that_stands(self):
        self.env["hub.conflict"].create(
            {"partner_id": self.amina.id, "other_partner_id": self.bernard.id}
        )
        self.assert_refused("conflict", self.bernard, override_reason="They made up")

    def test_somebody_of_the_household_is_a_note_only(self):
        (self.amina | self.chloe).write({"street": "1 rue Verte", "zip": "21000"})
        verdict = self.env["hub.pairing.eligibility"]._verdicts(
            self.project, self.chloe
        )
        self.assertEqual(
            [reason.code for reason in verdict[self.chloe].notes], ["household"]
        )
        self.assertTrue(self._pair(self.chloe))

    def test_a_record_of_sales_is_not_accompanied(self):
        lead = self.env["crm.lead"].create({"name": "Shop"})
        with self.assertRaisesRegex(ValidationError, "belongs to sales"):
            self._pair(self.bernard, lead)

    def test_load_and_free_places(self):
        self.bernard.hub_role_ids.write({"capacity": 2})
        pairing = self._pair(self.bernard)
        self.bernard.invalidate_recordset(["hub_load", "hub_free_capacity"])
        self.assertEqual(
            (self.bernard.hub_load, self.bernard.hub_free_capacity), (0, 1)
        )
        pairing.action_activate(channel="phone")
        self.bernard.invalidate_recordset(["hub_load", "hub_free_capacity"])
        self.assertEqual(
            (self.bernard.hub_load, self.bernard.hub_free_capacity), (1, 1)
        )

    def test_people_are_found_by_load_and_free_places(self):
        people = self.bernard | self.chloe | self.amina
        self.bernard.hub_role_ids.write({"capacity": 1})
        self._active(self.bernard)
        here = [("id", "in", people.ids)]
        search = self.env["res.partner"].search
        self.assertEqual(search([*here, ("hub_load", ">", 0)]), self.bernard)
        self.assertEqual(search([*here, ("hub_free_capacity", ">", 0)]), self.chloe)
        self.assertEqual(
            search([*here, ("hub_free_capacity", "=", 0)]), self.bernard | self.amina
        )

    def test_the_load_costs_the_same_for_one_and_for_many(self):
        def count(partners):
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            partners.mapped("hub_free_capacity")
            return self.env.cr.sql_log_count - start

        count(self.bernard)
        many = self.bernard | self.chloe | self.denis | self.amina
        self.assertEqual(count(self.bernard), count(many))

    def test_projects_without_and_with_an_incomplete_pair_are_found(self):
        other = self._create_project("Bakery", self.denis)
        self._pair(self.bernard)
        leads = self.project | other
        search = self.env["crm.lead"].search
        here = [("id", "in", leads.ids)]
        self.assertEqual(search([*here, ("hub_pair_count", "=", 0)]), other)
        self.assertEqual(search([*here, ("hub_pair_count", "=", 1)]), self.project)
        self.assertEqual(self.project.hub_pair_count, 1)
        self.assertFalse(search([*here, ("hub_pair_count", "=", 2)]))
