from datetime import date

from odoo.tests import tagged

from .changes import ChangeCase


@tagged("post_install", "-at_install")
class TestLoanEarly(ChangeCase):
    """A loan that is repaid before it is due, in part or whole."""

    def hub_01(self):
        """HUB-09: ten instalments of 200 paid, 4,000 left."""
        loan = self.running()
        self.enter(loan, "2027-05-15")
        self.pay_due(loan)
        self.at("2027-06-01")
        return loan

    def test_the_rest_at_once(self):
        """HUB-09: the last entry of its life."""
        loan = self.hub_01()
        change = self.early(loan, 4000)
        [move] = change.move_ids
        self.assertEqual(self.entries(move), [("due", 4000), ("loan", -4000)])
        self.assertEqual(move.hub_kind, "due")
        line = loan.instalment_ids.filtered(lambda x: x.kind == "early")
        self.assertEqual(line.due_line_id.date_maturity, date(2027, 6, 1))
        self.assertEqual(move.hub_instalment_id, line)
        self.assertEqual((line.sequence, line.amount), (17, 4000))
        self.assertEqual(self._balance("loan"), 0)
        self.assertEqual(len(loan.instalment_ids), 17)
        self.assertEqual(loan.state, "disbursed")
        self.assert_zero()
        self._pay(line.action_register_payment())
        self.assertEqual(loan.state, "repaid")
        self.assertEqual(self.states(loan)[-1], "paid")
        self.assert_zero()

    def test_a_part_lowers_the_instalments(self):
        loan = self.hub_01()
        dates = [day for day, _p, _i in self.coming(loan)]
        self.early(loan, 1000)
        self.assertEqual([day for day, _p, _i in self.coming(loan)], dates)
        self.assertEqual({p for _d, p, _i in self.coming(loan)}, {150})
        self.assertEqual(loan.version_count, 2)
        self.assert_zero()

    def test_a_part_ends_the_loan_sooner(self):
        loan = self.hub_01()
        self.early(loan, 1000, keep="instalment")
        self.assertEqual({p for _d, p, _i in self.coming(loan)}, {200})
        self.assertEqual(len(self.coming(loan)), 15)
        self.assert_zero()

    def test_interest_to_the_day_or_to_the_end_of_the_period(self):
        for until, interest in (("day", 3.6), ("period", 6.97)):
            with self.subTest(until), self.cr.savepoint() as savepoint:
                loan = self.running(
                    amount=5000, annual_rate=2, grace_type="partial"
                )
                self.enter(loan, "2026-12-15")
                self.pay_due(loan)
                self.at("2026-12-31")
                change = self.early(loan, 4183.90, until=until)
                self.assertEqual(change.interest, interest)
                self.assertEqual(
                    self.entries(change.move_ids),
                    [
                        ("due", 4183.90 + interest),
                        ("loan", -4183.90),
                        ("interest", -interest),
                    ],
                )
                self.assert_zero()
                savepoint.rollback()

    def test_the_version_before_is_kept(self):
        loan = self.hub_01()
        before = self.plan(loan)
        change = self.early(loan, 1000, reason="A good month")
        former = change.former_schedule_id
        self.assertEqual((former.version, former.is_live), (1, False))
        self.assertEqual(
            [(row["sequence"], row["principal"]) for row in former.content],
            [(number, float(principal)) for number, _d, principal, _i in before],
        )
        self.assertEqual(change.schedule_id.reason, "A good month")
        self.assertEqual(change.schedule_id.approved_by_id, self.env.user)

    def test_money_that_had_come_settles_it(self):
        loan = self.hub_01()
        self.env["account.payment"].create(
            {
                "partner_id": self.amina.id,
                "amount": 1500,
                "journal_id": self.bank.id,
                "payment_type": "inbound",
                "hub_loan_id": loan.id,
            }
        ).action_post()
        self.early(loan, 1500)
        self.assertEqual(self.states(loan)[16], "paid")
        self.assertEqual(loan.outstanding_amount, 2500)
        self.assert_zero()

    def test_what_is_due_is_entered_before(self):
        loan = self.running()
        self.at("2026-09-20")
        self.early(loan, 600)
        entered = loan.instalment_ids.filtered("due_move_id").mapped("sequence")
        self.assertEqual(entered, [7, 8, 9])
        self.assert_zero()

    def test_undone_the_schedule_is_as_before(self):
        loan = self.hub_01()
        before = self.plan(loan)
        change = self.early(loan, 1000)
        line = loan.instalment_ids.filtered(lambda x: x.kind == "early")
        [payment] = self._pay(line.action_register_payment())
        change.action_undo()
        self.assertEqual(change.state, "undone")
        self.assertEqual(self.plan(loan), before)
        self.assertFalse(change.move_ids.filtered("hub_is_live") - change.move_ids.filtered("reversed_entry_id"))
        self.assertEqual(loan.outstanding_amount, 4000)
        # the money waits for the next instalments
        [row] = self.assert_zero().filtered(lambda one: one.loan_id == loan)
        self.assertEqual(row.advance, 1000)
        self.assertTrue(payment.move_id)
        with self.refused("does not hold"):
            change.action_undo()

    def test_reversed_in_the_accounts_it_is_undone(self):
        loan = self.hub_01()
        before = self.plan(loan)
        change = self.early(loan, 1000)
        change.move_ids._reverse_moves(cancel=True)
        self.assertEqual(change.state, "undone")
        self.assertEqual(self.plan(loan), before)
        self._post_due(loan)
        self.assertFalse(loan.instalment_ids.filtered(lambda x: x.kind == "early"))
        self.assert_zero()

    def test_undone_after_something_became_due(self):
        loan = self.hub_01()
        change = self.early(loan, 1000)
        self.enter(loan, "2027-07-15")
        self.assertEqual(len(self.coming(loan)), 18)
        change.action_undo()
        coming = self.coming(loan)
        self.assertEqual(len(coming), 18)
        self.assertAlmostEqual(sum(p for _d, p, _i in coming), 4000 - 2 * 150)
        self.assert_zero()

    def test_two_after_each_other_are_undone_the_last_first(self):
        loan = self.hub_01()
        before = self.plan(loan)
        first = self.early(loan, 1000)
        self.at("2027-06-05")
        second = self.early(loan, 500)
        with self.refused("not the last"):
            first.action_undo()
        with self.refused("not the last"):
            first.move_ids._reverse_moves(cancel=True)
        second.action_undo()
        self.assert_zero()
        first.action_undo()
        self.assertEqual(self.plan(loan), before)
        self.assert_zero()

    def test_its_entry_is_reversed_never_a_draft(self):
        loan = self.hub_01()
        change = self.early(loan, 1000)
        with self.refused("Undo that on the loan"):
            change.move_ids.button_draft()

    def test_a_reversal_that_is_taken_back_does_not_bring_it_back(self):
        loan = self.hub_01()
        change = self.early(loan, 1000)
        reversal = change.move_ids._reverse_moves(cancel=True)
        with self.refused("was undone"):
            reversal.button_draft()
        with self.refused("was undone"):
            reversal._reverse_moves(cancel=True)
        self.assert_zero()

    def test_what_makes_no_sense_is_refused(self):
        loan = self.hub_01()
        for words, values in (
            ("no such early repayment", {"principal": 0}),
            ("no such early repayment", {"principal": -5}),
            ("no such early repayment", {"principal": 4000.01}),
            ("has not come yet", {"principal": 5, "day": date(2027, 6, 2)}),
            ("entered for 05/15/2027 already", {"principal": 5, "day": date(2027, 5, 1)}),
        ):
            with self.subTest(values), self.refused(words):
                self.early(loan, **values)
        self.company.fiscalyear_lock_date = "2027-06-30"
        with self.refused("closed up to 06/30/2027"):
            self.early(loan, 5)
        self.assertFalse(loan.change_ids.filtered(lambda one: one.state == "done"))
        draft = self._create_loan()
        with self.refused("would have to be"):
            self.early(draft, 5)

    def test_a_part_that_is_to_be_paid_out_comes_first(self):
        self.at("2026-01-15")
        loan = self._create_loan()
        for day in ("2026-01-15", "2026-06-15"):
            loan.tranche_ids.create({"loan_id": loan.id, "date": day, "amount": 3000})
        self._disburse(loan)
        with self.refused("still to be paid out"):
            self.early(loan, 5)

    def test_a_draft_in_the_way_is_named(self):
        loan = self.running()
        self.enter(loan, "2026-08-15")
        entry = loan.instalment_ids.due_move_id
        entry.button_draft()
        with self.refused("drafts"):
            self.early(loan, 5)

    def test_the_payout_stays_while_something_builds_on_it(self):
        loan = self.hub_01()
        self.early(loan, 1000)
        payout = loan.tranche_ids.move_id
        with self.refused("builds on"):
            payout._reverse_moves(cancel=True)
        with self.refused("builds on"):
            payout.button_draft()
