from odoo.tests import Form, tagged

from .changes import ChangeCase


@tagged("post_install", "-at_install")
class TestLoanWizards(ChangeCase):
    """What whoever works with a loan clicks and sees."""

    def late(self, **values):
        loan = self.running(
            amount=5000, annual_rate=2, grace_periods=0, grace_type="none", **values
        )
        self.enter(loan, "2026-04-20")
        return loan

    def open(self, action):
        return Form(self.env[action["res_model"]].with_context(**action["context"]))

    def test_three_months_in_two_clicks(self):
        loan = self.late()
        form = self.open(loan.action_grant_respite())
        self.assertEqual((form.months, form.scope, form.interest), (3, "all", "waived"))
        self.assertIn("3 months later", form.text)
        self.assertIn("August 15", form.preview.replace("08/15/2026", "August 15"))
        form.save().action_apply()
        [change] = loan.change_ids
        self.assertEqual((change.kind, change.state), ("respite", "done"))
        self.assertTrue(change.reason)
        self.assertEqual(loan.overdue_amount, 0)
        self.assertTrue(loan.is_paused)
        self.assertEqual(str(loan.pause_to), "2026-07-20")

    def test_all_is_repaid_and_odoo_s_payment_opens(self):
        loan = self.late()
        self.pay_due(loan)
        form = self.open(loan.action_repay_early())
        self.assertEqual((form.mode, form.until), ("all", "day"))
        self.assertAlmostEqual(form.principal, loan.outstanding_amount)
        self.assertAlmostEqual(form.total, form.principal + form.interest)
        self.assertIn("paid back", form.text)
        self.assertFalse(form.preview)
        form.date = "2026-05-01"
        self.assertGreater(form.interest, 0)
        with self.refused("has not come yet"):
            form.save().action_apply()
        form = self.open(loan.action_repay_early())
        total = form.total
        action = form.save().action_apply()
        self.assertEqual(action["res_model"], "account.payment.register")
        [payment] = self._pay(action)
        self.assertAlmostEqual(payment.amount, total)
        self.assertEqual(loan.state, "repaid")
        self.assert_zero()

    def test_an_amount_is_repaid_interest_first(self):
        loan = self.late()
        form = self.open(loan.action_repay_early())
        # what is late is not part of it
        self.assertIn("are to be paid besides", form.text)
        form.mode = "part"
        form.amount = 1000
        self.assertAlmostEqual(form.total, 1000, 1)
        self.assertLessEqual(form.total, 1000)
        self.assertAlmostEqual(form.principal + form.interest, form.total)
        self.assertIn("33 instalments are left", form.text)
        lower = form.preview
        form.keep = "instalment"
        self.assertNotEqual(form.preview, lower)
        self.assertIn("26 instalments are left", form.text)
        form.amount = 0.01
        self.assertFalse(form.problem)
        form.save()
        self._pay(form.record.action_apply())
        self.assert_zero()

    def test_what_is_not_possible_is_said_while_typing(self):
        loan = self.late()
        form = self.open(loan.action_repay_early())
        form.date = "2025-12-31"
        self.assertIn("no such early repayment", form.problem)
        self.assertFalse(form.total)

    def test_the_contract_says_how_interest_counts(self):
        product = self.env["hub.loan.product"].create(
            {
                "name": "Microcredit",
                "basis_id": self.basis.id,
                "annual_rate": 4,
                "periods": 12,
                "early_interest": "period",
                "respite_interest": "deferred",
            }
        )
        self.at("2026-01-15")
        loan = self.env["hub.loan"].create(
            {"partner_id": self.denis.id, "product_id": product.id, "amount": 1200}
        )
        self.assertEqual(loan.early_interest, "period")
        self._disburse(loan)
        self.enter(loan, "2026-02-20")
        form = self.open(loan.action_repay_early())
        self.assertEqual(form.until, "period")
        self.assertAlmostEqual(form.interest, loan.instalment_ids[1].interest)
        form = self.open(loan.action_grant_respite())
        self.assertEqual(form.interest, "deferred")
        officer = self._user("lou", "solidarity_hub.group_hub_finance")
        with self.refused("no longer changes by hand"):
            loan.with_user(officer).early_interest = "day"

    def test_rescheduling_shows_what_will_be_paid(self):
        loan = self.late()
        form = self.open(loan.action_reschedule())
        self.assertEqual((form.periods, form.annual_rate), (33, 2))
        self.assertEqual(str(form.first_due_date), "2026-05-15")
        form.periods = 48
        form.reason = "The opening was late"
        for line in loan.instalment_ids.filtered("residual_amount"):
            form.put_back_ids.add(line)
        self.assertIn("47 times", form.text)
        form.grace_periods = 3
        self.assertEqual(form.grace_type, "partial")
        self.assertIn("3 times", form.text)
        form.grace_periods = 60
        self.assertIn("no schedule fits", form.problem)
        form.grace_periods = 0
        form.save().action_apply()
        self.assertEqual(len(self.coming(loan)), 48)
        self.assertEqual(self.states(loan)[:3], ["due"] * 3)
        self.assertEqual(loan.outstanding_amount, 5000)
        self.assert_zero()

    def test_a_guarantee_is_called_for_what_the_contract_says(self):
        loan = self.late()
        form = Form(
            self.env["hub.loan.guarantee"].with_context(default_loan_id=loan.id)
        )
        form.partner_id = self.fund
        form.percent = 40
        self.assertEqual(form.recovery_percent, 40)
        guarantee = form.save()
        form = self.open(loan.action_call_guarantee())
        self.assertEqual(form.guarantee_id, guarantee)
        self.assertEqual(form.amount, 2000)
        self.assertIn("Guarantee fund", form.text)
        form.reason = "He closed"
        form.amount = 1500
        form.save().action_apply()
        self.assertEqual(guarantee.called_amount, 1500)
        self._pay(guarantee.action_register_payment())
        self.assertEqual(guarantee.open_amount, 0)
        self.assert_zero()

    def test_a_waiver_proposes_all_and_takes_less(self):
        loan = self.late()
        form = self.open(loan.action_waive())
        self.assertAlmostEqual(form.amount, loan.open_amount)
        form.scope = "interest"
        self.assertAlmostEqual(form.amount, 24.32, 1)
        form.amount = 10
        form.reason = "Decided by the committee"
        form.save().action_apply()
        self.assertEqual(loan.waived_amount, 10)

    def test_a_loss_then_money_after_all(self):
        loan = self.late()
        self.env["hub.loan.guarantee"].create(
            {"loan_id": loan.id, "partner_id": self.fund.id, "percent": 50}
        )
        form = self.open(loan.action_write_off())
        self.assertIn("has not been called", form.text)
        form.reason = "He left the country"
        form.save().action_apply()
        self.assertEqual(loan.state, "written_off")
        form = self.open(loan.action_recover())
        self.assertAlmostEqual(form.claimed_amount, loan.lost_amount)
        form.amount = 75
        payment = self._pay(form.save().action_apply())
        self.assertEqual(payment.amount, 75)
        self.assertEqual(loan.recovered_amount, 75)
        self.assert_zero()

    def test_doubtful_and_back(self):
        loan = self.late()
        form = self.open(loan.action_doubtful())
        self.assertIn("no entry", form.text)
        form.reason = "No news for two months"
        form.save().action_apply()
        self.assertTrue(loan.is_doubtful)
        form = self.open(loan.action_doubtful())
        self.assertEqual(form.kind, "sound")
        form.save().action_apply()
        self.assertFalse(loan.is_doubtful)

    def test_cancelled_the_money_given_back_is_registered(self):
        loan = self.running()
        form = self.open(loan.action_cancel_paid_out())
        form.reason = "He gave up"
        action = form.save().action_apply()
        self._pay(action)
        self.assertEqual(loan.state, "cancelled")
        self.assertEqual(self._balance("payout"), 0)

    def test_a_second_person_is_asked(self):
        loan = self.late()
        self._user("marc", "solidarity_hub.group_hub_finance")
        self.company.hub_loan_second_person = True
        form = self.open(loan.action_grant_respite())
        self.assertTrue(form.needs_second_person)
        action = form.save().action_apply()
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(loan.change_ids.state, "asked")
        self.assertEqual((loan.asked_count, loan.overdue_amount > 0), (1, True))
        self.assertIn("3 months more", loan.change_ids.text)
        form = self.open(loan.action_repay_early())
        self.assertFalse(form.needs_second_person)

    def test_wizards_cost_the_same_for_long_loans(self):
        short = self.running(periods=3, grace_periods=0, grace_type="none")
        long = self.running(
            periods=120, grace_periods=0, grace_type="none", partner_id=self.denis.id
        )
        counts = []
        for loan in (short, short, long):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.open(loan.action_grant_respite())
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
