from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..common import HubCommon
from .valuation import ValuationMixin


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 12:00:00")
class TestHoursValuation(ValuationMixin, HubCommon):
    """What a year of volunteering is worth, against figures counted by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_valuation()

    def test_a_year_is_the_sum_of_its_validated_hours_at_the_rates_of_their_days(self):
        self.assertRecordValues(
            self._as("finance"),
            [
                {
                    "hours": 6.75,
                    "value": 101,
                    "waiting_hours": 1,
                    "unrated_hours": 0,
                    "state": "to_post",
                    "display_name": "2025",
                }
            ],
        )

    def test_the_tables_tell_function_by_rate_and_person(self):
        rows = self.year._figures()[self.year]
        values = self.year._table_values(rows)
        money = self.company.currency_id.format
        self.assertEqual(
            values["functions"],
            [
                ["Reception", money(12), "0 h 15", money(3)],
                ["Accompaniment", money(10), "2 h", money(20)],
                ["Accompaniment", money(12), "1 h 30", money(18)],
                ["Running the hub", money(20), "3 h", money(60)],
            ],
        )
        self.assertEqual(
            values["people"],
            [
                [self.nadia.name, "3 h 15", "–", money(63)],
                ["Paul", "3 h 30", "1 h", money(38)],
            ],
        )
        self.assertEqual(values["totals"], ["6 h 45", "1 h", money(101)])
        self.assertIn("6 h 45", self._as("finance").tables)

    def test_validating_what_waits_brings_it_into_the_value(self):
        self.waiting.action_validate()
        self.assertEqual((self.year.hours, self.year.value), (7.75, 113))
        self.assertEqual(self.year.waiting_hours, 0)

    def test_hours_without_a_rate_are_told(self):
        self.env["hub.hours.rate"].search([("date_start", "=", "2024-01-01")]).unlink()
        self.assertEqual((self.year.unrated_hours, self.year.value), (2, 81))
        found = self.hours.search(self.year.action_unrated()["domain"])
        self.assertEqual(found.mapped("hours"), [2])

    def test_the_lists_behind_the_figures_sum_to_them(self):
        lines = self.hours.search(self.year.action_lines()["domain"])
        self.assertEqual(sum(lines.mapped("hours")), 6.75)
        self.assertEqual(sum(lines.mapped("value")), 101)
        self.assertEqual(
            self.hours.search(self.year.action_waiting()["domain"]), self.waiting
        )

    def test_a_role_noted_afterwards_counts(self):
        self.paul.hub_role_ids.date_end = "2025-06-30"
        self._role(self.paul, kind="employee", date_start="2025-07-01")
        self.assertEqual((self.year.hours, self.year.value), (5.25, 83))
        self.paul.hub_role_ids.filtered(lambda r: r.kind == "employee").unlink()
        self.paul.hub_role_ids.date_end = False
        self.assertEqual((self.year.hours, self.year.value), (6.75, 101))

    def test_the_year_proposed_is_the_last_one_that_is_not_valued(self):
        form = Form(self.env["hub.hours.valuation"].with_user(self.users["finance"]))
        self.assertEqual(str(form.date_start), "2026-01-01")
        self.year.unlink()
        form = Form(self.env["hub.hours.valuation"].with_user(self.users["finance"]))
        self.assertEqual(str(form.date_start), "2025-01-01")
        self.assertEqual(str(form.date), "2025-12-31")

    def test_a_period_that_is_no_calendar_year_says_its_days(self):
        self.year.date_end = "2025-06-30"
        self.assertEqual(self.year.display_name, "01/01/2025 to 06/30/2025")
        self.assertEqual(self.year.hours, 5)

    def test_no_day_is_valued_twice(self):
        for first, last in (
            ("2025-01-01", "2025-12-31"),
            ("2025-12-31", "2026-06-30"),
            ("2024-01-01", "2026-12-31"),
        ):
            with (
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self._period("2025", date_start=first, date_end=last)
        self.assertTrue(self._period("2026"))
        other = self.env["res.company"].create({"name": "Second hub"})
        self.assertTrue(self._period("2025", company_id=other.id))

    def test_another_hub_has_its_own_figures(self):
        other = self.env["res.company"].create({"name": "Second hub"})
        other._hub_setup()
        self._role(self.paul, company_id=other.id, date_start="2024-01-01")
        line = self._line(self.paul, "2025-02-03", 9, "network")
        self.hours.create({**line, "company_id": other.id}).action_validate()
        self.assertEqual(self.year.hours, 6.75)
        self.assertEqual(self._period("2025", company_id=other.id).hours, 9)

    # Rights

    def test_who_reads_and_who_writes(self):
        for role in ("coordinator", "finance", "manager"):
            self.assertEqual(self._as(role).value, 101, role)
        for role in ("adviser", "volunteer", "board", "sales", "employee", "portal"):
            with self.assertRaises(AccessError, msg=role):
                self._as(role).read(["value"])
        with self.assertRaises(AccessError):
            self._as("coordinator").write({"date": "2026-01-01"})

    # The accounts

    def _propose(self, role="accountant", company=None):
        company = company or self.company
        company.with_user(self.users[role]).action_hub_propose_time_accounts()

    def _codes(self, company=None):
        company = (company or self.company).sudo()
        accounts = company.hub_time_debit_account_id
        accounts |= company.hub_time_credit_account_id
        return accounts.with_company(company).mapped("code")

    def test_accounts_are_opened_where_the_numbers_are_free(self):
        self.assertFalse(self.year.is_set)
        self._propose()
        self.assertEqual(self._codes(), ["864000", "875000"])
        self.assertEqual(
            set(
                (
                    self.company.hub_time_debit_account_id
                    | self.company.hub_time_credit_account_id
                ).mapped("account_type")
            ),
            {"off_balance"},
        )
        self.assertEqual(self.company.hub_time_journal_id.code, "MISC")
        self.env.invalidate_all()
        self.assertTrue(self.year.is_set)
        count = self.env["account.account"].search_count([])
        self._propose()
        self.assertEqual(self.env["account.account"].search_count([]), count)

    def test_accounts_are_named_in_every_language(self):
        self._propose()
        account = self.company.hub_time_debit_account_id
        self.assertEqual(account.name, "Volunteer staff")
        french = account.with_context(lang="fr_FR").name
        self.assertEqual(french, "Personnel bénévole")

    def _account(self, code, name, kind, **vals):
        return self.env["account.account"].create(
            {"code": code, "name": name, "account_type": kind, **vals}
        )

    def test_a_number_that_means_something_else_stays_as_it_is(self):
        for name, kind in (
            ("Volunteer bonds", "expense"),
            ("Leasing commitments", "off_balance"),
        ):
            with self.subTest(name), self.cr.savepoint() as savepoint:
                account = self._account("875000", name, kind)
                with self.assertRaisesRegex(UserError, f"875000 is “{name}”"):
                    self._propose()
                self.assertRecordValues(account, [{"name": name, "account_type": kind}])
                savepoint.rollback()
                self.env.invalidate_all()

    def test_accounts_opened_by_hand_are_used(self):
        mine = self._account("864000", "Personnel bénévole", "off_balance")
        self._propose()
        self.assertEqual(self.company.hub_time_debit_account_id, mine)

    def test_accounts_chosen_before_are_kept(self):
        mine = self._account("999100", "Time received", "off_balance")
        self.company.hub_time_debit_account_id = mine
        self._propose()
        self.assertEqual(self.company.hub_time_debit_account_id, mine)
        self.assertEqual(self.company.hub_time_credit_account_id.code, "875000")

    def test_accounts_of_the_balance_sheet_are_refused(self):
        asset = self._account("274801", "Loans", "asset_fixed")
        with (
            self.assertRaisesRegex(ValidationError, "off-balance"),
            self.cr.savepoint(),
        ):
            self.company.hub_time_debit_account_id = asset
        self._propose()
        with self.assertRaisesRegex(ValidationError, "two different"):
            self.company.hub_time_credit_account_id = (
                self.company.hub_time_debit_account_id
            )

    def test_a_company_without_a_chart_gets_a_journal_too(self):
        bare = self.env["res.company"].create({"name": "No chart"})
        self.users["accountant"].write(
            {"company_ids": [Command.link(bare.id)], "company_id": bare.id}
        )
        self._propose(company=bare)
        self.assertEqual(self._codes(bare), ["864000", "875000"])
        journal = bare.hub_time_journal_id
        self.assertEqual((journal.company_id, journal.type), (bare, "general"))
        self.assertFalse(self.company.hub_time_debit_account_id)

    def test_a_branch_uses_the_accounts_of_its_company(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        self.users["accountant"].write(
            {"company_ids": [Command.link(branch.id)], "company_id": branch.id}
        )
        self._propose(company=branch)
        self.assertEqual(branch.hub_time_debit_account_id.company_ids, self.company)
        self.assertEqual(self._codes(branch), ["864000", "875000"])

    def test_only_whoever_keeps_the_chart_opens_accounts(self):
        for role in ("finance", "coordinator", "manager", "employee"):
            with self.assertRaises(AccessError, msg=role):
                self._propose(role)
        other = self.env["res.company"].create({"name": "Not mine"})
        with self.assertRaises(AccessError):
            self._propose(company=other)
        self.assertFalse(self._codes())
