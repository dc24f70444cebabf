from unittest.mock import patch

from odoo.api import model_create_multi
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from ...models.accompaniment.event_registration import EventRegistration
from .moments import MomentsCommon


@model_create_multi
def create_as_before(places, vals_list):
    return super(EventRegistration, places).create(vals_list)


def write_as_before(places, vals):
    return super(EventRegistration, places).write(vals)


@freeze_time("2026-03-10 12:00:00")
@tagged("post_install", "-at_install")
class TestAttendance(MomentsCommon):
    def test_whoever_has_a_place_is_expected(self):
        place = self._book(self.workshop, self.amina)
        self.assertEqual(place.hub_attendance, "expected")

    def test_the_desk_notes_presence_and_the_sheet_follows(self):
        place = self._book(self.workshop, self.amina)
        self.env["event.registration"].register_attendee(place.barcode, False)
        place.action_set_done()
        self.assertEqual(place.hub_attendance, "present")

    def test_the_sheet_notes_presence_and_the_desk_follows(self):
        place = self._book(self.workshop, self.amina)
        place.action_hub_present()
        self.assertEqual(place.state, "done")
        self.assertTrue(place.date_closed)

    def test_presence_taken_back_at_the_desk_is_taken_back_on_the_sheet(self):
        place = self._book(self.workshop, self.amina, hub_attendance="present")
        self.assertEqual(place.state, "done")
        place.action_confirm()
        self.assertEqual(place.hub_attendance, "expected")

    def test_a_place_cancelled_at_the_desk_is_excused(self):
        place = self._book(self.workshop, self.amina)
        place.action_cancel()
        self.assertEqual(place.hub_attendance, "excused")

    def test_excused_frees_the_place(self):
        place = self._book(self.workshop, self.amina)
        place.action_hub_excused()
        self.assertEqual(place.state, "cancel")
        self.assertEqual(self.workshop.seats_taken, 0)

    def test_absent_stays_absent_when_the_desk_cancels_the_place(self):
        place = self._book(self.workshop, self.amina)
        place.action_hub_absent()
        self.assertEqual(place.state, "open")
        place.action_cancel()
        self.assertEqual(place.hub_attendance, "absent")

    def test_absent_turned_present_at_the_desk_is_present(self):
        place = self._book(self.workshop, self.amina, hub_attendance="absent")
        place.action_set_done()
        self.assertEqual(place.hub_attendance, "present")

    def test_sheet_and_desk_cannot_be_told_the_contrary(self):
        place = self._book(self.workshop, self.amina)
        for attendance, state in (
            ("present", "open"),
            ("absent", "done"),
            ("excused", "open"),
        ):
            with self.subTest(attendance), self.assertRaises(ValidationError):
                place.write({"hub_attendance": attendance, "state": state})

    def test_a_person_is_on_a_sheet_once(self):
        self._book(self.workshop, self.amina)
        with self.assertRaisesRegex(ValidationError, "Amina is already on the list"):
            self._book(self.workshop, self.amina)

    def test_two_places_for_one_person_in_one_go_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "Amina"):
            self._book(self.workshop, self.amina, self.amina)

    def test_who_excused_is_not_added_again(self):
        self._book(self.workshop, self.amina, hub_attendance="excused")
        with self.assertRaisesRegex(ValidationError, "Excused"):
            self._book(self.workshop, self.amina)

    def test_somebody_booked_by_another_is_not_added_again(self):
        self._book(self.workshop, self.karim, hub_partner_id=self.amina.id)
        with self.assertRaisesRegex(ValidationError, "Amina"):
            self._book(self.workshop, self.paul, hub_partner_id=self.amina.id)

    def test_one_person_books_for_several_by_name(self):
        self._book(self.workshop, self.karim)
        self._book(self.workshop, self.karim, name="Daughter of Karim")
        self.assertEqual(self.workshop.hub_expected_count, 2)

    def test_an_ordinary_event_takes_a_person_twice(self):
        ordinary = self._event("2026-03-09")
        self.assertEqual(len(self._book(ordinary, self.amina, self.amina)), 2)

    def test_two_contacts_merged_stay_on_the_sheet_and_can_be_settled(self):
        first, second = self._book(self.workshop, self.amina, self.karim)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.amina + self.karim).ids, self.amina
        )
        self.env.invalidate_all()
        self.assertEqual((first + second).partner_id, self.amina)
        first.action_hub_present()
        second.action_hub_excused()
        self.assertEqual(self.workshop.hub_present_count, 1)

    def test_the_name_on_the_sheet_is_of_who_attends(self):
        place = self._book(self.workshop, self.karim, hub_partner_id=self.amina.id)
        self.assertEqual(place.name, "Amina")

    def test_the_only_project_of_a_holder_is_noted(self):
        lead = self._project(self.amina)
        self.assertEqual(self._book(self.workshop, self.amina).hub_lead_id, lead)

    def test_of_two_projects_none_is_chosen(self):
        self._project(self.amina)
        self._project(self.amina, "Second shop")
        self.assertFalse(self._book(self.workshop, self.amina).hub_lead_id)

    def test_totals_counted_by_hand(self):
        people = self.env["res.partner"].create(
            [{"name": f"Person {number}"} for number in range(12)]
        )
        # 12 on the sheet: 7 came, 2 stayed away, 2 excused, 1 still unknown; 2 without
        # a name were there as well: 9 people in all.
        answers = ["present"] * 7 + ["absent"] * 2 + ["excused"] * 2 + ["expected"]
        for person, answer in zip(people, answers, strict=True):
            self._book(self.workshop, person, hub_attendance=answer)
        self.workshop.hub_unidentified = 2
        event = self.workshop
        self.assertEqual(
            (
                event.hub_expected_count,
                event.hub_present_count,
                event.hub_absent_count,
                event.hub_excused_count,
                event.hub_came_count,
            ),
            (1, 7, 2, 2, 9),
        )

    def test_moments_of_the_hub_write_to_nobody_by_themselves(self):
        self.assertFalse(self.workshop.event_mail_ids)
        ordinary = self._event("2026-03-09")
        self.assertTrue(ordinary.event_mail_ids)
        ordinary.hub_format = "workshop"
        self.assertFalse(ordinary.event_mail_ids)

    def test_a_mail_planned_by_hand_stays(self):
        planned = self._event("2026-03-09").event_mail_ids[:1]
        vals = {
            "interval_type": "before_event",
            "template_ref": f"mail.template,{planned.template_ref.id}",
        }
        self.breakfast.event_mail_ids = [(0, 0, vals)]
        self.assertEqual(len(self.breakfast.event_mail_ids), 1)

    def test_sheets_to_fill_are_those_of_the_past_not_yet_filled(self):
        cancelled = self._event("2026-03-01", "workshop", kanban_state="cancel")
        desk = self._event("2026-03-02", "workshop")
        self._book(desk, self.amina, state="done")
        half = self._event("2026-03-03", "workshop")
        self._book(half, self.amina, state="done")
        self._book(half, self.karim)
        closed = self._event("2026-03-04", "workshop", hub_sheet_filled_on="2026-03-05")
        ordinary = self._event("2026-03-05")
        events = cancelled + desk + half + closed + ordinary
        events += self.workshop + self.breakfast
        expected = {
            "to_fill": half + self.workshop,
            "filled": desk + closed,
            "to_come": self.breakfast,
            "cancelled": cancelled,
            False: ordinary,
        }
        for state, found in expected.items():
            with self.subTest(state):
                mine = [("id", "in", events.ids)]
                self.assertEqual(
                    self.env["event.event"].search(
                        [*mine, ("hub_sheet_state", "=", state)], order="id"
                    ),
                    found.sorted("id"),
                )
                self.assertEqual(set(found.mapped("hub_sheet_state")), {state})

    def test_a_filled_sheet_stays_a_moment_of_the_hub(self):
        self.workshop.hub_unidentified = 3
        with self.assertRaisesRegex(ValidationError, "stays a collective moment"):
            self.workshop.hub_format = False

    def _cost(self, number):
        """Queries of booking so many places at an ordinary event, and of presence."""
        event = self._event("2026-03-20")
        people = self.env["res.partner"].create(
            [{"name": f"Customer {n}"} for n in range(number)]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        places = self._book(event, *people)
        self.env.flush_all()
        self.env.invalidate_all()
        places.action_set_done()
        self.env.flush_all()
        self.env.invalidate_all()
        places.write({"name": "Customer"})
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_places_at_ordinary_events_cost_as_many_queries_as_before(self):
        for number in (1, 20):
            self._cost(number)
            ours = self._cost(number)
            with (
                patch.object(EventRegistration, "create", create_as_before),
                patch.object(EventRegistration, "write", write_as_before),
            ):
                without = self._cost(number)
            with self.subTest(number):
                self.assertEqual(ours, without)

    def test_counts_of_many_moments_cost_as_much_as_of_one(self):
        events = self.workshop + self.breakfast
        for number in range(10):
            events += self._event(f"2026-02-{number + 10}", "workshop")
        self._book(self.workshop, self.amina, self.karim)
        costs = []
        for some in (events[:1], events):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.mapped("hub_came_count")
            some.mapped("hub_sheet_state")
            costs.append(self.cr.sql_log_count - before)
        self.assertEqual(costs[0], costs[1])
