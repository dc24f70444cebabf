from odoo.tests import tagged

from ..common import HubCommon

KANBAN = {
    name: {}
    for name in (
        "display_name",
        "phone",
        "hub_is_holder",
        "hub_is_volunteer",
        "hub_is_funder",
        "hub_is_institution",
        "hub_is_paused",
        "hub_training",
        "hub_charter_signed",
        "hub_capacity",
        "hub_roles_text",
        "hub_skills_text",
        "hub_institution_kind",
        "hub_was_holder",
    )
} | {"hub_skill_tag_ids": {"fields": {"display_name": {}, "color": {}}}}


@tagged("post_install", "-at_install")
class TestPeopleQueries(HubCommon):
    """Lists cost the same for one person and for twenty."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        skills = cls.env["hub.skill"].search([], limit=2)
        cls.people = cls.env["res.partner"].create(
            [
                {
                    "name": f"Volunteer {number}",
                    "hub_role_ids": [
                        (0, 0, {"kind": "volunteer", "date_start": "2020-01-01"})
                    ],
                    "hub_skill_ids": [
                        (0, 0, {"skill_id": skill.id}) for skill in skills
                    ],
                }
                for number in range(20)
            ]
        )

    def _count(self, people, method):
        people = people.with_user(self.users["coordinator"])
        method(people)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        method(people)
        return self.env.cr.sql_log_count - before

    def _assert_constant(self, method):
        few, many = (self._count(self.people[:n], method) for n in (1, 20))
        self.assertEqual(few, many)

    def test_the_list_of_volunteers(self):
        self._assert_constant(lambda people: people.web_read(KANBAN))

    def test_what_other_areas_ask(self):
        self._assert_constant(lambda people: people._hub_capacity_on())
        self._assert_constant(lambda people: people._hub_is_trained_or_booked())
        self._assert_constant(lambda people: people._hub_unsigned_charter())
        self._assert_constant(lambda people: people._hub_skill_levels())
        self._assert_constant(lambda people: people._hub_conflicts_with(self.people))

    def test_filters(self):
        for domain in (
            [("hub_is_volunteer", "=", True)],
            [("hub_training", "=", "missing")],
            [("hub_charter_signed", "=", False)],
            [("hub_possible_double", "=", True)],
        ):
            self._assert_constant(
                lambda people, domain=domain: people.search(
                    [("id", "in", people.ids), *domain]
                )
            )

    def test_reading_an_ordinary_contact_fetches_no_field_of_the_hub(self):
        partner = self.people[0].with_user(self.users["sales"])
        self.env.invalidate_all()
        self.assertTrue(partner.name)
        cached = {
            field.name
            for field in partner._fields.values()
            if field.name.startswith("hub_")
            and partner.id in field._get_cache(partner.env)
        }
        self.assertFalse(cached)
