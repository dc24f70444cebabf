import io
from datetime import date

import openpyxl

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .common import LoanCommon, LoanMixin


def sheet_of(content, name):
    """``(headings, rows)`` of a sheet, as shown."""
    sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True)[name]
    heads, *rows = (list(row) for row in sheet.iter_rows(min_row=3, values_only=True))
    return heads, rows


@tagged("post_install", "-at_install")
class TestLoanBook(LoanCommon):
    """The loan book in a spreadsheet, with what is open by age."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.amina.name = "=Amina"
        with freeze_time("2025-10-05"):
            cls.loan = cls._disburse(
                cls._create_loan(
                    annual_rate=6,
                    grace_periods=0,
                    periods=12,
                    amount=1200,
                    disbursement_date=date(2025, 10, 5),
                    first_due_date=date(2025, 11, 5),
                )
            )
            cls.punctual = cls._disburse(
                cls._create_loan(
                    partner_id=cls.denis.id,
                    annual_rate=0,
                    grace_periods=0,
                    periods=10,
                    amount=1000,
                    disbursement_date=date(2025, 10, 5),
                    first_due_date=date(2026, 1, 20),
                )
            )
        cls.draft = cls._create_loan(purpose="not decided")
        cls.reader = cls._user("book_finance", "solidarity_hub.group_hub_finance")

    def _content(self, user=None, **context):
        with freeze_time("2026-01-20"):
            self._post_due(self.loan | self.punctual)
            self.env.flush_all()
            loans = self.env["hub.loan"].with_user(user or self.reader)
            return loans.with_context(**context)._book(self.company)

    def test_the_book_has_each_loan_that_was_signed(self):
        heads, rows = sheet_of(self._content(), "Loans")
        self.assertEqual(len(rows), 3, "two loans and their sums")
        by_name = {row[0]: dict(zip(heads, row, strict=True)) for row in rows}
        first = by_name[self.loan.name]
        self.assertEqual(first["Borrower"], "=Amina")
        self.assertEqual(first["Amount"], 1200)
        self.assertEqual(first["State"], "Running")
        self.assertAlmostEqual(first["Still to pay back"], 1200)
        late = sum(self.loan.instalment_ids.mapped("residual_amount"))
        self.assertAlmostEqual(first["Late"], late)
        self.assertEqual(first["Days late"], 76)
        sums = by_name["In all"]
        self.assertAlmostEqual(sums["Amount"], 2200)
        self.assertIsNone(
            sums["TEG" if "TEG" in heads else heads[9]], "no sum of rates"
        )

    def test_ages_are_those_counted_by_hand(self):
        heads, rows = sheet_of(self._content(), "Arrears by age")
        first = dict(zip(heads, rows[0], strict=True))
        one, two, three = self.loan.instalment_ids.sorted("sequence")[:3]
        self.assertAlmostEqual(first["61 to 90 days"], one.amount)
        self.assertAlmostEqual(first["31 to 60 days"], two.amount)
        self.assertAlmostEqual(first["1 to 30 days"], three.amount)
        self.assertEqual(first["Not overdue"], 0)
        second = dict(zip(heads, rows[1], strict=True))
        self.assertAlmostEqual(second["Not overdue"], 100, msg="due today")
        self.assertEqual(second["Of which late"], 0)
        total = dict(zip(heads, rows[-1], strict=True))
        self.assertAlmostEqual(total["Unpaid"], first["Unpaid"] + 100)
        self.assertAlmostEqual(
            total["Of which late"], one.amount + two.amount + three.amount
        )

    def test_what_is_open_and_what_is_to_come(self):
        content = self._content()
        _heads, open_lines = sheet_of(content, "Open instalments")
        self.assertEqual(len(open_lines), 5)
        heads, months = sheet_of(content, "To come")
        self.assertEqual(months[0][0].date(), date(2026, 2, 1))
        planned = (self.loan | self.punctual).instalment_ids.filtered(
            lambda line: not line.due_move_id
        )
        self.assertAlmostEqual(
            dict(zip(heads, months[-1], strict=True))["To pay"],
            sum(planned.mapped("amount")),
            places=2,
        )

    def test_text_is_never_a_formula(self):
        book = openpyxl.load_workbook(io.BytesIO(self._content()))
        kinds = {
            cell.value: cell.data_type
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
        }
        self.assertEqual(kinds["=Amina"], "s")
        self._assert_only_sums(kinds)

    def _assert_only_sums(self, kinds):
        """The only formulas are the sums, of what a filter leaves."""
        formulas = {value for value, kind in kinds.items() if kind == "f"}
        self.assertTrue(formulas)
        self.assertFalse({v for v in formulas if not v.startswith("=SUBTOTAL(109,")})

    def test_sums_follow_a_filter_and_dates_are_the_reader_s(self):
        sheet = openpyxl.load_workbook(io.BytesIO(self._content()))["Loans"]
        sums = {cell.value for cell in sheet[sheet.max_row]}
        self.assertIn("=SUBTOTAL(109,H4:H5)", sums)
        self.assertEqual(sheet.auto_filter.ref, "A3:P5")
        self.assertEqual(sheet["G4"].number_format, "mm-dd-yy", "14: as the reader's")
        self.assertEqual(sheet.page_setup.paperSize, 9)

    def test_only_finance_and_the_coordination_take_it_away(self):
        adviser = self._user("book_adviser", "solidarity_hub.group_hub_adviser")
        with self.assertRaises(AccessError):
            self._content(adviser)
        coordinator = self._user("book_lead", "solidarity_hub.group_hub_coordinator")
        self.assertTrue(self._content(coordinator))
        self.assertTrue(self.env["hub.loan"].action_loan_book()["url"])

    def test_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        book = openpyxl.load_workbook(io.BytesIO(self._content(lang="fr_FR")))
        self.assertIn("Prêts", book.sheetnames)

    def test_queries_do_not_grow_with_the_loans(self):
        counts = []
        # Rights are remembered from the first time on.
        self.env["hub.loan"].with_user(self.reader)._book(self.company)
        for more in (0, 8):
            for number in range(more):
                self._disburse(
                    self._create_loan(
                        partner_id=self.env["res.partner"]
                        .create({"name": f"Person {number}"})
                        .id,
                        annual_rate=0,
                        grace_periods=0,
                        amount=1000,
                        disbursement_date=date(2025, 10, 5),
                        first_due_date=date(2026, 1, 20),
                    ),
                    pay=False,
                )
            with freeze_time("2026-01-20"):
                self._post_due(self.env["hub.loan"].search([]))
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.env["hub.loan"].with_user(self.reader)._book(self.company)
                counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)


@tagged("post_install", "-at_install")
class TestLoanBookDownload(LoanMixin, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_lending()
        cls._user("book_finance", "solidarity_hub.group_hub_finance")
        cls._user("book_adviser", "solidarity_hub.group_hub_adviser")
        cls.other = cls.env["res.company"].create({"name": "Elsewhere"})

    @mute_logger("odoo.http")
    def test_the_file_of_my_hub_alone(self):
        path = f"/solidarity_hub/loans/{self.company.id}"
        self.authenticate("book_finance", "book_finance")
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(answer.content.startswith(b"PK"))
        elsewhere = self.url_open(f"/solidarity_hub/loans/{self.other.id}")
        self.assertEqual(elsewhere.status_code, 404)
        self.authenticate("book_adviser", "book_adviser")
        self.assertEqual(self.url_open(path).status_code, 403)
