from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from ..common import HubCommon


@freeze_time("2026-03-10")
@tagged("post_install", "-at_install")
class TestRoles(HubCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marie = cls.env["res.partner"].create({"name": "Marie"})

    def _role(self, **vals):
        return self.env["hub.role"].create(
            {
                "partner_id": self.marie.id,
                "kind": "volunteer",
                "date_start": date(2026, 1, 1),
                **vals,
            }
        )

    def test_a_volunteer_follows_three_projects_at_once_by_default(self):
        self.assertEqual(self._role().capacity, 3)

    def test_a_funder_fills_no_place_beside_a_project(self):
        self.assertEqual(self._role(kind="funder").capacity, 0)

    def test_raising_the_capacity_without_a_reason_is_refused(self):
        role = self._role()
        with self.assertRaisesRegex(ValidationError, "Marie"):
            role.capacity = 5
        self.assertEqual(role.capacity, 3)

    def test_raising_the_capacity_with_a_reason_is_done(self):
        role = self._role()
        role.write({"capacity": 5, "capacity_reason": "Retired now"})
        self.assertEqual(role.capacity, 5)

    def test_lowering_the_capacity_asks_nothing(self):
        role = self._role()
        role.capacity = 1
        self.assertEqual(role.capacity, 1)

    def test_two_roles_of_one_kind_do_not_overlap(self):
        self._role()
        with self.assertRaisesRegex(ValidationError, "exists already"):
            self._role(date_start=date(2026, 6, 1))

    def test_a_role_may_begin_the_day_after_the_former_ended(self):
        self._role(date_end=date(2026, 5, 31))
        self._role(date_start=date(2026, 6, 1))
        self.assertEqual(len(self.marie.hub_role_ids), 2)

    def test_two_roles_share_no_day(self):
        self._role(date_end=date(2026, 6, 1))
        with self.assertRaises(ValidationError):
            self._role(date_start=date(2026, 6, 1))

    def test_roles_of_two_kinds_go_together(self):
        self._role()
        self._role(kind="funder")
        self.assertTrue(self.marie.hub_is_volunteer)
        self.assertTrue(self.marie.hub_is_funder)

    def test_a_role_does_not_end_before_it_starts(self):
        with self.assertRaisesRegex(ValidationError, "Marie"):
            self._role(date_end=date(2025, 12, 31))

    def test_an_institution_says_which_kind_it_is(self):
        with self.assertRaises(ValidationError):
            self._role(kind="institution")

    def test_the_state_follows_the_dates(self):
        upcoming = self._role(date_start=date(2026, 3, 11))
        active = self._role(kind="funder", date_end=date(2026, 3, 10))
        ended = self._role(kind="holder", date_end=date(2026, 3, 9))
        roles = upcoming + active + ended
        self.assertEqual(roles.mapped("state"), ["upcoming", "active", "ended"])

    def test_the_state_is_searched_as_it_is_computed(self):
        self._role(date_start=date(2026, 3, 11))
        self._role(kind="funder", date_end=date(2026, 3, 10))
        self._role(kind="holder", date_end=date(2026, 3, 9))
        self._role(
            kind="holder", date_start=date(2026, 3, 12), date_end=date(2026, 3, 12)
        )
        mine = [("partner_id", "=", self.marie.id)]
        for state in ("upcoming", "active", "ended"):
            for domain in ([("state", "=", state)], [("state", "!=", state)]):
                found = self.env["hub.role"].search(mine + domain)
                roles = self.env["hub.role"].search(mine)
                self.assertEqual(found, roles.filtered_domain(domain), domain)

    def test_todays_hats_are_searchable(self):
        self._role()
        self._role(kind="holder", date_end=date(2026, 3, 9))
        people = self.env["res.partner"]
        mine = [("id", "=", self.marie.id)]
        for name in ("hub_is_volunteer", "hub_is_holder", "hub_was_holder"):
            for wanted in (True, False):
                found = people.search([*mine, (name, "=", wanted)])
                self.assertEqual(bool(found), self.marie[name] == wanted, name)
        self.assertTrue(self.marie.hub_was_holder)

    def test_both_answers_together_find_everybody(self):
        found = self.env["res.partner"].search(
            [("id", "=", self.marie.id), ("hub_is_holder", "in", [True, False])]
        )
        self.assertEqual(found, self.marie)

    def test_a_pause_holds_between_its_days(self):
        role = self._role(pause_from=date(2026, 3, 10), pause_to=date(2026, 3, 20))
        self.assertTrue(role.is_paused)
        self.assertEqual(self.marie._hub_capacity_on()[self.marie], 0)
        later = date(2026, 3, 21)
        self.assertEqual(self.marie._hub_capacity_on(later)[self.marie], 3)

    def test_people_away_are_searchable(self):
        self._role(pause_from=date(2026, 3, 1))
        people = self.env["res.partner"].search([("hub_is_paused", "=", True)])
        self.assertIn(self.marie, people)
        self.assertTrue(self.marie.hub_is_paused)
