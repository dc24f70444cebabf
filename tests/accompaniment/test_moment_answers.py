from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .moments import MomentsCommon


@freeze_time("2026-03-10 12:00:00")
@tagged("post_install", "-at_install")
class TestMomentAnswers(MomentsCommon):
    """What people say before the breakfast of 20 March."""

    def _invited(self, *people, event=None):
        event = event or self.breakfast
        return event._hub_add_people(self.env["res.partner"].union(*people))

    def _seats(self, number, event=None):
        (event or self.breakfast).write({"seats_limited": True, "seats_max": number})

    def test_whoever_is_invited_is_expected_and_takes_no_seat_yet(self):
        place = self._invited(self.amina)
        self.assertEqual(place.hub_attendance, "expected")
        self.assertEqual(place.hub_answer, "waiting")
        self.assertEqual(self.breakfast.seats_taken, 0)

    def test_yes_by_telephone_takes_a_seat_and_says_who_noted_it(self):
        place = self._invited(self.amina)
        place.with_user(self.users["adviser"]).action_hub_comes()
        self.assertRecordValues(
            place,
            [
                {
                    "hub_answer": "yes",
                    "hub_attendance": "expected",
                    "state": "open",
                    "hub_answer_channel": "phone",
                    "hub_recorded_by_id": self.users["adviser"].id,
                }
            ],
        )
        self.assertEqual(self.breakfast.seats_taken, 1)

    def test_no_is_excused_and_gives_the_seat_back(self):
        place = self._invited(self.amina)
        place.action_hub_comes()
        place.action_hub_cannot_come()
        self.assertEqual(place.hub_answer, "no")
        self.assertEqual(place.hub_attendance, "excused")
        self.assertEqual(self.breakfast.seats_taken, 0)
        place.action_hub_comes()
        self.assertEqual(place.hub_attendance, "expected")

    def test_the_same_answer_again_changes_nothing(self):
        place = self._invited(self.amina)
        place._hub_record_answer("yes", "portal")
        place.with_user(self.users["adviser"]).action_hub_comes()
        self.assertEqual(place.hub_answer_channel, "portal")

    def test_whoever_was_not_invited_comes_alone(self):
        place = self.breakfast._hub_answer_for(self.amina, "yes")
        self.assertEqual(place.partner_id, self.amina)
        self.assertEqual((place.hub_answer, place.state), ("yes", "open"))
        self.assertEqual(place.hub_answer_channel, "portal")
        self.assertFalse(place.hub_recorded_by_id)

    def test_a_second_tap_finds_the_place_of_the_first(self):
        first = self.breakfast._hub_answer_for(self.amina, "yes")
        self.assertEqual(self.breakfast._hub_answer_for(self.amina, "yes"), first)
        self.assertEqual(self.breakfast._hub_answer_for(self.amina, "no"), first)
        self.assertEqual(self.breakfast.hub_excused_count, 1)

    def test_when_full_nobody_else_says_yes(self):
        self._seats(1)
        self.breakfast._hub_answer_for(self.amina, "yes")
        karim = self._invited(self.karim)
        with self.assertRaisesRegex(UserError, "is full"):
            karim.action_hub_comes()
        with self.assertRaisesRegex(UserError, "is full"):
            self.breakfast._hub_answer_for(self.lea, "yes")
        self.assertFalse(self.breakfast._hub_place_of(self.lea))
        self.breakfast._hub_answer_for(self.amina, "no")
        karim.action_hub_comes()
        self.assertEqual(self.breakfast.seats_taken, 1)

    def test_more_people_than_seats_can_be_invited_and_may_all_have_come(self):
        self._seats(2, self.workshop)
        people = (self.amina, self.karim, self.lea, self.paul)
        places = self._invited(*people, event=self.workshop)
        self.assertEqual(len(places), 4)
        (places[:3]).action_hub_present()
        places[3].action_hub_absent()
        self.assertEqual(self.workshop.hub_came_count, 3)

    def test_no_second_seat_for_somebody_expected_beyond_the_number(self):
        self._seats(1)
        self._book(self.breakfast, self.amina)
        with self.assertRaises(ValidationError):
            self._book(self.breakfast, self.karim)

    def test_excused_by_the_team_before_the_moment_is_a_no(self):
        place = self._invited(self.amina)
        place.action_hub_excused()
        self.assertEqual(place.hub_answer, "no")
        place.action_confirm()
        self.assertEqual(place.hub_answer, "waiting")
        self.assertFalse(place.hub_answered_on)

    def test_nobody_answers_for_what_is_over_or_noted(self):
        place = self._book(self.workshop, self.amina)
        with self.assertRaisesRegex(UserError, "is over"):
            place.action_hub_comes()
        with self.assertRaisesRegex(UserError, "is over"):
            self.workshop._hub_answer_for(self.karim, "yes")
        today = self._event("2026-03-10", "breakfast", date_end="2026-03-10 15:00:00")
        noted = self._book(today, self.amina, hub_attendance="present")
        with self.assertRaisesRegex(UserError, "already says who came"):
            noted.action_hub_cannot_come()

    def test_answers_are_not_typed_in(self):
        place = self._invited(self.amina)
        for vals in (
            {"hub_answer": "yes"},
            {"hub_answer_channel": "portal"},
            {"hub_access_token": "chosen"},
            {"hub_recorded_by_id": self.users["manager"].id},
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "not typed in"):
                place.with_user(self.users["coordinator"]).write(vals)

    def test_each_place_at_a_moment_has_its_own_key_and_others_none(self):
        places = self._invited(self.amina, self.karim)
        keys = places.mapped("hub_access_token")
        self.assertEqual(len(set(keys)), 2)
        self.assertTrue(all(len(key) > 30 for key in keys))
        ordinary = self._book(self._event("2026-03-20"), self.amina)
        self.assertFalse(ordinary.hub_access_token)
        ordinary.event_id.hub_format = "workshop"
        self.assertTrue(ordinary.hub_access_token)

    def test_counts_of_answers_by_hand(self):
        people = self.env["res.partner"].create([{"name": f"P{n}"} for n in range(9)])
        places = self._invited(*people)
        places[:4].action_hub_comes()
        places[4:6].action_hub_cannot_come()
        self.assertEqual(self.breakfast.hub_comes_count, 4)
        self.assertEqual(self.breakfast.hub_unanswered_count, 3)
        self.assertEqual(self.breakfast.hub_excused_count, 2)

    def test_those_who_said_yes_already_are_put_on_the_list_with_it(self):
        self.breakfast._hub_add_people(self.amina + self.karim, answer="yes")
        self.assertEqual(self.breakfast.hub_comes_count, 2)
        self.assertEqual(self.breakfast.seats_taken, 2)
        later = self._invited(self.lea)
        self.breakfast._hub_add_people(self.lea, answer="yes")
        self.assertEqual(later.hub_answer, "yes")


