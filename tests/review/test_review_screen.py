from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import FiguresCommon


@tagged("post_install", "-at_install")
@freeze_time("2025-03-15")
class TestReviewScreen(FiguresCommon):
    """Years side by side, in the order of the report; the day of the meeting."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        reviews = cls.env["hub.annual.review"].with_user(cls.users["coordinator"])
        for year, number in ((2022, 5), (2023, 7)):
            typed = reviews.create(
                {
                    "year": year,
                    "lang": "en_US",
                    "origin": "typed",
                    "figure_ids": [
                        Command.create({"code": code, "typed_value": number})
                        for code in ("person.accompanied", "person.received")
                    ],
                }
            )
            typed.action_validate()
        cls.review = reviews.create({"year": 2024, "lang": "en_US"})

    def test_figures_stand_in_the_order_of_the_report(self):
        figures = self.env["hub.review.figure"]
        groups = figures.formatted_read_group(
            [("review_id", "=", self.review.id)], ["code"], ["__count"]
        )
        found = [group["code"] for group in groups]
        catalogue = [code for code, _label in figures._selection_code()]
        self.assertEqual(found, [code for code in catalogue if code in found])
        self.assertLess(
            found.index("person.received"), found.index("person.accompanied")
        )

    def test_years_side_by_side_on_the_screen(self):
        for year in ("2022", "2023", "2024"):
            self.assertIn(f">{year}</th>", self.review.years_html)
        self.assertIn("Persons received", self.review.years_html)
        first = self.review.search([("year", "=", 2022)])
        self.assertFalse(first.years_html)

    def test_the_meeting_says_its_day(self):
        # In Paris it is the next day already.
        event = self._moment("2025-02-03 23:30:00", "review")
        with Form(self.review) as form:
            form.event_id = event
        self.assertEqual(str(self.review.validated_on), "2025-02-04")
