from datetime import date

from odoo.tests import tagged

from .changes import ChangeCase


def days(loan_lines):
    return [day for day, _principal, _interest in loan_lines]


@tagged("post_install", "-at_install")
class TestLoanRespite(ChangeCase):
    """Time for a borrower who cannot pay for a while."""

    def late(self, **values):
        """HUB-15: three instalments of 200 that nobody paid."""
        loan = self.running(
            **{
                "amount": 2400,
                "periods": 12,
                "grace_periods": 0,
                "grace_type": "none",
                "first_due_date": "2026-03-15",
                "day": "2026-02-15",
                **values,
            }
        )
        self.enter(loan, "2026-05-20")
        return loan

    def respite(self, loan, months=3, scope="all", interest="waived", **values):
        return self.change(
            loan, "respite", months=months, scope=scope, interest=interest, **values
        )

    def test_three_months_for_all(self):
        """HUB-15: dates move, and no entry does."""
        loan = self.late()
        loan.journal_id.restrict_mode_hash_table = True
        items = loan.instalment_ids.due_line_id
        moves = items.move_id
        before = moves.line_ids.read(["balance", "account_id", "name", "date"])
        coming = days(self.coming(loan))
        self.company.hard_lock_date = "2026-04-30"
        change = self.respite(loan)
        self.assertEqual(
            [str(day) for day in items.mapped("date_maturity")],
            ["2026-06-15", "2026-07-15", "2026-08-15"],
        )
        self.assertEqual(
            moves.line_ids.read(["balance", "account_id", "name", "date"]), before
        )
        self.assertFalse(change.move_ids)
        self.assertEqual(days(self.coming(loan))[0], "2026-09-15")
        self.assertEqual(
            [date.fromisoformat(day).month for day in days(self.coming(loan))],
            [(date.fromisoformat(day).month + 2) % 12 + 1 for day in coming],
        )
        self.assertEqual((loan.overdue_amount, loan.days_overdue), (0, 0))
        self.assertEqual(set(self.states(loan)[:3]), {"due"})
        self.at("2026-06-16")
        self.assertEqual(self.states(loan)[:3], ["late", "due", "due"])
        self.assertEqual(loan.days_overdue, 1)
        self.assert_zero()

    def test_what_is_late_alone_or_what_is_to_come_alone(self):
        loan = self.late()
        coming = self.coming(loan)
        self.respite(loan, scope="late")
        self.assertEqual(self.coming(loan), coming)
        self.assertEqual(loan.overdue_amount, 0)
        loan = self.late(partner_id=self.denis.id)
        self.respite(loan, scope="coming")
        self.assertEqual(loan.overdue_amount, 600)
        self.assertEqual(days(self.coming(loan))[0], "2026-09-15")
        self.assert_zero()

    def test_interest_of_the_time_gained(self):
        terms = {"annual_rate": 6, "amount": 5000}
        for interest, first in (
            ("waived", [("2026-09-15", 411.44, 18.89)]),
            ("paid", [("2026-06-15", 0, 18.89), ("2026-07-15", 0, 18.89)]),
            ("deferred", [("2026-09-15", 411.44, 4 * 18.89)]),
        ):
            with self.subTest(interest), self.cr.savepoint() as savepoint:
                loan = self.late(**terms)
                total = sum(loan.instalment_ids.mapped("interest"))
                self.respite(loan, interest=interest)
                found = self.coming(loan)[: len(first)]
                for row, wanted in zip(found, first, strict=True):
                    self.assertEqual(row[0], wanted[0])
                    self.assertAlmostEqual(row[1], wanted[1], 2)
                    self.assertAlmostEqual(row[2], wanted[2], 2)
                more = sum(loan.instalment_ids.mapped("interest")) - total
                self.assertAlmostEqual(
                    more, 0 if interest == "waived" else 3 * 18.89, 2
                )
                self.assert_zero()
                savepoint.rollback()

    def test_a_respite_pauses_the_reminders(self):
        loan = self.late()
        self.respite(loan, scope="late", pause_to="2026-08-31")
        self.assertTrue(loan.is_paused)
        self.assertEqual(loan.pause_reason, "They asked for it")
        loans = self.env["hub.loan"]
        self.assertIn(loan, loans.search([("is_paused", "=", True)]))
        self.at("2026-09-01")
        self.assertFalse(loan.is_paused)
        self.assertIn(loan, loans.search([("is_paused", "=", False)]))

    def test_undone_all_dates_are_as_before(self):
        loan = self.late()
        before = self.plan(loan), loan.instalment_ids.due_line_id.mapped("date_maturity")
        change = self.respite(loan, pause_to="2026-08-31")
        change.action_undo()
        after = self.plan(loan), loan.instalment_ids.due_line_id.mapped("date_maturity")
        self.assertEqual(after, before)
        self.assertFalse(loan.pause_to)
        self.assertEqual(loan.overdue_amount, 600)
        self.assert_zero()

    def test_the_day_of_the_month_comes_back_after_february(self):
        loan = self.running(
            day="2026-01-31",
            first_due_date="2026-02-28",
            grace_periods=0,
            grace_type="none",
        )
        loan = self._create_loan(
            disbursement_date="2025-12-31",
            first_due_date="2026-01-31",
            grace_periods=0,
            grace_type="none",
            partner_id=self.denis.id,
        )
        self.at("2026-01-01")
        self._disburse(loan)
        self.enter(loan, "2026-02-28")
        self.respite(loan, months=1)
        items = loan.instalment_ids.due_line_id
        self.assertEqual(
            [str(day) for day in items.mapped("date_maturity")],
            ["2026-02-28", "2026-03-31"],
        )
        self.assertEqual(days(self.coming(loan))[:3], ["2026-04-30", "2026-05-31", "2026-06-30"])

    def test_a_respite_says_why_and_leaves_something_to_do(self):
        loan = self.late()
        with self.refused("say why"):
            self.respite(loan, reason="  ")
        with self.refused("one month"):
            self.respite(loan, months=0)
        quarterly = self.late(
            period_months=3, first_due_date="2026-03-15", partner_id=self.denis.id,
            annual_rate=2,
        )
        with self.refused("multiple"):
            self.respite(quarterly, months=2, interest="deferred")
        self.respite(quarterly, months=2)
        self.pay_due(loan)
        self.early(loan, loan.outstanding_amount)
        self.pay_due(loan)
        with self.refused("would have to be"):
            self.respite(loan)

    def test_whoever_may_not_post_grants_a_respite_all_the_same(self):
        loan = self.late()
        officer = self._user("lou", "solidarity_hub.group_hub_finance")
        self.env["hub.loan.change"].with_user(officer)._propose(
            loan.with_user(officer),
            "respite",
            self.today(),
            "A hard winter",
            months=3,
            scope="all",
            interest="waived",
        )
        self.assertEqual(loan.overdue_amount, 0)
        with self.refused("accountant"):
            self.env["hub.loan.change"].with_user(officer)._propose(
                loan.with_user(officer),
                "early",
                self.today(),
                principal=5,
                keep="term",
                until="day",
            )


