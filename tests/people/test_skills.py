from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import HubCommon


@tagged("post_install", "-at_install")
class TestSkills(HubCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marie, cls.luc, cls.anne = cls.env["res.partner"].create(
            [{"name": "Marie"}, {"name": "Luc"}, {"name": "Anne"}]
        )
        cls.accounting = cls.env.ref("solidarity_hub.skill_accounting")
        cls.law = cls.env.ref("solidarity_hub.skill_law")

    def _skill(self, **vals):
        return self.env["hub.partner.skill"].create(
            {"partner_id": self.marie.id, "skill_id": self.law.id, **vals}
        )

    def test_the_four_skills_every_network_needs_are_there(self):
        for name in ("accounting", "listening", "personal_project", "law"):
            self.assertTrue(self.env.ref(f"solidarity_hub.skill_{name}"))

    def test_a_skill_is_practised_unless_said_otherwise(self):
        self.assertEqual(self._skill().level_label, "2")

    def test_learning_counts_as_a_level(self):
        line = self._skill(level=1)
        self.assertEqual(self.marie._hub_skill_levels()[self.marie], {self.law: 1})
        self.assertEqual(line.level_label, "1")

    def test_choosing_a_level_by_its_name(self):
        line = self._skill()
        line.level_label = "3"
        self.assertEqual(line.level, 3)

    def test_a_person_has_a_skill_once(self):
        self._skill()
        with self.assertRaisesRegex(ValidationError, "Marie"):
            self._skill(level=3)

    def test_skills_are_typed_as_tags(self):
        self._skill(level=3)
        self.marie.hub_skill_tag_ids = self.law + self.accounting
        self.assertEqual(
            self.marie._hub_skill_levels()[self.marie],
            {self.law: 3, self.accounting: 2},
        )
        self.marie.hub_skill_tag_ids = self.accounting
        self.assertEqual(self.marie.hub_skill_ids.skill_id, self.accounting)

    def test_people_are_found_by_skill(self):
        self._skill()
        found = self.env["res.partner"].search([("hub_skill_tag_ids", "=", "Law")])
        self.assertEqual(found, self.marie)
        without = self.env["res.partner"].search(
            [
                ("id", "in", (self.marie + self.luc).ids),
                ("hub_skill_tag_ids", "not in", self.law.ids),
            ]
        )
        self.assertEqual(without, self.luc)

    def test_a_word_means_one_skill_only(self):
        self.env["hub.skill"].create({"name": "Carpentry", "aliases": "wood, timber"})
        with self.assertRaisesRegex(ValidationError, "Carpentry"):
            self.env["hub.skill"].create({"name": "Forestry", "aliases": "Timber"})

    def test_a_skill_is_not_part_of_itself(self):
        child = self.env["hub.skill"].create(
            {"name": "Payroll", "parent_id": self.accounting.id}
        )
        with self.assertRaises(UserError):
            self.accounting.parent_id = child

    def test_a_cell_is_read_by_name_and_other_words(self):
        found, unknown = self.env["hub.skill"]._read_cell("COMPTA:3, law; juggling")
        self.assertEqual(found, {self.accounting: 3, self.law: None})
        self.assertEqual(unknown, ["juggling"])

    def test_skills_that_no_volunteer_of_today_brings_are_seen(self):
        wood = self.env["hub.skill"].create({"name": "Carpentry"})
        for person, end in ((self.marie, False), (self.luc, "2020-12-31")):
            self.env["hub.role"].create(
                {
                    "partner_id": person.id,
                    "kind": "volunteer",
                    "date_start": "2020-01-01",
                    "date_end": end,
                }
            )
            self._skill(partner_id=person.id, skill_id=wood.id, level=3)
        self._skill(partner_id=self.anne.id, skill_id=wood.id)
        self.assertEqual((wood.volunteer_count, wood.expert_count), (1, 1))
        empty = self.env["hub.skill"].create({"name": "Forestry"})
        self.assertEqual(empty.volunteer_count, 0)
        people = self.env["res.partner"].search(wood.action_open_volunteers()["domain"])
        self.assertEqual(people, self.marie)

    def test_a_conflict_holds_in_both_directions(self):
        self.env["hub.conflict"].create(
            {"partner_id": self.marie.id, "other_partner_id": self.luc.id}
        )
        everybody = self.marie + self.luc + self.anne
        self.assertEqual(
            everybody._hub_conflicts_with(everybody),
            {
                self.marie: self.luc,
                self.luc: self.marie,
                self.anne: self.env["res.partner"],
            },
        )

    def test_a_conflict_is_between_two_people(self):
        with self.assertRaisesRegex(ValidationError, "Marie"):
            self.env["hub.conflict"].create(
                {"partner_id": self.marie.id, "other_partner_id": self.marie.id}
            )

    def test_a_year_of_birth_has_four_digits(self):
        for year in (57, 1899, 2999):
            with self.assertRaisesRegex(ValidationError, "Marie"):
                self.marie.hub_birth_year = year
        self.marie.hub_birth_year = 1957

    def test_the_opening_sets_the_date_of_autonomy(self):
        milestones = self.env["hub.milestone"]
        milestones.create({"name": "Opening", "kind": "opening", "date": "1998-02-01"})
        target = milestones.search([("kind", "=", "autonomy_target")])
        self.assertEqual(str(target.date), "2000-02-01")
        milestones.create(
            {"name": "Second place", "kind": "opening", "date": "2005-01-01"}
        )
        self.assertEqual(milestones.search([("kind", "=", "autonomy_target")]), target)
