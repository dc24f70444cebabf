import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from odoo.tests import freeze_time, tagged

from ..common import HubCommon
from . import by_hand

CASES = Path(__file__).parents[1] / "fixtures" / "figures_cases.json"
GENERATOR = Path(__file__).parents[2] / "dev" / "founding_years.py"
# What the founding texts tell, and what is counted beside it.
TOLD = {
    2003: {
        "person.received": 267,
        "project.accompanied": 137,
        "project.completed": 65,
        "project.activities": 29,
        "project.jobs": 35,
    },
    2010: {
        "person.received": 404,
        "person.accompanied": 375,
        "person.with_activity": 75,
        "person.with_job": 95,
        "person.with_training": 15,
        "person.continuing": 102,
        "person.other": 88,
    },
}


def founding_years():
    spec = spec_from_file_location("founding_years", GENERATOR)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.FoundingYears


@tagged("post_install", "-at_install")
class TestFoundingYears(HubCommon):
    """The years of the founding texts, created one by one, give their figures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Europe/Paris"
        years = founding_years()
        years(cls.env).fill()
        cls.second = cls.env["res.company"].create({"name": "Second hub"})
        cls.second._hub_setup()
        other = years(cls.env, cls.second)
        other.staff = other._people(1, "Référent")
        other._noise(2010)
        cls.reviews = {
            year: cls.env["hub.annual.review"].create({"year": year, "lang": "en_US"})
            for year in TOLD
        }

    def _figures(self, year):
        lines = self.reviews[year].figure_ids
        return {line.code: line.value for line in lines if line.code}

    def test_the_review_gives_the_figures_of_the_founding_texts(self):
        for year, told in TOLD.items():
            found = self._figures(year)
            self.assertEqual({code: found[code] for code in told}, told)

    def test_independent_sql_gives_the_same(self):
        self.env.flush_all()
        for year in TOLD:
            found = self._figures(year)
            for code, query in by_hand.QUERIES.items():
                self.env.cr.execute(query, {"hub": self.company.id, "year": year})
                self.assertEqual(found[code], self.env.cr.fetchone()[0], (year, code))

    def test_projects_and_persons_are_two_series(self):
        """137 projects of 2003 are not compared with 375 persons of 2010, and their
        difference of 404 and 267 is no figure."""
        before, after = self.reviews[2003], self.reviews[2010]
        self.assertNotEqual(self._figures(2003)["person.accompanied"], 137)
        self.assertNotEqual(self._figures(2010)["project.accompanied"], 375)
        before.validated_on = "2004-02-01"
        before.action_validate()
        after.base_id = before
        lines = {line.code: line for line in after.figure_ids}
        self.assertEqual(lines["person.received"].base_value, 267)
        self.assertAlmostEqual(lines["person.received"].evolution, 51.31, 2)
        persons = lines["person.accompanied"]
        self.assertEqual(persons.base_value, self._figures(2003)["person.accompanied"])
        self.assertNotEqual(persons.base_value, 137)

    def test_overlaps_are_told_and_sums_are_never_forced(self):
        found = self._figures(2003)
        self.assertEqual(found["project.several"], 4)
        self.assertEqual(found["project.trainings"], 7)
        self.assertNotEqual(
            found["project.activities"] + found["project.jobs"],
            found["project.completed"],
        )
        for year in TOLD:
            found = self._figures(year)
            for series in ("person", "project"):
                self.assertEqual(
                    found[f"{series}.completed"]
                    + found[f"{series}.continuing"]
                    - found[f"{series}.completed_continuing"]
                    + found[f"{series}.other"],
                    found[f"{series}.accompanied"],
                    (year, series),
                )

    def test_who_goes_on_is_the_opening_stock_of_the_year_after(self):
        review = self.reviews[2010]
        review.validated_on = "2011-02-01"
        review.action_validate()
        after = self.env["hub.annual.review"].create({"year": 2011, "lang": "en_US"})
        opening = after.figure_ids.filtered(lambda one: one.code == "person.opening")
        self.assertEqual(opening.value, 102)

    def test_structures_of_the_dla_stand_apart(self):
        for year in TOLD:
            self.assertEqual(self._figures(year)["structure.accompanied"], 6)

    def test_another_hub_has_its_own(self):
        review = self.env["hub.annual.review"].create(
            {"year": 2010, "company_id": self.second.id, "lang": "en_US"}
        )
        values = {line.code: line.value for line in review.figure_ids}
        self.assertEqual(values["structure.accompanied"], 6)
        self.assertEqual(values["project.received"], 3)
        self.assertEqual(values["person.organisations"], 3)
        for code in ("person.received", "person.accompanied", "project.accompanied"):
            self.assertEqual(values[code], 0)

    def test_reports_hold_the_same_rows(self):
        self.env.flush_all()
        for year in TOLD:
            found = self._figures(year)
            for model, series in (
                ("hub.person.report", "person"),
                ("hub.project.report", "project"),
            ):
                domain = [
                    ("year", "=", str(year)),
                    ("company_id", "=", self.company.id),
                ]
                if series == "project":
                    domain += [("is_dla", "=", False)]
                names = ["received", "accompanied", "completed", "continuing", "other"]
                sums = self.env[model]._read_group(
                    domain, [], [f"{name}:sum" for name in names]
                )[0]
                expected = [found[f"{series}.{name}"] for name in names]
                if series == "person":  # those without a name have no row
                    expected[0] -= found["person.anonymous"]
                self.assertEqual(list(sums), expected, (year, model))

    def test_nothing_changes_when_names_are_taken_away(self):
        """Merged, archived, made anonymous: the figures are those of the year."""
        before = {year: self._figures(year) for year in TOLD}
        breakdowns = {
            year: self._breakdowns(review) for year, review in self.reviews.items()
        }
        holders = self.env["hub.project.holder"].search([])
        holders._keep_facts()
        people = holders.partner_id
        people.with_context(active_test=False).write(
            {"name": "Anonyme", "hub_gender": False, "hub_birth_year": False}
        )
        people.action_archive()
        for review in self.reviews.values():
            review.action_compute()
        self.assertEqual({year: self._figures(year) for year in TOLD}, before)
        self.assertEqual(
            {year: self._breakdowns(r) for year, r in self.reviews.items()}, breakdowns
        )

    def _breakdowns(self, review):
        return [
            (line.base, line.dimension, line.group, line.part, line.count)
            for line in review.breakdown_ids
        ]

    # The cases with known answers

    def test_every_case_with_known_answers(self):
        cases = json.loads(CASES.read_text("utf-8"))["cases"]
        checks = {
            "seed-2003": self._check_2003,
            "seed-2010": self._check_2010,
            "retention": self._check_retention,
        }
        self.assertEqual({case["id"] for case in cases}, set(checks))
        for case in cases:
            with self.subTest(case["id"]):
                checks[case["id"]](case)

    def _percent(self, part, whole):
        return round(100 * part / whole, 2)

    def _check_2003(self, case):
        found, derived = self._figures(2003), case["derived"]
        received, accompanied = found["person.received"], found["project.accompanied"]
        succeeded = found["project.completed"]
        led_to = found["project.activities"] + found["project.jobs"]
        self.assertEqual(
            (received, accompanied, succeeded),
            (case["received"], case["accompanied"], case["succeeded"]),
        )
        self.assertEqual(found["project.activities"], case["creations"])
        self.assertEqual(found["project.jobs"], case["jobs"])
        self.assertEqual(led_to, derived["creations+jobs"])
        self.assertEqual(succeeded - led_to, derived["unexplained_success"])
        self.assertEqual(
            self._percent(accompanied, received), derived["accompanied/received_pct"]
        )
        self.assertEqual(
            self._percent(succeeded, accompanied), derived["succeeded/accompanied_pct"]
        )
        lines = self.reviews[2003].figure_ids
        line = lines.filtered(lambda one: one.code == "person.received")
        # The text names no base; two thirds of those received are one.
        line.write({"base_year": 2002, "base_value": 178})
        self.assertEqual(line.evolution, case["growth_vs_2002_pct"])

    def _check_2010(self, case):
        found, derived = self._figures(2010), case["derived"]
        names = {
            "received": "received",
            "accompanied": "accompanied",
            "creations": "with_activity",
            "jobs": "with_job",
            "training": "with_training",
            "continuing_next_year": "continuing",
        }
        for told, name in names.items():
            self.assertEqual(found[f"person.{name}"], case[told], told)
        other, accompanied = found["person.other"], found["person.accompanied"]
        continuing, positive = found["person.continuing"], found["person.completed"]
        self.assertEqual(other, derived["other_or_stopped"])
        self.assertEqual(accompanied - other, derived["sum_listed"])
        self.assertEqual(positive, derived["positive_outcomes"])
        self.assertEqual(
            self._percent(accompanied, found["person.received"]),
            derived["accompanied/received_pct"],
        )
        self.assertEqual(
            self._percent(positive, accompanied - continuing),
            derived["positive_pct_of_closed"],
        )

    def _check_retention(self, case):
        """Kept for three years after the last contact, then gone: figures stay."""
        self.assertIn("3 years after last contact", case["rule"])
        self.company.hub_forget_months = self.second.hub_forget_months = 36
        before = {year: self._figures(year) for year in TOLD}
        rows = self.env["hub.anonymisation"]
        first = self.env["crm.lead"].with_context(active_test=False)
        first = first.search([("name", "=", "Projet 2003-0")])
        met = self.env["hub.interview"].search([("lead_id", "in", first.ids)]).lead_id
        people = (first - met - first.hub_outcome_ids.lead_id).hub_holder_ids.partner_id
        people = people.filtered(lambda one: not one.is_company)
        self.assertTrue(people)
        with freeze_time("2005-12-31 12:00:00"):
            rows._propose()
            self.assertFalse(rows.search([("partner_id", "in", people.ids)]))
        with freeze_time("2006-01-02 12:00:00"):
            rows._propose()
            listed = rows.search([("state", "=", "proposed")])
            self.assertLessEqual(people, listed.partner_id)
            listed.action_confirm()
            while rows._count_confirmed():
                self.assertTrue(rows._take_away())
        self.assertEqual(people.filtered("hub_anonymous_on"), people)
        for review in self.reviews.values():
            review.action_compute()
        self.assertEqual({year: self._figures(year) for year in TOLD}, before)
