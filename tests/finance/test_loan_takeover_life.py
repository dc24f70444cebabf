from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...tools.amortization import build_schedule, repay_early
from . import test_loan_takeover
from .changes import ChangeCase

FIRST = date(2026, 1, 15)
# The period that was running: the last due date before the take-over.
BEGIN = date(2025, 12, 15)


class TakeoverCase(ChangeCase):
    """P-07: 4,000 at 3 %, 24 instalments left; P-09: 900 to come, 210.50 late."""

    _import = test_loan_takeover.TestLoanTakeover._import
    _taken_over = test_loan_takeover.TestLoanTakeover._taken_over
    _open_accounts = test_loan_takeover.TestLoanTakeover._open_accounts

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls.env.user

    def take_over(self, day="2026-01-06"):
        self.at(day)
        self.opening = self._open_accounts()
        loans = self._taken_over()
        self.assert_zero()
        return loans

    def unpaid(self, loan):
        return loan.instalment_ids.filtered("is_opening")

    def waive(self, loan, amount, scope):
        return self.change(loan, "waiver", amount=amount, scope=scope)

    def guarantee(self, loan, **values):
        return self.env["hub.loan.guarantee"].create(
            {"loan_id": loan.id, "partner_id": self.fund.id, "percent": 50, **values}
        )


