from odoo.tests import freeze_time, tagged

from .moments import MomentsCommon


@freeze_time("2026-03-10 12:00:00")
@tagged("post_install", "-at_install")
class TestSheetReminders(MomentsCommon):
    """Whoever runs a moment is reminded once of the sheet nobody has filled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        others = cls.env["event.event"].search([("hub_format", "!=", False)])
        (others - cls.workshop - cls.breakfast).hub_format = False
        cls.adviser = cls.users["adviser"]
        cls.workshop.user_id = cls.adviser
        cls._book(cls.workshop, cls.amina)

    def _run(self):
        self.env["event.event"]._cron_remind_sheets()
        return self._reminders()

    def _reminders(self, event=None):
        activities = self.env["mail.activity"].with_context(active_test=False)
        return activities.search(
            [
                ("res_model", "=", "event.event"),
                ("res_id", "in", (event or self.workshop + self.breakfast).ids),
            ]
        )

    def test_whoever_is_responsible_is_reminded_once(self):
        reminder = self._run()
        self.assertRecordValues(
            reminder,
            [
                {
                    "res_id": self.workshop.id,
                    "user_id": self.adviser.id,
                    "summary": "Fill the attendance sheet",
                    "active": True,
                }
            ],
        )
        self.assertIn("03/09/2026", reminder.note)
        self.assertEqual(self._run(), reminder)

    def test_nobody_is_written_to(self):
        mails = self.env["mail.mail"].search_count([])
        self._run()
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_a_filled_sheet_takes_the_reminder_away_at_once(self):
        self.assertTrue(self._run())
        sheet = self.env["hub.attendance.sheet"].with_user(self.adviser)
        sheet.create({"event_id": self.workshop.id}).action_done()
        self.assertFalse(self._reminders())
        self.assertFalse(self._run())

    def test_a_sheet_filled_at_the_desk_takes_it_away_the_next_day(self):
        self.assertTrue(self._run())
        self.workshop.registration_ids.action_set_done()
        self.assertFalse(self._run())

    def test_what_was_cancelled_waits_for_nobody(self):
        self.assertTrue(self._run())
        self.workshop.action_hub_cancel()
        self.assertFalse(self._reminders())

    def test_what_was_put_away_waits_for_nobody(self):
        self.assertTrue(self._run())
        self.workshop.action_archive()
        self.assertFalse(self._reminders())

    def test_a_reminder_put_aside_by_hand_does_not_come_back(self):
        reminder = self._run()
        reminder.action_done()
        self.assertFalse(self._run().filtered("active"))
        self.workshop.registration_ids.unlink()
        self._reminders().unlink()
        self.assertFalse(self._run())

    def test_without_anybody_responsible_a_coordinator_of_the_hub_is_reminded(self):
        self.workshop.user_id = self.users["sales"]
        user = self._run().user_id
        self.assertTrue(user.has_group("solidarity_hub.group_hub_coordinator"))
        self.assertIn(self.company, user.company_ids)

    def test_years_of_events_are_not_all_recalled(self):
        old = self._event("2025-06-01", "workshop")
        self._run()
        self.assertFalse(self._reminders(old))

    def test_a_copy_of_a_moment_is_reminded_for_itself(self):
        self._run()
        copy = self.workshop.copy()
        self.assertFalse(copy.hub_reminder_id or copy.hub_reminded_on)

    def test_the_job_is_planned(self):
        cron = self.env.ref("solidarity_hub.ir_cron_hub_moment_remind_sheets")
        self.assertEqual(cron.interval_type, "days")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(self._reminders())

    def test_the_first_page_counts_what_is_to_come_and_not_cancelled(self):
        overview = self.env["hub.overview"].with_user(self.adviser)

        def to_come():
            figures = overview.get_overview()["figures"]
            return next(f["value"] for f in figures if f["key"] == "moments")

        before = to_come()
        self.breakfast.action_hub_cancel()
        self.assertEqual(to_come(), before - 1)

    def test_the_first_page_still_counts_the_sheet(self):
        self._run()
        overview = self.env["hub.overview"].with_user(self.adviser).get_overview()
        (figure,) = [f for f in overview["figures"] if f["key"] == "sheets"]
        self.assertEqual((figure["value"], figure["urgent"]), (1, True))

    def test_many_sheets_cost_no_query_each_to_look_at(self):
        def cost(number):
            for day in range(number):
                vals = {"user_id": self.adviser.id}
                self._event(f"2026-02-{day + 1:02}", "workshop", **vals)
            self._run()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["event.event"]._cron_remind_sheets()
            return self.cr.sql_log_count - before

        cost(1)
        self.assertEqual(cost(2), cost(20))
