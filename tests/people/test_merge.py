from datetime import date

from odoo.tests import freeze_time, tagged

from ..common import HubCommon


@freeze_time("2026-03-10")
@tagged("post_install", "-at_install")
class TestMerge(HubCommon):
    """Merging two contacts with Odoo's own wizard loses nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keep, cls.gone, cls.other = cls.env["res.partner"].create(
            [
                {"name": "Marie Dupont", "email": "marie@exemple.test"},
                {
                    "name": "Marie Dupond",
                    "email": "marie@exemple.test",
                    "hub_birth_year": 1960,
                    "hub_gender": "female",
                },
                {"name": "Somebody else"},
            ]
        )
        cls.env["hub.role"].create(
            [
                cls._role(cls.keep, "volunteer", date(2020, 1, 1)),
                cls._role(cls.gone, "volunteer", date(2022, 1, 1)),
                cls._role(cls.gone, "holder", date(2015, 1, 1), date(2017, 1, 1)),
            ]
        )
        accounting = cls.env.ref("solidarity_hub.skill_accounting")
        law = cls.env.ref("solidarity_hub.skill_law")
        cls.env["hub.partner.skill"].create(
            [
                {"partner_id": cls.keep.id, "skill_id": accounting.id, "level": 1},
                {"partner_id": cls.gone.id, "skill_id": accounting.id, "level": 3},
                {"partner_id": cls.gone.id, "skill_id": law.id, "level": 2},
            ]
        )
        cls.env["hub.conflict"].create(
            {"partner_id": cls.gone.id, "other_partner_id": cls.other.id}
        )
        charter = cls.env["hub.charter"].create({"body": "<p>Confidentiality</p>"})
        charter.action_publish()
        cls.env["hub.charter.signature"]._sign(charter, cls.keep + cls.gone, "paper")

    @staticmethod
    def _role(partner, kind, start, end=False):
        return {
            "partner_id": partner.id,
            "kind": kind,
            "date_start": start,
            "date_end": end,
        }

    def _merge(self, user="manager"):
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(
            self.users[user]
        )
        wizard.create(
            {
                "state": "selection",
                "partner_ids": [(6, 0, (self.keep + self.gone).ids)],
                "dst_partner_id": self.keep.id,
            }
        ).action_merge()
        self.env.invalidate_all()

    def test_every_row_is_kept(self):
        self._merge()
        self.assertFalse(self.gone.exists())
        self.assertEqual(len(self.keep.hub_role_ids), 3)
        self.assertEqual(len(self.keep.hub_skill_ids), 3)
        self.assertEqual(len(self.keep.hub_signature_ids), 2)
        conflicts = self.keep._hub_conflicts_with(self.other)
        self.assertEqual(conflicts[self.keep], self.other)

    def test_what_overlaps_is_listed_for_a_person_to_settle(self):
        self._merge()
        overlapping = self.env["hub.role"].search([("is_overlapping", "=", True)])
        self.assertEqual(set(overlapping.mapped("kind")), {"volunteer"})
        self.assertEqual(len(overlapping), 2)
        people = self.env["res.partner"].search(
            [("hub_role_ids.is_overlapping", "=", True)]
        )
        self.assertEqual(people, self.keep)
        self.assertEqual(self.keep.hub_role_ids.filtered("is_overlapping"), overlapping)

    def test_roles_that_overlap_after_a_merge_can_be_settled(self):
        self._merge()
        older = self.keep.hub_role_ids.filtered(
            lambda r: r.date_start == date(2020, 1, 1)
        )
        older.date_end = date(2021, 12, 31)
        self.assertFalse(self.env["hub.role"].search([("is_overlapping", "=", True)]))

    def test_the_better_level_of_a_skill_held_twice_counts(self):
        self._merge()
        levels = self.keep._hub_skill_levels()[self.keep]
        self.assertEqual(levels[self.env.ref("solidarity_hub.skill_accounting")], 3)

    def test_the_contact_can_still_be_edited_after_the_merge(self):
        self._merge()
        self.keep.with_user(self.users["coordinator"]).write({"phone": "0380"})
        role = self.keep.hub_role_ids.filtered(lambda r: r.kind == "volunteer")[0]
        role.capacity = 2
        self.assertEqual(role.capacity, 2)

    def test_somebody_without_access_to_the_hub_loses_nothing_either(self):
        self.users["sales"].group_ids += self.env.ref("base.group_partner_manager")
        self._merge("sales")
        self.assertEqual(self.keep.hub_birth_year, 1960)
        self.assertEqual(self.keep.hub_gender, "female")
        self.assertEqual(len(self.keep.hub_role_ids), 3)
