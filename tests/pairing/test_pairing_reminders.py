from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PairingCommon


@tagged("post_install", "-at_install")
class TestPairingReminders(PairingCommon):
    """Who does not answer is reminded twice at most, then called."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coordinator = cls.users["coordinator"]
        cls.adviser = cls.users["adviser"]
        cls.project.user_id = cls.adviser
        cls.pairing = cls._pair(cls.bernard).with_user(cls.coordinator)
        cls.pairing.action_send()
        cls.env["mail.mail"].search([]).unlink()

    def days_pass(self, days=5, pairings=None):
        """Everything noted happened so many days earlier."""
        for pairing in (pairings or self.pairing).sudo():
            for name in (
                "volunteer_asked_on",
                "volunteer_reminded_on",
                "holder_asked_on",
                "holder_reminded_on",
            ):
                if pairing[name]:
                    pairing[name] -= timedelta(days=days)

    def job(self):
        self.env["hub.pairing"]._remind_due()

    def mails(self, partner=None):
        return self.env["mail.mail"].search(
            [("recipient_ids", "in", (partner or self.bernard).ids)]
        )

    def calls(self):
        return self.project.activity_ids

    def test_nobody_is_reminded_before_the_days_of_the_settings(self):
        self.days_pass(4)
        self.job()
        self.assertFalse(self.mails())
        self.days_pass(1)
        self.job()
        self.assertEqual(len(self.mails()), 1)
        self.assertRecordValues(
            self.pairing,
            [
                {
                    "volunteer_reminders": 1,
                    "volunteer_reminded_on": fields.Date.today(),
                }
            ],
        )

    def test_the_job_run_again_reminds_nobody_twice(self):
        self.days_pass()
        self.job()
        self.job()
        self.assertEqual(len(self.mails()), 1)

    def test_after_two_reminders_somebody_calls_once(self):
        for _time in range(5):
            self.days_pass()
            self.job()
        self.assertEqual(len(self.mails()), 2)
        call = self.calls()
        self.assertEqual(len(call), 1)
        self.assertEqual(call.user_id, self.adviser)
        self.assertIn("Bernard (06 00 00 00 00)", call.summary)
        self.assertTrue(self.pairing.volunteer_to_call)

    def test_the_call_is_off_the_list_once_the_answer_is_there(self):
        self.bernard.email = False
        self.days_pass()
        self.job()
        self.assertTrue(self.calls())
        self.pairing.action_accept(channel="phone")
        self.assertFalse(self.calls())

    def test_a_call_that_was_dropped_does_not_come_back(self):
        self.bernard.email = False
        self.days_pass()
        self.job()
        self.calls().unlink()
        self.days_pass()
        self.job()
        self.assertFalse(self.calls())

    def test_people_without_email_are_called_at_once(self):
        self.chloe.email = False
        self._pair(self.chloe).with_user(self.coordinator).action_send()
        self.assertIn("Chloé", self.calls().summary)
        self.assertIn("no e-mail", self.calls().note)

    def test_the_hub_sets_days_and_number(self):
        self.company.write({"hub_reminder_days": 2, "hub_reminder_count": 1})
        self.days_pass(2)
        self.job()
        self.assertEqual(len(self.mails()), 1)
        self.days_pass(2)
        self.job()
        self.assertEqual(len(self.mails()), 1)
        self.assertTrue(self.calls())

    def test_a_hub_may_do_without_reminders(self):
        self.company.hub_reminder_days = 0
        self.days_pass(90)
        self.job()
        self.assertFalse(self.mails() or self.calls())

    def test_the_holder_is_reminded_of_both_people_in_one_email(self):
        two = self._pair(self.chloe).with_user(self.coordinator)
        two.action_send()
        (self.pairing | two).action_accept(channel="phone")
        self.mails(self.amina).unlink()
        self.days_pass(pairings=self.pairing | two)
        self.job()
        mail = self.mails(self.amina)
        self.assertEqual(len(mail), 1)
        self.assertIn("Bernard", mail.body_html)
        self.assertIn("Chloé", mail.body_html)
        self.assertEqual((self.pairing | two).mapped("holder_reminders"), [1, 1])
        for _time in range(3):
            self.days_pass(pairings=self.pairing | two)
            self.job()
        self.assertEqual(len(self.mails(self.amina)), 2)
        self.assertIn("Amina", self.calls().summary)

    def test_the_reminder_tells_no_more_than_the_proposal(self):
        self.project.name = "Café of Amina"
        self.days_pass()
        self.job()
        mail = self.mails()
        for part in (mail.subject, mail.body_html, mail.reply_to or ""):
            self.assertNotIn("Amina", part)
        self.assertIn(self.pairing.access_token, mail.body_html)

    def test_nothing_goes_out_for_what_has_ended_or_was_put_away(self):
        def ended():
            self.pairing.action_end(reason="Filled otherwise")

        def declined():
            self.pairing.action_decline(channel="phone")

        def closed():
            self.project.hub_phase = "closed"

        def archived():
            self.project.active = False

        def person_archived():
            self.bernard.active = False

        for change in (ended, declined, closed, archived, person_archived):
            with self.subTest(change.__name__), self.env.cr.savepoint() as savepoint:
                change()
                self.days_pass()
                self.job()
                self.assertFalse(self.mails())
                savepoint.rollback()
                self.env.invalidate_all()

    def test_remind_now_is_for_impatient_coordinators(self):
        self.days_pass(1)
        self.pairing.action_remind()
        self.assertEqual(len(self.mails()), 1)
        with self.assertRaisesRegex(UserError, "nobody is to be reminded today"):
            self.pairing.action_remind()
        self.job()
        self.assertEqual(len(self.mails()), 1)

    def test_remind_now_takes_those_of_a_list_who_are_awaited(self):
        done = self._pair(self.chloe).with_user(self.coordinator)
        done.action_activate(channel="phone")
        self.days_pass(1)
        action = (self.pairing | done).action_remind()
        self.assertIn("1", action["params"]["message"])
        self.assertEqual(len(self.mails()), 1)

    def test_remind_now_names_whom_to_call(self):
        self.bernard.email = False
        self.days_pass(1)
        action = self.pairing.action_remind()
        self.assertIn("Bernard", action["params"]["message"])
        self.assertEqual(len(self.calls()), 1)

    def test_reminding_is_for_coordinators(self):
        self.days_pass(1)
        for role in ("adviser", "volunteer", "board", "portal", "employee"):
            with self.assertRaises(AccessError):
                self.pairing.with_user(self.users[role]).action_remind()

    def test_counters_are_not_typed_in(self):
        for name, value in (
            ("volunteer_reminders", 0),
            ("volunteer_asked_on", "2020-01-01"),
            ("holder_to_call", True),
        ):
            with self.assertRaisesRegex(UserError, "is not typed in"):
                self.pairing.write({name: value or 3})

    def test_the_scheduled_job_goes_through_batch_after_batch(self):
        self.days_pass()
        cron = self.env.ref("solidarity_hub.ir_cron_hub_pairing_remind")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(len(self.mails()), 1)

    def test_the_job_costs_the_same_for_one_and_for_twenty(self):
        def prepare(number):
            pairings = self.env["hub.pairing"]
            for index in range(number):
                person = self._create_volunteer(f"Person {number} {index}")
                holder = self.amina.copy({"email": f"h{number}{index}@example.org"})
                project = self._create_project(f"P {number} {index}", holder)
                project.user_id = self.adviser
                if index % 2:
                    person.email = False
                pairings |= self._pair(person, project)
                second = self._create_volunteer(f"Second {number} {index}")
                pairings |= self._pair(second, project)
            pairings.action_send()
            pairings.filtered(
                lambda p: p.volunteer_id.name.startswith("Second")
            ).action_accept(channel="phone")
            pairings.write({"volunteer_to_call": False})
            self.days_pass(pairings=pairings)
            pairings.write({"volunteer_answered_on": "2020-01-01"})
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            handled = self.env["hub.pairing"]._remind_due()
            self.env.flush_all()
            return handled, self.env.cr.sql_log_count - start

        prepare(2)
        handled_few, few = prepare(2)
        handled_many, many = prepare(20)
        self.assertGreater(handled_many, 9 * handled_few)
        self.assertLessEqual(many, few)
