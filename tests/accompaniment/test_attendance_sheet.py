from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .moments import MomentsCommon


@freeze_time("2026-03-10 07:00:00")
@tagged("post_install", "-at_install")
class TestAttendanceSheet(MomentsCommon):
    """Tuesday morning, the workshop was yesterday."""

    def _sheet(self, event=None, role="coordinator"):
        event = (event or self.workshop).with_user(self.users[role])
        action = event.action_hub_fill_sheet()
        self.assertEqual(action["res_model"], "hub.attendance.sheet")
        return (
            self.env[action["res_model"]]
            .with_user(self.users[role])
            .browse(action["res_id"])
        )

    def _answers(self, event=None):
        places = (event or self.workshop).registration_ids
        return {place.name: place.hub_attendance for place in places}

    def test_the_sheet_lists_everybody_by_name(self):
        self._book(self.workshop, self.lea, self.amina, self.karim)
        names = self._sheet().registration_ids.mapped("name")
        self.assertEqual(names, ["Amina", "Karim", "Léa"])

    def test_somebody_unannounced_is_added_as_present(self):
        sheet = self._sheet()
        sheet.walk_in_ids = self.amina
        sheet.action_add_walk_ins()
        self.assertEqual(self._answers(), {"Amina": "present"})
        self.assertFalse(sheet.walk_in_ids)

    def test_a_name_nobody_knows_becomes_a_contact_without_email(self):
        sheet = self._sheet()
        people = self.env["res.partner"].with_user(self.users["coordinator"])
        person = people.browse(people.name_create("Odile Perrin")[0])
        sheet.walk_in_ids = person
        sheet.action_add_walk_ins()
        self.assertFalse(person.email)
        self.assertEqual(self._answers(), {"Odile Perrin": "present"})

    def test_somebody_unannounced_who_was_on_the_list_is_noted_there(self):
        self._book(self.workshop, self.amina, hub_attendance="excused")
        sheet = self._sheet()
        sheet.walk_in_ids = self.amina
        sheet.action_add_walk_ins()
        self.assertEqual(self._answers(), {"Amina": "present"})

    def test_all_those_expected_came_leaves_the_excused_excused(self):
        self._book(self.workshop, self.amina, self.karim)
        self._book(self.workshop, self.lea, hub_attendance="excused")
        self._sheet().action_all_present()
        self.assertEqual(
            self._answers(),
            {"Amina": "present", "Karim": "present", "Léa": "excused"},
        )

    def test_a_filled_sheet_leaves_nobody_expected_and_no_alert(self):
        self._book(self.workshop, self.amina, hub_attendance="present")
        self._book(self.workshop, self.karim)
        self.assertEqual(self.workshop.hub_sheet_state, "to_fill")
        sheet = self._sheet()
        sheet.walk_in_ids = self.paul
        sheet.action_done()
        self.assertEqual(
            self._answers(), {"Amina": "present", "Karim": "absent", "Paul": "present"}
        )
        self.assertEqual(self.workshop.hub_sheet_state, "filled")

    def test_eight_came_and_two_unknown_make_ten(self):
        people = self.env["res.partner"].create(
            [{"name": f"Person {number}"} for number in range(9)]
        )
        self._book(self.workshop, *people)
        sheet = self._sheet()
        people_expected = sheet.registration_ids
        people_expected[0].action_hub_absent()
        sheet.action_all_present()
        sheet.action_one_more()
        sheet.action_one_more()
        sheet.action_one_more()
        sheet.action_one_less()
        sheet.action_done()
        self.assertEqual(self.workshop.hub_present_count, 8)
        self.assertEqual(self.workshop.hub_unidentified, 2)
        self.assertEqual(self.workshop.hub_came_count, 10)

    def test_nobody_without_a_name_is_never_less_than_nobody(self):
        sheet = self._sheet()
        sheet.action_one_less()
        self.assertEqual(sheet.unidentified, 0)

    def test_the_form_notes_how_many_came_without_a_name(self):
        with Form(self._sheet()) as form:
            form.unidentified = 4
        self.assertEqual(self.workshop.hub_unidentified, 4)

    def test_an_adviser_fills_a_sheet_without_planning_events(self):
        sheet = self._sheet(role="adviser")
        sheet.walk_in_ids = self.amina
        sheet.unidentified = 1
        sheet.action_done()
        self.assertEqual(self.workshop.hub_came_count, 2)
        self.assertFalse(
            self.workshop.with_user(self.users["adviser"]).has_access("write")
        )

    def test_a_sheet_is_not_filled_before_its_day(self):
        with self.assertRaisesRegex(UserError, "03/20/2026"):
            self._sheet(self.breakfast)

    def test_a_sheet_is_filled_on_the_morning_of_its_day(self):
        today = self._event("2026-03-10", "breakfast")
        self.assertTrue(self._sheet(today))

    def test_a_sheet_made_by_hand_is_not_filled_before_its_day_either(self):
        place = self._book(self.breakfast, self.amina)
        sheet = self.env["hub.attendance.sheet"].create({"event_id": self.breakfast.id})
        sheet.walk_in_ids = self.karim
        for method in ("action_done", "action_all_present", "action_add_walk_ins"):
            with self.subTest(method), self.assertRaisesRegex(UserError, "03/20/2026"):
                getattr(sheet, method)()
        with self.assertRaisesRegex(UserError, "03/20/2026"), self.cr.savepoint():
            sheet.action_one_more()
        self.assertEqual(place.hub_attendance, "expected")
        self.assertFalse(self.breakfast.hub_sheet_filled_on)
        self.assertEqual(len(self.breakfast.registration_ids), 1)

    def test_an_ordinary_event_has_no_sheet(self):
        with self.assertRaisesRegex(UserError, "choose its format"):
            self._sheet(self._event("2026-03-09"))

    def test_the_first_page_counts_sheets_to_fill(self):
        def figure():
            overview = self.env["hub.overview"].with_user(self.users["coordinator"])
            figures = overview.get_overview()["figures"]
            (found,) = [figure for figure in figures if figure["key"] == "sheets"]
            return found["value"], found["urgent"]

        before = figure()[0]
        self._book(self._event("2026-03-06", "breakfast"), self.amina)
        self.assertEqual(figure(), (before + 1, True))
        self._sheet().action_done()
        self.assertEqual(figure()[0], before)

    def _trained(self, *people):
        roles = self.env["hub.role"].create(
            [
                {
                    "partner_id": person.id,
                    "kind": "volunteer",
                    "date_start": "2026-01-01",
                }
                for person in people
            ]
        )
        training = self._event("2026-03-09", "training")
        places = self._book(training, *people, hub_attendance="present")
        self.assertTrue(all(roles.mapped("trained_on")))
        return training, places, roles

    def test_presence_taken_off_the_list_or_deleted_trained_nobody(self):
        _training, places, roles = self._trained(self.paul, self.lea)
        places[0].action_archive()
        self.assertEqual([bool(role.trained_on) for role in roles], [False, True])
        places[0].action_unarchive()
        self.assertTrue(roles[0].trained_on)
        places.unlink()
        self.assertFalse(any(roles.mapped("trained_on")))

    def test_what_was_no_training_trained_nobody(self):
        training, _places, roles = self._trained(self.paul)
        training.hub_format = "workshop"
        self.assertFalse(roles.trained_on)
        training.hub_format = "training"
        self.assertTrue(roles.trained_on)

    def test_presence_of_many_is_noted_in_as_many_queries_as_of_few(self):
        def cost(number):
            people = self.env["res.partner"].create(
                [{"name": f"T{number} {n}"} for n in range(number)]
            )
            training = self._event("2026-03-09", "training")
            self._book(training, *people)
            sheet = self._sheet(training)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            sheet.action_all_present()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        cost(2)
        self.assertEqual(cost(3), cost(40))

    def test_presence_at_a_training_noted_on_the_sheet_makes_eligible(self):
        role = self.env["hub.role"].create(
            {
                "partner_id": self.paul.id,
                "kind": "volunteer",
                "date_start": "2026-01-01",
            }
        )
        training = self._event("2026-03-09", "training")
        place = self._book(training, self.paul)
        place.with_user(self.users["adviser"]).action_hub_present()
        self.assertEqual(str(role.trained_on), "2026-03-09")
        place.with_user(self.users["adviser"]).action_hub_absent()
        self.assertFalse(role.trained_on)
