from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..common import HubCommon


@freeze_time("2026-03-10")
@tagged("post_install", "-at_install")
class TestTerritory(HubCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        territories = cls.env["hub.territory"]
        cls.region = territories.create({"name": "Exemplia", "kind": "region"})
        cls.town = territories.create(
            {
                "name": "Grandville",
                "kind": "commune",
                "parent_id": cls.region.id,
                "zips": "99000, 99100",
            }
        )
        cls.village = territories.create(
            {
                "name": "Petitbourg",
                "kind": "commune",
                "parent_id": cls.region.id,
                "zips": "99200",
            }
        )

    def test_a_postcode_finds_its_commune(self):
        find = self.env["hub.territory"]._find_by_zip
        self.assertEqual(find("99100"), self.town)
        self.assertEqual(find("99 200"), self.village)
        self.assertFalse(find("9910"))
        self.assertFalse(find(""))

    def test_two_communes_with_one_postcode_are_left_to_a_person(self):
        self.village.zips = "99200 99000"
        self.assertFalse(self.env["hub.territory"]._find_by_zip("99000"))

    def test_the_postcode_of_a_person_proposes_the_territory(self):
        form = Form(
            self.env["res.partner"].with_user(self.users["coordinator"]),
            view="solidarity_hub.view_hub_partner_form",
        )
        form.name = "Marie"
        form.zip = "99000"
        self.assertEqual(form.hub_territory_id, self.town)
        form.zip = "99999"
        self.assertEqual(form.hub_territory_id, self.town)

    def test_a_territory_is_part_of_a_wider_one(self):
        with self.assertRaisesRegex(ValidationError, "Exemplia"):
            self.region.parent_id = self.town
        with self.assertRaisesRegex(ValidationError, "Grandville"):
            self.town.parent_id = self.village

    def test_zones_hold_between_their_dates_and_for_what_is_inside(self):
        zones = self.env["hub.territory.zone"].create(
            [
                {
                    "territory_id": self.region.id,
                    "name": "Rural area",
                    "date_start": "2024-07-01",
                },
                {
                    "territory_id": self.town.id,
                    "name": "Priority district",
                    "date_end": "2023-12-31",
                },
            ]
        )
        self.assertEqual(self.town._zones_on(date(2026, 1, 1)), zones[0])
        self.assertEqual(self.town._zones_on(date(2023, 1, 1)), zones[1])
        self.assertFalse(self.village._zones_on(date(2023, 1, 1)))

    def test_a_zone_does_not_end_before_it_starts(self):
        with self.assertRaisesRegex(ValidationError, "Grandville"):
            self.env["hub.territory.zone"].create(
                {
                    "territory_id": self.town.id,
                    "name": "Zone",
                    "date_start": "2024-01-02",
                    "date_end": "2024-01-01",
                }
            )


@freeze_time("2026-03-10")
@tagged("post_install", "-at_install")
class TestDiagnosis(HubCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.env["hub.diagnosis"].create(
            {
                "name": "Valley",
                "date": "2025-01-10",
                "line_ids": [
                    (0, 0, {"kind": "resource", "name": "A market hall"}),
                    (0, 0, {"kind": "need", "name": "No bicycle repair"}),
                    (0, 0, {"kind": "constraint", "name": "Few buses"}),
                ],
            }
        )

    def _next(self):
        action = self.first.action_new_version()
        return self.env["hub.diagnosis"].browse(action["res_id"])

    def test_the_next_version_starts_from_the_one_before(self):
        second = self._next()
        self.assertEqual(second.version, 2)
        self.assertEqual(second.previous_id, self.first)
        self.assertEqual(second.date, date(2026, 3, 10))
        self.assertEqual(
            second.line_ids.mapped("name"), self.first.line_ids.mapped("name")
        )
        self.assertFalse(second.difference_ids)

    def test_a_shared_version_is_never_overwritten(self):
        self.first.action_share()
        with self.assertRaisesRegex(UserError, "new version"):
            self.first.name = "Plain"
        with self.assertRaises(UserError):
            self.first.line_ids[0].name = "Another hall"
        with self.assertRaises(UserError):
            self.first.line_ids[0].unlink()
        with self.assertRaises(UserError):
            self.env["hub.diagnosis.line"].create(
                {"diagnosis_id": self.first.id, "kind": "need", "name": "x"}
            )
        with self.assertRaises(UserError):
            self.first.unlink()

    def test_looking_again_closes_the_version_before(self):
        self._next()
        self.assertEqual(self.first.state, "shared")

    def test_the_next_look_may_be_put_off_after_sharing(self):
        self.first.action_share()
        self.first.next_review_on = "2026-06-01"

    def test_the_difference_to_the_version_before_is_shown(self):
        second = self._next()
        by_kind = {line.kind: line for line in second.line_ids}
        by_kind["need"].name = "A bicycle workshop has opened"
        by_kind["constraint"].unlink()
        new = self.env["hub.diagnosis.line"].create(
            {"diagnosis_id": second.id, "kind": "emerging_project", "name": "Café"}
        )
        self.assertEqual(second.difference_ids, by_kind["need"] + new)
        self.assertEqual((by_kind["need"] + new).mapped("change"), ["changed", "new"])
        self.assertEqual(second.dropped_line_ids.mapped("name"), ["Few buses"])

    def test_a_line_does_not_slip_into_a_shared_version(self):
        second = self._next()
        with self.assertRaises(UserError):
            second.line_ids[0].diagnosis_id = self.first

    def test_a_version_has_one_follower(self):
        second = self._next()
        self.assertEqual(self._next(), second)

    def test_nothing_found_cannot_be_shared(self):
        empty = self.env["hub.diagnosis"].create({"name": "Empty"})
        with self.assertRaisesRegex(UserError, "Empty"):
            empty.action_share()

    def test_the_next_look_comes_after_the_diagnosis(self):
        with self.assertRaisesRegex(ValidationError, "Valley"):
            self.first.next_review_on = "2024-12-31"
