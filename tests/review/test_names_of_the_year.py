from odoo.tests import tagged

from .common import FiguresCommon

# What the figures of a year are grouped by, as the names stand in the design.
BOTH = (
    "year",
    "territory_id",
    "zone",
    "industry_id",
    "kind",
    "referral",
    "legal_form",
    "result",
)
PEOPLE = (*BOTH, "gender", "age_band", "status")
PROJECTS = (*BOTH, "phase")


@tagged("post_install", "-at_install")
class TestNamesOfTheYear(FiguresCommon):
    """Models of the year by the names that scripts of others call, as each role that
    may."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        person = cls._person(hub_gender="female", hub_birth_year=1990)
        cls.lead = cls._project(person, received="2024-02-29", hub_kind="individual")
        cls._interview(cls.lead)
        cls._led(cls.lead, "job")

    def _as(self, role, model):
        self.env.flush_all()
        return self.env[model].with_user(self.users[role])

    def test_reports_are_grouped_by_each_name(self):
        for model, names in (
            ("hub.person.report", PEOPLE),
            ("hub.project.report", PROJECTS),
        ):
            for name in names:
                with self.subTest(model, name=name):
                    groups = self._as("adviser", model).formatted_read_group(
                        [("year", "=", "2024")], [name], ["accompanied:sum"]
                    )
                    self.assertEqual([g["accompanied:sum"] for g in groups], [1])

    def test_one_row_a_subject_and_year_whatever_the_condition(self):
        """Asked for one year, for several, or for all: the rows are the same."""
        self.lead.hub_reception_date = "2023-01-10"
        for model in ("hub.person.report", "hub.project.report"):
            rows = self._as("adviser", model)
            every = rows.search([])
            self.assertEqual(set(every.mapped("year")), {"2023", "2024"})
            for domain, years in (
                ([("year", "=", "2024")], {"2024"}),
                ([("year", "in", ["2023", "2024"])], {"2023", "2024"}),
                ([("year", "!=", "2024")], {"2023"}),
                (["!", ("year", "=", "2024")], {"2023"}),
                (["|", ("year", "=", "2024"), ("received", "=", 1)], {"2023", "2024"}),
                ([("received", "=", 1), ("year", "=", "2023")], {"2023"}),
                ([("year", "=", "2020")], set()),
                ([("year", "=", False)], set()),
                ([("year", "ilike", "24")], {"2024"}),
                ([("year", ">=", "2024")], {"2024"}),
            ):
                with self.subTest(model, domain=domain):
                    found = rows.search(domain)
                    self.assertEqual(set(found.mapped("year")), years)
                    self.assertLessEqual(found, every)

    def test_a_row_is_read_again_by_its_id(self):
        for model in ("hub.person.report", "hub.project.report"):
            rows = self._as("adviser", model)
            row = rows.search([("year", "=", "2024")])
            self.assertEqual(rows.search([("id", "=", row.id)]), row)
            self.assertEqual(rows.search([("id", "in", row.ids)]), row)
            self.assertFalse(rows.search([("id", "not in", row.ids)]) & row)
            self.env.invalidate_all()
            self.assertEqual(row.accompanied, 1)
            self.assertEqual(row.read(["year"])[0]["year"], "2024")

    def test_a_review_is_created_by_its_year(self):
        review = self._as("coordinator", "hub.annual.review").create({"year": 2024})
        found = {line.code: line for line in review.figure_ids}
        line = found["project.accompanied"]
        self.assertEqual(line.value, 1)
        self.assertTrue(line.definition and review.computed_on and review.queries)
        answers = self.env["hub.review.answer"]
        self.assertIn("college_id", answers._fields)
        self.assertNotIn("partner_id", answers._fields)

    def test_a_programme_counts_projects_events_and_hours(self):
        programme = self._as("coordinator", "hub.programme").create(
            {"name": "ESF+", "date_start": "2024-01-01", "date_end": "2024-12-31"}
        )
        self.lead.hub_programme_ids = programme
        self.assertIn("hub_programme_ids", self.env["event.event"]._fields)
        self.assertIn("programme_id", self.env["hub.volunteer.hours"]._fields)
        self.assertEqual(self._count(programmes=programme.ids)["project.jobs"], 1)

    def test_the_first_page_tells_the_life_of_the_hub(self):
        self.env["hub.milestone"].create(
            {"name": "Opening", "kind": "opening", "date": "2024-01-10"}
        )
        page = self._as("board", "hub.overview").get_overview()
        self.assertEqual(page["milestones"]["dates"][0]["name"], "Opening")
