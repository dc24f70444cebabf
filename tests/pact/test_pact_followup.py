from datetime import date

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import PactCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-01-10")
class TestPactFollowup(PactCommon):
    """What becomes of the commitments, and who acts at which level."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pact = cls._pact_in_force(
            user_id=cls.users["coordinator"].id,
            commitment_ids=[
                Command.create(
                    {
                        "name": "Meet twice a month",
                        "category": "volunteer",
                        "level": "commune",
                    }
                ),
                Command.create(
                    {
                        "name": "Write the plan",
                        "category": "concerned",
                        "due": "2026-02-01",
                        "level": "region",
                    }
                ),
            ],
        )
        cls.plan = cls.pact.commitment_ids.filtered("due")

    def remind(self, day):
        with freeze_time(day):
            self.env["hub.pact.commitment"]._remind_of_due(date.fromisoformat(day))

    def test_on_its_last_day_whoever_follows_the_pact_is_asked_once(self):
        for day in ("2026-01-31", "2026-02-03", "2026-02-03", "2026-02-04"):
            self.remind(day)
        activity = self.pact.activity_ids
        self.assertEqual(len(activity), 1, "asked once, although the job missed a day")
        self.assertEqual(activity.user_id, self.users["coordinator"])
        self.assertIn("Amina", activity.summary)
        self.assertIn("Write the plan", activity.note)

    def test_what_is_done_dropped_or_ended_is_not_asked_about(self):
        self.plan.state = "done"
        self.remind("2026-02-03")
        self.plan.state = "dropped"
        self.remind("2026-02-03")
        self.plan.state = "ongoing"
        self.pact.action_end()
        self.remind("2026-02-03")
        self.assertFalse(self.pact.activity_ids)

    def test_the_state_is_noted_after_the_signature_and_the_day_follows(self):
        self.plan.write({"state": "done", "outcome": "Sent to the bank"})
        self.assertEqual(self.plan.done_on, date(2026, 1, 10))
        self.plan.state = "ongoing"
        self.assertFalse(self.plan.done_on)
        self.plan.action_done()
        self.assertEqual(self.plan.state, "done")

    def test_overdue_is_found(self):
        commitments = self.env["hub.pact.commitment"]
        mine = [("pact_id", "=", self.pact.id)]
        with freeze_time("2026-02-01"):
            self.assertFalse(self.plan.is_overdue)
        self.env.invalidate_all()
        with freeze_time("2026-02-02"):
            self.assertTrue(self.plan.is_overdue)
            late = commitments.search([*mine, ("is_overdue", "=", True)])
            self.assertEqual(late, self.plan)
            rest = commitments.search([*mine, ("is_overdue", "=", False)])
            self.assertEqual(rest, self.pact.commitment_ids - self.plan)
            pacts = self.pact.search(
                [("commitment_ids", "any", [("is_overdue", "=", True)])]
            )
            self.assertIn(self.pact, pacts)

    def test_the_matrix_shows_actors_actions_and_levels(self):
        matrix = self.pact._reading()["matrix"]
        self.assertEqual(
            matrix["columns"], ["Commune", "Intercommunality", "Department", "Region"]
        )
        self.assertEqual(
            matrix["rows"],
            [
                ("Bernard Œuvrard", [["Meet twice a month"], [], [], []]),
                ("Amina Bérenger", [[], [], [], ["Write the plan"]]),
            ],
        )
        self.assertEqual(matrix["empty"], ["Intercommunality", "Department"])
        self.assertEqual(matrix["idle"], [])
        self.assertIn("Intercommunality", self.pact.matrix)

    def test_the_matrix_names_parties_without_an_action_and_actions_without_a_level(
        self,
    ):
        pact = self._create_pact()
        self._add_town(pact)
        matrix = pact._reading()["matrix"]
        self.assertEqual(matrix["columns"][-1], "Level not said")
        self.assertEqual(matrix["idle"], ["Amina Bérenger", "Ville de Dijon"])
