from odoo.tests import freeze_time, tagged

from .moments import MomentsCommon


@freeze_time("2026-03-10 12:00:00")
@tagged("post_install", "-at_install")
class TestProjectMoments(MomentsCommon):
    """Interviews and collective moments of a project, one line of time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls._project(cls.amina)
        cls.lead.hub_phase = "accompaniment"
        cls.interview = cls.env["hub.interview"].create(
            {"lead_id": cls.lead.id, "date_start": "2026-03-05 09:00:00"}
        )
        cls.place = cls._book(cls.workshop, cls.amina, hub_attendance="present")
        cls._book(cls.breakfast, cls.amina)

    def _moments(self):
        action = self.lead.with_user(self.users["adviser"]).action_hub_moments()
        model = self.env[action["res_model"]].with_user(self.users["adviser"])
        return model.search(action["domain"])

    def test_both_kinds_follow_each_other_the_latest_first(self):
        self.assertEqual(
            [(str(m.date_start.date()), m.kind, m.answer) for m in self._moments()],
            [
                ("2026-03-20", "collective", "expected"),
                ("2026-03-09", "collective", "present"),
                ("2026-03-05", "individual", "planned"),
            ],
        )
        self.assertEqual(self.lead.hub_moment_count, 3)

    def test_each_opens_what_it_is(self):
        collective, individual = self._moments()[1:]
        self.assertEqual(collective.action_open()["res_id"], self.workshop.id)
        self.assertEqual(individual.action_open()["res_model"], "hub.interview")
        self.assertEqual(collective.display_name, self.workshop.name)

    def test_a_moment_that_was_cancelled_is_left_out(self):
        self.breakfast.kanban_state = "cancel"
        self.assertEqual(len(self._moments()), 2)

    def test_what_somebody_did_for_another_project_is_left_out(self):
        other = self._project(self.karim, "Repair café")
        self._book(self.workshop, self.karim)
        self.assertEqual(other.hub_moment_count, 1)
        self.assertEqual(len(self._moments()), 3)

    def test_the_list_costs_the_same_for_few_and_for_many(self):
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            moments = self.env["hub.project.moment"].search(
                [("lead_id", "=", self.lead.id)]
            )
            moments.mapped(lambda moment: (moment.display_name, moment.people))
            return self.cr.sql_log_count - before

        cost()
        few = cost()
        for day in range(10, 28):
            self._book(self._event(f"2026-02-{day}", "workshop"), self.amina)
            self.env["hub.interview"].create(
                {"lead_id": self.lead.id, "date_start": f"2026-01-{day} 09:00:00"}
            )
        self.assertEqual(cost(), few)
