from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import LoanCommon


@tagged("post_install", "-at_install")
class TestLoanPayout(LoanCommon):
    """A loan is paid out at once or in parts; the schedule follows what came."""

    def setUp(self):
        super().setUp()
        frozen = freeze_time("2026-01-10")
        self.day = frozen.start()
        self.addCleanup(frozen.stop)

    def _two_parts(self, second="2026-02-01", **values):
        return self._create_loan(
            grace_periods=0,
            grace_type="none",
            periods=10,
            tranche_ids=[
                Command.create({"date": "2026-01-15", "amount": 4000}),
                Command.create({"date": second, "amount": 2000}),
            ],
            **values,
        )

    def _principals(self, loan):
        return loan.instalment_ids.sorted("sequence").mapped("principal")

    # The fee

    def test_a_fee_kept_back_is_not_paid_to_the_borrower(self):
        loan = self._sign(self._create_loan(fee_amount=100))
        action = loan.action_disburse()
        [part] = loan.tranche_ids
        self.assertEqual(
            self._accounts_of(part.move_id),
            [("loan", 6000), ("payout", -5900), ("fee", -100)],
        )
        [payment] = self._pay(action)
        self.assertEqual(payment.amount, 5900)
        self.assertEqual(payment.payment_type, "outbound")
        self.assertEqual(payment.hub_loan_id, loan)
        self.assertEqual(part.residual_amount, 0)
        self.assertFalse(loan.fee_line_id)

    def test_a_fee_paid_apart_is_owed_by_the_borrower(self):
        loan = self._sign(self._create_loan(fee_amount=100, fee_mode="apart"))
        self._pay(loan.action_disburse())
        [part] = loan.tranche_ids
        self.assertEqual(
            self._accounts_of(part.move_id),
            [("loan", 6000), ("payout", -6000), ("fee", -100), ("due", 100)],
        )
        self.assertEqual(loan.fee_residual, 100)
        self.day.move_to("2026-02-01")
        self.env.invalidate_all()
        self.assertEqual(loan.overdue_amount, 100)
        self._pay(loan.action_register_payment())
        self.assertEqual(loan.fee_residual, 0)

    def test_a_fee_makes_a_rate_of_a_loan_without_interest(self):
        """The case of DOMAIN 2.1: 9,700 without interest, 100 of fee."""
        loan = self._create_loan(
            amount=9700, fee_amount=100, periods=48, grace_periods=6
        )
        self.assertAlmostEqual(loan.taeg, 0.4537, 4)
        self.assertAlmostEqual(loan.teg, 0.4527, 4)
        self.assertEqual(self._create_loan().taeg, 0)

    def test_rates_are_kept_as_they_were_signed(self):
        """Also where nobody looked at them before."""
        loan = self._disburse(self._two_parts(fee_amount=60))
        signed = loan.taeg, loan.teg
        self.assertGreater(min(signed), 1)
        loan.tranche_ids[1].action_give_up()
        self.env.flush_all()
        self.assertEqual((loan.taeg, loan.teg), signed)

    def test_a_fee_above_the_first_part_is_refused(self):
        loan = self._sign(self._two_parts(fee_amount=4000))
        with self.assertRaisesRegex(UserError, "leaves nothing to"):
            loan.action_disburse()
        self.assertEqual(loan.state, "signed")

    # In parts

    def test_two_parts_before_the_first_due_date_are_one_loan(self):
        loan = self._two_parts()
        self.assertEqual(self._principals(loan), [600] * 10)
        self._disburse(loan)
        self.assertEqual(loan.state, "disbursed")
        self.assertEqual(loan._amount_to_disburse(), 6000)
        self.assertEqual(self._balance("loan"), 4000)
        self.assertEqual(self._balance("commitment"), 2000)
        self.day.move_to("2026-02-01")
        self._pay(loan.action_disburse())
        self.assertEqual(self._balance("loan"), 6000)
        self.assertEqual(self._balance("commitment"), 0)
        self.assertEqual(len(loan.schedule_ids), 1)
        with self.assertRaisesRegex(UserError, "nothing to pay out"):
            loan.action_disburse()

    def test_parts_make_the_amount_of_the_loan(self):
        with self.assertRaisesRegex(UserError, "more than the .*6,000"):
            self._create_loan(
                tranche_ids=[
                    Command.create({"date": "2026-01-15", "amount": 4000}),
                    Command.create({"date": "2026-02-01", "amount": 2001}),
                ]
            )
        loan = self._create_loan(
            tranche_ids=[Command.create({"date": "2026-01-15", "amount": 4000})]
        )
        loan.action_submit()
        loan.action_approve()
        with self.assertRaisesRegex(UserError, "payments out make"):
            loan.action_sign()

    def test_a_part_planned_after_due_dates_joins_the_lines_after_it(self):
        loan = self._two_parts(second="2026-04-20")
        self.assertEqual(self._principals(loan)[:3], [400] * 3)
        self.assertEqual(self._principals(loan)[3:9], [685.71] * 6)
        self.assertEqual(sum(self._principals(loan)), 6000)
        self.assertEqual(loan.instalment_ids[2].balance_after, 2800)

    def test_a_part_that_does_not_come_is_not_paid_back(self):
        """Planned for February, it comes in June; nobody paid it back before."""
        loan = self._disburse(self._two_parts(second="2026-02-20"))
        planned = self._principals(loan)
        self.assertEqual(planned[0], 400)
        self.assertAlmostEqual(planned[1], 622.22)
        for day in ("2026-02-15", "2026-03-15", "2026-04-15", "2026-05-15"):
            self.day.move_to(day)
            with self.enter_registry_test_mode():
                self.env.ref(
                    "solidarity_hub.ir_cron_hub_post_due"
                ).method_direct_trigger()
            self.env.invalidate_all()
            entered = loan.instalment_ids.filtered("due_move_id")
            self.assertEqual(entered.mapped("principal"), [400] * len(entered))
        self.assertEqual(len(entered), 4)
        self.assertEqual(self._balance("loan"), 2400)
        self.assertEqual(sum(self._principals(loan)), 6000)
        self.day.move_to("2026-06-01")
        loan._pay_out_on(date(2026, 6, 1))
        self._pay(loan.action_disburse())
        self.assertEqual(self._principals(loan)[:4], [400] * 4)
        # 4,400 over the six lines that remain
        self.assertEqual(self._principals(loan)[4:], [733.33] * 5 + [733.35])
        versions = loan.schedule_ids.sorted("version")
        self.assertGreater(len(versions), 1)
        self.assertEqual(versions.mapped("is_live")[-1:], [True])
        self.assertEqual(versions.filtered("is_live"), versions[-1])
        self.assertEqual(loan.instalment_ids.schedule_id, versions[-1])
        self.assertTrue(all(versions[1:].mapped("reason")))
        former = versions[0].content
        self.assertEqual(len(former), 10)
        self.assertEqual([line["principal"] for line in former], planned)

    def test_a_part_for_which_no_due_date_is_left_is_told(self):
        loan = self._disburse(self._two_parts(second="2026-02-20"))
        self.day.move_to("2026-11-15")
        with self.enter_registry_test_mode():
            self.env.ref("solidarity_hub.ir_cron_hub_post_due").method_direct_trigger()
        self.env.invalidate_all()
        told = loan.instalment_ids.filtered("problem")
        self.assertIn("give that payment up", told.problem)
        self.assertFalse(loan.instalment_ids.filtered("due_move_id"))
        loan.tranche_ids[1].action_give_up()
        self.assertEqual(self._principals(loan), [400] * 10)
        self._post_due(loan)
        self.assertEqual(self._balance("loan"), 0)

    def test_a_part_given_up_is_not_paid_back(self):
        loan = self._disburse(self._two_parts())
        self.assertEqual(self._balance("commitment"), 2000)
        loan.tranche_ids[1].action_give_up()
        self.assertEqual(self._principals(loan), [400] * 10)
        self.assertEqual(self._balance("commitment"), 0)
        self.assertEqual(loan.schedule_ids.filtered("is_live").version, 2)
        with self.assertRaisesRegex(UserError, "nothing to pay out"):
            loan.action_disburse()

    def test_a_loan_paid_out_later_than_planned_moves_along(self):
        loan = self._sign(
            self._create_loan(
                disbursement_date="2026-01-12",
                first_due_date="2026-02-12",
            )
        )
        self.day.move_to("2026-03-03")
        action = loan.action_pay_out()
        wizards = self.env["hub.loan.disburse.wizard"].with_context(**action["context"])
        with Form(wizards) as form:
            self.assertEqual(form.date, date(2026, 3, 3))
            self.assertEqual(form.first_due_date, date(2026, 4, 3))
            self.assertIn("Planned for 01/12/2026", form.text)
            form.first_due_date = "2026-04-10"
        self._pay(form.record.action_disburse())
        self.assertEqual(loan.disbursement_date, date(2026, 3, 3))
        self.assertEqual(loan.first_due_date, date(2026, 4, 10))
        self.assertEqual(loan.instalment_ids[0].due_date, date(2026, 4, 10))
        self.assertEqual(loan.tranche_ids.move_id.date, date(2026, 3, 3))
        self.assertEqual(len(loan.schedule_ids), 2)

    # Refused, and taken back

    def test_nothing_is_paid_out_in_a_closed_period(self):
        loan = self._sign(self._create_loan())
        self.day.move_to("2026-02-20")
        self.company.fiscalyear_lock_date = "2026-01-31"
        with self.assertRaisesRegex(UserError, "accounts are closed up to 01/31/2026"):
            loan.action_disburse()
        self.assertEqual(loan.state, "signed")
        self.assertFalse(loan.tranche_ids.move_id)
        with self.assertRaisesRegex(UserError, "before it is paid out"):
            loan._pay_out_on(date(2026, 2, 20), date(2026, 2, 15))
        loan._pay_out_on(date(2026, 2, 20), date(2026, 3, 15))
        loan.action_disburse()
        self.assertEqual(loan.state, "disbursed")

    def test_a_payment_out_taken_back_in_the_accounts_is_to_be_made(self):
        loan = self._disburse(self._create_loan(), pay=False)
        [part] = loan.tranche_ids
        move = part.move_id
        self.assertEqual(part.residual_amount, 6000)
        move._reverse_moves(cancel=True)
        self.assertEqual((part.state, loan.state), ("planned", "signed"))
        self.assertFalse(part.move_id)
        self.assertEqual(self._balance("loan"), 0)
        self.day.move_to("2026-03-01")
        self._post_due(loan)
        self.assertFalse(loan.instalment_ids.due_move_id)
        loan.action_disburse()
        self.assertEqual(loan.state, "disbursed")
        self.assertEqual(self._balance("loan"), 6000)
        # a draft that is deleted, too
        move = part.move_id
        move.button_draft()
        self.assertEqual(part.state, "released")
        move.with_context(force_delete=True).unlink()
        self.assertEqual((part.state, loan.state), ("planned", "signed"))

    def test_whoever_may_not_post_does_not_pay_out(self):
        loan = self._sign(self._create_loan())
        finance = self._user("finance_payout", "solidarity_hub.group_hub_finance")
        with self.assertRaisesRegex(UserError, "ask your accountant"):
            loan.with_user(finance).action_disburse()
        self.assertEqual(loan.state, "signed")

    def test_a_loan_signed_without_rights_is_noted_off_balance_by_the_job(self):
        finance = self._user("finance_sign", "solidarity_hub.group_hub_finance")
        loan = self._create_loan().with_user(finance)
        loan.action_submit()
        loan.action_approve()
        loan.action_sign()
        self.assertEqual(self._balance("commitment"), 0)
        with self.enter_registry_test_mode():
            self.env.ref("solidarity_hub.ir_cron_hub_post_due").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self._balance("commitment"), 6000)

    def test_what_is_paid_out_no_longer_changes(self):
        loan = self._disburse(self._two_parts())
        finance = self._user("finance_parts", "solidarity_hub.group_hub_finance")
        first, second = loan.with_user(finance).tranche_ids
        for vals in ({"amount": 100}, {"date": "2026-01-20"}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "stays"):
                first.write(vals)
        with self.assertRaisesRegex(UserError, "not typed in"):
            second.state = "released"
        with self.assertRaisesRegex(UserError, "give it up"):
            second.unlink()
        second.date = "2026-02-10"
        second.amount = 1000
        self.assertEqual(sum(self._principals(loan)), 5000)
