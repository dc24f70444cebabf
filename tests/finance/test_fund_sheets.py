import io
from datetime import date

import openpyxl

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from ..common import HubUsersMixin
from .common import ACCOUNTANT
from .funds import FundCommon, FundMixin

FIRST, LAST = date(2026, 1, 10), date(2026, 3, 31)


def tables_of(content, sheet):
    """``[[row, …], …]``: the tables of a sheet, heads first, as shown."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    tables = [[]]
    for row in book[sheet].iter_rows(min_row=3, values_only=True):
        cells = list(row)
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            tables[-1].append(cells)
        else:
            tables.append([])
    return [table for table in tables if table]


@tagged("post_install", "-at_install")
class TestFundSheets(FundCommon):
    """The fund book opened in a spreadsheet says what the figures of the fund say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._user("sheets", ACCOUNTANT)
        cls.fund = cls._create_fund("=Honour/one", reserve_amount=100)
        cls.gift = cls._grant(cls.fund, 2000)
        cls.loan_in = cls._grant(cls.fund, 1000, "loan", partner=cls.odile)
        cls._receive(cls.gift, "2026-01-05")
        cls._receive(cls.loan_in, "2026-01-12")
        with freeze_time("2026-01-20"):
            cls.loan = cls._loan(600)
            cls._disburse(cls.loan)
        with freeze_time("2026-03-01"):
            cls._post_due(cls.loan)
            cls._pay(cls.loan.action_register_payment())
            cls.promised = cls._loan(500)
            cls._sign(cls.promised)
        with freeze_time("2026-04-02"):
            cls._post_due(cls.loan)
            cls._pay(cls.loan.action_register_payment())

    @classmethod
    def _loan(cls, amount):
        loan = cls._create_loan(
            amount=amount,
            annual_rate=12,
            periods=6,
            grace_periods=0,
            grace_type="none",
            disbursement_date="2026-02-01",
            first_due_date="2026-03-01",
        )
        return cls._share(loan, (cls.fund, amount))

    def _content(self, first=FIRST, last=LAST, user=None, **context):
        funds = self.env["hub.fund"].with_user(user or self.accountant)
        return funds.with_context(**context)._spreadsheet(self.company, first, last)

    def _tables(self, **kwargs):
        return tables_of(self._content(**kwargs), "=Honour one")

    def test_the_first_sheet_has_a_line_for_each_fund(self):
        other = self._create_fund("Empty")
        [[head, *rows]] = tables_of(self._content(), "Funds")
        figures = self.fund._figures(LAST)[self.fund]
        self.assertEqual(
            [row[0] for row in rows], [self.fund.name, other.name, "In all"]
        )
        told = dict(zip(head[1:], rows[0][1:], strict=True))
        self.assertEqual(told["Received so far"], 3000)
        self.assertEqual(told["Promised"], 500)
        self.assertEqual(told["Can be lent"], figures["available"])
        self.assertEqual(rows[2][1:], rows[0][1:])
        self.assertFalse(any(rows[1][1:]))

    def test_figures_are_those_before_the_first_day_and_on_the_last(self):
        [[head, *rows], *_others] = self._tables()
        self.assertEqual(head, ["Figures", "Before 01/10/2026", "End of 03/31/2026"])
        told = {name: (before, after) for name, before, after in rows}
        self.assertEqual(told["Received so far"], (2000, 3000))
        self.assertEqual(told["Lent"], (0, 600))
        principal = self.loan.instalment_ids[0].principal
        self.assertEqual(told["Paid back"], (0, principal))
        self.assertEqual(told["In hand"], (2000, 2400 + principal))
        self.assertEqual(told["Can be lent"], (1900, 1800 + principal))

    def test_each_contribution_is_told_as_it_stood(self):
        [_word], [head, *rows] = self._split(self._tables()[1])
        self.assertEqual(len(rows), 3)
        one = dict(zip(head, rows[1], strict=True))
        self.assertEqual(one["Number"], self.loan_in.name)
        self.assertEqual((one["Funder"], one["Granted"]), ("Odile Maréchal", 1000))
        self.assertEqual(one["Still owed to the funder"], 1000)
        # 600 were lent of 2,000 and 1,000
        self.assertEqual((rows[0][-1], rows[1][-1]), (400, 200))
        _figures, [_word, _head, *rows], *_others = self._tables(last=date(2026, 1, 11))
        self.assertEqual([row[5] for row in rows], [2000, 0, 2000])

    def _split(self, table):
        return table[:1], table[1:]

    def test_loans_sum_to_the_figures_of_the_fund(self):
        for last in (LAST, date(2026, 1, 10), date(2026, 12, 31)):
            with self.subTest(str(last)):
                figures = self.fund._figures(last)[self.fund]
                _figures, _given, [_word, head, *rows], *_rest = self._tables(last=last)
                told = dict(zip(head, rows[-1], strict=True)) if rows else {}
                for label, name in (
                    ("Promised", "committed"),
                    ("Lent", "lent"),
                    ("Paid back", "repaid"),
                    ("With borrowers", "outstanding"),
                    ("Interest and fees", "interest"),
                ):
                    self.assertAlmostEqual(told.get(label, 0), figures[name], 2, label)
        self.assertEqual(
            [row[0] for row in rows[:2]], [self.loan.name, self.promised.name]
        )

    def test_movements_lead_from_one_balance_to_the_other(self):
        figures, *_others, [_word, head, *rows] = self._tables()
        balances = {row[0]: row[1:] for row in figures}["In hand"]
        self.assertEqual(head[0], "Date")
        self.assertTrue(all(FIRST <= row[0].date() <= LAST for row in rows))
        self.assertEqual(
            rows[0][1:4],
            ["Received from a funder", "Odile Maréchal", self.loan_in.name],
        )
        self.assertEqual(rows[0][-2:], [1000, 3000])
        self.assertEqual(
            round(balances[0] + sum(row[-2] for row in rows), 2), balances[1]
        )
        self.assertEqual(rows[-1][-1], balances[1])
        lent = [row for row in rows if row[1] == "Lent"]
        self.assertEqual([row[6] for row in lent], [400, 200])
        self.assertEqual(
            lent[0][4:6], [self.loan.name, self.loan.tranche_ids.move_id.name]
        )

    def test_text_is_never_a_formula(self):
        book = openpyxl.load_workbook(io.BytesIO(self._content()))
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        self.assertRegex(cell.value, r"^=SUBTOTAL\(109,[A-Z0-9:]+\)$")
        self.assertEqual(book["Funds"]["A4"].value, "=Honour/one")

    def test_what_is_archived_is_told_as_long_as_it_has_a_past(self):
        self.gift.active = False
        rows = self._tables()[1]
        self.assertIn(self.gift.name, [row[0] for row in rows])
        gone, empty = self._create_fund("Gone"), self._create_fund("Never used")
        one = self._grant(gone, 10, "loan")
        self._receive(one)
        one.line_ids.create(
            {
                "contribution_id": one.id,
                "kind": "return",
                "principal": 10,
                "date": "2026-02-01",
            }
        )
        with freeze_time("2026-02-01"):
            self._pay(one.action_return())
        (gone | empty).active = False
        names = openpyxl.load_workbook(io.BytesIO(self._content())).sheetnames
        self.assertIn("Gone", names)
        self.assertNotIn("Never used", names)

    def test_the_figures_of_a_day_are_shown_on_the_screen(self):
        book = self.env["hub.fund.book"].with_user(self.accountant)
        action = book.create({"date_from": FIRST, "date_to": LAST}).action_show()
        self.assertIn("03/31/2026", action["display_name"])
        [row] = (
            self.env["hub.fund"]
            .with_user(self.accountant)
            .with_context(**action["context"])
            .search_read(action["domain"], ["received_amount", "committed_amount"])
        )
        self.assertEqual((row["received_amount"], row["committed_amount"]), (3000, 500))

    def test_only_coordination_and_finance_take_it_away(self):
        for group in ("hub_board", "hub_adviser", "hub_volunteer"):
            user = self._user(f"taker_{group}", f"solidarity_hub.group_{group}")
            with self.assertRaises(AccessError, msg=group):
                self._content(user=user)
        user = self._user("coordinates", "solidarity_hub.group_hub_coordinator")
        self.assertTrue(self._content(user=user))

    def test_it_speaks_french(self):
        book = openpyxl.load_workbook(io.BytesIO(self._content(lang="fr_FR")))
        self.assertEqual(book.sheetnames, ["Fonds", "=Honour one"])
        words = {cell.value for row in book["=Honour one"].iter_rows() for cell in row}
        self.assertLessEqual({"Apports", "Prêts", "Mouvements", "Financeur"}, words)
        self.assertFalse(words & {"Contributions", "Loans", "Movements", "Lent"})

    def test_many_funds_cost_as_many_queries_as_one(self):
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._content()
            return self.cr.sql_log_count - before

        cost()
        few = cost()
        own = self.company.partner_id
        opening = {"kind": "opening", "principal": 100, "date": "2026-01-20"}
        with freeze_time("2026-02-01"):
            for number in range(20):
                fund = self._create_fund(f"F{number}")
                for partner in (own, self.odile):
                    self._grant(
                        fund,
                        100,
                        partner=partner,
                        line_ids=[Command.create({**opening, "note": "Before"})],
                    )
                loan = self._create_loan(
                    amount=150,
                    disbursement_date="2026-02-01",
                    first_due_date="2026-09-01",
                    partner_id=self.env["res.partner"]
                    .create({"name": f"P{number}"})
                    .id,
                )
                self._sign(self._share(loan, (fund, 150)))
        self.assertEqual(cost(), few)


