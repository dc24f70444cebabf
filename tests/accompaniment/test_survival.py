from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import HubCommon
from .follow_up import FollowUpMixin


@tagged("post_install", "-at_install")
@freeze_time("2025-02-10 12:00:00")
class TestSurvival(FollowUpMixin, HubCommon):
    """Figures counted by hand, and the lists behind them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_follow_ups()
        cls.survival = cls.env["hub.survival"].with_user(cls.users["coordinator"])

    def _figures(self, year, moment):
        self.env.flush_all()
        self.env.invalidate_all()
        row = self.survival.search(
            [
                ("year", "=", year),
                ("moment", "=", moment),
                ("company_id", "=", self.company.id),
            ]
        )
        names = ("created", "reached", "known", "alive", "unknown", "not_asked")
        return tuple(row[name] for name in names)

    def _row_of(self, year, moment):
        return self.survival.search([("year", "=", year), ("moment", "=", moment)])

    def _cohort_2022(self):
        """Six activities of 2022: in February 2025 one year lies behind all of them."""
        answers = {
            # name: (created, after 6 months, after one year)
            "Alive": ("2022-03-01", "active", "active"),
            "Stopped": ("2022-03-01", "active", "stopped"),
            "Early stop": ("2022-05-01", "stopped", None),
            "Lost": ("2022-06-01", "active", "unknown"),
            "Sold": ("2022-06-01", "unknown", "transferred"),
            "Not asked": ("2022-11-01", None, None),
        }
        outcomes = {}
        for name, (day, six, year) in answers.items():
            outcome = outcomes[name] = self._created(self._project(name), day)
            for moment, alive in (("m06", six), ("m12", year)):
                if alive:
                    self._call(self._row(outcome, moment), alive=alive)
        return outcomes

    def test_the_figures_are_those_counted_by_hand(self):
        self._cohort_2022()
        #                   created reached known alive unknown not_asked
        self.assertEqual(self._figures("2022", "m06"), (6, 6, 4, 3, 1, 1))
        # Alive and Sold live; Stopped and Early stop do not.
        self.assertEqual(self._figures("2022", "m12"), (6, 6, 4, 2, 1, 1))
        # Three years lie behind nobody yet.
        self.assertEqual(self._figures("2022", "m36"), (6, 0, 0, 0, 0, 0))
        self.assertAlmostEqual(self._row_of("2022", "m06").rate, 100 * 3 / 4)
        self.assertAlmostEqual(self._row_of("2022", "m12").rate, 100 * 2 / 4)
        self.assertFalse(self._row_of("2022", "m36").rate)

    def _published(self, year):
        """What the review of a year tells of activities created before."""
        known, _queries = self.env["hub.figures"]._compute(
            self.company, f"{year}-01-01", f"{year}-12-31"
        )
        found = {figure.code: number for figure, number in known}
        return {
            moment: (
                found[f"survival.{moment}_known"],
                found[f"survival.{moment}_alive"],
            )
            for moment in ("m12", "m36", "m60")
        }

    def test_the_review_of_a_year_tells_of_those_created_before(self):
        outcomes = self._cohort_2022()
        several = self._created(self._project("Three shops"), "2022-12-31", quantity=3)
        self._call(self._row(several, "m12"), alive="active", alive_quantity=2)
        self._created(self._project("Later"), "2023-01-01")
        self._call(self._row(outcomes["Alive"], "m36"), alive="active")
        with freeze_time("2028-02-01"):
            self.assertEqual(
                self._published(2023), {"m12": (7, 4), "m36": (0, 0), "m60": (0, 0)}
            )
            # two stopped before, one was asked again
            self.assertEqual(self._published(2025)["m36"], (3, 1))
            self.assertEqual(self._published(2027)["m60"], (2, 0))
            self.assertEqual(self._published(2026)["m12"], (0, 0))
        second = self.env["res.company"].create({"name": "Second hub"})
        second._hub_setup()
        values, _queries = self.env["hub.figures"]._values(
            second, self._day("2023-01-01"), self._day("2023-12-31")
        )
        self.assertEqual(values["survival.m12_known"], 0)

    def test_what_has_stopped_counts_at_later_moments_once_they_have_come(self):
        self._cohort_2022()
        with freeze_time("2025-04-15"):
            # Those of March 2022: one alive and not asked again, one stopped.
            self.assertEqual(self._figures("2022", "m36"), (6, 2, 1, 0, 0, 1))
        with freeze_time("2025-12-15"):
            self.assertEqual(self._figures("2022", "m36"), (6, 6, 2, 0, 0, 4))

    def test_a_stop_after_the_day_leaves_it_alive_on_that_day(self):
        outcome = self._created(self._project("Late call"), "2022-03-01")
        self._call(self._row(outcome, "m12"), alive="stopped", stopped_on="2023-09-01")
        self.assertEqual(self._figures("2022", "m12"), (1, 1, 1, 1, 0, 0))
        with freeze_time("2025-04-15"):
            self.assertEqual(self._figures("2022", "m36"), (1, 1, 1, 0, 0, 0))

    def test_an_answer_before_its_day_counts(self):
        outcome = self._created(self._project("Early call"), "2024-03-01")
        self._call(self._row(outcome, "m12"), alive="active")
        self.assertEqual(self._figures("2024", "m12"), (1, 1, 1, 1, 0, 0))

    def test_one_line_of_several_activities_counts_each(self):
        outcome = self._created(self._project("Three shops"), "2022-03-01", quantity=3)
        self._call(self._row(outcome, "m06"), alive="active")
        self._call(self._row(outcome, "m12"), alive="active", alive_quantity=2)
        self.assertEqual(self._figures("2022", "m06"), (3, 3, 3, 3, 0, 0))
        self.assertEqual(self._figures("2022", "m12"), (3, 3, 3, 2, 0, 0))

    def test_jobs_then_and_now_are_of_those_whose_fate_is_known(self):
        known, lost = self._project("Known"), self._project("Lost")
        for lead, jobs in ((known, 2), (lost, 5)):
            self._created(lead, "2022-03-01")
            self.env["hub.outcome"].create(
                {
                    "lead_id": lead.id,
                    "kind": "job",
                    "quantity": jobs,
                    "date": "2022-03-01",
                }
            )
        for lead, vals in (
            (known, {"alive": "active", "own_jobs": 1, "salaried_jobs": 3}),
            (lost, {"alive": "unknown"}),
        ):
            outcome = lead.hub_outcome_ids.filtered("follow_up_ids")
            self._call(self._row(outcome, "m12"), **vals)
        self.env.flush_all()
        row = self._row_of("2022", "m12")
        self.assertEqual((row.jobs_then, row.jobs_now), (2, 4))
        activity = self.env["hub.survival.activity"].search(
            [("lead_id", "=", known.id)]
        )
        self.assertEqual((activity.jobs_then, activity.jobs_now), (2, 4))

    def test_two_activities_of_one_project_count_its_jobs_once(self):
        lead = self._project("Two")
        for day in ("2022-03-01", "2022-04-01"):
            outcome = self._created(lead, day)
            self._call(self._row(outcome, "m12"), alive="active", own_jobs=1)
        self.env["hub.outcome"].create(
            {"lead_id": lead.id, "kind": "job", "quantity": 2, "date": "2022-03-01"}
        )
        self.env.flush_all()
        row = self._row_of("2022", "m12")
        self.assertEqual((row.created, row.jobs_then, row.jobs_now), (2, 2, 2))

    def test_the_rate_of_several_years_is_that_of_all_their_activities(self):
        for year, found in (
            ("2021", ("active", "active", "active")),
            ("2022", ("stopped",)),
        ):
            for index, alive in enumerate(found):
                outcome = self._created(
                    self._project(f"{year} {index}"), f"{year}-01-15"
                )
                self._call(self._row(outcome, "m12"), alive=alive)
        self.env.flush_all()
        [(rate, known)] = self.survival._read_group(
            [("moment", "=", "m12"), ("year", "in", ("2021", "2022"))],
            aggregates=["rate:avg", "known:sum"],
        )
        self.assertEqual((rate, known), (75, 4))
        [group] = self.survival.formatted_read_group(
            [("moment", "=", "m12"), ("year", "in", ("2021", "2022"))],
            ["moment"],
            ["rate:avg"],
        )
        self.assertEqual(group["rate:avg"], 75)

    def test_each_figure_opens_its_list(self):
        self._cohort_2022()
        self.env.flush_all()
        for moment in ("m06", "m12"):
            row = self._row_of("2022", moment)
            for name in (
                "created",
                "reached",
                "known",
                "alive",
                "unknown",
                "not_asked",
            ):
                action = row.action_open_behind(name)
                found = self.env[action["res_model"]].search(action["domain"])
                self.assertEqual(len(found), row[name], f"{moment} {name}")
        action = self._row_of("2022", "m12").action_open_behind("alive")
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(set(found.mapped("lead_id.name")), {"Alive", "Sold"})
        with self.assertRaises(UserError):
            self._row_of("2022", "m12").action_open_behind("rate")

    def test_the_board_sees_figures_and_no_project(self):
        self._cohort_2022()
        self.env.flush_all()
        row = self._row_of("2022", "m12").with_user(self.users["board"])
        self.assertEqual((row.known, row.alive), (4, 2))
        with self.assertRaises(AccessError):
            row.action_open_behind("alive")
        with self.assertRaises(AccessError):
            self.env["hub.survival.activity"].with_user(self.users["board"]).search([])

    def test_an_outcome_that_is_taken_away_counts_no_longer(self):
        outcomes = self._cohort_2022()
        outcomes["Alive"].unlink()
        self.assertEqual(self._figures("2022", "m12"), (5, 5, 3, 1, 1, 1))
        outcomes["Sold"].kind = "job"
        self.assertEqual(self._figures("2022", "m12"), (4, 4, 2, 0, 1, 1))

    def test_archived_projects_count(self):
        outcomes = self._cohort_2022()
        outcomes["Alive"].lead_id.active = False
        self.assertEqual(self._figures("2022", "m12"), (6, 6, 4, 2, 1, 1))

    def test_nothing_created_is_nothing_counted(self):
        self.env["hub.outcome"].search([("kind", "=", "activity_created")]).unlink()
        self.env.flush_all()
        self.assertFalse(self.survival.search([]))
        self.assertFalse(self.env["hub.survival.activity"].search([]))
        [(rate, known)] = self.survival._read_group(
            [], aggregates=["rate:avg", "known:sum"]
        )
        self.assertFalse(rate or known)

    def test_the_report_costs_the_same_for_few_and_for_many(self):
        def measure():
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.survival.search([]).read()
            self.env["hub.survival.activity"].search([]).read()
            self.follow_ups.search([]).read()
            return self.env.cr.sql_log_count - start

        for index in range(2):
            self._created(self._project(f"P{index}"), "2022-03-01")
        measure()
        few = measure()
        for index in range(18):
            self._created(self._project(f"Q{index}"), "2021-03-01")
        self.assertLessEqual(measure(), few)
