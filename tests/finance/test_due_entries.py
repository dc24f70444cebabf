from datetime import date

from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import LoanCommon


@tagged("post_install", "-at_install")
class TestDueEntries(LoanCommon):
    """What is due is entered once; what the entry says is read from the accounts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-01-15"):
            cls.loan = cls._disburse(
                cls._create_loan(
                    grace_periods=0, grace_type="none", annual_rate=2, amount=5000
                )
            )
        cls.first, cls.second, cls.third = cls.loan.instalment_ids[:3]

    def _enter(self, day="2026-02-15"):
        with freeze_time(day):
            self._post_due(self.loan)
        return self.first.due_move_id

    def _states(self, day, *lines):
        with freeze_time(day):
            self.env.invalidate_all()
            return [line.state for line in lines or self.first]

    # Locked and hashed

    def test_a_locked_period_shifts_the_entry_but_not_the_due_date(self):
        """HUB-12."""
        loan = self.loan
        self._enter("2026-03-14")
        self.company.fiscalyear_lock_date = "2026-03-31"
        with freeze_time("2026-06-10"):
            self._post_due(loan)
            move = self.second.due_move_id
            self.assertEqual(self.second.due_date, date(2026, 3, 15))
            self.assertEqual(move.date, date(2026, 4, 30))
            self.assertEqual(self.second.due_line_id.date_maturity, date(2026, 3, 15))
            self.assertEqual(self.second.days_overdue, 87)
            self.assertTrue(self.second.is_date_shifted)
            self.assertIn("04/30/2026", self.second.explanation)
            self.assertEqual(self.third.due_move_id.date, date(2026, 4, 15))
            self.assertFalse(self.third.is_date_shifted)

    def test_a_respite_moves_the_date_to_be_paid_by_and_nothing_else(self):
        """HUB-15, also where the year is locked and the journal hashed."""
        self.loan.journal_id.restrict_mode_hash_table = True
        with freeze_time("2026-04-16"):
            self._post_due(self.loan)
        lines = (self.first | self.second | self.third).due_line_id
        moves = lines.move_id
        self.assertTrue(all(moves.mapped("inalterable_hash")))
        self.company.hard_lock_date = "2026-04-30"
        before = moves.line_ids.read(["balance", "account_id", "name", "date"])
        for line in lines:
            line.date_maturity += relativedelta(months=3)
        self.env.flush_all()
        self.assertEqual(
            lines.mapped("date_maturity"),
            [date(2026, 5, 15), date(2026, 6, 15), date(2026, 7, 15)],
        )
        after = moves.line_ids.read(["balance", "account_id", "name", "date"])
        self.assertEqual(after, before)
        self.assertEqual(
            self._states("2026-06-01", self.first, self.second), ["late", "due"]
        )
        with freeze_time("2026-06-01"):
            self.assertEqual(self.loan.overdue_amount, self.first.amount)
            self.assertEqual(self.loan.days_overdue, 17)

    def test_a_hashed_entry_is_reversed_and_entered_anew(self):
        self.loan.journal_id.restrict_mode_hash_table = True
        move = self._enter()
        self.assertTrue(move.inalterable_hash)
        with self.assertRaises(UserError):
            move.button_draft()
        self.assertEqual(self._states("2026-02-15"), ["due"])
        with freeze_time("2026-02-20"):
            move._reverse_moves(cancel=True)
        self.assertEqual(self._states("2026-02-20"), ["planned"])
        again = self._enter("2026-02-21")
        self.assertNotEqual(again, move)
        self.assertEqual(self._states("2026-02-21"), ["late"])
        self.assertTrue(move.inalterable_hash)

    def test_a_payment_settles_what_became_due_in_a_closed_year(self):
        self._enter()
        self.company.hard_lock_date = "2026-03-31"
        with freeze_time("2026-06-10"):
            self._pay(self.first.action_register_payment())
        self.assertEqual(self._states("2026-06-10"), ["paid"])

    # Entered once

    def test_entering_again_enters_nothing(self):
        move = self._enter()
        self._enter()
        self.assertEqual(self.first.due_move_id, move)
        self.assertEqual(len(self._due_moves()), 1)

    def _due_moves(self):
        return self.env["account.move"].search(
            [("hub_loan_id", "=", self.loan.id), ("hub_kind", "=", "due")]
        )

    def test_a_second_entry_of_one_instalment_is_refused(self):
        self._enter()
        twice = self.env["account.move"].create(self.first._entry_vals())
        with self.assertRaisesRegex(UserError, "owed once"):
            twice.action_post()

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_a_second_entry_too(self):
        self._enter()
        twice = self.env["account.move"].create(self.first._entry_vals())
        self.env.flush_all()
        with self.assertRaisesRegex(Exception, "hub_due_once"), self.cr.savepoint():
            self.cr.execute(
                "UPDATE account_move SET hub_is_live = TRUE WHERE id = %s", [twice.id]
            )

    def test_nothing_is_entered_before_its_date_nor_for_a_signed_loan(self):
        self._enter("2026-02-14")
        self.assertFalse(self._due_moves())
        loan = self._sign(self._create_loan(partner_id=self.denis.id))
        with freeze_time("2026-12-31"):
            self._post_due(loan)
        self.assertFalse(loan.instalment_ids.due_move_id)

    def test_an_empty_line_is_paid_on_its_date_without_an_entry(self):
        loan = self._create_loan(partner_id=self.denis.id)
        with freeze_time("2026-03-01"):
            self._disburse(loan)
            self._post_due(loan)
        lines = loan.instalment_ids
        self.assertFalse(lines.due_move_id)
        self.assertEqual(
            self._states("2026-02-14", lines[0], lines[1]), ["planned", "planned"]
        )
        self.assertEqual(
            self._states("2026-02-15", lines[0], lines[1]), ["paid", "planned"]
        )

    # Taken back in the accounts

    def test_a_draft_counts_for_nothing_and_is_not_doubled(self):
        move = self._enter()
        move.button_draft()
        self.assertEqual(self._states("2026-03-01"), ["planned"])
        self.assertEqual(self.first.residual_amount, 0)
        self._enter()
        self.assertEqual(len(self._due_moves()), 1)
        self.assertIn("draft", self.first.explanation)
        move.action_post()
        self.assertEqual(self._states("2026-03-01"), ["late"])
        self.assertEqual(self.first.residual_amount, self.first.amount)

    def test_a_deleted_draft_is_entered_anew(self):
        move = self._enter()
        move.button_draft()
        move.with_context(force_delete=True).unlink()
        self.assertFalse(self.first.due_line_id)
        self.assertEqual(self._states("2026-02-15"), ["planned"])
        self.assertTrue(self._enter())
        self.assertEqual(self._states("2026-02-15"), ["due"])

    def test_a_cancelled_entry_is_entered_anew(self):
        move = self._enter()
        move.button_cancel()
        self.assertFalse(self.first.due_move_id)
        self.assertNotEqual(self._enter(), move)
        self.assertEqual(self._states("2026-02-15"), ["due"])

    def test_a_reversed_entry_frees_the_instalment_and_its_payment(self):
        move = self._enter()
        with freeze_time("2026-02-20"):
            [payment] = self._pay(self.first.action_register_payment())
            self.assertEqual(self._states("2026-02-20"), ["paid"])
            reversal = move._reverse_moves(cancel=True)
        self.assertEqual(reversal.hub_loan_id, self.loan)
        self.assertFalse(move.hub_is_live)
        self.assertFalse(self.first.due_move_id)
        self.assertEqual(self._states("2026-02-20"), ["planned"])
        self.assertEqual(self.loan.outstanding_amount, 5000)
        # entered anew, the money that had come settles it
        again = self._enter("2026-02-21")
        self.assertNotEqual(again, move)
        self.assertEqual(self._states("2026-02-21"), ["paid"])
        self.assertEqual(self.first.settled_by_ids, payment.move_id)

    def test_a_reversal_taken_back_makes_the_entry_hold_again(self):
        move = self._enter()
        reversal = move._reverse_moves(cancel=True)
        self.assertFalse(self.first.due_move_id)
        reversal._reverse_moves(cancel=True)
        self.assertTrue(move.hub_is_live)
        self.assertEqual(self.first.due_move_id, move)

    def test_a_reversal_is_not_taken_back_once_the_instalment_is_entered_anew(self):
        move = self._enter()
        reversal = move._reverse_moves(cancel=True)
        self._enter()
        with self.assertRaisesRegex(UserError, "owed once"):
            reversal.button_draft()

    def test_a_draft_reversal_changes_nothing_yet(self):
        move = self._enter()
        reversal = move._reverse_moves()
        self.assertEqual(reversal.state, "draft")
        self.assertTrue(move.hub_is_live)
        self.assertEqual(self._states("2026-02-15"), ["due"])
        reversal.action_post()
        self.assertEqual(self._states("2026-02-15"), ["planned"])

    def test_an_entry_of_a_loan_says_what_the_schedule_says(self):
        move = self._enter()
        move.button_draft()
        debit = move.line_ids.filtered("debit")
        loan_line = move.line_ids.filtered(
            lambda line: line.account_id == self.loan.loan_account_id
        )
        move.write(
            {
                "line_ids": [
                    Command.update(debit.id, {"balance": debit.balance + 10}),
                    Command.update(loan_line.id, {"balance": loan_line.balance - 10}),
                ]
            }
        )
        with self.assertRaisesRegex(UserError, "by the schedule"):
            move.action_post()

    def test_links_of_entries_are_not_typed_in(self):
        move = self._enter()
        accountant = self._user(
            "solene", "solidarity_hub.group_hub_finance,account.group_account_manager"
        )
        mine = move.with_user(accountant)
        for vals in (
            {"hub_kind": "waiver"},
            {"hub_kind": False},
            {"hub_loan_id": False},
            {"hub_instalment_id": self.second.id},
            {"hub_is_live": False},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                mine.write(vals)
        with self.assertRaises(UserError):
            mine.env["account.move"].create({"hub_loan_id": self.loan.id})

    def test_the_schedule_is_not_typed_in(self):
        with self.assertRaisesRegex(ValidationError, "pay back"):
            self.first.principal += 1
        with self.assertRaisesRegex(UserError, "stays"):
            self._enter()
            self.first.unlink()

    # What cannot be entered

    def test_what_is_refused_is_told_and_stops_no_other(self):
        other = self._create_loan(
            partner_id=self.denis.id, grace_periods=0, grace_type="none"
        )
        with freeze_time("2026-01-15"):
            self._disburse(other)
        special = self.env["account.account"].create(
            {"code": "274999", "name": "Old loans", "account_type": "asset_fixed"}
        )
        other.loan_account_id = special
        special.active = False
        with freeze_time("2026-02-15"):
            self._post_due(self.loan | other)
        self.assertTrue(self.first.due_move_id)
        refused = other.instalment_ids[0]
        self.assertFalse(refused.due_move_id)
        self.assertIn("archived", refused.problem)
        self.assertIn("archived", refused.explanation)
        messages = other.message_ids.filtered(lambda m: "archived" in (m.body or ""))
        self.assertEqual(len(messages), 1)
        special.active = True
        with freeze_time("2026-02-16"):
            self._post_due(other)
        self.assertTrue(refused.due_move_id)
        self.assertFalse(refused.problem)

    def test_the_job_tells_in_the_language_of_the_hub(self):
        self.company.partner_id.lang = "fr_FR"
        self.loan.journal_id.active = False
        self._enter()
        self.assertIn("journal", self.first.problem)
        self.assertIn("est archivé", self.first.problem)

    def test_the_job_enters_all_that_is_due(self):
        with freeze_time("2026-04-20"), self.enter_registry_test_mode():
            self.env.ref("solidarity_hub.ir_cron_hub_post_due").method_direct_trigger()
        self.assertEqual(
            self.loan.instalment_ids.filtered("due_move_id").mapped("sequence"),
            [1, 2, 3],
        )