@tagged("post_install", "-at_install")
class TestFundSheetsPage(FundMixin, HubUsersMixin, HttpCase):
    """The address of the spreadsheet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls.env["hub.fund"].create({"name": "Fund"})
        cls.path = f"/solidarity_hub/funds/{cls.company.id}"

    def _open(self, role, path="/2026-01-01/2026-12-31"):
        login = self.users[role].login
        self.authenticate(login, login + "x" * (8 - len(login)))
        return self.url_open(path if path.startswith("/s") else self.path + path)

    def test_the_coordination_and_finance_download_it(self):
        for role in ("coordinator", "manager", "finance"):
            answer = self._open(role)
            self.assertEqual(answer.status_code, 200, role)
            self.assertTrue(answer.content.startswith(b"PK"))
            self.assertIn("2026-12-31.xlsx", answer.headers["Content-Disposition"])

    @mute_logger("odoo.http")
    def test_nobody_else_does(self):
        for role in ("adviser", "volunteer", "board", "sales", "portal"):
            answer = self._open(role)
            self.assertEqual(answer.status_code, 403, role)
            self.assertNotIn(b"PK", answer.content[:2], role)

    def test_a_wrong_address_tells_nothing(self):
        other = self.env["res.company"].create({"name": "Second hub"})
        for path in (
            "/2026-13-01/2026-12-31",
            "/x/y",
            f"/solidarity_hub/funds/{other.id}/2026-01-01/2026-12-31",
        ):
            self.assertEqual(self._open("coordinator", path).status_code, 404, path)

    def test_the_wizard_leads_there(self):
        book = self.env["hub.fund.book"].with_user(self.users["finance"])
        days = {"date_from": "2026-01-01", "date_to": "2026-12-31"}
        action = book.create(days).action_download()
        self.assertEqual(action["url"], f"{self.path}/2026-01-01/2026-12-31")
        with self.assertRaisesRegex(ValidationError, "before the first"):
            book.create({**days, "date_to": "2025-01-01"})
