from datetime import date

from odoo.tests import freeze_time, tagged

from .common import LoanCommon


@tagged("post_install", "-at_install")
class TestLoanLife(LoanCommon):
    """HUB-09: the whole life of a loan in entries, with the French chart."""

    def _state(self, loan, number):
        self.env.invalidate_all()
        return loan.instalment_ids.filtered(lambda line: line.sequence == number).state

    def test_full_life_in_entries(self):
        with freeze_time("2026-01-10"):
            loan = self._sign(self._create_loan())
            self.assertEqual(loan.state, "signed")
            [commitment] = loan.move_ids
            self.assertEqual(
                self._accounts_of(commitment),
                [("commitment", 6000), ("off_balance", -6000)],
            )
            self.assertEqual(commitment.date, date(2026, 1, 10))
        with freeze_time("2026-01-15"):
            self._disburse(loan)
            [out] = loan.tranche_ids
            self.assertEqual(
                self._accounts_of(out.move_id), [("loan", 6000), ("payout", -6000)]
            )
            self.assertEqual(out.payout_line_id.date_maturity, date(2026, 1, 15))
            self.assertEqual(out.residual_amount, 0)
            self.assertEqual(loan.state, "disbursed")
            self.assertEqual(self._balance("payout"), 0)
            self.assertEqual(self._balance("commitment"), 0)
        lines = loan.instalment_ids
        self.assertEqual(len(lines), 36)
        self.assertEqual(lines[6].due_date, date(2026, 8, 15))
        self.assertEqual(lines[35].due_date, date(2029, 1, 15))
        self.assertEqual(set(lines[6:].mapped("amount")), {200})
        with freeze_time("2026-08-14"):
            self._post_due(loan)
            self.assertFalse(loan.instalment_ids.due_move_id)
            self.assertEqual(self._state(loan, 6), "paid")
            self.assertEqual(self._state(loan, 7), "planned")
        with freeze_time("2026-08-15"):
            self._post_due(loan)
            line = lines[6]
            self.assertEqual(
                self._accounts_of(line.due_move_id), [("due", 200), ("loan", -200)]
            )
            self.assertEqual(line.due_line_id.date_maturity, date(2026, 8, 15))
            self.assertFalse(line.due_line_id.no_followup)
            self.assertEqual(self._state(loan, 7), "due")
        with freeze_time("2026-08-20"):
            self.assertEqual(self._state(loan, 7), "late")
            self._pay(line.action_register_payment(), amount=120)
            self.assertEqual(self._state(loan, 7), "partial")
            self.assertEqual(line.residual_amount, 80)
            self.assertEqual(loan.overdue_amount, 80)
            self.assertEqual(loan.days_overdue, 5)
        with freeze_time("2026-09-02"):
            self._pay(line.action_register_payment())
            self.assertEqual(line.residual_amount, 0)
            self.assertEqual(self._state(loan, 7), "paid")
            self.assertEqual(loan.outstanding_amount, 5800)
        for number in range(8, 37):
            line = lines[number - 1]
            with freeze_time(line.due_date):
                self._post_due(loan)
                self._pay(line.action_register_payment())
        self.assertEqual(self._balance("loan"), 0)
        self.assertEqual(self._balance("due"), 0)
        self.assertEqual(loan.outstanding_amount, 0)
        self.assertEqual(loan.state, "repaid")


@tagged("post_install", "-at_install")
class TestLoanLifeGenericChart(TestLoanLife):
    """The same with the generic chart, in another company."""

    chart = "generic_coa"
