from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from ..common import HubCommon
from ..reports.test_print_engine import pdf_text
from .evaluation import EvaluationFactory


@tagged("post_install", "-at_install")
@freeze_time("2027-02-01")
class TestEvaluationYear(EvaluationFactory, HubCommon):
    """What a year shows, counted by hand; small groups stay hidden."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_evaluations()
        cls.north, cls.south, cls.east = cls.env["hub.territory"].create(
            [{"name": "North"}, {"name": "South"}, {"name": "East"}]
        )
        cls.colleges = cls.env["hub.college"].search(
            [("company_id", "=", cls.company.id)]
        )
        cls.number = 0
        cls._print_the_year_only()

    @classmethod
    def _print_the_year_only(cls):
        """Dozens of contracts and sheets that nobody reads here are not printed; what
        is signed and agreed is kept all the same."""
        reports = cls.env.registry["ir.actions.report"]
        render = reports._render_qweb_pdf

        def print_few(self, report, res_ids=None, data=None):
            model = self._get_report(report).model
            if model in ("hub.pact", "hub.evaluation"):
                raise UserError("Not printed in this test")
            return render(self, report, res_ids, data)

        cls.startClassPatcher(patch.object(reports, "_render_qweb_pdf", print_few))

    @classmethod
    def _story(cls, kind, territory, jobs, autonomy=None, shop=None, baseline=None):
        """A project with a contract, and its evaluations of 2026.

        :param jobs: figures agreed one after the other, from March on
        """
        cls.number += 1
        holder, volunteer = cls.env["res.partner"].create(
            [{"name": f"Holder {cls.number}"}, {"name": f"Volunteer {cls.number}"}]
        )
        project = cls.env["crm.lead"].create(
            {
                "name": f"Project {cls.number}",
                "is_hub_project": True,
                "partner_id": holder.id,
                "hub_kind": kind,
                "hub_territory_id": territory and territory.id,
            }
        )
        pact = cls._in_force(
            cls._term(cls.jobs, baseline_value=baseline),
            cls._term(cls.autonomy, sequence=20),
            cls._term(cls.open_shop, sequence=30),
            lead_ids=[Command.set(project.ids)],
            people=[(holder, "concerned"), (volunteer, "volunteer")],
        )
        for month, figure in enumerate(jobs, start=3):
            values = {cls.jobs: figure}
            if autonomy:
                values[cls.autonomy] = autonomy[month - 3]
            if shop:
                values[cls.open_shop] = shop[month - 3]
            cls._agreed(pact, f"2026-{month:02}-15", values)
        return pact

    def _year(self, year=2026, **values):
        return self.env["hub.evaluation.year"].create({"year": year, **values})

    def _figures(self, record, indicator):
        """``{(breakdown, group): (count, start, last, change) or None}``"""
        return {
            (
                line.breakdown,
                "" if line.hidden or line.breakdown == "total" else line.group_label,
            ): None
            if line.hidden
            else (line.count, line.start_mean, line.last_mean, line.change_mean)
            for line in record.line_ids
            if line.indicator_id == indicator
        }

    def test_figures_are_those_counted_by_hand(self):
        # Six personal projects, North: jobs 0 -> 1, five collective, South: 1 -> 3.
        for _number in range(6):
            self._story("individual", self.north, ["0", "5", "1"])
        for _number in range(5):
            self._story("collective", self.south, ["1", "3"], ["2", "3"], ["no", "yes"])
        record = self._year()
        self.assertEqual(
            self._figures(record, self.jobs),
            {
                # (6 x 0 + 5 x 1) / 11 = 0.45; (6 x 1 + 5 x 3) / 11 = 1.91
                ("total", ""): (11, 0.5, 1.9, 1.4),
                ("project_kind", "Personal project"): (6, 0.0, 1.0, 1.0),
                ("project_kind", "Collective project"): (5, 1.0, 3.0, 2.0),
                ("territory", "North"): (6, 0.0, 1.0, 1.0),
                ("territory", "South"): (5, 1.0, 3.0, 2.0),
            },
        )
        self.assertEqual(
            self._figures(record, self.autonomy)["total", ""], (5, 2.0, 3.0, 1.0)
        )
        labels = {
            line.indicator_id: line.last_label
            for line in record.line_ids
            if line.breakdown == "total"
        }
        self.assertEqual(labels[self.jobs], "1.9 jobs")
        self.assertEqual(labels[self.autonomy], "3 of 4")
        self.assertEqual(labels[self.open_shop], "100 %")

    def test_a_start_written_in_the_contract_counts_from_the_first_evaluation_on(self):
        for _number in range(5):
            self._story("individual", self.north, ["3"], baseline="1")
            self._story("individual", self.north, ["9"])
        figures = self._figures(self._year(), self.jobs)
        # the second kind has nothing to compare with yet
        self.assertEqual(figures["total", ""], (5, 1.0, 3.0, 2.0))

    def test_a_year_takes_what_was_agreed_last_in_it(self):
        for _number in range(5):
            pact = self._story("individual", self.north, ["0", "1"])
            self._agreed(pact, "2027-01-10", {self.jobs: "4"})
        self.assertEqual(
            self._figures(self._year(), self.jobs)["total", ""], (5, 0.0, 1.0, 1.0)
        )
        self.assertEqual(
            self._figures(self._year(2027), self.jobs)["total", ""], (5, 0.0, 4.0, 4.0)
        )
        self.assertFalse(
            self._figures(self._year(2025), self.jobs)["total", ""], "nothing in 2025"
        )

    def test_a_project_with_two_contracts_counts_once(self):
        for _number in range(5):
            pact = self._story("individual", self.north, ["0", "1"])
            second = self._in_force(
                self._term(self.jobs, baseline_value="1"),
                lead_ids=[Command.set(pact.lead_ids.ids)],
            )
            self._agreed(second, "2026-11-02", {self.jobs: "2"})
        self.assertEqual(
            self._figures(self._year(), self.jobs)["total", ""], (5, 1.0, 2.0, 1.0)
        )

    def test_an_amended_pact_is_one_story(self):
        pacts = [self._story("individual", self.north, ["0", "1"]) for _n in range(5)]
        pact = pacts[0]
        with freeze_time("2026-06-01"):
            amendment = self.env["hub.pact"].browse(pact.action_amend()["res_id"])
            amendment.joint_interview_on = "2026-05-20"
            amendment.action_to_sign()
            amendment.party_ids._sign(date(2026, 6, 1), "paper")
        self._agreed(amendment, "2026-09-01", {self.jobs: "6"})
        self.assertEqual(
            self._figures(self._year(), self.jobs)["total", ""], (5, 0.0, 2.0, 2.0)
        )

    # Small groups

    def test_four_projects_show_nothing(self):
        for _number in range(4):
            self._story("individual", self.north, ["0", "1"])
        record = self._year()
        self.assertEqual(set(self._figures(record, self.jobs).values()), {None})
        self.assertFalse(record.line_ids.filtered(lambda line: line.count))

    def test_a_small_group_takes_another_along(self):
        for _number in range(6):
            self._story("individual", self.north, ["0", "1"])
        for _number in range(2):
            self._story("collective", self.south, ["0", "9"])
        figures = self._figures(self._year(), self.jobs)
        self.assertEqual(figures.pop(("total", ""))[0], 8)
        self.assertEqual(
            figures,
            {("project_kind", ""): None, ("territory", ""): None},
        )

    def test_small_groups_stand_together(self):
        for _number in range(6):
            self._story("individual", self.north, ["0", "1"])
        for territory in (self.south, self.east):
            for _number in range(3):
                self._story("individual", territory, ["0", "3"])
        figures = self._figures(self._year(), self.jobs)
        self.assertEqual(
            figures,
            {
                ("total", ""): (12, 0.0, 2.0, 2.0),
                ("project_kind", "Personal project"): (12, 0.0, 2.0, 2.0),
                ("territory", "North"): (6, 0.0, 1.0, 1.0),
                ("territory", "Others, together"): (6, 0.0, 3.0, 3.0),
            },
        )

    def test_communes_count_with_those_around_them(self):
        around = self.env["hub.territory"].create(
            {"name": "Around", "kind": "intercommunality"}
        )
        (self.north | self.south).parent_id = around
        for territory in (self.north, self.south):
            for _number in range(3):
                self._story("individual", territory, ["0", "3"])
        figures = self._figures(self._year(), self.jobs)
        self.assertEqual(figures["territory", "Around"], (6, 0.0, 3.0, 3.0))

    def test_nothing_of_what_is_hidden_is_kept_anywhere(self):
        for _number in range(6):
            self._story("individual", self.north, ["0", "1"])
        self._story("collective", self.south, ["0", "777"])
        record = self._year()
        record.write(
            {
                "validated_on": "2027-01-20",
                "college_ids": [Command.set(self.colleges.ids)],
            }
        )
        record.action_validate()
        kept = record.frozen_json + str(record.line_ids.read())
        self.assertNotIn("777", kept)
        text = " ".join(pdf_text(record.frozen_pdf_id.raw))
        self.assertIn("not shown", text)
        self.assertNotIn("777", text)
        for line in record.line_ids.filtered("hidden"):
            self.assertEqual(
                (line.count, line.start_mean, line.last_mean, line.change_mean),
                (0, 0, 0, 0),
            )

    def test_the_smallest_group_is_a_setting(self):
        for _number in range(3):
            self._story("individual", self.north, ["0", "1"])
        self.company.hub_small_group = 3
        self.assertEqual(self._figures(self._year(), self.jobs)["total", ""][0], 3)

    # Validation by the colleges

    def _validate(self, record, **values):
        record.write(
            {
                "validated_on": "2027-01-20",
                "place": "Town hall",
                "college_ids": [Command.set(self.colleges.ids)],
                "words": "The holders ask for more time.",
                **values,
            }
        )
        record.action_validate()

    def test_validation_freezes_figures_date_and_definition(self):
        for _number in range(5):
            pact = self._story("individual", self.north, ["0", "1"])
        record = self._year()
        self._validate(record)
        self._agreed(pact, "2026-12-20", {self.jobs: "30"})
        self.assertEqual(
            self._figures(record, self.jobs)["total", ""], (5, 0.0, 1.0, 1.0)
        )
        for part in ("fewer than 5 projects", "2027-01-20", "The holders ask"):
            self.assertIn(part, record.frozen_json)
        for change in (
            record.action_compute,
            lambda: record.write({"words": "x"}),
            lambda: record.write({"year": 2025}),
            record.line_ids[0].unlink,
            lambda: record.line_ids[0].write({"last_mean": 9}),
            record.unlink,
        ):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                change()

    def test_a_new_version_counts_again_and_replaces_the_former(self):
        for _number in range(5):
            pact = self._story("individual", self.north, ["0", "1"])
        first = self._year()
        self._validate(first)
        self._agreed(pact, "2026-12-20", {self.jobs: "6"})
        second = self.env["hub.evaluation.year"].browse(
            first.action_new_version()["res_id"]
        )
        self.assertEqual((second.version, second.previous_id), (2, first))
        self.assertEqual(
            self._figures(second, self.jobs)["total", ""], (5, 0.0, 2.0, 2.0)
        )
        self._validate(second)
        self.assertEqual((first.state, second.state), ("replaced", "validated"))

    def test_colleges_date_and_figures_are_needed(self):
        record = self._year()
        with self.assertRaisesRegex(UserError, "colleges that were there"):
            record.action_validate()
        with self.assertRaisesRegex(UserError, "at least one figure"):
            self._validate(record)
        with self.assertRaisesRegex(UserError, "already held"):
            self._validate(record, validated_on="2027-02-02")
        running = self._year(2027)
        with self.assertRaisesRegex(UserError, "end of the year"):
            self._validate(running)

    def test_only_the_validated_set_is_counted(self):
        for _number in range(5):
            self._story("individual", self.north, ["0", "1"], ["1", "2"])
        chosen = self._set()
        self._validate(chosen, validated_on="2026-11-30")
        record = self._year()
        self.assertEqual(record.set_id, chosen)
        self.assertEqual(record.line_ids.indicator_id, self.autonomy)
        self.assertIn("version 1, validated on 30 November 2026", record.definition)

    # The set

    def _set(self):
        return self.env["hub.indicator.set"].create(
            {"lang": "en_US", "indicator_ids": [Command.set(self.autonomy.ids)]}
        )

    def test_a_set_is_validated_by_the_colleges_in_its_words(self):
        chosen = self._set()
        with self.assertRaisesRegex(UserError, "colleges that were there"):
            chosen.action_validate()
        self._validate(chosen)
        for part in ("Goes ahead alone", "What does the person do", "Volunteers"):
            self.assertIn(part, chosen.frozen_json)
        with self.assertRaisesRegex(UserError, "new version"):
            chosen.indicator_ids = [Command.clear()]
        self.assertFalse(chosen.has_moved)
        self.autonomy.question = "What does the person do alone?"
        self.assertTrue(chosen.has_moved)

    def test_versions_of_a_set_follow_each_other(self):
        first = self._set()
        self._validate(first)
        second = self.env["hub.indicator.set"].browse(
            first.action_new_version()["res_id"]
        )
        self.assertEqual(first.action_new_version()["res_id"], second.id)
        self.assertEqual(second.indicator_ids, self.autonomy)
        self.assertFalse(second.college_ids)
        self._validate(second)
        self.assertEqual(first.state, "replaced")
        sets = self.env["hub.indicator.set"]
        self.assertEqual(sets._current(self.company, date(2027, 1, 31)), second)
        self.assertFalse(sets._current(self.company, date(2026, 1, 1)))

    def test_the_coordinator_does_it_on_the_screen(self):
        for _number in range(5):
            self._story("individual", self.north, ["0", "1"])
        coordinator = self.users["coordinator"]
        form = Form(self.env["hub.evaluation.year"].with_user(coordinator))
        form.year = 2026
        record = form.save()
        with Form(record) as form:
            form.validated_on = date(2027, 1, 20)
            for college in self.colleges:
                form.college_ids.add(college)
        record.action_validate()
        self.assertEqual(record.state, "validated")
        for name in ("threshold", "computed_on", "version"):
            with self.assertRaises(UserError):
                record.write({name: False})

    # What it costs

    def test_twenty_pacts_cost_as_many_queries_as_one(self):
        def cost():
            record = self._year()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            record._figures()
            queries = self.cr.sql_log_count - before
            record.unlink()
            return queries

        self._story("individual", self.north, ["0", "1"])
        cost()
        few = cost()
        for _number in range(20):
            self._story("individual", self.north, ["0", "1"])
        self.assertEqual(cost(), few)