@tagged("post_install", "-at_install")
class TestLoanTakeoverLife(TakeoverCase):
    """Whatever happens to a loan taken over, as to one that was lent here; schedules
    and accounts agree after each step."""

    # ------------------------------------------------------------
    # Early repayment
    # ------------------------------------------------------------

    def _early_of_one(self, day, principal, keep, until="day"):
        lines = build_schedule(4000, 3, 24, first_due_date=FIRST)
        return repay_early(
            lines,
            date.fromisoformat(day),
            principal,
            disbursed=BEGIN,
            annual_rate=3,
            keep=keep,
            interest_until=until,
        )

    def test_repaid_early_in_part_either_way(self):
        for keep, until in (("term", "day"), ("instalment", "period")):
            with self.subTest(keep=keep), self.cr.savepoint() as savepoint:
                one, _late = self.take_over()
                expected = self._early_of_one("2026-01-06", 1000, keep, until)
                change = self.early(one, 1000, keep, until)
                interest = {"day": 1.77, "period": 2.5}[until]
                self.assertEqual(float(expected.interest), interest)
                self.assertEqual((change.principal, change.interest), (1000, interest))
                self.assertEqual(
                    self.coming(one),
                    [
                        (str(x.due_date), float(x.principal), float(x.interest))
                        for x in expected.rest
                    ],
                )
                self.assertEqual(one.outstanding_amount, 4000)
                self.assert_zero()
                self.pay_due(one)
                self.assertEqual(one.outstanding_amount, 3000)
                self.assert_zero()
                savepoint.close(rollback=True)
            self.env.invalidate_all()

    def test_repaid_early_as_a_whole(self):
        one, late = self.take_over()
        self.early(one, 4000)
        self.assertEqual(self.entries(one.move_ids)[0], ("due", 4007.1))
        self.pay_due(one)
        self.assertEqual((one.state, one.outstanding_amount), ("repaid", 0))
        self.assert_zero()
        # What is late is to be paid besides
        self.early(late, 900)
        self.pay_due(late)
        self.assertEqual((late.state, late.outstanding_amount), ("repaid", 0))
        self.assert_zero()

    def test_nothing_changes_before_the_take_over(self):
        one, _late = self.take_over()
        with self.refused("taken over"):
            self.early(one, 1000, day=date(2025, 12, 30))

    def test_an_early_repayment_undone(self):
        one, late = self.take_over()
        for loan in (one, late):
            before = self.plan(loan)
            change = self.early(loan, 500)
            change.action_undo()
            self.assertEqual(self.plan(loan), before)
            self.assert_zero()
        self.assertTrue(self.unpaid(late).due_line_id)

    # ------------------------------------------------------------
    # More time, other terms
    # ------------------------------------------------------------

    def test_respite_for_what_is_late_and_what_is_to_come(self):
        _one, late = self.take_over()
        before = self.plan(late)
        change = self.change(late, "respite", months=3, scope="all", interest="waived")
        owed = self.unpaid(late).due_line_id
        self.assertEqual(owed.date_maturity, date(2026, 2, 10))
        self.assertEqual(late.overdue_amount, 0)
        self.assertEqual(
            [day for day, _p, _i in self.coming(late)][1:],
            ["2026-04-10", "2026-06-10", "2026-07-10"],
        )
        self.assert_zero()
        change.action_undo()
        self.assertEqual(self.plan(late), before)
        self.assertEqual((late.overdue_amount, late.days_overdue), (210.5, 57))
        self.assert_zero()

    def test_rescheduled_with_what_was_late(self):
        _one, late = self.take_over()
        before = self.plan(late)
        change = self.change(
            late,
            "reschedule",
            first_due_date="2026-03-15",
            periods=11,
            annual_rate=0,
            method="annuity",
            grace_periods=0,
            grace_type="none",
            put_back=self.unpaid(late).ids,
        )
        self.assertEqual(self.entries(change.move_ids), [("loan", 200), ("due", -200)])
        self.assertEqual(self.unpaid(late).residual_amount, 10.5)
        self.assertEqual(late.outstanding_amount, 1100)
        paying = [line for line in late.instalment_ids if not line.is_opening]
        self.assertEqual([line.principal for line in paying], [100] * 11)
        self.assert_zero()
        change.action_undo()
        self.assertEqual(self.plan(late), before)
        self.assertEqual(late.overdue_amount, 210.5)
        self.assert_zero()

    # ------------------------------------------------------------
    # Late, guaranteed, lost
    # ------------------------------------------------------------

    def test_late_since_it_was_so_and_reminded_of_it(self):
        _one, late = self.take_over("2026-03-20")
        self._post_due(late)
        self.assertEqual((late.days_overdue, late.overdue_amount), (130, 913.5 + 0.5))
        self.assertEqual(self.unpaid(late).age, "180")
        self.assertEqual(self.unpaid(late).state, "late")
        self.assert_zero()

    def test_guarantee_called_then_lost(self):
        _one, late = self.take_over()
        guarantee = self.guarantee(late, covers_interest=True)
        change = self.change(
            late, "guarantee", guarantee_id=guarantee.id, amount=555.25
        )
        self.assertEqual(
            self.lines_of(change.move_ids),
            [
                ("due", self.fund, 555.25),
                ("due", self.denis, -210.5),
                ("loan", self.denis, -344.75),
            ],
        )
        self.assertEqual(self.unpaid(late).state, "guaranteed")
        self.assertEqual(late.outstanding_amount, 555.25)
        self.assert_zero()
        self._pay(guarantee.claim_ids.action_register_payment())
        self.assert_zero()
        self.change(late, "write_off")
        self.assertEqual((late.state, late.lost_amount), ("written_off", 555.25))
        self.assertEqual(late.outstanding_amount, 0)
        self.assert_zero()
        self.at("2026-02-01")
        self.change(late, "recovery", amount=100)
        self._pay(late.action_register_payment())
        self.assert_zero()

    def test_what_the_borrower_pays_after_the_call_is_shared(self):
        """Also what he pays of what was late when the loan was taken over."""
        _one, late = self.take_over()
        guarantee = self.guarantee(late, ceiling=50)
        self.change(late, "guarantee", guarantee_id=guarantee.id, amount=50)
        self.at("2026-01-08")
        self._pay(self.unpaid(late).action_register_payment())
        guarantee.action_share()
        self.assertEqual(guarantee.share_amount, 50)
        self.assert_zero()

    def test_what_was_late_given_up(self):
        _one, late = self.take_over()
        self.waive(late, 10.5, "interest")
        self.assertEqual(self.unpaid(late).residual_amount, 200)
        self.assert_zero()
        self.waive(late, 200, "due")
        self.assertEqual(self.unpaid(late).state, "waived")
        self.waive(late, 300, "coming")
        self.assertEqual(late.outstanding_amount, 600)
        self.assert_zero()

    def test_written_off_and_taken_back(self):
        one, late = self.take_over()
        for loan, lost in ((one, 4000), (late, 1110.5)):
            change = self.change(loan, "write_off")
            self.assertEqual(loan.lost_amount, lost)
            self.assertEqual(set(self.states(loan)), {"written_off"})
            self.assert_zero()
            change.action_undo()
            self.assertEqual(loan.state, "disbursed")
            self.assert_zero()
        self.assertEqual(late.overdue_amount, 210.5)

    def test_doubtful_on_accounts_of_its_own_and_sound_again(self):
        self.company.hub_doubtful_apart = True
        _one, late = self.take_over()
        self._pay(self.unpaid(late).action_register_payment(), amount=50)
        self.change(late, "doubtful")
        self.assertEqual(self._balance("doubtful"), 900)
        self.assertEqual(self._balance("doubtful_due"), 160.5)
        self.assertEqual(late.outstanding_amount, 1060.5)
        self.assertEqual(late.overdue_amount, 160.5)
        self.assert_zero()
        self.change(late, "sound")
        self.assertEqual(late.outstanding_amount, 1060.5)
        self.assert_zero()
        self.change(late, "doubtful")
        self._pay(self.unpaid(late).action_register_payment(), amount=60.5)
        self.assertEqual(late.outstanding_amount, 1000)
        self.change(late, "write_off")
        self.assertEqual((late.outstanding_amount, late.lost_amount), (0, 1000))
        self.assert_zero()

    def test_what_was_late_and_is_not_in_the_accounts_yet_is_settled_first(self):
        self.at("2026-01-06")
        late = self._taken_over()[1]
        self.guarantee(late)
        for kind, terms in (
            ("write_off", {}),
            ("guarantee", {"guarantee_id": late.guarantee_ids.id, "amount": 550}),
            ("waiver", {"amount": 300, "scope": "coming"}),
        ):
            with self.subTest(kind), self.refused("opening entry"):
                self.change(late, kind, **terms)

    # ------------------------------------------------------------
    # The opening entry, and money for it
    # ------------------------------------------------------------

    def test_an_opening_entry_that_is_reversed_pays_nothing(self):
        _one, late = self.take_over()
        back = self.opening._reverse_moves([{"date": "2026-01-06"}], cancel=True)
        self.env.invalidate_all()
        self.assertFalse(self.unpaid(late).due_line_id)
        self.assertEqual(self.unpaid(late).state, "planned")
        self.assertEqual(late.outstanding_amount, 1100)
        self.assertNotEqual(late.state, "repaid")
        self.assertIn("was found on", self.unpaid(late).explanation)
        again = self._open_accounts()
        self.assertEqual(self.unpaid(late).due_line_id.move_id, again)
        self.assert_zero()
        self.assertTrue(back)

    def test_an_opening_entry_in_draft_counts_for_nothing(self):
        _one, late = self.take_over()
        self.opening.button_draft()
        self.env.invalidate_all()
        self.assertEqual(self.unpaid(late).state, "planned")
        self.assertEqual(late.overdue_amount, 0)
        self.opening.action_post()
        self.env.invalidate_all()
        self.assertEqual(self.unpaid(late).state, "late")
        self.assert_zero()

    def test_money_matched_by_hand_belongs_to_the_loan(self):
        _one, late = self.take_over()
        owed = self.unpaid(late).due_line_id
        money = self._money_by_hand(owed, 250)
        (owed + money).reconcile()
        self.env.invalidate_all()
        self.assertEqual(self.unpaid(late).state, "paid")
        self.assertEqual(money.move_id.hub_loan_id, late)
        rows = self.assert_zero()
        row = rows.filtered(lambda one: one.loan_id == late)
        self.assertEqual(row.advance, 39.5)
        self.enter(late, "2026-01-10")
        self.assertEqual(late.instalment_ids[1].residual_amount, 402 - 39.5)
        self.assert_zero()

    def _money_by_hand(self, owed, amount):
        """An entry by hand on the bank account, as an accountant may type it in."""
        bank = self.bank.default_account_id
        move = self.env["account.move"].create(
            {
                "date": "2026-01-06",
                "journal_id": self.bank.id,
                "line_ids": [
                    (0, 0, {"account_id": bank.id, "balance": amount}),
                    (
                        0,
                        0,
                        {
                            "account_id": owed.account_id.id,
                            "partner_id": owed.partner_id.id,
                            "balance": -amount,
                        },
                    ),
                ],
            }
        )
        move.action_post()
        return move.line_ids.filtered(lambda line: line.balance < 0)

    # ------------------------------------------------------------
    # Year end
    # ------------------------------------------------------------

    def _closed(self, day):
        closing = self.env["hub.loan.closing"].create({"date": day})
        closing.action_post()
        return closing.line_ids

    def test_interest_earned_counts_from_the_last_due_date(self):
        one, late = self.take_over("2026-01-12")
        self._post_due(late)
        lines = self._closed("2026-01-10")
        [line] = lines.filtered(lambda x: x.loan_id == one)
        # 26 of the 31 days since 15 December, not since it was paid out
        self.assertEqual(line.accrued, 8.39)
        self.assertEqual(line.not_due, 4000)
        [line] = lines.filtered(lambda x: x.loan_id == late)
        self.assertEqual((line.due, line.not_due), (612.5, 500))
        self.assert_zero()

    def test_what_is_late_is_set_aside_by_its_age(self):
        one, late = self.take_over()
        guarantee = self.guarantee(late)
        self.enter(one, "2026-12-31")
        self.enter(late, "2026-12-31")
        self.pay_due(one)
        self.at("2027-01-10")
        lines = self._closed("2026-12-31")
        [line] = lines.filtered(lambda x: x.loan_id == late)
        self.assertEqual((line.due, line.not_due), (1114.8, 0))
        self.assertEqual(line.days_overdue, 416)
        self.assertEqual(line.guaranteed, 550)
        self.assertTrue(line.impairment)
        self.assertEqual(guarantee.state, "active")
        [line] = lines.filtered(lambda x: x.loan_id == one)
        coming = one.instalment_ids.filtered(lambda x: not x.due_move_id)
        self.assertEqual(line.not_due, round(sum(coming.mapped("principal")), 2))
        interest = coming.sorted("sequence")[0].interest
        self.assertEqual(line.accrued, round(interest * 16 / 31 + 1e-9, 2))
        self.assert_zero()

    def test_the_year_before_was_closed_elsewhere(self):
        self.take_over()
        self.assertFalse(self._closed("2025-12-31"))

    # ------------------------------------------------------------
    # Undoing it
    # ------------------------------------------------------------

    def test_undone_with_its_guarantees_and_what_was_agreed(self):
        _one, late = self.take_over()
        self.guarantee(late)
        late.action_undo_takeover()
        self.assertFalse(late.exists())
        self.assertTrue(self.opening.line_ids.exists())

    def test_not_undone_once_something_was_decided(self):
        _one, late = self.take_over()
        self.change(late, "respite", months=1, scope="all", interest="waived")
        with self.assertRaises(UserError):
            late.action_undo_takeover()
