from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .moments import MomentsCommon


@freeze_time("2026-03-10 12:00:00")
@tagged("post_install", "-at_install")
class TestMomentDuplicates(MomentsCommon):
    """Somebody is on a sheet once, however the second place comes."""

    def _add(self, event=None, **vals):
        event = event or self.workshop
        return self.env["event.registration"].create({"event_id": event.id, **vals})

    def test_the_same_name_without_a_contact_is_refused(self):
        self._add(name="Odile Perrin")
        with self.assertRaisesRegex(ValidationError, "write the name differently"):
            self._add(name=" odile  PERRIN")

    def test_a_name_that_a_contact_on_the_list_bears_is_refused(self):
        self._book(self.workshop, self.lea)
        with self.assertRaisesRegex(ValidationError, "Lea is already on the list"):
            self._add(name="Lea")

    def test_two_addresses_tell_two_people_of_one_name_apart(self):
        self._add(name="Odile Perrin", email="odile@example.org")
        self._add(name="Odile Perrin", email="other@example.org")
        self.assertEqual(self.workshop.hub_expected_count, 2)

    def test_two_contacts_of_one_name_are_two_people(self):
        double = self.env["res.partner"].create({"name": "Amina"})
        self._book(self.workshop, self.amina, double)
        self.assertEqual(self.workshop.hub_expected_count, 2)

    def test_a_place_moved_to_a_moment_where_the_person_is_already_is_refused(self):
        self._book(self.workshop, self.amina)
        place = self._book(self.breakfast, self.amina)
        with self.assertRaisesRegex(ValidationError, "already on the list"):
            place.event_id = self.workshop

    def test_a_place_given_to_somebody_who_has_one_is_refused(self):
        self._book(self.workshop, self.amina)
        place = self._book(self.workshop, self.karim)
        with self.assertRaisesRegex(ValidationError, "already on the list"):
            place.write({"partner_id": self.amina.id, "name": "Amina"})

    def test_somebody_taken_off_the_list_can_be_put_on_it_again_once(self):
        place = self._book(self.workshop, self.amina)
        place.action_archive()
        self._book(self.workshop, self.amina)
        with self.assertRaisesRegex(ValidationError, "already on the list"):
            place.action_unarchive()

    def test_an_import_with_somebody_twice_is_refused_as_a_whole(self):
        result = self.env["event.registration"].load(
            ["event_id/.id", "partner_id/.id"],
            [
                [str(self.workshop.id), str(self.karim.id)],
                [str(self.workshop.id), str(self.amina.id)],
                [str(self.workshop.id), str(self.amina.id)],
            ],
        )
        self.assertFalse(result["ids"])
        self.assertIn("already on the list", result["messages"][0]["message"])
        self.assertFalse(self.workshop.registration_ids)

    def test_a_walk_in_who_is_there_by_name_only_is_noted_there(self):
        place = self._add(name="léa")
        self.workshop._hub_add_people(self.lea, "present")
        self.assertEqual(self.workshop.registration_ids, place)
        self.assertEqual(place.partner_id, self.lea)
        self.assertEqual(place.hub_attendance, "present")

    def test_an_ordinary_event_takes_one_name_twice(self):
        ordinary = self._event("2026-03-09")
        self._add(ordinary, name="Odile Perrin")
        self._add(ordinary, name="Odile Perrin")
        self.assertEqual(len(ordinary.registration_ids), 2)

    def test_two_contacts_merged_answer_once_and_one_place_is_taken_off(self):
        places = self.breakfast._hub_add_people(self.amina + self.karim)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.amina + self.karim).ids, self.amina
        )
        self.env.invalidate_all()
        place = self.breakfast._hub_answer_for(self.amina, "yes")
        self.assertIn(place, places)
        self.assertEqual(self.breakfast.hub_comes_count, 1)
        (places - place).action_archive()
        self.assertEqual(self.breakfast.registration_ids, place)

    def test_whatever_changes_a_sheet_writes_its_moment(self):
        """Two people at once: under REPEATABLE READ the second is run again."""

        def turn():
            self.env.flush_all()
            self.workshop.invalidate_recordset()
            return self.workshop.hub_lock_count

        before = turn()
        place = self._book(self.workshop, self.amina)
        self.assertGreater(turn(), before)
        for vals in (
            {"partner_id": self.karim.id},
            {"hub_partner_id": self.lea.id},
            {"hub_attendance": "excused"},
            {"active": False},
        ):
            with self.subTest(vals):
                before = turn()
                place.write(vals)
                self.assertGreater(turn(), before)
