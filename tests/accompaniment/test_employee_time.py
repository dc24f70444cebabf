from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import Form, freeze_time, tagged

from ..common import HubCommon
from .test_volunteer_hours import HoursMixin


@tagged("post_install", "-at_install")
@freeze_time("2026-03-12 12:00:00")
class TestEmployeeTime(HoursMixin, HubCommon):
    """Employees note their week; a programme is told what was done under it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hours()
        cls.me = cls.users["adviser"].partner_id
        cls.region, cls.city, cls.old = cls.env["hub.programme"].create(
            [
                {"name": "Region"},
                {"name": "City", "date_start": "2026-02-01"},
                {"name": "Old", "date_end": "2025-12-31"},
            ]
        )

    def _project(self, *programmes):
        return self.env["crm.lead"].create(
            {
                "name": "Bakery",
                "is_hub_project": True,
                "hub_programme_ids": [Command.set([p.id for p in programmes])],
                "hub_holder_ids": [
                    Command.create({"partner_id": self.paul.id, "is_contact": True})
                ],
            }
        )

    def _week(self, role="adviser", **vals):
        return Form(self.env["hub.hours.week"].with_user(self.users[role]), **vals)

    def _mine(self):
        return self.hours.search([("partner_id", "=", self.me.id)], order="date, id")

    # The week

    def test_a_week_is_noted_in_one_go(self):
        form = self._week()
        with form.row_ids.edit(0) as row:
            row.monday = 3.5
            row.wednesday = 7
        with form.row_ids.new() as row:
            row.function = "management"
            row.programme_id = self.region
            row.name = "Report"
            row.tuesday = 2
        form.save().action_add()
        self.assertRecordValues(
            self._mine(),
            [
                {
                    "date": Date.to_date(day),
                    "hours": hours,
                    "function": function,
                    "programme_id": programme.id,
                    "name": name,
                    "role_kind": "employee",
                    "state": "draft",
                    "value": 0,
                }
                for day, hours, function, programme, name in (
                    ("2026-03-09", 3.5, "accompaniment", self.env["hub.programme"], 0),
                    ("2026-03-10", 2, "management", self.region, "Report"),
                    ("2026-03-11", 7, "accompaniment", self.env["hub.programme"], 0),
                )
            ],
        )

    def test_the_next_week_begins_with_ones_usual_rows(self):
        for day in ("2026-03-02", "2026-03-03"):
            self._time(
                2, self.me, date=day, function="network", programme_id=self.region.id
            )
        self._time(1, self.me, date="2026-03-04", function="reception")
        self._time(1, self.me, date="2026-02-10", function="management")
        rows = self._week().save().row_ids
        self.assertEqual(
            [(row.function, row.programme_id) for row in rows],
            [("network", self.region), ("reception", self.env["hub.programme"])],
        )

    def test_what_is_noted_already_is_shown(self):
        self._time(2.5, self.me, date="2026-03-10")
        self._time(1, self.me, date="2026-03-10")
        week = self._week().save()
        self.assertIn("3 h 30", week.noted)
        week.action_earlier()
        self.assertEqual(week.date, Date.to_date("2026-03-02"))
        self.assertFalse(week.noted)
        week.action_later()
        self.assertIn("3 h 30", week.noted)

    def test_a_week_without_a_number_says_what_is_missing(self):
        with self.assertRaisesRegex(UserError, "at least one number"):
            self._week().save().action_add()

    def test_days_to_come_and_more_than_a_day_are_refused_and_nothing_is_written(self):
        for day, hours, words in (("friday", 2, "still to come"), ("monday", 25, "24")):
            form = self._week()
            with form.row_ids.edit(0) as row:
                row.tuesday = 1
                setattr(row, day, hours)
            with (
                self.assertRaisesRegex(ValidationError, words),
                self.cr.savepoint(),
            ):
                form.save().action_add()
            self.assertFalse(self._mine())

    def test_nobody_notes_the_week_of_somebody_else(self):
        week = self.env["hub.hours.week"].with_user(self.users["adviser"])
        mine = week.create(
            {
                "partner_id": self.paul.id,
                "row_ids": [Command.create({"function": "network", "monday": 1})],
            }
        )
        with self.assertRaises(AccessError):
            mine.action_add()

    def test_somebody_without_a_role_is_told_to_add_it(self):
        form = self._week("coordinator")
        with form.row_ids.edit(0) as row:
            row.monday = 1
        with self.assertRaisesRegex(ValidationError, "Add the role first"):
            form.save().action_add()

    # The programme

    def test_the_programme_is_proposed_from_the_project(self):
        for programmes, found in (
            ((self.region,), self.region),
            ((self.old, self.city), self.city),
            ((self.old,), self.old.browse()),
            ((self.region, self.city), self.old.browse()),
        ):
            line = self._time(0.5, lead_id=self._project(*programmes).id)
            self.assertEqual(line.programme_id, found)

    def test_a_programme_said_by_hand_stays(self):
        project = self._project(self.region)
        line = self._time(lead_id=project.id, programme_id=self.city.id)
        self.assertEqual(line.programme_id, self.city)
        line = self._time(programme_id=self.city.id)
        line.lead_id = self._project(self.region, self.city)
        self.assertEqual(line.programme_id, self.city)

    def test_time_of_a_volunteer_takes_the_programme_that_he_does_not_see(self):
        project = self._project(self.region)
        project.hub_phase = "accompaniment"
        self.env["hub.role"].search([]).trained_on = "2026-01-05"
        pairing = self.env["hub.pairing"].create(
            {"lead_id": project.id, "volunteer_id": self.nadia.id}
        )
        pairing.action_activate(channel="phone")
        line = self._time(person=self.nadia, role="volunteer", lead_id=project.id)
        self.assertEqual(line.sudo().programme_id, self.region)

    def test_a_programme_sums_validated_hours_of_employees_and_volunteers(self):
        for hours, person, validated in (
            (3, self.me, True),
            (4, self.me, True),
            (2.5, self.paul, True),
            (9, self.paul, False),
        ):
            line = self._time(
                hours,
                person,
                date=f"2026-03-0{int(hours)}",
                programme_id=self.region.id,
            )
            if validated:
                line.action_validate()
        region = self.region.with_user(self.users["finance"])
        self.assertEqual((region.hours_paid, region.hours_given), (7, 2.5))
        self.assertEqual((self.city.hours_paid, self.city.hours_given), (0, 0))
        found = self.hours.search(region.action_hours()["domain"])
        self.assertEqual(len(found), 4)

    def test_programmes_cost_the_same_for_one_and_for_many(self):
        many = self.region.create([{"name": f"P{n}"} for n in range(20)])
        for programme in many:
            self._time(0.5, programme_id=programme.id)

        def cost(programmes):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            programmes.with_user(self.users["finance"]).read(
                ["hours_paid", "hours_given"]
            )
            return self.cr.sql_log_count - before

        cost(many)
        self.assertEqual(cost(self.region), cost(many))

    # The first page

    def _figures(self, role):
        self.env.invalidate_all()
        overview = self.env["hub.overview"].with_user(self.users[role])
        return {f["key"]: f for f in overview.get_overview()["figures"]}

    def test_board_and_finance_see_the_hours_of_the_year_and_their_value(self):
        self.env["hub.hours.rate"].create({"rate": 12, "date_start": "2026-01-01"})
        self.assertNotIn("hours_year", self._figures("board"))
        self._time(2.5).action_validate()
        self._time(4, self.nadia)
        self._time(7, self.me).action_validate()
        money = self.company.currency_id.format(30)
        for role in ("board", "finance"):
            figures = self._figures(role)
            self.assertEqual(figures["hours_year"]["value"], 2, role)
            self.assertEqual(figures["hours_year_value"]["value"], money, role)
        self.assertFalse(self._figures("board")["hours_year"]["action"])
        action = self._figures("finance")["hours_year"]["action"]
        found = self.hours.search(action["domain"])
        self.assertEqual(sum(found.mapped("hours")), 2.5)
        self.assertNotIn("hours_year", self._figures("coordinator"))
