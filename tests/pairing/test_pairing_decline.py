from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import PairingCommon

FOLLOW_UP = "odoo.addons.solidarity_hub.models.common.hub_asking_mixin"


@tagged("post_install", "-at_install")
class TestPairingDecline(PairingCommon):
    """A no opens one place, keeps the other person, and says who would go well next."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coordinator = cls.users["coordinator"]
        cls.adviser = cls.users["adviser"]
        cls.project.user_id = cls.adviser
        cls.kept = cls._pair(cls.bernard).with_user(cls.coordinator)
        cls.asked = cls._pair(cls.denis).with_user(cls.coordinator)
        (cls.kept | cls.asked).action_send()

    def decline(self, **vals):
        self.asked.action_decline(**{"channel": "phone", "reason": "Too far", **vals})

    def activities(self):
        return self.project.activity_ids.filtered(
            lambda activity: activity.user_id == self.adviser
        )

    def test_a_no_opens_one_place_and_keeps_the_other_person(self):
        self.decline()
        self.assertEqual(self.kept.state, "sent")
        self.assertEqual(self.project.hub_pair_partner_ids, self.bernard)

    def test_the_adviser_reads_who_declined_who_stays_and_who_is_next(self):
        self.decline()
        activity = self.activities()
        self.assertEqual(len(activity), 1)
        self.assertIn("Denis", activity.summary)
        self.assertIn("Stays: Bernard", activity.note)
        self.assertIn("Next: Chloé", activity.note)
        self.assertIn("covers 2 needs of 2", activity.note)
        self.assertNotIn("Too far", activity.note, "the whole team reads it")

    def test_without_an_adviser_the_coordinator_who_proposed_is_told(self):
        self.project.user_id = False
        wizard = self.env["hub.pairing.wizard"].with_user(self.coordinator)
        self.kept.action_end(reason="No answer")
        wizard = wizard.create({"lead_id": self.project.id})
        wizard.first_id, wizard.second_id = self.chloe, False
        wizard.action_propose()
        new = self.project.hub_pairing_ids.filtered(
            lambda p: p.volunteer_id == self.chloe
        )
        new.sudo().with_user(self.coordinator).action_decline(channel="phone")
        self.assertEqual(self.project.activity_ids.user_id, self.coordinator)

    def test_the_holder_says_no_and_the_person_who_had_said_yes_is_told(self):
        self.asked.action_accept(channel="phone")
        self.asked.action_holder_decline(channel="phone", reason="My neighbour")
        note = self.activities().note
        self.assertIn("other than Denis", note)
        self.assertIn("Denis had said yes", note)
        self.assertIn("My neighbour", self.project.hub_freed_text)

    def test_the_project_says_who_left_why_and_who_is_next(self):
        self.assertFalse(self.project.hub_freed_text)
        self.decline()
        self.project.invalidate_recordset()
        self.assertIn("Denis said no on", self.project.hub_freed_text)
        self.assertIn("“Too far”", self.project.hub_freed_text)
        self.assertIn("Stays: Bernard", self.project.hub_freed_text)
        self.assertEqual(self.project.hub_next_partner_ids, self.chloe)
        self.assertEqual(self.project.hub_next_label, "Ask Chloé")
        self.assertTrue(self.asked.is_place_free)
        self.assertEqual(self.asked.next_label, "Ask Chloé")

    def test_the_suggestion_is_computed_anew_each_time(self):
        self.decline()
        self.env["hub.conflict"].create(
            {"partner_id": self.bernard.id, "other_partner_id": self.chloe.id}
        )
        self.project.invalidate_recordset()
        self.assertFalse(self.project.hub_next_partner_ids)
        self.assertIn("Nobody else", self.project.hub_next_words)

    def test_one_click_asks_the_person_suggested(self):
        self.decline()
        self.project.with_user(self.coordinator).action_hub_ask_next()
        new = self.project.hub_pairing_ids.filtered(
            lambda p: p.volunteer_id == self.chloe
        )
        self.assertEqual(new.state, "sent")
        mails = self.env["mail.mail"].search([("recipient_ids", "in", self.chloe.ids)])
        self.assertEqual(len(mails), 1)
        self.project.invalidate_recordset()
        self.assertFalse(self.project.hub_freed_text, "nobody is missing any more")
        self.assertFalse(self.activities(), "what was to do is done")

    def test_one_click_asks_the_person_who_was_shown(self):
        self._create_volunteer("Zoé", {self.law: 3})
        self.decline()
        project = self.project.with_user(self.coordinator)
        project.with_context(hub_next_ids=self.chloe.ids).action_hub_ask_next()
        self.assertIn(self.chloe, project.hub_pair_partner_ids)

    def test_whoever_a_cohort_left_out_for_this_project_is_not_suggested(self):
        run = self.env["hub.pairing.run"].create({"is_cohort": True})
        line = self.env["hub.pairing.run.line"].create(
            {
                "run_id": run.id,
                "lead_id": self.project.id,
                "excluded_ids": [(6, 0, self.chloe.ids)],
            }
        )
        self.asked.sudo().run_line_id = line
        self.decline()
        self.project.invalidate_recordset()
        self.assertNotIn(self.chloe, self.project.hub_next_partner_ids)

    def test_the_declined_row_offers_the_same(self):
        self.decline()
        action = self.asked.action_choose_next()
        self.assertEqual(action["res_model"], "hub.pairing.wizard")
        self.asked.action_ask_next()
        self.assertIn(self.chloe, self.project.hub_pair_partner_ids)
        self.asked.invalidate_recordset()
        self.assertFalse(self.asked.is_place_free)

    def test_advisers_see_the_suggestion_and_ask_nobody(self):
        self.decline()
        project = self.project.with_user(self.adviser)
        self.assertEqual(project.hub_next_label, "Ask Chloé")
        with self.assertRaises(AccessError):
            project.action_hub_ask_next()

    def test_volunteers_do_not_read_who_is_next(self):
        self.env["hub.role"].create(
            {
                "partner_id": self.users["volunteer"].partner_id.id,
                "kind": "volunteer",
                "date_start": "2020-01-01",
                "trained_on": "2020-01-01",
            }
        )
        self.decline()
        self._active(self.users["volunteer"].partner_id)
        project = self.project.with_user(self.users["volunteer"])
        project.check_access("read")
        for name in ("hub_freed_text", "hub_next_words", "hub_next_partner_ids"):
            with self.assertRaises(AccessError):
                project.read([name])

    def test_an_answer_stands_even_where_nobody_can_be_suggested(self):
        engine = type(self.env["hub.pairing.engine"])
        with (
            patch.object(engine, "_rank", side_effect=ZeroDivisionError),
            mute_logger(FOLLOW_UP),
        ):
            self.decline()
            self.assertEqual(self.asked.state, "declined")
            self.assertIn("Stays: Bernard", self.activities().note)
            self.project.invalidate_recordset()
            self.assertIn("Denis said no", self.project.hub_freed_text)

    def test_both_say_no_and_two_people_are_suggested(self):
        self._create_volunteer("Emma", {self.accounting: 3})
        self.decline()
        self.kept.action_decline(channel="phone")
        self.assertEqual(len(self.activities()), 1, "one thing to do, not two")
        self.project.invalidate_recordset()
        self.assertEqual(
            sorted(self.project.hub_next_partner_ids.mapped("name")),
            ["Chloé", "Emma"],
        )
        self.project.with_user(self.coordinator).action_hub_ask_next()
        self.project.invalidate_recordset()
        self.assertEqual(self.project.hub_pair_count, 2)

    def test_whoever_declined_is_not_proposed_again_for_this_project(self):
        self.decline()
        with self.assertRaisesRegex(ValidationError, "asked before"):
            self._pair(self.denis)

    def test_whoever_declined_does_not_come_back_as_an_expert_either(self):
        self.decline()
        with self.assertRaisesRegex(ValidationError, "asked before"):
            self._pair(self.denis, role="expert")
        other = self._create_project("Bakery", self.amina)
        self.assertTrue(self._pair(self.denis, other), "another project is open")

    def test_whoever_declined_does_not_come_back_by_an_import(self):
        self.decline()
        pairings = self.env["hub.pairing"].with_user(self.coordinator)
        row = [self.project.id, self.denis.id]
        result = pairings.load(["lead_id/.id", "volunteer_id/.id"], [row])
        self.assertFalse(result["ids"])
        self.assertIn("asked before", str(result["messages"]))

    def test_a_proposal_is_not_turned_into_one_of_somebody_who_declined(self):
        self.decline()
        new = self._pair(self.chloe)
        with self.assertRaisesRegex(ValidationError, "asked before"):
            new.volunteer_id = self.denis

    def test_who_changed_his_mind_is_asked_again_with_fresh_reminders(self):
        self.decline()
        self.asked.action_ask_again()
        self.assertFalse(self.asked.volunteer_asked_on)
        self.assertFalse(self.activities(), "nobody is missing any more")
        self.asked.action_send()
        self.assertEqual(self.asked.state, "sent")

    def test_a_yes_is_taken_back_by_telephone_until_it_is_under_way(self):
        self.asked.action_accept(channel="phone")
        self.decline(reason="Ill")
        self.assertEqual(self.asked.state, "declined")
        self.assertEqual(self.asked.volunteer_answer, "no")
        self.assertIn("Denis said no", self.project.hub_freed_text)

    def test_under_way_one_stops_or_is_replaced_with_the_reason(self):
        self.asked.action_activate(channel="phone")
        with self.assertRaisesRegex(UserError, "answer was given before"):
            self.decline()
        self.asked.action_end(reason="Moved away")
        self.project.invalidate_recordset()
        self.assertIn("Denis stopped on", self.project.hub_freed_text)
        self.assertIn("“Moved away”", self.project.hub_freed_text)
        self.assertTrue(self.project.hub_next_partner_ids)

    def test_a_closed_project_looks_for_nobody(self):
        self.decline()
        self.project.hub_phase = "accompaniment"
        self.project.hub_phase = "closed"
        self.project.invalidate_recordset()
        self.assertFalse(self.project.hub_freed_text)
        self.assertFalse(self.project.hub_next_partner_ids)

    def test_moving_the_card_to_the_end_ends_what_is_open(self):
        self.kept.action_activate(channel="phone")
        stage = self.env["crm.stage"]._hub_stage("closed")
        self.project.with_user(self.adviser).stage_id = stage
        self.assertEqual((self.kept | self.asked).mapped("state"), ["ended", "ended"])
        self.assertIn("path of the project has ended", self.asked.end_reason)
        self.assertFalse(self.activities())

    def test_the_end_of_a_path_ends_also_what_was_to_begin_later(self):
        self.kept.action_activate(channel="phone")
        self.kept.date_start = "2099-01-01"
        self.project.hub_phase = "closed"
        self.assertEqual(self.kept.state, "ended")

    def test_reading_the_project_costs_the_same_for_few_and_for_many(self):
        self.decline()

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.project.read(["hub_next_words", "hub_freed_text", "hub_next_label"])
            return self.env.cr.sql_log_count - start

        count()
        few = count()
        for number in range(15):
            self._create_volunteer(f"Volunteer {number}", {self.law: 2})
        self.assertEqual(count(), few)

    def test_who_left_is_read_in_as_many_queries_for_many_projects(self):
        def count(leads):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            leads._hub_freed_rows()
            return self.env.cr.sql_log_count - start

        self.decline()
        count(self.project)
        few = count(self.project)
        more = self.project
        for number in range(10):
            more |= self._create_project(f"Project {number}", self.amina)
        self.assertEqual(count(more), few)

    def test_the_last_yes_is_told_on_the_project(self):
        self.kept.action_accept(channel="phone")
        self.kept.action_holder_accept(channel="phone")
        message = self.project.message_ids[:1]
        self.assertIn("Bernard: both sides have agreed", message.body)
        self.assertIn(self.adviser.partner_id, message.notified_partner_ids)
        self.assertNotIn(self.amina, message.notified_partner_ids)

    def test_a_portal_account_answers_and_reads_nothing_of_it(self):
        user = new_test_user(
            self.env, "denis", groups="base.group_portal", partner_id=self.denis.id
        )
        with self.assertRaises(AccessError):
            self.project.with_user(user).read(["hub_next_words"])
