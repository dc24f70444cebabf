from odoo.exceptions import AccessError
from odoo.tests import tagged

from .changes import ChangeCase


@tagged("post_install", "-at_install")
class TestLoanReminders(ChangeCase):
    """Who is late hears a friendly word, with a name and a telephone number."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reminders = cls.env["hub.loan.reminder"]
        cls.contact = cls._user("claire", "solidarity_hub.group_hub_finance")
        cls.contact.partner_id.write(
            {"name": "Claire Martin", "phone": "03 80 11 22 33"}
        )
        cls.company.hub_loan_contact_id = cls.contact
        cls.amina.email = "amina@example.org"

    def late(self, **values):
        return self.running(grace_periods=0, grace_type="none", periods=30, **values)

    def job(self, loan, day):
        self.enter(loan, day)
        self.reminders._remind_due()
        self.env.flush_all()
        self.env.invalidate_all()
        return loan.reminder_ids.sorted("id")

    def mails(self, partner=None):
        return self.env["mail.mail"].search(
            [("recipient_ids", "in", (partner or self.amina).ids)]
        )

    def names(self, reminders):
        return [reminder.level_id.days for reminder in reminders]

    def test_levels_by_days_late(self):
        loan = self.late()
        self.assertFalse(self.job(loan, "2026-02-24"))
        self.assertEqual(self.names(self.job(loan, "2026-02-25")), [10])
        self.assertEqual(self.names(self.job(loan, "2026-03-16")), [10])
        self.assertEqual(self.names(self.job(loan, "2026-03-17")), [10, 30])
        self.assertEqual(self.names(self.job(loan, "2026-04-01")), [10, 30, 45])
        self.assertEqual(self.names(self.job(loan, "2026-05-01")), [10, 30, 45, 75])
        self.assertEqual(self.names(self.job(loan, "2026-12-01")), [10, 30, 45, 75])

    def test_the_job_run_again_prepares_nothing_twice(self):
        loan = self.late()
        first = self.job(loan, "2026-02-25")
        self.assertEqual(self.job(loan, "2026-02-25"), first)
        self.assertEqual(self.reminders._count_due(), 0)
        self.assertEqual((first.state, first.channel), ("prepared", "email"))
        self.assertFalse(self.mails())

    def test_of_several_words_only_the_last_that_fit(self):
        loan = self.late()
        self.assertEqual(self.names(self.job(loan, "2026-04-10")), [45])

    def test_in_batches_all_are_reached(self):
        loans = self.late()
        for number in range(4):
            partner = self.env["res.partner"].create({"name": f"Borrower {number}"})
            loans |= self.late(partner_id=partner.id)
        self.enter(loans, "2026-02-25")
        handled = []
        while count := self.reminders._remind_due(limit=2):
            handled.append(count)
        self.assertEqual(handled, [2, 2, 1])
        self.assertEqual(len(loans.reminder_ids), 5)

    def test_the_scheduled_job(self):
        loan = self.late()
        self.enter(loan, "2026-02-25")
        with self.enter_registry_test_mode():
            self.env.ref(
                "solidarity_hub.ir_cron_hub_loan_remind"
            ).method_direct_trigger()
        self.assertEqual(len(loan.reminder_ids), 1)

    def test_nobody_is_reminded_during_a_pause(self):
        loan = self.late()
        loan.write(
            {
                "pause_from": "2026-02-20",
                "pause_to": "2026-03-10",
                "pause_reason": "Ill",
            }
        )
        self.assertFalse(self.job(loan, "2026-03-10"))
        self.assertEqual(self.names(self.job(loan, "2026-03-11")), [10])
        with self.refused("first and a last day"):
            loan.pause_to = False

    def test_a_respite_leaves_nothing_to_remind_of(self):
        loan = self.late()
        self.enter(loan, "2026-02-20")
        self.change(loan, "respite", months=3, scope="all", interest="waived")
        self.assertFalse(self.job(loan, "2026-05-20"))
        self.assertTrue(self.job(loan, "2026-05-25"))

    def test_what_was_paid_begins_anew(self):
        loan = self.late()
        self.job(loan, "2026-02-25")
        self._pay(loan.instalment_ids[0].action_register_payment())
        self.assertEqual(self.names(self.job(loan, "2026-03-24")), [10])
        self.assertEqual(self.names(self.job(loan, "2026-03-25")), [10, 10])

    def test_days_between_two_at_least(self):
        loan = self.late()
        self.company.hub_loan_reminder_gap = 25
        self.job(loan, "2026-02-25")
        self.assertEqual(self.names(self.job(loan, "2026-03-20")), [10])
        self.assertEqual(self.names(self.job(loan, "2026-03-22")), [10, 30])

    # What is said, and by which way

    def test_the_words_name_who_to_call_and_ask_for_no_more_than_is_owed(self):
        loan = self.late()
        reminder = self.job(loan, "2026-02-25")
        self.assertEqual(reminder.amount, 200)
        self.assertEqual(reminder.contact_id, self.contact)
        for text in (
            "Claire Martin",
            "03 80 11 22 33",
            "200.00",
            "Amina",
            "15 February 2026",
        ):
            self.assertIn(text, reminder.body)
        self.assertIn("Nothing is added", reminder.body)
        self.assertEqual(loan.open_amount, 200)
        self.assertEqual(self._balance("interest"), 0)

    def test_sent_by_hand_after_somebody_looked(self):
        loan = self.late()
        reminder = self.job(loan, "2026-02-25")
        reminder.action_send()
        [mail] = self.mails()
        self.assertIn("03 80 11 22 33", mail.body_html)
        self.assertEqual(mail.reply_to, self.contact.email_formatted)
        self.assertEqual(reminder.state, "sent")
        self.assertIn("A friendly word", loan.message_ids[0].body)
        with self.refused("settled already"):
            reminder.action_send()

    def test_not_sent_it_does_not_come_back(self):
        loan = self.late()
        reminder = self.job(loan, "2026-02-25")
        reminder.action_drop()
        self.assertEqual(self.job(loan, "2026-03-10"), reminder)
        self.assertFalse(self.mails())

    def test_sent_by_themselves_where_the_hub_wants_that(self):
        self.company.hub_loan_reminder_mode = "auto"
        loan = self.late()
        self.assertEqual(self.job(loan, "2026-02-25").state, "sent")
        self.assertEqual(len(self.mails()), 1)
        other = self.late(partner_id=self.denis.id)
        letter = self.job(other, "2026-02-25")
        self.assertEqual((letter.channel, letter.state), ("letter", "prepared"))

    def test_switched_off_nobody_is_reminded(self):
        self.company.hub_loan_reminder_mode = "off"
        self.assertFalse(self.job(self.late(), "2026-05-25"))

    def test_without_an_address_a_letter(self):
        loan = self.late(partner_id=self.denis.id)
        reminder = self.job(loan, "2026-02-25")
        self.assertEqual(reminder.channel, "letter")
        action = reminder.action_send()
        self.assertEqual(action["report_name"], "solidarity_hub.loan_reminder")
        french = reminder.with_context(lang="fr_FR")
        self.assertEqual(french._hub_print_lang(), self.denis.lang)
        self.assertEqual(reminder.state, "prepared")
        reminder.action_sent()
        self.assertEqual(
            (reminder.state, str(reminder.sent_on)), ("sent", "2026-02-25")
        )

    def test_a_call_is_something_to_do(self):
        loan = self.late()
        self.amina.phone = "06 55 44 33 22"
        reminder = self.job(loan, "2026-04-10")
        self.assertEqual(reminder.channel, "call")
        reminder.action_send()
        [activity] = loan.activity_ids
        self.assertEqual(activity.user_id, self.contact)
        self.assertIn("06 55 44 33 22", activity.summary)
        self.assertIn("respite", activity.note)

    def test_words_of_the_hub_s_own(self):
        level = self.env["hub.loan.reminder.level"].search(
            [("company_id", "=", self.company.id), ("days", "=", 10)]
        )
        level.template_id.body_html = "<p>Dear <t t-out='object.partner_id.name'/></p>"
        reminder = self.job(self.late(), "2026-02-25")
        self.assertIn("Dear Amina", reminder.body)
        level.days = 20
        self.assertEqual(self.reminders._count_due(), 0)

    def test_prepared_now_by_hand(self):
        loan = self.late()
        with self.refused("Nobody is to be reminded"):
            self.reminders.with_user(self.contact).action_prepare()
        self.enter(loan, "2026-02-25")
        self.reminders.with_user(self.contact).action_prepare()
        self.assertEqual(len(loan.reminder_ids), 1)
        with self.assertRaises(AccessError):
            self.reminders.with_user(self.users["coordinator"]).action_prepare()

    def test_finding_who_is_late_costs_the_same_for_many(self):
        loans = self.late()
        self.enter(loans, "2026-02-25")
        counts = []
        for _round in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.reminders._count_due()
            counts.append(self.cr.sql_log_count - before)
            for number in range(5):
                partner = self.env["res.partner"].create({"name": f"More {number}"})
                loans |= self.late(partner_id=partner.id)
            self.enter(loans, "2026-02-25")
        self.assertEqual(counts[0], counts[1])
