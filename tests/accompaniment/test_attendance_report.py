from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .moments import MomentsCommon

MEASURES = (
    "moment_count",
    "listed_count",
    "expected_count",
    "present_count",
    "absent_count",
    "excused_count",
    "unidentified_count",
    "came_count",
)


@freeze_time("2026-03-10 12:00:00")
@tagged("post_install", "-at_install")
class TestAttendanceReport(MomentsCommon):
    """Attendance by format, goal and month, counted by hand.

    ===========  =========  =====  ======  ====  ======  =======  =======  ======
    day          format     goals  listed  exp.  pres.   absent   excused  unnamed
    ===========  =========  =====  ======  ====  ======  =======  =======  ======
    10 January   breakfast  group      12     0       7        3        2        2
    14 February  breakfast  group       5     0       5        0        0        0
                            help
    20 February  workshop   help        0     0       0        0        0        6
    9 March      workshop   none        4     3       1        0        0        0
    5 March      workshop   cancelled, 3 on its list: left out
    6 March      (none)     an ordinary event, 2 present: left out
    ===========  =========  =====  ======  ====  ======  =======  =======  ======
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.breakfast.active = False
        cls.group = cls.env.ref("solidarity_hub.event_tag_goal_group")
        cls.help = cls.env.ref("solidarity_hub.event_tag_goal_help")
        cls.people = cls.env["res.partner"].create(
            [{"name": f"Person {number}"} for number in range(12)]
        )
        cls.january = cls._filled(
            "2026-01-10", "breakfast", cls.group, present=7, absent=3, excused=2, more=2
        )
        cls.february = cls._filled(
            "2026-02-14", "breakfast", cls.group + cls.help, present=5
        )
        cls.unnamed = cls._filled("2026-02-20", "workshop", cls.help, more=6)
        cls._list(cls.workshop, present=1, expected=3)
        cancelled = cls._event("2026-03-05", "workshop")
        cls._list(cancelled, expected=3)
        cancelled.action_hub_cancel()
        cls.ordinary = cls._event("2026-03-06")
        cls._book(cls.ordinary, *cls.people[:2], state="done")
        cls.events = cls.january + cls.february + cls.unnamed + cls.workshop
        cls.left_out = cancelled + cls.ordinary + cls.breakfast

    @classmethod
    def _list(cls, event, **numbers):
        people = iter(cls.people)
        for answer, number in numbers.items():
            for _n in range(number):
                cls._book(event, next(people), hub_attendance=answer)

    @classmethod
    def _filled(cls, day, hub_format, goals, more=0, **numbers):
        tags = [Command.set(goals.ids)]
        event = cls._event(day, hub_format, tag_ids=tags, hub_unidentified=more)
        cls._list(event, **numbers)
        event.hub_sheet_filled_on = day
        return event

    def _rows(self, *groupby):
        env = self.env(user=self.users["adviser"])
        ids = (self.events + self.left_out).ids
        groups = env["hub.attendance.report"]._read_group(
            [("event_id", "in", ids)],
            groupby,
            [f"{name}:sum" for name in MEASURES],
        )
        size = len(groupby)
        return {group[:size]: group[size:] for group in groups}

    def test_the_whole_is_counted_once(self):
        self.assertEqual(self._rows(), {(): (4, 21, 3, 13, 3, 2, 8, 21)})

    def test_by_format(self):
        self.assertEqual(
            self._rows("hub_format"),
            {
                ("breakfast",): (2, 17, 0, 12, 3, 2, 2, 14),
                ("workshop",): (2, 4, 3, 1, 0, 0, 6, 7),
            },
        )

    def test_by_month(self):
        rows = self._rows("date:month")
        self.assertEqual(
            {str(month.date()): row for (month,), row in rows.items()},
            {
                "2026-01-01": (1, 12, 0, 7, 3, 2, 2, 9),
                "2026-02-01": (2, 5, 0, 5, 0, 0, 6, 11),
                "2026-03-01": (1, 4, 3, 1, 0, 0, 0, 1),
            },
        )

    def test_by_goal_a_moment_shows_under_each_of_its_goals(self):
        none = self.env["event.tag"]
        self.assertEqual(
            {goal: row for (goal,), row in self._rows("tag_ids").items()},
            {
                self.group: (2, 17, 0, 12, 3, 2, 2, 14),
                self.help: (2, 5, 0, 5, 0, 0, 6, 11),
                none: (1, 4, 3, 1, 0, 0, 0, 1),
            },
        )

    def test_the_report_says_what_each_moment_says(self):
        rows = self.env["hub.attendance.report"].search(
            [("event_id", "in", self.events.ids)]
        )
        self.assertEqual(set(rows.event_id), set(self.events))
        self.assertEqual(len(rows), 4)
        for row in rows:
            for measure in ("expected", "present", "absent", "excused", "came"):
                with self.subTest(event=row.event_id.name, measure=measure):
                    self.assertEqual(
                        row[f"{measure}_count"], row.event_id[f"hub_{measure}_count"]
                    )
            self.assertEqual(row.unidentified_count, row.event_id.hub_unidentified)
            listed = sum(
                row[f"{name}_count"]
                for name in ("expected", "present", "absent", "excused")
            )
            self.assertEqual(row.listed_count, listed)

    def test_what_changes_on_the_sheet_changes_the_figures_at_once(self):
        expected = self.workshop.registration_ids.filtered(
            lambda place: place.hub_attendance == "expected"
        )
        expected[:1].action_hub_present()
        self.workshop.hub_unidentified = 4
        self.assertEqual(self._rows(), {(): (4, 21, 2, 14, 3, 2, 12, 26)})

    def test_somebody_taken_off_the_list_is_not_counted(self):
        absent = self.january.registration_ids.filtered(
            lambda place: place.hub_attendance == "absent"
        )
        absent[:1].action_archive()
        self.assertEqual(self._rows()[()][4], 2)

    def test_a_moment_put_away_after_people_came_still_counts(self):
        self.events.action_archive()
        self.assertEqual(self._rows()[()][0], 4)
        self.january.registration_ids.hub_attendance = "absent"
        self.january.hub_unidentified = 0
        self.assertEqual(self._rows()[()][0], 3)

    def test_two_contacts_merged_are_still_two_places_to_settle(self):
        before = self._rows()
        self.env["base.partner.merge.automatic.wizard"]._merge(
            self.people[:2].ids, self.people[0]
        )
        self.env.invalidate_all()
        self.assertEqual(self._rows(), before)

    def test_a_row_opens_its_moment(self):
        row = self.env["hub.attendance.report"].browse(self.january.id)
        action = row.with_user(self.users["adviser"]).action_open_moment()
        self.assertEqual(action["res_id"], self.january.id)
        form = self.env.ref("solidarity_hub.hub_moment_view_form")
        self.assertEqual(action["views"][0][0], form.id)

    def test_the_list_costs_the_same_for_few_and_for_many(self):
        reports = self.env["hub.attendance.report"].with_user(self.users["adviser"])
        names = {name: {} for name in MEASURES} | {
            "event_id": {"fields": {"display_name": {}}},
            "tag_ids": {"fields": {"display_name": {}}},
        }

        def cost(events):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            found = reports.web_search_read([("event_id", "in", events.ids)], names)
            self.assertEqual(found["length"], len(events))
            return self.cr.sql_log_count - before

        events = self.january
        for number in range(20):
            event = self._event(f"2026-02-{number + 1:02}", "workshop")
            event.tag_ids = self.group + self.help
            self._list(event, present=2)
            events += event
        cost(self.january)
        self.assertEqual(cost(events), cost(self.january))
