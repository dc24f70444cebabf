from datetime import date

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from .changes import ChangeCase

CLOSING = "2026-12-31"


@tagged("post_install", "-at_install")
class TestLoanClosing(ChangeCase):
    """Year end: interest earned, impairments, lists; once, whatever is run again."""

    def closing(self, day=CLOSING):
        return self.env["hub.loan.closing"].create({"date": day})

    def post(self, day=CLOSING):
        closing = self.env["hub.loan.closing"].search([("date", "=", day)])
        closing = closing or self.closing(day)
        closing.action_post()
        return closing

    def entries_of(self, loan, kind):
        return loan.move_ids.filtered(lambda m: m.hub_kind == kind).sorted("id")

    def hub_03(self, **values):
        return self.running(
            amount=5000, annual_rate=2, grace_type="partial", **values
        )

    # Interest

    def test_interest_earned_at_the_end_of_the_year(self):
        """HUB-05."""
        loan = self.hub_03()
        self.enter(loan, "2026-12-15")
        self.pay_due(loan)
        self.at("2027-01-10")
        closing = self.post()
        first, back = self.entries_of(loan, "accrual")
        self.assertEqual(
            self.entries(first), [("accrued", 3.60), ("interest", -3.60)]
        )
        self.assertEqual(first.date, date(2026, 12, 31))
        self.assertEqual(
            self.entries(back), [("accrued", -3.60), ("interest", 3.60)]
        )
        self.assertEqual(back.date, date(2027, 1, 1))
        self.assertEqual(back.reversed_entry_id, first)
        self.assertEqual(self._balance("accrued"), 0)
        self.assertEqual(closing.line_ids.accrued, 3.60)
        self.assertTrue(closing.is_up_to_date)
        self.assert_zero()

    def test_entered_again_nothing_is_doubled(self):
        loan = self.hub_03()
        self.enter(loan, "2026-12-15")
        self.at("2027-01-10")
        closing = self.post()
        moves = loan.move_ids
        closing.action_post()
        closing.action_compute()
        self.assertEqual(loan.move_ids, moves)
        self.assertTrue(closing.is_up_to_date)

    def test_what_was_wrong_is_corrected_by_the_difference(self):
        loan = self.hub_03()
        self.enter(loan, "2026-12-15")
        self.at("2027-01-10")
        self.post()
        first, _back = self.entries_of(loan, "accrual")
        wrong = first.copy({"date": "2026-12-31"})
        wrong.sudo().write(
            {"hub_loan_id": loan.id, "hub_kind": "accrual"}
        )
        wrong.action_post()
        closing = self.post()
        self.assertEqual(closing.line_ids.accrued_booked, 3.60)
        moves = self.entries_of(loan, "accrual")
        self.assertEqual(
            self.entries(moves[-2]), [("accrued", -3.60), ("interest", 3.60)]
        )
        self.assertTrue(closing.is_up_to_date)

    def test_interest_that_a_grace_puts_off_is_earned_meanwhile(self):
        loan = self.running(amount=5000, annual_rate=2, day="2026-09-15", periods=36)
        self.at("2027-01-10")
        self.post()
        [line] = self.env["hub.loan.closing.line"].search([("loan_id", "=", loan.id)])
        # three months of six, and 16 of 31 days of the fourth
        self.assertEqual(line.accrued, 29.29)
        self.enter(loan, "2027-04-20")
        income = -self._balance("interest")
        self.assertAlmostEqual(income, loan.instalment_ids[6].interest)

    def test_each_year_counts_its_own(self):
        loan = self.hub_03()
        self.enter(loan, "2026-12-15")
        self.at("2027-01-10")
        self.post()
        self.enter(loan, "2027-12-20")
        self.at("2028-01-10")
        closing = self.post("2027-12-31")
        interest = self.coming(loan)[0][2]
        earned = round(interest * 16 / 31 + 1e-9, 2)
        self.assertEqual(closing.line_ids.accrued_booked, earned)
        self.assertEqual(closing.line_ids.accrued, earned)
        self.assertEqual(self._balance("accrued"), 0)

    def test_the_schedule_of_that_day_counts(self):
        loan = self.hub_03()
        self.enter(loan, "2026-12-15")
        self.pay_due(loan)
        self.at("2027-01-05")
        self.early(loan, 4183.90)
        self.at("2027-01-10")
        closing = self.post()
        self.assertEqual(closing.line_ids.accrued, 3.60)

    def test_days_between_a_repayment_and_the_closing_count(self):
        loan = self.hub_03()
        self.enter(loan, "2026-12-15")
        self.pay_due(loan)
        self.at("2026-12-20")
        self.early(loan, 2000)
        self.at("2027-01-10")
        closing = self.post()
        next_interest = self.coming(loan)[0][2]
        self.assertEqual(
            closing.line_ids.accrued, round(next_interest * 16 / 31 + 1e-9, 2)
        )

    # Impairments

    def late(self, guaranteed=0, **values):
        """Of 6,000, eight instalments of 200 became due and were not paid."""
        loan = self.running(grace_periods=0, grace_type="none", periods=30, **values)
        if guaranteed:
            self.env["hub.loan.guarantee"].create(
                {
                    "loan_id": loan.id,
                    "partner_id": self.fund.id,
                    "percent": guaranteed,
                }
            )
        self.enter(loan, "2026-12-20")
        return loan

    def line_of(self, loan, closing):
        return closing.line_ids.filtered(lambda line: line.loan_id == loan)

    def test_what_is_late_is_set_aside_by_age(self):
        loan = self.late()
        self.at("2027-01-10")
        closing = self.post()
        line = self.line_of(loan, closing)
        self.assertEqual((line.not_due, line.due), (3800, 2200))
        self.assertEqual((line.days_overdue, line.scale_rate), (319, 50))
        [move] = self.entries_of(loan, "impairment")
        self.assertEqual(
            self.entries(move),
            [
                ("impairment_charge", 1900),
                ("impairment", -1900),
                ("due_impairment_charge", 1100),
                ("due_impairment", -1100),
            ],
        )
        self.assertEqual(move.date, date(2026, 12, 31))
        self.assert_zero()

    def test_a_guarantee_covers_what_is_due_first(self):
        loan = self.late(guaranteed=50)
        self.at("2027-01-10")
        closing = self.post()
        line = self.line_of(loan, closing)
        self.assertEqual((line.guaranteed, line.base), (3000, 3000))
        self.assertEqual((line.impairment_due, line.impairment_not_due), (0, 1500))

    def test_a_guarantee_called_since_still_counted_then(self):
        loan = self.late(guaranteed=50)
        self.at("2027-01-05")
        self.change(
            loan, "guarantee", guarantee_id=loan.guarantee_ids.id, amount=3000
        )
        self.at("2027-01-10")
        line = self.line_of(loan, self.post())
        self.assertEqual((line.not_due, line.due), (3800, 2200))
        self.assertEqual((line.guaranteed, line.impairment), (3000, 1500))

    def test_the_next_year_only_the_difference_is_entered(self):
        loan = self.late()
        self.at("2027-01-10")
        self.post()
        self.pay_due(loan)
        self.enter(loan, "2027-12-20")
        self.pay_due(loan)
        self.at("2028-01-10")
        self.post("2027-12-31")
        _first, second = self.entries_of(loan, "impairment")
        self.assertEqual(
            self.entries(second),
            [
                ("impairment", 1900),
                ("impairment_reversal", -1900),
                ("due_impairment", 1100),
                ("due_impairment_reversal", -1100),
            ],
        )
        self.assertFalse(second.reversed_entry_id)

    def test_money_that_came_later_had_not_come(self):
        loan = self.late()
        self.at("2027-01-05")
        self.pay_due(loan)
        self.at("2027-01-10")
        line = self.line_of(loan, self.post())
        self.assertEqual(line.due, 2200)

    def test_another_rate_has_a_reason(self):
        loan = self.late()
        self.at("2027-01-10")
        closing = self.closing()
        closing.action_compute()
        line = self.line_of(loan, closing)
        with self.refused("say why"):
            line.write({"has_own_rate": True, "own_rate": 10})
        line.write(
            {"has_own_rate": True, "own_rate": 10, "own_rate_reason": "He pays in March"}
        )
        closing.action_post()
        self.assertEqual(line.impairment, 600)
        self.assertEqual(self._balance("impairment"), -380)

    def test_scales_hold_from_their_day(self):
        self.env["hub.loan.impairment.rule"].create(
            [
                {"date_start": "2026-12-31", "days": 0, "rate": 5},
                {"date_start": "2027-01-01", "days": 0, "rate": 90},
            ]
        )
        loan = self.late()
        self.at("2027-01-10")
        self.assertEqual(self.line_of(loan, self.post()).scale_rate, 5)

    def test_a_loss_since_leaves_nothing_set_aside(self):
        loan = self.late()
        self.at("2027-01-05")
        self.change(loan, "write_off")
        self.at("2027-01-10")
        closing = self.post()
        self.assertEqual(self.line_of(loan, closing).impairment, 3000)
        self.assertEqual(self._balance("impairment"), 0)
        self.assertEqual(self._balance("due_impairment"), 0)
        moves = self.entries_of(loan, "impairment")
        self.assertEqual([str(day) for day in moves.mapped("date")], ["2026-12-31", "2027-01-05"])
        closing.action_post()
        self.assertEqual(self.entries_of(loan, "impairment"), moves)

    # Closed, later, twice

    def test_a_closed_year_is_refused(self):
        self.hub_03()
        self.at("2027-01-10")
        self.company.fiscalyear_lock_date = CLOSING
        closing = self.closing()
        with self.refused("closed up to"):
            closing.action_post()
        self.company.fiscalyear_lock_date = False
        with self.refused("not come yet"):
            self.closing("2027-12-31")

    def test_each_day_is_closed_once(self):
        self.at("2027-01-10")
        closing = self.closing()
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.closing()
            self.env.flush_all()
        closing.action_post()
        with self.refused("make another one"):
            closing.date = "2026-06-30"
        with self.refused("stays"):
            closing.unlink()

    def test_another_hub_is_left_alone(self):
        loan = self.late()
        self.at("2027-01-10")
        other = self.env["res.company"].create({"name": "Second hub"})
        other._hub_setup()
        closing = self.env["hub.loan.closing"].create(
            {"company_id": other.id, "date": CLOSING}
        )
        closing.action_post()
        self.assertFalse(closing.line_ids)
        self.assertFalse(self.entries_of(loan, "impairment"))

    # To declare

    def test_loans_to_declare(self):
        self.at("2026-01-15")
        small = self._disburse(self._create_loan(amount=2000, partner_id=self.denis.id))
        big = self._disburse(self._create_loan(amount=5001))
        self.at("2027-01-10")
        closing = self.closing()
        self.assertEqual(closing._loans_to_declare(), big)
        self.at("2026-11-15")
        second = self._disburse(
            self._create_loan(amount=3000, partner_id=self.denis.id)
        )
        self.at("2027-01-10")
        self.assertEqual(closing._loans_to_declare(), big)
        third = self._create_loan(amount=1, partner_id=self.denis.id)
        self.at("2026-11-20")
        self._disburse(third)
        self.at("2027-01-10")
        self.assertEqual(closing._loans_to_declare(), big | small | second | third)
        self.assertEqual(closing.declared_count, 4)
        action = closing.action_open_declared()
        self.assertEqual(
            self.env["hub.loan"].search(action["domain"]), closing._loans_to_declare()
        )
        self.assertIn("2026: ", small.yearly_text)
        rules = self.env["hub.loan.declaration.rule"]
        rules.create({"date_start": "2026-01-01", "threshold": 10000})
        self.assertFalse(closing._loans_to_declare())
        self.assertEqual(rules._threshold(self.company, date(2020, 9, 26)), 760)
        self.assertEqual(rules._threshold(self.company, date(2020, 9, 27)), 5000)

    def test_loans_to_declare_are_those_of_the_calendar_year(self):
        self.company.fiscalyear_last_month = "6"
        self.company.fiscalyear_last_day = 30
        self.at("2025-10-15")
        self._disburse(
            self._create_loan(disbursement_date="2025-10-15", amount=6000)
        )
        self.at("2026-01-15")
        loan = self._disburse(self._create_loan(amount=5001, partner_id=self.denis.id))
        self.at("2026-08-10")
        closing = self.closing("2026-06-30")
        self.assertEqual(closing._loans_to_declare(), loan)