@tagged("post_install", "-at_install")
class TestLoanReschedule(ChangeCase):
    """Other terms for what is still to be paid back."""

    def late(self):
        loan = self.running(
            amount=5000, annual_rate=2, grace_periods=0, grace_type="none"
        )
        self.enter(loan, "2026-04-20")
        return loan

    def reschedule(self, loan, **values):
        asked = {
            "periods": 24,
            "first_due_date": "2026-06-15",
            "annual_rate": loan.annual_rate,
            "method": "annuity",
            "grace_periods": 0,
            "grace_type": "none",
            "put_back": [],
            **values,
        }
        return self.change(loan, "reschedule", **asked)

    def test_other_months_for_what_is_to_come(self):
        loan = self.late()
        left = loan.instalment_ids[2].balance_after
        change = self.reschedule(loan)
        coming = self.coming(loan)
        self.assertEqual((len(coming), coming[0][0]), (24, "2026-06-15"))
        self.assertAlmostEqual(sum(p for _d, p, _i in coming), left)
        self.assertFalse(change.move_ids)
        self.assertEqual(loan.overdue_amount, sum(loan.instalment_ids[:3].mapped("amount")))
        self.assert_zero()

    def test_what_is_due_goes_back_into_the_loan(self):
        """Principal alone: interest that is due bears none itself."""
        loan = self.late()
        lines = loan.instalment_ids[:3]
        self._pay(lines[0].action_register_payment(), amount=50)
        paid = 50 - lines[0].interest
        back = round(sum(lines.mapped("principal")) - paid, 2)
        interest = lines[1].interest + lines[2].interest
        change = self.reschedule(loan, put_back=lines.ids)
        [move] = change.move_ids
        self.assertEqual(move.hub_kind, "reschedule")
        entries = self.entries(move)
        self.assertEqual(entries[0], ("loan", back))
        self.assertAlmostEqual(sum(amount for _r, amount in entries[1:]), -back)
        self.assertAlmostEqual(sum(p for _d, p, _i in self.coming(loan)), round(5000 - paid, 2))
        self.assertEqual(self.states(loan)[:3], ["rescheduled", "due", "due"])
        self.assertAlmostEqual(sum(lines.mapped("residual_amount")), interest)
        self.assertEqual(
            set(lines[1:].due_line_id.mapped("date_maturity")), {date(2026, 6, 15)}
        )
        self.assertEqual(loan.outstanding_amount, round(5000 - paid, 2))
        self.assertEqual(lines[1].paid_interest, 0)
        self.assert_zero()
        self.pay_due(loan)
        self.assertEqual(self.states(loan)[:3], ["rescheduled"] * 3)
        self.assert_zero()

    def test_undone_what_was_due_is_due_again(self):
        loan = self.late()
        lines = loan.instalment_ids[:3]
        before = self.plan(loan)
        change = self.reschedule(loan, put_back=lines.ids)
        self.assertEqual(loan.overdue_amount, 0)
        change.action_undo()
        self.assertEqual(self.plan(loan), before)
        self.assertEqual(self.states(loan)[:3], ["late"] * 3)
        self.assertEqual(loan.overdue_amount, sum(lines.mapped("amount")))
        self.assertEqual(set(lines.mapped("put_back")), {0})
        self.assert_zero()

    def test_reversed_in_the_accounts_it_is_undone(self):
        loan = self.late()
        before = self.plan(loan)
        change = self.reschedule(loan, put_back=loan.instalment_ids[:3].ids)
        reversal = change.move_ids._reverse_moves()
        self.assertEqual(change.state, "done")
        reversal.action_post()
        self.assertEqual(change.state, "undone")
        self.assertEqual(self.plan(loan), before)
        self.assertEqual(self.states(loan)[:3], ["late"] * 3)
        self.assert_zero()

    def test_interest_that_a_grace_put_off_is_not_lost(self):
        loan = self.running(amount=5000, annual_rate=2)
        self.at("2026-04-20")
        self.reschedule(loan, first_due_date="2026-05-15", periods=30)
        first = self.coming(loan)[0]
        # three months of grace have passed: 3 x 8.33, and one period more
        self.assertAlmostEqual(first[2], 4 * 8.33, 2)
        self.assertEqual(loan._accrued_on(date(2026, 4, 15)), 24.99)
        self.assertEqual(loan._accrued_on(date(2026, 4, 30)), 29.16)
        self.assertEqual(loan._accrued_on(date(2026, 3, 15)), 16.66)
        self.assert_zero()

    def test_a_loan_goes_on_with_the_new_rate(self):
        loan = self.late()
        self.reschedule(loan, annual_rate=0)
        self.assertEqual({i for _d, _p, i in self.coming(loan)}, {0})
        self.at("2026-06-01")
        change = self.early(loan, 500)
        self.assertEqual(change.interest, 0)
        self.assertEqual({i for _d, _p, i in self.coming(loan)}, {0})
        self.assert_zero()

    def test_a_first_day_that_has_passed_is_refused(self):
        loan = self.late()
        with self.refused("first new instalment"):
            self.reschedule(loan, first_due_date="2026-04-20")
        with self.refused("no schedule fits"):
            self.reschedule(loan, periods=0)
        with self.refused("no schedule fits"):
            self.reschedule(loan, annual_rate=-1)

    def test_a_due_entry_stays_while_a_change_settled_it(self):
        loan = self.late()
        self.reschedule(loan, put_back=loan.instalment_ids[:3].ids)
        move = loan.instalment_ids[0].due_move_id
        for leave in (
            lambda: move._reverse_moves(cancel=True),
            move.button_draft,
            move.button_cancel,
        ):
            with self.refused("builds on"):
                leave()
