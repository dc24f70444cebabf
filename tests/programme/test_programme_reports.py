import io
from itertools import combinations

import openpyxl

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from ..common import HubCommon, HubUsersMixin
from ..rpc import RpcCase
from .common import ProgrammeMixin


class ReportMixin(ProgrammeMixin):
    @classmethod
    def _report(cls, **vals):
        return cls.env["hub.programme.report"].create(
            {
                "programme_id": cls.programme.id,
                "name": "Year 2025",
                "date_from": "2025-01-01",
                "date_to": "2025-12-31",
                "due_on": "2026-04-01",
                **vals,
            }
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 12:00:00")
class TestProgrammeReports(ReportMixin, HubCommon):
    """A report: computed, looked at, corrected, sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_programme()
        cls.report = cls._report()

    def _line(self, code, report=None):
        lines = (report or self.report).line_ids
        return lines.filtered(lambda line: line.indicator_id.code == code)

    def _people(self, number, entry, entered="2025-03-01", **partner):
        for _n in range(number):
            self._person(entry, entered, **partner)

    def test_a_report_is_computed_by_gender(self):
        self._people(7, {"status": "job_seeker"}, hub_gender="female")
        self._people(6, {"status": "job_seeker"}, hub_gender="male")
        self._people(6, {"status": "employee"})
        self.report.action_compute()
        self.assertEqual(self.report.state, "computed")
        line = self._line("EECO02")
        self.assertEqual(
            (line.female, line.male, line.unsaid, line.total), (7, 6, 0, 13)
        )
        self.assertEqual(self._line("EECO01").total, 19)
        self.assertFalse(line.is_hidden)
        self.assertEqual(len(self.report.line_ids), len(self.indicators))

    def test_computing_again_keeps_what_was_typed_in(self):
        self._people(6, {"status": "job_seeker"})
        self.report.action_compute()
        self._line("EECO14").write({"corrected": 3, "reason": "Own list"})
        first = self.report.line_ids
        self._people(1, {"status": "job_seeker"})
        self.report.action_compute()
        self.assertEqual(self.report.line_ids, first)
        self.assertEqual(self._line("EECO14").corrected, 3)
        self.assertEqual(self._line("EECO02").total, 7)
        self.programme.indicator_ids -= self._line("EECO14").indicator_id
        self.report.action_compute()
        self.assertFalse(self._line("EECO14"))

    def test_what_was_sent_stays(self):
        self._people(6, {"status": "job_seeker"})
        with self.assertRaisesRegex(UserError, "compute the figures"):
            self.report.action_sent()
        self.report.action_compute()
        self.report.action_sent()
        report = self.report.with_user(self.users["coordinator"])
        line = self._line("EECO02", report)
        for action in (
            report.action_compute,
            report.unlink,
            lambda: report.write({"date_to": "2026-01-31"}),
            lambda: line.write({"corrected": 1}),
            line.unlink,
            lambda: report.write({"line_ids": [Command.unlink(line.id)]}),
        ):
            with self.assertRaisesRegex(UserError, "was sent on 2026-03-10"):
                action()
        self._people(1, {"status": "job_seeker"})
        self.assertEqual(self._line("EECO02").total, 6)
        self.report.action_take_back()
        self.report.action_compute()
        self.assertEqual(self._line("EECO02").total, 7)

    def test_computed_figures_are_not_typed_in(self):
        self._people(6, {"status": "job_seeker"})
        self.report.action_compute()
        line = self._line("EECO02").with_user(self.users["coordinator"])
        for name in ("female", "male", "hidden"):
            with self.assertRaisesRegex(UserError, "is not typed in"):
                line.write({name: 3})
        line.write({"is_corrected": True, "corrected": 5, "reason": "A double"})
        self.assertEqual((line.total, line._reported("total")), (6, 5))

    def test_a_programme_without_indicators_says_so(self):
        self.programme.indicator_ids = [Command.clear()]
        with self.assertRaisesRegex(UserError, "has no indicator yet"):
            self.report.action_compute()

    # Small groups

    def _rows(self):
        book = openpyxl.load_workbook(io.BytesIO(self.report._book()))
        rows = book.worksheets[0].iter_rows(min_row=4, values_only=True)
        return {row[0]: row for row in rows}

    def test_small_groups_do_not_leave_the_hub(self):
        self._people(8, {"status": "job_seeker"}, hub_gender="female")
        self._people(6, {"status": "job_seeker"}, hub_gender="male")
        self._people(3, {"status": "employee"}, hub_gender="male")
        self._people(6, {"status": "inactive"}, hub_gender="female")
        self.report.action_compute()
        rows = self._rows()
        self.assertEqual(self._line("EECO05").total, 3, "the team sees it")
        self.assertIsNone(rows["EECO05"][3])
        self.assertEqual(rows["EECO01"][3], 23)
        self.assertIn("would show", rows["EECO05"][-1])
        # Three could be worked out from the others: one more is left out.
        others = [rows[code][3] for code in ("EECO02", "EECO04")]
        self.assertEqual(others.count(None), 1)

    def test_a_report_beside_one_sent_before_tells_of_small_groups(self):
        self._people(6, {"status": "job_seeker"}, entered="2025-03-01")
        half = self._report(name="First half", date_to="2025-06-30")
        half.action_compute()
        half.action_sent()
        self.report.action_compute()
        self.assertFalse(self.report.overlap_words)
        self._people(2, {"status": "job_seeker"}, entered="2025-08-01")
        self.report.action_compute()
        told = self.report.overlap_words
        self.assertIn("First half", told)
        self.assertIn("differs by 2", told)
        apart = self._report(date_from="2025-07-01", due_on="2026-05-01")
        apart.action_compute()
        self.assertFalse(apart.overlap_words)
        self._people(8, {"status": "job_seeker"}, entered="2025-09-01")
        self.report.action_compute()
        self.assertFalse(self.report.overlap_words)

    def test_no_small_group_can_be_worked_out_of_a_line(self):
        """Whatever the numbers are: total less genders shown is never a small group."""
        few = self.company.hub_small_group
        numbers = (0, 1, 3, 5, 8)
        kinds = list(combinations(numbers, 3))[:6]
        for women, men, unsaid in kinds:
            with self.subTest((women, men, unsaid)):
                holders = self.env["hub.project.holder"]
                for gender, n in (("female", women), ("male", men), (False, unsaid)):
                    for _n in range(n):
                        holders |= self._person(
                            {"status": "student"}, hub_gender=gender
                        )
                self.report.action_compute()
                for row in self._rows().values():
                    total, *parts = row[3:8]
                    known = [part for part in parts if part is not None]
                    self.assertFalse([n for n in known if 0 < n < few], row)
                    if total is None:
                        continue
                    self.assertFalse(0 < total < few, row)
                    if len(known) < len(parts):
                        self.assertFalse(0 < total - sum(known) < few, row)
                holders.lead_id.unlink()

    def test_text_is_text_in_the_spreadsheet(self):
        self.programme.name = "=1+1"
        self.report.words = "=2+2\n+33"
        self._people(6, {"status": "job_seeker"})
        self.report.action_compute()
        self._line("EECO14").write({"corrected": 6, "reason": "@home"})
        book = openpyxl.load_workbook(io.BytesIO(self.report._book()))
        kinds = {
            c.data_type for sheet in book for row in sheet.iter_rows() for c in row
        }
        self.assertNotIn("f", kinds)

    def test_targets_are_in_it_without_small_groups(self):
        self._people(6, {"status": "job_seeker"})
        self._people(2, {"status": "employee"})
        employed = self.indicators.filtered(lambda i: i.code == "EECO05")
        self.env["hub.programme.target"].create(
            [
                {
                    "programme_id": self.programme.id,
                    "measure": measure,
                    "indicator_id": indicator.id,
                    "number": 10,
                    "date_from": "2025-01-01",
                    "date_to": "2025-12-31",
                }
                for measure, indicator in (
                    ("persons", self.indicators.browse()),
                    (False, employed),
                )
            ]
        )
        self.report.action_compute()
        book = openpyxl.load_workbook(io.BytesIO(self.report._book()))
        rows = list(book["Targets"].iter_rows(min_row=4, values_only=True))
        self.assertEqual({row[4] for row in rows}, {8, None})

    # Reminders

    def test_whoever_follows_is_reminded_once_and_in_time(self):
        self.programme.remind_days = 21
        reports = self.env["hub.programme.report"]
        reports._remind()
        self.assertFalse(self.programme.activity_ids)
        with freeze_time("2026-03-11 12:00:00"):
            self.env.invalidate_all()
            self.assertEqual(reports._remind(), 1)
            self.assertEqual(reports._remind(), 0)
        activity = self.programme.activity_ids
        self.assertEqual(activity.user_id, self.users["coordinator"])
        self.assertEqual(str(activity.date_deadline), "2026-04-01")
        self.assertIn("Year 2025", activity.summary)
        self._people(6, {})
        self.report.action_compute()
        self.report.action_sent()
        self.assertFalse(self.programme.activity_ids)

    def test_another_day_is_another_reminder_and_zero_is_none(self):
        self.report.due_on = "2026-03-12"
        reports = self.env["hub.programme.report"]
        self.assertEqual(reports._remind(), 1)
        self.report.due_on = "2026-03-15"
        self.assertEqual(reports._remind(), 1)
        self.programme.remind_days = 0
        self._report(due_on="2026-03-11")
        self.assertEqual(reports._remind(), 0)


@tagged("post_install", "-at_install")
class TestProgrammeRights(ReportMixin, RpcCase):
    """Coordination and finance write reports; advisers read; nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_programme()
        for _n in range(6):
            cls._person({"status": "job_seeker"})
        cls.report = cls._report()

    def test_who_writes_reports(self):
        for role in ("board", "volunteer", "sales", "portal", "employee"):
            for model in ("target", "report", "report.line"):
                self.assert_refused(role, f"hub.programme.{model}", "search", [])
        for role in ("adviser", "board", "volunteer", "portal"):
            for method in ("action_compute", "action_sent", "action_take_back"):
                self.assert_refused(
                    role, "hub.programme.report", method, self.report.ids
                )
        for role in ("coordinator", "finance", "manager"):
            self.assert_allowed(
                role, "hub.programme.report", "action_compute", self.report.ids
            )
        found = self.assert_allowed(
            "adviser", "hub.programme.report", "search", [("id", "=", self.report.id)]
        )
        self.assertEqual(found, self.report.ids)

    def test_finance_reads_figures_and_no_situation(self):
        target = self.env["hub.programme.target"].create(
            {
                "programme_id": self.programme.id,
                "number": 4,
                "date_from": "2025-01-01",
                "date_to": "2025-12-31",
            }
        )
        rows = self.assert_allowed(
            "finance", "hub.programme.target", "read", target.ids, ["reached"]
        )
        self.assertEqual(rows[0]["reached"], 6)
        self.assert_refused("finance", "hub.situation", "search", [])
        self.assert_refused("finance", "hub.project.holder", "search", [])

    @mute_logger("odoo.http")
    def test_nothing_is_sent_by_writing(self):
        for vals in ({"state": "sent"}, {"sent_on": "2026-01-01"}):
            with self.assertRaises(Exception):  # noqa: B017
                self.call(
                    "coordinator",
                    "hub.programme.report",
                    "write",
                    self.report.ids,
                    vals,
                )
        for role in ("coordinator", "finance", "adviser"):
            self.assert_refused(
                role,
                "hub.programme.indicator",
                "write",
                self.indicators.ids,
                {"code": "X"},
            )


@tagged("post_install", "-at_install")
class TestReportDoor(ReportMixin, HubUsersMixin, HttpCase):
    """The spreadsheet of a report: for those who write it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_programme()
        cls.report = cls._report()

    def _get(self, role, number=None):
        login = self.users[role].login
        self.authenticate(login, login + "x" * (8 - len(login)))
        url = f"/solidarity_hub/programme/report/{number or self.report.id}"
        return self.url_open(url)

    def test_who_gets_the_spreadsheet(self):
        for role in ("coordinator", "finance"):
            answer = self._get(role)
            self.assertEqual(answer.status_code, 200)
            self.assertTrue(answer.content.startswith(b"PK"))
        for role in ("adviser", "board", "volunteer", "portal", "sales"):
            self.assertEqual(self._get(role).status_code, 404, role)
        self.assertEqual(self._get("coordinator", 99999999).status_code, 404)

    def test_a_report_of_another_hub_tells_nothing(self):
        second = self.env["res.company"].create({"name": "Second hub"})
        self.programme.company_id = second
        self.env.flush_all()
        self.assertEqual(self._get("coordinator").status_code, 404)
