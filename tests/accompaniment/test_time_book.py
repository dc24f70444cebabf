import io
from datetime import date

import openpyxl

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from ...reports.xlsx_book import Book
from ..common import HubCommon, HubUsersMixin
from .valuation import ValuationMixin

DANGEROUS = ("=1+1", "+33 6", "-2", "@SUM(A1)", "https://example.org")


def rows_of(content, sheet):
    """Cells of a sheet below its headings, as shown."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return [list(row) for row in book[sheet].iter_rows(min_row=4, values_only=True)]


def types_of(content):
    """``{value: type}`` of all cells, ``f`` for a formula."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        cell.value: cell.data_type
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    }


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 12:00:00")
class TestTimeBook(ValuationMixin, HubCommon):
    """The time given, opened in a spreadsheet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_valuation()
        cls.project = cls.env["crm.lead"].create(
            {
                "name": "=Bakery",
                "is_hub_project": True,
                "hub_holder_ids": [
                    Command.create({"partner_id": cls.paul.id, "is_contact": True})
                ],
            }
        )
        cls.programme = cls.env["hub.programme"].create({"name": "+City 2025"})
        line = cls.hours.search([("date", "=", "2025-02-03")])
        line.sudo().write(
            {
                "lead_id": cls.project.id,
                "programme_id": cls.programme.id,
                "name": "@home, -2 pages",
            }
        )

    def _content(self, role="coordinator", **context):
        hours = self.hours.with_user(self.users[role]).with_context(**context)
        return hours._book(self.company, date(2025, 1, 1), date(2025, 12, 31))

    def test_each_line_is_there_with_its_words_and_numbers(self):
        rows = rows_of(self._content(), "Lines")
        self.assertEqual(len(rows), 6)
        first = rows[0]
        self.assertEqual(first[0].date(), date(2025, 2, 3))
        self.assertEqual(
            first[1:],
            ["Paul", "Volunteer", "Accompaniment", "=Bakery", "+City 2025"]
            + ["@home, -2 pages", "Added by hand", 2, "Validated", 10, 20],
        )
        states = [row[9] for row in rows]
        self.assertEqual(states.count("To validate"), 1)

    def test_sums_are_those_counted_by_hand(self):
        content = self._content()
        nadia, adviser = self.nadia.name, self.employee.name
        self.assertEqual(
            rows_of(content, "By person"),
            [
                [adviser, "Employee", 7, 0, 0],
                [nadia, "Volunteer", 3.25, 0, 63],
                ["Paul", "Volunteer", 3.5, 1, 38],
                ["In all", None, 13.75, 1, 101],
            ],
        )
        self.assertEqual(
            rows_of(content, "By function"),
            [
                ["Accompaniment", "Volunteer", 3.5, 0, 38],
                ["Life of the network", "Volunteer", 0, 1, 0],
                ["Reception", "Volunteer", 0.25, 0, 3],
                ["Running the hub", "Employee", 7, 0, 0],
                ["Running the hub", "Volunteer", 3, 0, 60],
                ["In all", None, 13.75, 1, 101],
            ],
        )
        self.assertEqual(
            rows_of(content, "By programme")[-2:],
            [
                ["+City 2025", "Paul", "Volunteer", "Accompaniment", 2, 0, 20],
                ["In all", None, None, None, 13.75, 1, 101],
            ],
        )
        self.assertEqual(rows_of(content, "By project")[-2][0], "=Bakery")
        months = [row[0] for row in rows_of(content, "By month")]
        self.assertEqual(
            months,
            ["2025-02", "2025-03", "2025-05", "2025-07", "2025-09", "2025-12"]
            + ["In all"],
        )

    def test_text_is_never_a_formula(self):
        types = types_of(self._content())
        for text in ("=Bakery", "+City 2025", "@home, -2 pages"):
            self.assertEqual(types[text], "s", text)
        book = Book()
        book.sheet("A", "=2", [("-b", "text")], [[text] for text in DANGEROUS])
        types = types_of(book.content())
        for text in ("=2", "-b", *DANGEROUS):
            self.assertEqual(types[text], "s", text)

    def test_names_of_sheets_are_short_plain_and_different(self):
        book = Book()
        for name in ("a/b:[c]", "x" * 40, "x" * 40, "X" * 40, ""):
            book.sheet(name, "t", [("h", "text")], [])
        found = openpyxl.load_workbook(io.BytesIO(book.content())).sheetnames
        self.assertEqual(found[0], "a b  c")
        self.assertEqual([len(name) for name in found[1:4]], [31, 31, 31])
        self.assertEqual(len({name.casefold() for name in found}), 5)

    def test_finance_takes_it_without_projects_and_words(self):
        content = self._content("finance")
        book = openpyxl.load_workbook(io.BytesIO(content))
        self.assertNotIn("By project", book.sheetnames)
        headings = [cell.value for cell in book["Lines"][3]]
        self.assertEqual(len(headings), 10)
        self.assertNotIn("=Bakery", types_of(content))
        self.assertNotIn("@home, -2 pages", types_of(content))
        self.assertEqual(rows_of(content, "By person")[-1][2:], [13.75, 1, 101])

    def test_others_take_nothing_away(self):
        for role in ("adviser", "volunteer", "board", "sales", "employee", "portal"):
            with self.assertRaises(AccessError, msg=role):
                self._content(role)

    def test_an_empty_period_gives_headings(self):
        hours = self.hours.with_user(self.users["coordinator"])
        content = hours._book(self.company, date(2001, 1, 1), date(2001, 1, 2))
        self.assertEqual(rows_of(content, "Lines"), [])

    def test_it_speaks_french(self):
        content = self._content(lang="fr_FR")
        book = openpyxl.load_workbook(io.BytesIO(content))
        self.assertEqual(
            book.sheetnames,
            ["Lignes", "Par personne", "Par fonction", "Par projet"]
            + ["Par dispositif", "Par mois"],
        )
        headings = [cell.value for cell in book["Lignes"][3]]
        self.assertEqual(headings[:3], ["Date", "Personne", "Donné comme"])

    def test_many_lines_cost_as_many_queries_as_a_few(self):
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._content()
            return self.cr.sql_log_count - before

        cost()
        few = cost()
        for day in range(1, 21):
            self._more(0.5, f"2025-04-{day:02}", person=self.nadia)
        self.assertEqual(cost(), few)


@tagged("post_install", "-at_install")
class TestTimeBookPage(HubUsersMixin, HttpCase):
    """The address of the spreadsheet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls.path = f"/solidarity_hub/time/{cls.company.id}"

    def _open(self, role, path="/2025-01-01/2025-12-31"):
        login = self.users[role].login
        self.authenticate(login, login + "x" * (8 - len(login)))
        start = path if path.startswith("/solidarity_hub") else self.path + path
        return self.url_open(start)

    def test_the_coordination_and_finance_download_it(self):
        for role in ("coordinator", "manager", "finance"):
            answer = self._open(role)
            self.assertEqual(answer.status_code, 200, role)
            self.assertTrue(answer.content.startswith(b"PK"))
            self.assertIn("2025-12-31.xlsx", answer.headers["Content-Disposition"])

    @mute_logger("odoo.http")
    def test_nobody_else_does(self):
        for role in ("adviser", "volunteer", "board", "sales", "portal"):
            answer = self._open(role)
            self.assertNotIn(b"PK", answer.content[:2], role)
            self.assertEqual(answer.status_code, 403, role)

    def test_a_wrong_address_tells_nothing(self):
        other = self.env["res.company"].create({"name": "Second hub"})
        for path in (
            "/2025-13-01/2025-12-31",
            "/x/y",
            f"/solidarity_hub/time/{other.id}/2025-01-01/2025-12-31",
        ):
            self.assertEqual(self._open("coordinator", path).status_code, 404, path)

    def test_the_wizard_leads_there(self):
        book = self.env["hub.hours.book"].with_user(self.users["finance"])
        action = book.create(
            {"date_from": "2025-01-01", "date_to": "2025-12-31"}
        ).action_download()
        self.assertEqual(action["url"], f"{self.path}/2025-01-01/2025-12-31")
