from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..common import HubCommon
from .common import ProgrammeMixin


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 12:00:00")
class TestTargets(ProgrammeMixin, HubCommon):
    """What the convention asks for, and what is reached of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_programme()
        cls.one = cls._person({"status": "job_seeker"}, hub_gender="female")
        cls.two = cls._person({"status": "employee"}, entered="2025-06-01")
        cls.body = cls._person(is_company=True)
        cls.env["hub.outcome"].create(
            [
                {
                    "lead_id": cls.one.lead_id.id,
                    "kind": kind,
                    "quantity": n,
                    "date": day,
                }
                for kind, n, day in (
                    ("job", 2, "2025-07-01"),
                    ("job", 1, "2026-01-01"),
                    ("activity_created", 1, "2025-07-01"),
                    ("training", 1, "2025-07-02"),
                )
            ]
        )

    def _target(self, number=10, start="2025-01-01", end="2025-12-31", **vals):
        return self.env["hub.programme.target"].create(
            {
                "programme_id": self.programme.id,
                "number": number,
                "date_from": start,
                "date_to": end,
                "measure": False,
                **vals,
            }
        )

    def test_what_is_reached(self):
        for measure, reached in (
            ("persons", 2),
            ("organisations", 1),
            ("projects", 3),
            ("jobs", 2),
            ("activities", 1),
            ("trainings", 1),
            ("attendances", 0),
            ("hours_given", 0),
        ):
            with self.subTest(measure):
                self.assertEqual(self._target(measure=measure).reached, reached)
        unemployed = self.indicators.filtered(lambda i: i.code == "EECO02")
        target = self._target(number=4, indicator_id=unemployed.id)
        self.assertEqual((target.reached, target.share), (1, 0.25))

    def test_hours_and_moments_of_the_programme_count(self):
        volunteer = self.env["res.partner"].create({"name": "Vera"})
        self.env["hub.role"].create(
            {
                "partner_id": volunteer.id,
                "kind": "volunteer",
                "date_start": "2020-01-01",
            }
        )
        hours = self.env["hub.volunteer.hours"].create(
            {
                "partner_id": volunteer.id,
                "date": "2025-05-05",
                "hours": 2.5,
                "programme_id": self.programme.id,
            }
        )
        target = self._target(measure="hours_given")
        self.assertEqual(target.reached, 0, "not validated yet")
        hours.sudo().state = "validated"
        event = self.env["event.event"].create(
            {
                "name": "Workshop",
                "hub_format": "workshop",
                "company_id": self.company.id,
                "date_begin": "2025-05-05 08:00:00",
                "date_end": "2025-05-05 10:00:00",
                "hub_programme_ids": [Command.set(self.programme.ids)],
            }
        )
        self.env["event.registration"].create(
            [
                {
                    "event_id": event.id,
                    "hub_partner_id": self.one.partner_id.id,
                    "hub_attendance": "present",
                },
                {
                    "event_id": event.id,
                    "hub_partner_id": self.two.partner_id.id,
                    "hub_attendance": "absent",
                },
            ]
        )
        event.hub_unidentified = 3
        self.env.invalidate_all()
        self.assertEqual(target.reached, 2.5)
        self.assertEqual(self._target(measure="attendances").reached, 4)
        self.assertEqual(
            self._target(measure="attendances", start="2025-05-06").reached, 0
        )

    def test_a_target_is_set_for_one_thing(self):
        with self.assertRaises(ValidationError):
            self._target()
        with self.assertRaises(ValidationError):
            self._target(measure="jobs", indicator_id=self.indicators[0].id)
        for vals in ({"number": 0}, {"number": -1}, {"end": "2024-01-01"}):
            with (
                self.subTest(vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._target(measure="jobs", **vals)

    def test_a_user_sets_a_target_on_the_programme(self):
        programme = self.programme.with_user(self.users["coordinator"])
        with Form(programme) as form, form.target_ids.new() as line:
            self.assertEqual(str(line.date_from), "2025-01-01")
            line.number = 4
        self.assertEqual(self.programme.target_ids.reached, 2)

    def test_many_targets_cost_as_much_as_one(self):
        one = self._target(measure="jobs")
        many = one | self.env["hub.programme.target"].create(
            [
                {
                    "programme_id": self.programme.id,
                    "number": number,
                    "measure": "persons",
                    "date_from": "2025-01-01",
                    "date_to": "2025-12-31",
                }
                for number in range(1, 20)
            ]
        )
        counts = []
        for targets in (one, one, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            targets.mapped("reached")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    def test_many_people_cost_as_much_as_few(self):
        target = self._target(measure="persons")
        counts = []
        for number in (0, 0, 20):
            for _n in range(number):
                self._person({"status": "student"})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            target.mapped("reached")
            self.programme.mapped("missing_count")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
        self.assertEqual(target.reached, 22)

    def test_who_counts_and_what_is_missing(self):
        self._person()
        self.assertEqual(self.programme.people_count, 4)
        self.assertEqual(self.programme.missing_count, 1)
        action = self.programme.action_people()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(len(found), 4)
