from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..common import HubCommon
from .evaluation import EvaluationFactory


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10")
class TestEvaluationAsking(EvaluationFactory, HubCommon):
    """Whoever has an address is written to; the others are called."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_evaluations()
        cls.company.write({"hub_reminder_days": 5, "hub_reminder_count": 2})
        cls.amina.write({"email": "amina@example.org", "lang": "en_US"})
        cls.bernard.write({"email": "bernard@example.org", "lang": "en_US"})
        cls.rachid.phone = "06 22 22 22 22"
        cls.adviser = cls.users["adviser"]
        cls.pact = cls._in_force(
            cls._term(cls.autonomy, rhythm_months=6), user_id=cls.adviser.id
        )
        cls.evaluation = cls._evaluation(cls.pact)

    def mails(self, partner=None):
        mails = self.env["mail.mail"].search([("model", "=", False)])
        mails = mails.filtered(lambda m: "/my/hub/evaluation/" in (m.body_html or ""))
        if partner:
            mails = mails.filtered(lambda m: partner in m.recipient_ids)
        return mails

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "solidarity_hub.ir_cron_hub_evaluation"
            ).method_direct_trigger()

    def activities(self):
        return self.evaluation.activity_ids

    def test_each_one_gets_a_link_of_his_own_and_the_others_are_called(self):
        message = self.evaluation.action_open()["params"]["message"]
        self.assertIn("2", message)
        self.assertIn("Rachid Amrani", message)
        for partner in (self.amina, self.bernard):
            person = self._person(self.evaluation, partner)
            (mail,) = self.mails(partner)
            self.assertIn(person.access_token, mail.body_html)
            others = self.evaluation.person_ids - person
            for other in others:
                self.assertNotIn(other.access_token, mail.body_html)
        call = self.activities()
        self.assertEqual(call.user_id, self.adviser)
        self.assertIn("Rachid Amrani (06 22 22 22 22)", call.summary)
        self.assertTrue(self._person(self.evaluation, self.rachid).to_call)

    def test_asking_twice_writes_to_nobody_twice(self):
        self.evaluation.action_open()
        with self.assertRaisesRegex(UserError, "already"):
            self.evaluation.action_open()
        self.assertEqual(len(self.mails()), 2)

    def test_reminders_come_after_some_days_and_then_a_call(self):
        self.evaluation.action_open()
        amina = self._person(self.evaluation, self.amina)
        self.run_job()
        self.assertEqual(len(self.mails(self.amina)), 1)
        for day, mails in (("2026-06-15", 2), ("2026-06-16", 2), ("2026-06-20", 3)):
            with freeze_time(day):
                self.run_job()
                self.run_job()
            self.assertEqual(len(self.mails(self.amina)), mails, day)
        self.assertFalse(amina.to_call)
        with freeze_time("2026-06-25"):
            self.run_job()
        self.assertEqual(len(self.mails(self.amina)), 3)
        self.assertTrue(amina.to_call)
        self.assertIn("Amina", amina.activity_id.summary)

    def test_whoever_has_answered_is_left_alone(self):
        self.evaluation.action_open()
        for person in self.evaluation.person_ids:
            person._note_values({self.evaluation.line_ids.id: "2"}, "phone")
        self.assertFalse(self.activities(), "nobody is to be called any more")
        with freeze_time("2026-06-20"):
            self.run_job()
        self.assertEqual(len(self.mails()), 2)

    def test_agreement_is_asked_of_those_who_have_not_agreed(self):
        self.evaluation.action_open()
        line = self.evaluation.line_ids
        line.write({"holder_value": "2", "volunteers_value": "3", "agreed_value": "3"})
        self._person(self.evaluation, self.bernard)._agree("phone")
        self.evaluation.action_ask_agreement()
        self.assertEqual(len(self.mails(self.amina)), 2)
        self.assertIn("say together", self.mails(self.amina)[0].body_html)
        self.assertEqual(len(self.mails(self.bernard)), 1)
        with freeze_time("2026-06-15"):
            self.run_job()
        self.assertEqual(len(self.mails(self.amina)), 3)

    def test_by_hand_nobody_is_reminded_twice_on_one_day(self):
        self.evaluation.action_open()
        with self.assertRaisesRegex(UserError, "today"):
            self.evaluation.action_remind()
        with freeze_time("2026-06-12"):
            self.evaluation.action_remind()
            with self.assertRaisesRegex(UserError, "today"):
                self.evaluation.action_remind()
        self.assertEqual(len(self.mails(self.amina)), 2)

    def test_one_that_comes_near_is_announced_once(self):
        planned = self.env["hub.evaluation"].search(
            [("root_id", "=", self.pact.id), ("planned_on", "=", "2026-06-30")]
        )
        self.run_job()
        self.assertFalse(planned.activity_ids)
        with freeze_time("2026-06-16"):
            self.run_job()
            self.run_job()
        activity = planned.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.adviser)
        self.assertEqual(str(activity.date_deadline), "2026-06-30")
        self.assertFalse(self.mails(), "nobody outside the team hears of it yet")

    def test_one_put_away_reminds_nobody(self):
        self.evaluation.action_open()
        self.evaluation.active = False
        with freeze_time("2026-06-20"):
            self.run_job()
        self.assertEqual(len(self.mails()), 2)

    def test_nobody_to_ask_is_said(self):
        self.evaluation.action_open()
        self.evaluation.person_ids.filtered(lambda p: not p.given_on).unlink()
        with self.assertRaisesRegex(UserError, "nobody takes part"):
            self.evaluation.action_open()

    def test_the_job_costs_the_same_for_one_and_for_twenty(self):
        def cost(number):
            for index in range(number):
                holder = self.amina.copy({"email": f"h{number}{index}@example.org"})
                pact = self._in_force(
                    self._term(self.autonomy, rhythm_months=6),
                    people=[(holder, "concerned"), (self.bernard, "volunteer")],
                    user_id=self.adviser.id,
                )
                self._evaluation(pact).action_open()
            self.env.flush_all()
            due = self.env["hub.evaluation.person"]
            with freeze_time("2026-06-16"):
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                due._count_due()
                people = due.search(due._domain_due(self.company))
                people.mapped("partner_id.email")
                self.env["hub.evaluation"].search(
                    self.env["hub.evaluation"]._domain_to_announce()
                )
                return self.cr.sql_log_count - before

        cost(1)
        self.assertEqual(cost(1), cost(20))
