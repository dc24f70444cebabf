from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import freeze_time, tagged

from ..common import HubCommon
from .valuation import ValuationMixin


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 12:00:00")
class TestHoursEntry(ValuationMixin, HubCommon):
    """The off-balance entry: balanced, once, and true to the ledger."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_valuation()
        cls.company.with_user(
            cls.users["accountant"]
        ).action_hub_propose_time_accounts()
        cls.debit = cls.company.hub_time_debit_account_id
        cls.credit = cls.company.hub_time_credit_account_id
        cls.journal = cls.company.hub_time_journal_id

    def _sides(self, move):
        return {
            line.account_id.code: (line.debit, line.credit) for line in move.line_ids
        }

    def _balance(self, account=None):
        """What the ledger says, whatever the hub says."""
        [(balance,)] = self.env["account.move.line"]._read_group(
            [
                ("account_id", "=", (account or self.debit).id),
                ("parent_state", "=", "posted"),
            ],
            [],
            ["balance:sum"],
        )
        return balance

    def _assert_true(self, value=101):
        """The ledger carries this value on both sides, and the hub says so."""
        self.env.invalidate_all()
        self.assertEqual(self._balance(), value)
        self.assertEqual(self._balance(self.credit), -value)
        self.assertEqual(self.year.posted_value, value)

    def test_the_entry_is_balanced_and_touches_neither_balance_sheet_nor_result(self):
        entry = self._post()
        move = entry.move_id
        self.assertEqual(move.state, "posted")
        self.assertEqual(move.journal_id, self.journal)
        self.assertEqual(move.date, Date.to_date("2025-12-31"))
        self.assertEqual(self._sides(move), {"864000": (101, 0), "875000": (0, 101)})
        kinds = set(move.line_ids.account_id.mapped("account_type"))
        self.assertEqual(kinds, {"off_balance"})
        self.assertFalse(any(move.line_ids.mapped("analytic_distribution")))
        self.assertEqual(move.ref, "Volunteers' time 2025 (6 h 45)")
        self._assert_true()

    def test_the_record_keeps_what_was_counted(self):
        entry = self._post()
        self.waiting.action_validate()
        self._more(2)
        self.assertRecordValues(
            entry,
            [
                {
                    "hours": 6.75,
                    "value": 101,
                    "amount": 101,
                    "in_ledger": 101,
                    "posted_on": Date.to_date("2026-03-10"),
                    "user_id": self.users["accountant"].id,
                    "state": "posted",
                    "number": 1,
                }
            ],
        )

    def test_it_is_posted_once(self):
        self._post()
        self.assertEqual((self.year.state, self.year.difference), ("posted", 0))
        with self.assertRaisesRegex(UserError, "already in the accounts"):
            self._post()
        self._assert_true()

    def test_what_changed_since_is_posted_as_a_difference(self):
        self._post()
        self._more(2)
        self.assertEqual((self.year.state, self.year.difference), ("changed", 20))
        move = self._post().move_id
        self.assertEqual(self._sides(move), {"864000": (20, 0), "875000": (0, 20)})
        self.assertIn("correction", move.ref)
        self._assert_true(121)
        self.assertEqual(self.year.state, "posted")

    def test_too_much_is_posted_back(self):
        self._post()
        line = self.hours.search([("date", "=", "2025-03-01")])
        line.action_draft()
        line.unlink()
        self.assertEqual(self.year.difference, -60)
        move = self._post().move_id
        self.assertEqual(self._sides(move), {"864000": (0, 60), "875000": (60, 0)})
        self._assert_true(41)

    def test_hours_that_all_fall_away_are_posted_back_to_nothing(self):
        self._post()
        lines = self.hours.search(self.year.action_lines()["domain"])
        lines.action_draft()
        self.assertEqual((self.year.state, self.year.difference), ("changed", -101))
        self._post()
        self._assert_true(0)
        self.assertEqual(self.year.state, "nothing")

    def test_a_reversed_entry_lets_it_be_posted_anew(self):
        first = self._post()
        first.move_id._reverse_moves(cancel=True)
        self._assert_true(0)
        self.assertEqual((first.state, self.year.state), ("reversed", "to_post"))
        self._post()
        self._assert_true()

    def test_a_reversal_that_is_itself_reversed_counts_again(self):
        first = self._post()
        reversal = first.move_id._reverse_moves(cancel=True)
        reversal._reverse_moves(cancel=True)
        self._assert_true()
        self.assertEqual((first.state, self.year.state), ("posted", "posted"))

    def test_a_reversal_in_draft_counts_for_nothing(self):
        self._post().move_id._reverse_moves()
        self._assert_true()
        self.assertEqual(self.year.state, "posted")

    def test_an_entry_set_back_to_draft_may_be_posted_again_there_or_anew(self):
        self.assertFalse(self.year.draft_words)
        first = self._post()
        self.assertFalse(self.year.draft_words)
        first.move_id.button_draft()
        self._assert_true(0)
        self.assertEqual((first.state, self.year.state), ("draft", "to_post"))
        self.assertIn("back in draft", self.year.draft_words)
        first.move_id.action_post()
        self._assert_true()
        first.move_id.button_draft()
        self.env.invalidate_all()
        self._post()
        self.assertEqual(first.move_id.state, "cancel")
        self._assert_true()

    def test_a_cancelled_entry_lets_it_be_posted_anew(self):
        first = self._post()
        first.move_id.button_cancel()
        self._assert_true(0)
        self.assertEqual(first.state, "cancel")
        self._post()
        self._assert_true()

    def test_a_deleted_draft_leaves_its_record_and_lets_it_be_posted_anew(self):
        first = self._post()
        first.move_id.button_draft()
        first.move_id.with_context(force_delete=True).unlink()
        self._assert_true(0)
        self.assertEqual((first.state, first.amount), ("deleted", 101))
        second = self._post()
        self.assertEqual(second.number, 2)
        self._assert_true()

    def test_an_amount_changed_by_the_accountant_is_seen(self):
        move = self._post().move_id
        move.button_draft()
        debit, credit = move.line_ids.sorted("balance", reverse=True)
        move.write(
            {
                "line_ids": [
                    (1, debit.id, {"balance": 90}),
                    (1, credit.id, {"balance": -90}),
                ]
            }
        )
        move.action_post()
        self._assert_true(90)
        self.assertEqual((self.year.state, self.year.difference), ("changed", 11))

    def test_an_account_changed_by_the_accountant_is_not_posted_twice(self):
        move = self._post().move_id
        other = self.env["account.account"].create(
            {
                "code": "864100",
                "name": "Volunteer staff, reception",
                "account_type": "off_balance",
            }
        )
        move.button_draft()
        move.line_ids.filtered("debit").account_id = other
        move.action_post()
        self.env.invalidate_all()
        self.assertEqual((self.year.posted_value, self.year.state), (101, "posted"))

    def test_other_accounts_in_the_settings_change_nothing_of_what_was_posted(self):
        self._post()
        self.company.hub_time_debit_account_id = self.env["account.account"].create(
            {"code": "864900", "name": "Other", "account_type": "off_balance"}
        )
        self.env.invalidate_all()
        self.assertEqual(self.year.state, "posted")

    # Closed accounts, hashed journals, dates

    def test_a_closed_year_moves_the_date_and_it_is_said_before_and_after(self):
        self.company.fiscalyear_lock_date = "2025-12-31"
        words = self._as("accountant").locked_words
        self.assertIn("12/31/2025", words)
        self.assertIn("01/31/2026", words)
        action = self._as("accountant").action_post()
        move = self.year.entry_ids.move_id
        self.assertEqual(move.date, Date.to_date("2026-01-31"))
        self.assertEqual(self.year.entry_ids.move_date, move.date)
        self.assertIn("01/31/2026", action["params"]["message"])
        self.assertIn("closed", action["params"]["message"])
        self._assert_true()

    def test_open_accounts_are_not_said_to_be_closed(self):
        self.assertFalse(self._as("accountant").locked_words)
        self.company.fiscalyear_lock_date = "2024-12-31"
        self.env.invalidate_all()
        self.assertFalse(self._as("accountant").locked_words)

    def test_a_hashed_journal_is_corrected_by_a_difference(self):
        self.journal.restrict_mode_hash_table = True
        move = self._post().move_id
        self.assertTrue(move.inalterable_hash)
        with self.assertRaises(UserError):
            move.button_draft()
        self._more(1)
        self._post()
        self._assert_true(111)
        move._reverse_moves(cancel=True)
        self._assert_true(10)
        self._post()
        self._assert_true(111)

    def test_a_date_to_come_is_refused(self):
        year = self._period("2026")
        with self.assertRaisesRegex(UserError, "still to come"):
            self._post(year)
        year.date = "2026-03-10"
        self.assertFalse(year.is_over)
        entry = self._post(year)
        self.assertEqual(entry.amount, 48)

    def test_a_second_period_posts_its_own(self):
        self._post()
        before = self._period("2024")
        self.assertEqual(self._post(before).amount, 50)
        self._assert_true_after_two()

    def _assert_true_after_two(self):
        self.env.invalidate_all()
        self.assertEqual(self._balance(), 151)
        self.assertEqual(self.year.posted_value, 101)

    # Refused

    def test_nothing_to_post_says_why(self):
        year = self._period("2023")
        self.assertEqual(year.state, "nothing")
        with self.assertRaisesRegex(UserError, "no value to post"):
            self._post(year)

    def test_without_accounts_the_way_out_is_told(self):
        self.company.hub_time_credit_account_id = False
        with self.assertRaisesRegex(UserError, "Propose the accounts"):
            self._post()
        self.assertFalse(self.year.entry_ids)

    def test_posting_needs_the_rights_of_accounting_and_of_the_hub(self):
        for role in ("finance", "manager", "coordinator"):
            with self.assertRaises(AccessError, msg=role):
                self._post(role=role)
        self.users["sales"].group_ids += self.env.ref("account.group_account_invoice")
        with self.assertRaises(AccessError):
            self._post(role="sales")
        self.assertFalse(self.year.entry_ids)

    def test_finance_reads_the_entries_without_reading_the_accounts(self):
        self._post()
        year = self._as("finance")
        self.assertEqual((year.state, year.posted_value), ("posted", 101))
        [row] = year.entry_ids.read(["move_name", "move_date", "in_ledger", "state"])
        self.assertEqual((row["in_ledger"], row["state"]), (101, "posted"))
        with self.assertRaises(AccessError):
            year.entry_ids.move_id.read(["name"])

    def test_entries_are_written_by_posting_only(self):
        entry = self._post()
        for role in ("accountant", "manager"):
            mine = entry.with_user(self.users[role])
            with self.assertRaises(AccessError):
                mine.write({"amount": 1})
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(AccessError):
                mine.create({"valuation_id": self.year.id, "number": 9})

    def test_a_period_in_the_accounts_is_neither_changed_nor_deleted(self):
        entry = self._post()
        move = entry.move_id
        with self.assertRaisesRegex(UserError, "reversed first"):
            self.year.date_end = "2025-06-30"
        with self.assertRaisesRegex(UserError, "reversed first"):
            self.year.unlink()
        reversal = move._reverse_moves(cancel=True)
        self.env.invalidate_all()
        self.year.unlink()
        self.assertEqual((move | reversal).exists(), move | reversal)
        self.assertEqual(move.state, "posted")

    def test_the_list_costs_the_same_for_one_year_and_for_twenty(self):
        self._post()
        years = self.year | self.env["hub.hours.valuation"].create(
            [
                {"date_start": f"{year}-01-01", "date_end": f"{year}-12-31"}
                for year in range(2000, 2020)
            ]
        )
        names = ["hours", "value", "posted_value", "state", "waiting_hours"]

        def cost(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            records.with_user(self.users["finance"]).read(names)
            return self.cr.sql_log_count - before

        cost(years)
        self.assertEqual(cost(self.year), cost(years))
