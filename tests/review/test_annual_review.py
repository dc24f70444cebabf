import json
from datetime import date

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import FiguresCommon


@tagged("post_install", "-at_install")
@freeze_time("2025-03-15")
class TestAnnualReview(FiguresCommon):
    """The review of 2024: counted, corrected beside, compared, published."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["res.partner"].create(
            [{"name": f"Holder {n}", "hub_gender": "female"} for n in range(6)]
        )
        cls.leads = cls.env["crm.lead"].concat(
            *(cls._project(person, name=f"P {person.name}") for person in cls.people)
        )
        for lead in cls.leads[:5]:
            cls._interview(lead)
            lead.hub_phase = "accompaniment"
        cls._led(cls.leads[0])
        cls._led(cls.leads[1], "job", quantity=2, jobs_fte=1.5, job_kind="own")
        cls._path(cls.leads[2], ("reception", "2024-01-10"), ("closed", "2024-06-01"))
        cls.review = cls._review(2024)

    @classmethod
    def _review(cls, year, **vals):
        reviews = cls.env["hub.annual.review"].with_user(cls.users["coordinator"])
        return reviews.create({"year": year, "lang": "en_US", **vals})

    def _line(self, code, review=None):
        lines = (review or self.review).figure_ids
        return lines.filtered(lambda line: line.code == code)

    def _typed(self, year, **figures):
        return self._review(
            year,
            origin="typed",
            figure_ids=[
                Command.create({"code": code.replace("__", "."), "typed_value": value})
                for code, value in figures.items()
            ],
        )

    def _publish(self, review=None):
        review = review or self.review
        review.validated_on = "2025-03-10"
        review.action_validate()
        return review

    def test_figures_are_counted_at_once(self):
        values = {line.code: line.value for line in self.review.figure_ids}
        self.assertEqual(values["person.received"], 6)
        self.assertEqual(values["person.accompanied"], 5)
        self.assertEqual(values["project.accompanied"], 5)
        self.assertEqual(values["project.activities"], 1)
        self.assertEqual(values["project.jobs"], 2)
        self.assertEqual(values["project.jobs_fte"], 1.5)
        self.assertEqual(values["person.other"], 1)
        self.assertEqual(self.review.computed_on.date(), date(2025, 3, 15))
        self.assertIn("hub_interview", self.review.queries)
        self.assertTrue(all(self.review.figure_ids.mapped("definition")))

    def test_the_query_that_was_kept_gives_the_same_figures(self):
        self.env.flush_all()
        self.env.cr.execute(json.loads(self.review.queries)["paths"])
        row = self.env.cr.dictfetchone()
        self.assertEqual(row["person"]["accompanied"], 5)
        self.assertEqual(row["project"]["jobs"], 2)

    def test_each_college_has_its_line_whoever_comes(self):
        self.assertEqual(len(self.review.college_line_ids), 5)
        self.assertEqual(
            set(self.review.college_line_ids.mapped("answer")), {"waiting"}
        )

    def test_a_correction_stands_beside_what_was_counted(self):
        with Form(self.review) as form, form.figure_ids.edit(0) as line:
            self.assertEqual(line.computed_value, 6)
            line.is_corrected = True
            line.typed_value = 8
            line.reason = "Two receptions on paper"
        line = self._line("person.received")
        self.assertEqual((line.computed_value, line.value), (6, 8))
        self._project(self._person("Late"), received="2024-12-31")
        self.review.action_compute()
        self.assertEqual((line.computed_value, line.value), (7, 8))

    def test_a_correction_says_why(self):
        with self.assertRaisesRegex(ValidationError, "say why"):
            self._line("person.received").write(
                {"is_corrected": True, "typed_value": 9}
            )

    def test_nobody_types_over_what_was_counted(self):
        line = self._line("person.received")
        for vals in (
            {"computed_value": 900},
            {"is_computed": False},
            {"definition": "Whatever"},
            {"code": "person.new"},
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "typed in|stay"):
                line.write(vals)
        with self.assertRaisesRegex(UserError, "always shown"):
            line.unlink()

    def test_what_happens_later_changes_nothing_that_was_published(self):
        self._publish()
        self.assertEqual(self.review.state, "validated")
        self._project(self._person("Late"), received="2024-12-31")
        self.assertEqual(self._line("person.received").value, 6)
        for change in (
            self.review.action_compute,
            lambda: self._line("person.received").write({"is_corrected": True}),
            lambda: self.review.write({"year": 2023}),
            lambda: self.review.college_line_ids[0].write({"present_count": 3}),
            lambda: self.review.point_ids.create(
                {"review_id": self.review.id, "text": "New"}
            ),
            self.review.unlink,
        ):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                change()

    def test_it_is_not_published_before_the_year_is_over_or_the_meeting_held(self):
        with self.assertRaisesRegex(UserError, "day of the meeting"):
            self.review.action_validate()
        running = self._review(2025)
        running.validated_on = "2025-03-10"
        with self.assertRaisesRegex(UserError, "end of the year"):
            running.action_validate()

    def test_a_new_version_corrects_what_was_published(self):
        self._publish()
        later = self.review._next_version()
        self.assertEqual((later.version, later.state), (2, "draft"))
        self.assertEqual(self._line("person.received", later).value, 6)
        self._line("person.received", later).write(
            {"is_corrected": True, "typed_value": 7, "reason": "Forgotten"}
        )
        later.action_validate()
        self.assertEqual(self.review.state, "replaced")
        self.assertEqual(self._line("person.received").value, 6)

    def test_an_evolution_names_its_base(self):
        before = self._typed(2023, person__received=4, project__accompanied=10)
        before.action_validate()
        self.review.base_id = before
        line = self._line("person.received")
        self.assertEqual(line.evolution, 50)
        self.assertEqual(line.evolution_label, "+50.0 % (2023: 4)")
        self.assertEqual(self._line("project.accompanied").evolution, -50)
        # persons of one year are never the base of projects of another
        self.assertFalse(self._line("person.accompanied").base_year)

    def test_a_base_without_a_review_is_typed_in_with_its_year(self):
        line = self._line("project.accompanied")
        line.write({"base_year": 2022, "base_value": 2})
        self.assertEqual(line.evolution_label, "+150.0 % (2022: 2)")
        self.review.action_compute()
        self.assertEqual(line.base_value, 2)
        with self.assertRaisesRegex(ValidationError, "year before"):
            line.base_year = 2024

    def test_a_base_of_nothing_gives_no_percentage(self):
        line = self._line("project.accompanied")
        line.write({"base_year": 2022, "base_value": 0})
        self.assertEqual(line.evolution_label, "2022: 0")

    def test_it_is_compared_with_the_last_year_published(self):
        self._typed(2020, person__received=3).action_validate()
        last = self._typed(2022, person__received=4)
        last.action_validate()
        self.assertEqual(self._review(2023).base_id, last)

    def test_who_was_under_way_is_told_as_it_was_published(self):
        self._typed(
            2023, person__continuing=102, project__continuing=7
        ).action_validate()
        self.review.action_compute()
        self.assertEqual(self._line("person.opening").value, 102)
        self.assertEqual(self._line("project.opening").value, 7)

    def test_who_was_under_way_is_counted_where_nothing_was_published(self):
        following = self._review(2025)
        self.assertEqual(
            self._line("person.opening", following).value,
            self._line("person.continuing").value,
        )

    def test_a_year_is_typed_in_as_it_was_published(self):
        review = self._typed(2003, person__received=267, project__accompanied=137)
        self.assertFalse(review.computed_on)
        self.assertFalse(review.breakdown_ids)
        self.assertIn("Persons with a reception", review.figure_ids[0].definition)
        with self.assertRaisesRegex(UserError, "typed in"):
            review.action_compute()
        review.action_validate()
        self.assertEqual(review.state, "validated")

    def test_what_a_report_leaves_unsaid_is_worked_out(self):
        review = self._typed(
            2010,
            person__accompanied=375,
            person__with_activity=75,
            person__with_job=95,
            person__with_training=15,
            person__continuing=102,
        )
        self.assertEqual(self._line("person.other", review).value, 88)
        self.assertTrue(self._line("person.other", review).is_derived)
        self._line("person.with_training", review).typed_value = 16
        self.assertEqual(self._line("person.other", review).value, 87)
        self._line("person.other", review).typed_value = 80
        self._line("person.with_training", review).typed_value = 15
        self.assertEqual(self._line("person.other", review).value, 80)

    def test_more_outcomes_than_people_ask_for_the_overlap(self):
        figures = {
            "person__accompanied": 100,
            "person__with_activity": 60,
            "person__with_job": 60,
            "person__with_training": 0,
            "person__continuing": 0,
        }
        with self.assertRaisesRegex(UserError, "count twice"):
            self._typed(2010, **figures)
        review = self._typed(2011, person__several=30, **figures)
        self.assertEqual(self._line("person.other", review).value, 10)

    def test_a_figure_of_its_own_has_a_name(self):
        self.review.figure_ids.create(
            {"review_id": self.review.id, "name": "Gardens dug", "typed_value": 3}
        )
        self.review.action_compute()
        own = self.review.figure_ids.filtered(lambda line: not line.code)
        self.assertEqual((own.name, own.value), ("Gardens dug", 3))

    def test_a_figure_stands_once(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            self._typed(2010, person__accompanied=1).figure_ids.create(
                {
                    "review_id": self.review.id,
                    "code": "person.accompanied",
                    "typed_value": 3,
                }
            )

    def test_a_year_has_one_review(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            self._review(2024)

    def test_a_year_that_is_moved_is_counted_anew(self):
        self.review.year = 2023
        self.assertEqual(self._line("person.received").value, 0)

    def test_the_list_behind_a_figure_holds_as_many(self):
        adviser = self.users["adviser"]
        self.env.flush_all()
        for code in (
            "person.received",
            "person.accompanied",
            "person.other",
            "project.accompanied",
            "project.jobs",
            "network.volunteers",
        ):
            line = self._line(code).with_user(adviser)
            action = line.action_see_list()
            rows = self.env[action["res_model"]].with_user(adviser)
            found = rows.search(action["domain"])
            number = sum(found.mapped("jobs")) if code == "project.jobs" else len(found)
            self.assertEqual(number, line.value, code)

    def test_small_groups_are_not_kept(self):
        lines = self.review.breakdown_ids
        self.assertTrue(lines)
        self.assertFalse(lines.filtered(lambda one: not one.hidden and one.count < 5))
        women = lines.filtered(lambda one: one.dimension == "gender")
        self.assertEqual((women.group, women.count), ("Woman", 5))