@freeze_time("2026-03-10 12:00:00")
@tagged("post_install", "-at_install")
class TestMomentChanged(MomentsCommon):
    """Put to another date, or cancelled."""

    def test_a_new_date_asks_those_who_answered_again(self):
        places = self.breakfast._hub_add_people(self.amina + self.karim + self.lea)
        amina, karim, lea = places
        amina.action_hub_comes()
        karim.action_hub_cannot_come()
        self.assertFalse(any(places.mapped("hub_date_moved")))
        self.breakfast.write(
            {"date_begin": "2026-03-27 09:00:00", "date_end": "2026-03-27 11:00:00"}
        )
        self.assertEqual(places.filtered("hub_date_moved"), amina + karim)
        self.assertEqual(self.breakfast.hub_moved_count, 2)
        self.assertEqual(self.breakfast._hub_state_for(amina), "moved")
        self.assertEqual(self.breakfast._hub_state_for(lea), "waiting")
        amina.action_hub_comes()
        self.assertEqual(self.breakfast.hub_moved_count, 1)
        self.assertEqual(self.breakfast._hub_state_for(amina), "yes")

    def _form(self, event=None):
        events = self.env["event.event"].with_user(self.users["coordinator"])
        if event:
            events = events.browse(event.id)
        else:
            events = events.with_context(default_hub_format="workshop")
        return Form(events, view="solidarity_hub.hub_moment_view_form")

    def test_a_moment_put_to_another_day_keeps_its_length(self):
        for start, end in (
            ("2026-03-27 14:00:00", "2026-03-27 16:00:00"),
            ("2026-03-13 07:30:00", "2026-03-13 09:30:00"),
        ):
            with self.subTest(start), self._form(self.breakfast) as form:
                form.date_begin = start
            self.assertEqual(str(self.breakfast.date_end), end)

    def test_an_end_that_was_chosen_stays(self):
        with self._form(self.breakfast) as form:
            form.date_end = "2026-03-21 17:00:00"
            form.date_begin = "2026-03-20 10:00:00"
        self.assertEqual(str(self.breakfast.date_end), "2026-03-21 17:00:00")

    def test_a_new_moment_is_tomorrow_at_nine_for_two_hours(self):
        self.users["coordinator"].tz = "Europe/Paris"
        with self._form() as form:
            form.name = "Setting prices"
            self.assertEqual(str(form.date_begin), "2026-03-11 08:00:00")
            form.date_begin = "2026-05-05 13:00:00"
        self.assertEqual(str(form.record.date_end), "2026-05-05 15:00:00")

    def test_nobody_is_present_at_what_was_cancelled(self):
        place = self._book(self.workshop, self.amina)
        self.workshop.action_hub_cancel()
        with self.assertRaisesRegex(ValidationError, "was cancelled"):
            place.action_hub_present()
        with self.assertRaisesRegex(UserError, "was cancelled"):
            self.workshop.action_hub_fill_sheet()
        with (
            self.assertRaisesRegex(ValidationError, "cannot be cancelled"),
            self.cr.savepoint(),
        ):
            self.workshop.hub_unidentified = 2
        self.workshop.action_hub_restore()
        place.action_hub_present()
        self.assertEqual(self.workshop.hub_came_count, 1)

    def test_what_took_place_is_not_cancelled(self):
        place = self._book(self.workshop, self.amina, hub_attendance="present")
        with self.assertRaisesRegex(ValidationError, r"people came \(1\)"):
            self.workshop.action_hub_cancel()
        place.action_hub_absent()
        self.workshop.action_hub_cancel()
        self.assertEqual(self.workshop.hub_sheet_state, "cancelled")

    def test_an_ordinary_event_with_people_present_is_cancelled_as_before(self):
        ordinary = self._event("2026-03-09")
        self._book(ordinary, self.amina, state="done")
        ordinary.kanban_state = "cancel"
        self.assertEqual(ordinary.kanban_state, "cancel")

    def test_cancelling_proposes_to_tell_those_expected_and_tells_nobody_itself(self):
        self.breakfast._hub_add_people(self.amina + self.karim)
        self.breakfast._hub_answer_for(self.karim, "no")
        mails = self.env["mail.mail"].search_count([])
        action = self.breakfast.action_hub_cancel()
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        message = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(message.kind, "change")
        self.assertEqual(message.call_ids.mapped("name"), ["Amina"])

    def test_a_cancelled_moment_with_nobody_on_its_list_is_just_cancelled(self):
        self.assertIs(self.breakfast.action_hub_cancel(), True)
        self.assertEqual(self.breakfast.kanban_state, "cancel")

    def test_a_place_in_a_cancelled_training_is_not_a_training_booked(self):
        training = self._event("2026-03-25", "training")
        self._book(training, self.paul)
        self.assertEqual(self.paul._hub_is_trained_or_booked()[self.paul], "booked")
        training.action_hub_cancel()
        self.assertFalse(self.paul._hub_is_trained_or_booked()[self.paul])

    def test_whoever_was_only_asked_to_a_training_is_not_booked(self):
        training = self._event("2026-03-25", "training")
        place = training._hub_add_people(self.paul)
        self.assertFalse(self.paul._hub_is_trained_or_booked()[self.paul])
        place.action_hub_comes()
        self.assertEqual(self.paul._hub_is_trained_or_booked()[self.paul], "booked")
