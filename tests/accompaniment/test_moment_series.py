from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged

from .moments import MomentsCommon


@freeze_time("2026-03-10 07:00:00")
@tagged("post_install", "-at_install")
class TestMomentSeries(MomentsCommon):
    """Ten breakfasts for the year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coordinator = cls.users["coordinator"]
        cls.coordinator.tz = "Europe/Paris"
        cls.env = cls.env(user=cls.coordinator)

    def _series(self, **vals):
        form = Form(self.env["hub.moment.series"])
        form.name = "Breakfast of the square"
        for name, value in vals.items():
            form[name] = value
        return form.save()

    def _events(self, series):
        return self.env["event.event"].search(series.action_create()["domain"])

    def _days(self, **vals):
        return self._series(**vals).date_ids.mapped("date")

    def test_every_first_tuesday(self):
        self.assertEqual(
            self._days(date_start="2026-04-07", count=4),
            [date(2026, 4, 7), date(2026, 5, 5), date(2026, 6, 2), date(2026, 7, 7)],
        )

    def test_a_fifth_weekday_becomes_the_last_where_there_are_four(self):
        self.assertEqual(
            self._days(date_start="2026-03-31", count=3),
            [date(2026, 3, 31), date(2026, 4, 28), date(2026, 5, 26)],
        )

    def test_the_same_day_of_each_month(self):
        self.assertEqual(
            self._days(rhythm="month", date_start="2026-01-31", count=3),
            [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)],
        )

    def test_every_week_and_every_two_weeks(self):
        weekly = self._days(rhythm="week", date_start="2026-04-06", count=3)
        self.assertEqual(weekly[-1], date(2026, 4, 20))
        other = self._days(rhythm="fortnight", date_start="2026-04-06", count=3)
        self.assertEqual(other[-1], date(2026, 5, 4))

    def test_ten_breakfasts_are_created_with_their_hour_place_and_goals(self):
        goal = self.env.ref("solidarity_hub.event_tag_goal_help")
        series = self._series(date_start="2026-04-07", count=10, hour=8.5)
        series.tag_ids = goal
        events = self._events(series)
        self.assertEqual(len(events), 10)
        self.assertEqual(set(events.mapped("hub_format")), {"breakfast"})
        self.assertEqual(events.tag_ids, goal)
        self.assertEqual(events.address_id, self.company.partner_id)
        self.assertFalse(events.event_mail_ids)

    def test_nine_o_clock_stays_nine_o_clock_in_summer_and_in_winter(self):
        series = self._series(date_start="2026-10-06", count=2, hour=9.0)
        starts = self._events(series).mapped("date_begin")
        self.assertEqual([start.hour for start in starts], [7, 8])

    def test_a_public_holiday_is_taken_off_the_list(self):
        series = self._series(date_start="2026-04-07", count=3)
        series.date_ids[1].unlink()
        days = [event.date_begin.date() for event in self._events(series)]
        self.assertEqual(days, [date(2026, 4, 7), date(2026, 6, 2)])

    def test_dates_chosen_one_by_one(self):
        with Form(self.env["hub.moment.series"]) as form:
            form.rhythm = "dates"
            while len(form.date_ids):
                form.date_ids.remove(0)
            for day in ("2026-05-05", "2026-04-08"):
                with form.date_ids.new() as line:
                    line.date = day
        days = [event.date_begin.date() for event in self._events(form.record)]
        self.assertEqual(days, [date(2026, 4, 8), date(2026, 5, 5)])

    def test_the_same_series_again_is_refused_and_nothing_is_created(self):
        vals = {"date_start": "2026-04-07", "count": 2}
        self._events(self._series(**vals))
        before = self.env["event.event"].search_count([])
        with self.assertRaisesRegex(UserError, "twice on 04/07/2026, 05/05/2026"):
            self._series(**vals).action_create()
        self.assertEqual(self.env["event.event"].search_count([]), before)

    def test_too_many_dates_and_no_date_are_refused(self):
        for count in (0, 61):
            with self.subTest(count), self.assertRaises(UserError):
                self._series(rhythm="week", count=count).action_create()

    def test_an_hour_that_does_not_exist_is_refused(self):
        with self.assertRaisesRegex(UserError, "23:59"):
            self._series(count=1, hour=25).action_create()

    def test_an_adviser_does_not_plan_series(self):
        with self.assertRaises(AccessError):
            self.env["hub.moment.series"].with_user(self.users["adviser"]).create({})


@freeze_time("2026-03-10 07:00:00")
@tagged("post_install", "-at_install")
class TestMomentInvite(MomentsCommon):
    def _role(self, partner, kind="volunteer", **vals):
        return self.env["hub.role"].create(
            {
                "partner_id": partner.id,
                "kind": kind,
                "date_start": "2026-01-01",
                **vals,
            }
        )

    def _invite(self, *events, **vals):
        ids = [event.id for event in events or [self.breakfast]]
        invite = self.env["hub.moment.invite"].with_user(self.users["coordinator"])
        context = {"active_model": "event.event", "active_ids": ids}
        form = Form(invite.with_context(**context))
        for name, value in vals.items():
            form[name] = value
        return form.save()

    def _names(self, event=None):
        return set((event or self.breakfast).registration_ids.mapped("name"))

    def test_all_with_a_role_today_are_expected(self):
        self._role(self.amina)
        self._role(self.karim, date_end="2026-02-01")
        self._role(self.lea, "holder")
        self._role(self.paul, pause_from="2026-03-01")
        invite = self._invite(role_kind="volunteer")
        self.assertIn(self.amina, invite.partner_ids)
        self.assertFalse(invite.partner_ids & (self.karim + self.lea + self.paul))
        invite.action_invite()
        place = self.breakfast.registration_ids.filtered(
            lambda place: place.partner_id == self.amina
        )
        self.assertEqual(place.hub_attendance, "expected")

    def test_a_college_with_its_former_members(self):
        college = self.env["hub.college"].create(
            {
                "name": "Creators",
                "code": "creators_test",
                "role_kind": "holder",
                "include_former": True,
            }
        )
        self._role(self.amina, "holder", date_end="2026-02-01")
        invite = self._invite(who="college", college_id=college)
        self.assertIn(self.amina, invite.partner_ids)
        college.include_former = False
        invite = self._invite(who="college", college_id=college)
        self.assertNotIn(self.amina, invite.partner_ids)

    def test_a_club(self):
        club = self.env["res.partner.category"].create({"name": "Club of traders"})
        self.karim.category_id = club
        self._invite(who="club", category_id=club).action_invite()
        self.assertEqual(self._names(), {"Karim"})

    def test_people_chosen_for_several_moments_nobody_twice(self):
        other = self._event("2026-03-27", "breakfast")
        self._book(other, self.amina, hub_attendance="excused")
        invite = self._invite(self.breakfast, other, who="people")
        invite.partner_ids = self.amina + self.lea
        message = invite.action_invite()["params"]["message"]
        self.assertIn("3 places noted, 1 were there already", message)
        self.assertEqual(self._names(), {"Amina", "Léa"})
        self.assertEqual(other.hub_excused_count, 1)
        invite.action_invite()
        self.assertEqual(len(other.registration_ids), 2)

    def test_a_training_expects_volunteers_at_first(self):
        self._role(self.amina)
        invite = self._invite(self._event("2026-03-25", "training"))
        self.assertEqual(invite.role_kind, "volunteer")
        self.assertIn(self.amina, invite.partner_ids)
        self.assertEqual(self._invite().role_kind, "holder")

    def test_nobody_is_written_to(self):
        self.amina.email = "amina@example.org"
        mails = self.env["mail.mail"].search_count([])
        invite = self._invite(who="people")
        invite.partner_ids = self.amina
        invite.action_invite()
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_an_ordinary_event_and_an_empty_list_are_refused(self):
        invite = self._invite(who="people")
        with self.assertRaisesRegex(UserError, "Nobody is chosen"):
            invite.action_invite()
        invite.partner_ids = self.amina
        invite.event_ids = self._event("2026-03-20")
        with self.assertRaisesRegex(UserError, "choose its format"):
            invite.action_invite()

    def test_many_people_are_added_in_as_many_queries_as_few(self):
        def cost(number):
            people = self.env["res.partner"].create(
                [{"name": f"N{number} {n}"} for n in range(number)]
            )
            event = self._event("2026-04-20", "breakfast")
            invite = self._invite(event, who="people")
            invite.partner_ids = people
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            invite.action_invite()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        cost(2)
        self.assertEqual(cost(3), cost(40))
