from datetime import date

from odoo.tests import freeze_time, tagged

from ..common import HubCommon


@freeze_time("2026-03-10 12:00:00")
@tagged("post_install", "-at_install")
class TestTraining(HubCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marie, cls.luc = cls.env["res.partner"].create(
            [{"name": "Marie"}, {"name": "Luc"}]
        )
        cls.role = cls.env["hub.role"].create(
            {
                "partner_id": cls.marie.id,
                "kind": "volunteer",
                "date_start": date(2026, 1, 1),
            }
        )
        cls.training = cls._event("2026-04-01", "training")

    @classmethod
    def _event(cls, day, hub_format):
        return cls.env["event.event"].create(
            {
                "name": "Listening to people",
                "hub_format": hub_format,
                "date_begin": f"{day} 09:00:00",
                "date_end": f"{day} 17:00:00",
            }
        )

    def _book(self, event=None, **vals):
        return self.env["event.registration"].create(
            {
                "event_id": (event or self.training).id,
                "partner_id": self.marie.id,
                "state": "open",
                **vals,
            }
        )

    def _answer(self, person=None):
        person = person or self.marie
        return person._hub_is_trained_or_booked()[person]

    def test_a_new_volunteer_is_not_trained(self):
        self.assertFalse(self._answer())
        self.assertEqual(self.marie.hub_training, "missing")

    def test_a_place_in_a_training_to_come_counts_as_booked(self):
        self._book()
        self.assertEqual(self._answer(), "booked")

    def test_a_cancelled_place_does_not_count(self):
        self._book().state = "cancel"
        self.assertFalse(self._answer())

    def test_a_place_in_a_training_that_is_over_does_not_count(self):
        self._book(self._event("2026-02-01", "training"))
        self.assertFalse(self._answer())

    def test_a_place_at_another_event_does_not_count(self):
        self._book(self._event("2026-04-01", "breakfast"))
        self.assertFalse(self._answer())

    def test_presence_is_noted_on_the_role(self):
        self._book().state = "done"
        self.assertEqual(self.role.trained_on, date(2026, 4, 1))
        self.assertEqual(self._answer(), "trained")

    def test_presence_noted_by_mistake_is_taken_back(self):
        registration = self._book(state="done")
        registration.state = "open"
        self.assertFalse(self.role.trained_on)

    def test_an_earlier_training_stays(self):
        self.role.trained_on = date(2025, 5, 5)
        registration = self._book(state="done")
        registration.state = "cancel"
        self.assertEqual(self.role.trained_on, date(2025, 5, 5))

    def test_who_attends_counts_and_not_who_booked(self):
        self._book(hub_partner_id=self.luc.id)
        self.assertFalse(self._answer())
        self.assertEqual(self._answer(self.luc), "booked")

    def test_presence_before_becoming_a_volunteer_counts(self):
        self._book(partner_id=self.luc.id, state="done")
        self.assertEqual(self._answer(self.luc), "trained")

    def test_volunteers_without_training_are_searchable(self):
        people = self.env["res.partner"]
        mine = [("id", "=", self.marie.id)]
        self.assertTrue(people.search([*mine, ("hub_training", "=", "missing")]))
        self._book()
        self.assertFalse(people.search([*mine, ("hub_training", "=", "missing")]))
        self.assertTrue(people.search([*mine, ("hub_training", "=", "booked")]))

    def test_the_desk_may_note_presence_without_rights_on_roles(self):
        registration = self._book()
        registration.with_user(self.users["adviser"]).write({"state": "done"})
        self.assertTrue(self.role.trained_on)
