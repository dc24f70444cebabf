from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .moments import MomentsCommon
from .test_volunteer_hours import HoursMixin


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 12:00:00")
class TestVolunteerHoursProposal(HoursMixin, MomentsCommon):
    """Time proposed from what was done: nothing twice, nothing that was not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hours()
        cls.project = cls._project(cls.amina)
        cls.project.hub_phase = "accompaniment"
        cls.me = cls.users["adviser"].partner_id
        cls.company.partner_id.tz = "Europe/Paris"

    def _interview(self, *people, **vals):
        return self.env["hub.interview"].create(
            {
                "lead_id": self.project.id,
                "date_start": "2026-03-05 14:00:00",
                "duration": 1.5,
                "state": "done",
                "presence_ids": [
                    Command.create({"partner_id": person.id, "quality": quality})
                    for person, quality in people
                    or ((self.paul, "volunteer"), (self.amina, "holder"))
                ],
                **vals,
            }
        )

    def _propose(self):
        self.hours.with_user(self.users["adviser"]).action_propose()
        return self.hours.search([])

    def test_each_who_accompanied_an_interview_gets_its_time(self):
        self._interview(
            (self.paul, "volunteer"), (self.me, "staff"), (self.amina, "holder")
        )
        lines = self._propose()
        self.assertEqual(lines.partner_id, self.paul | self.me)
        line = lines.filtered(lambda line: line.partner_id == self.paul)
        self.assertEqual(
            (str(line.date), line.hours, line.function, line.source, line.state),
            ("2026-03-05", 1.5, "accompaniment", "interview", "draft"),
        )
        self.assertEqual(line.lead_id, self.project)
        self.assertNotIn("Amina", line.name)

    def test_a_reception_is_time_of_reception(self):
        self._interview(kind="reception")
        self.assertEqual(self._propose().function, "reception")

    def test_the_day_is_that_of_the_hub(self):
        self._interview(date_start="2026-03-05 23:30:00", duration=0.5)
        self.assertEqual(str(self._propose().date), "2026-03-06")

    def test_an_interview_that_was_not_held_gives_no_time(self):
        self._interview(state="planned")
        self._interview(state="cancelled")
        self.assertFalse(self._propose())

    def test_proposing_twice_doubles_nothing(self):
        self._interview()
        self._book(self.workshop, self.paul, state="done")
        lines = self._propose()
        self.assertEqual(len(lines), 2)
        self.assertEqual(self._propose(), lines)
        lines.action_validate()
        self.assertEqual(self._propose(), lines)

    def test_what_was_put_aside_does_not_come_back(self):
        self._interview()
        self._propose().action_archive()
        self.assertFalse(self._propose())

    def test_a_proposal_is_put_aside_rather_than_deleted(self):
        self._interview()
        with self.assertRaisesRegex(UserError, "archive it"):
            self._propose().with_user(self.users["coordinator"]).unlink()

    def test_a_corrected_proposal_keeps_its_correction(self):
        self._interview()
        self._propose().hours = 2
        self.assertEqual(self._propose().hours, 2)

    def test_a_draft_goes_when_the_interview_did_not_take_place(self):
        interview = self._interview()
        self._propose()
        interview.state = "cancelled"
        self.assertFalse(self._propose())

    def test_a_draft_goes_when_the_person_was_not_there(self):
        interview = self._interview((self.paul, "volunteer"), (self.me, "staff"))
        self._propose()
        interview.presence_ids.filtered(lambda p: p.partner_id == self.paul).unlink()
        self.assertEqual(self._propose().partner_id, self.me)

    def test_validated_time_stays_whatever_becomes_of_the_interview(self):
        interview = self._interview()
        self._propose().action_validate()
        interview.state = "cancelled"
        self.assertEqual(len(self._propose()), 1)

    def test_presence_at_a_moment_gives_its_hours(self):
        self._book(self.workshop, self.paul, self.karim, state="done")
        self._book(self.workshop, self.nadia)
        line = self._propose()
        self.assertEqual(line.partner_id, self.paul)
        self.assertEqual(
            (str(line.date), line.hours, line.source), ("2026-03-09", 2, "event")
        )

    def test_a_moment_corrected_to_absent_takes_its_draft_back(self):
        place = self._book(self.workshop, self.paul, state="done")
        self._propose()
        place.hub_attendance = "absent"
        self.assertFalse(self._propose())

    def test_a_moment_of_several_days_gives_time_on_each(self):
        event = self._event("2026-03-02", "training", date_end="2026-03-04 16:00:00")
        self._book(event, self.paul, state="done")
        lines = self._propose().sorted("date")
        self.assertEqual([str(line.date)[-2:] for line in lines], ["02", "03", "04"])
        self.assertEqual(lines.mapped("hours"), [7, 7, 7])

    def test_a_moment_of_sales_gives_no_time(self):
        self._book(self._event("2026-03-09"), self.paul, state="done")
        self.assertFalse(self._propose())

    def test_what_breaks_a_rule_is_not_proposed_and_stops_nothing(self):
        self._time(23, date="2026-03-05")
        self._interview()
        self._interview((self.nadia, "volunteer"))
        self._interview(date_start="2026-01-02 10:00:00")
        lines = self._propose().filtered(lambda line: line.source == "interview")
        self.assertEqual(lines.partner_id, self.nadia)

    def test_another_hub_proposes_its_own(self):
        other = self.env["res.company"].create({"name": "Second hub"})
        other._hub_setup()
        self._interview()
        self.assertEqual(self.hours._propose(other), 0)
        self.assertEqual(self.hours._propose(self.company), 1)

    def test_the_night_job_proposes_in_every_hub(self):
        self._interview()
        self.hours._cron_propose()
        self.assertEqual(len(self.hours.search([])), 1)

    def test_proposing_costs_the_same_for_many_as_for_few(self):
        costs = []
        for count in (2, 20):
            for number in range(count):
                self._interview(
                    (self.paul if number % 2 else self.nadia, "volunteer"),
                    duration=0.25,
                )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.hours._propose(self.company)
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(costs[1], costs[0] + 2, costs)
