import io
import zipfile
from xml.etree import ElementTree

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..common import HubCommon

CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def words_of(content):
    """All words of a workbook, each sheet's name first."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = [
            sheet.get("name")
            for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(
                f"{CELL}sheet"
            )
        ]
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        return names, [text.text for text in shared.iter(f"{CELL}t")]


@tagged("post_install", "-at_install")
@freeze_time("2011-03-15")
class TestReviewDocuments(HubCommon):
    """The review printed, and its figures in a spreadsheet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = cls._typed(
            2003,
            {
                "person.received": 267,
                "project.accompanied": 137,
                "project.completed": 65,
                "project.activities": 29,
                "project.jobs": 35,
            },
        )
        cls.before.action_validate()
        cls.review = cls._typed(
            2010,
            {
                "person.received": 404,
                "person.accompanied": 375,
                "person.with_activity": 75,
                "person.with_job": 95,
                "person.with_training": 15,
                "person.continuing": 102,
            },
        )

    @classmethod
    def _typed(cls, year, figures):
        return cls.env["hub.annual.review"].create(
            {
                "year": year,
                "origin": "typed",
                "lang": "en_US",
                "figure_ids": [
                    Command.create({"code": code, "typed_value": value})
                    for code, value in figures.items()
                ],
            }
        )

    def _printed(self, review):
        report = self.env["ir.actions.report"].with_context(lang="en_US")
        html, _kind = report._render_qweb_html(
            "solidarity_hub.report_annual_review", review.ids
        )
        return html.decode()

    def test_88_of_375_are_shown_as_other(self):
        page = self._printed(self.review)
        self.assertIn("Other or unknown: 88", page)
        self.assertIn("Worked out from the figures of the report", page)

    def test_years_stand_side_by_side_each_series_for_itself(self):
        years, rows, pictures = self.review._print_years()
        self.assertEqual(years, [2003, 2010])
        self.assertEqual(
            [(row["figure"].code, row["cells"]) for row in rows],
            [("person.received", ["267", "404"])],
        )
        self.assertEqual(len(pictures), 1)
        page = self._printed(self.review)
        self.assertIn("+51.3 % (2003: 267)", page)

    def test_charts_are_pictures_with_words(self):
        page = self._printed(self.review)
        self.assertIn("<svg", page)
        self.assertIn(
            "<desc>With an activity", page.replace("<desc>with", "<desc>With")
        )

    def test_every_figure_stands_with_its_definition(self):
        page = self._printed(self.review)
        for line in self.review.figure_ids:
            self.assertIn(line.name, page)
            self.assertIn(line.definition.split("%")[0][:40], page)

    def test_a_computed_review_prints_all_colleges_even_silent_ones(self):
        review = self.env["hub.annual.review"].create({"year": 2009, "lang": "en_US"})
        page = self._printed(review)
        for college in self.env["hub.college"].search(
            [("company_id", "=", self.company.id)]
        ):
            self.assertIn(college.name, page)
        self.assertIn("No signed contribution.", page)
        self.assertIn("not published yet", page)

    def test_the_spreadsheet_holds_what_is_printed(self):
        self.review.figure_ids.filtered(
            lambda line: line.code == "person.received"
        ).write({"base_year": 2009, "base_value": 400})
        names, words = words_of(self.review._book())
        self.assertEqual(names, ["Figures", "Years", "Colleges", "Definitions"])
        for word in ("Received", "Accompanied", "Persons", "Other or unknown"):
            self.assertIn(word, words)

    def test_words_that_look_like_formulas_stay_words(self):
        self.review.figure_ids.create(
            {"review_id": self.review.id, "name": "=1+1", "typed_value": 2}
        )
        _names, words = words_of(self.review._book())
        self.assertIn("=1+1", words)

    def test_french_is_complete(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(["solidarity_hub"], ["fr_FR"])
        self.review.lang = "fr_FR"
        self.assertEqual(self.review.with_context(lang="fr_FR")._file_name(),
                         "Bilan participatif 2010 v1")  # fmt: skip
