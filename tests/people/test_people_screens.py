from odoo.tests import Form, tagged

from ..common import HubCommon

FORM = "solidarity_hub.view_hub_partner_form"


@tagged("post_install", "-at_install")
class TestPeopleScreens(HubCommon):
    def _people(self, role, **context):
        people = self.env["res.partner"].with_user(self.users[role])
        return people.with_context(**context)

    def test_a_volunteer_is_created_in_one_form(self):
        with Form(
            self._people("coordinator", hub_new_role_kind="volunteer"), view=FORM
        ) as form:
            form.name = "Marie"
            form.phone = "0380"
            with form.hub_skill_ids.new() as line:
                line.skill_id = self.env.ref("solidarity_hub.skill_law")
                line.level_label = "3"
        marie = form.record
        self.assertTrue(marie.hub_is_volunteer)
        self.assertEqual(marie.hub_capacity, 3)
        self.assertEqual(list(marie._hub_skill_levels()[marie].values()), [3])

    def test_an_adviser_adds_a_person_but_gives_no_role(self):
        with Form(
            self._people("adviser", hub_new_role_kind="volunteer"), view=FORM
        ) as form:
            form.name = "Marie"
            form.hub_birth_year = 1960
        self.assertFalse(form.record.hub_role_ids)

    def test_the_contact_form_of_odoo_opens_for_everybody(self):
        for role in ("sales", "coordinator", "adviser", "employee"):
            arch = self._people(role).get_view(
                self.env.ref("base.view_partner_form").id, "form"
            )["arch"]
            seen = role in ("coordinator", "adviser")
            self.assertEqual("hub_role_ids" in arch, seen, role)

    def test_no_role_is_proposed_to_an_ordinary_contact(self):
        with Form(self._people("coordinator")) as form:
            form.name = "Supplier"
        self.assertFalse(form.record.hub_role_ids)

    def test_an_institution_is_added_below_its_kind(self):
        roles = self.env["hub.role"].with_user(self.users["coordinator"])
        with Form(
            roles.with_context(
                default_kind="institution", default_institution_kind="bank"
            ),
            view="solidarity_hub.view_hub_role_quick_institution",
        ) as form:
            form.partner_id = self.env["res.partner"].create({"name": "Our bank"})
        self.assertEqual(form.record.partner_id.hub_institution_kind, "bank")

    def test_all_six_kinds_are_shown_even_when_one_is_missing(self):
        partner = self.env["res.partner"].create({"name": "Our bank"})
        self.env["hub.role"].create(
            {
                "partner_id": partner.id,
                "kind": "institution",
                "institution_kind": "bank",
            }
        )
        groups = (
            self.env["hub.role"]
            .with_context(read_group_expand=True)
            .web_read_group(
                [("kind", "=", "institution"), ("partner_id", "=", partner.id)],
                ["institution_kind"],
            )["groups"]
        )
        counts = {group["institution_kind"]: group["__count"] for group in groups}
        self.assertEqual(len(counts), 6)
        self.assertEqual([kind for kind, n in counts.items() if n], ["bank"])

    def test_who_adds_up_roles_opens_the_card_of_the_person(self):
        partner = self.env["res.partner"].create({"name": "Marie"})
        role = self.env["hub.role"].create({"partner_id": partner.id, "kind": "funder"})
        action = role.action_open_person()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("res.partner", partner.id)
        )

    def test_pausing_coming_back_and_ending_take_one_click(self):
        partner = self.env["res.partner"].create({"name": "Marie"})
        role = (
            self.env["hub.role"]
            .with_user(self.users["coordinator"])
            .create({"partner_id": partner.id, "kind": "volunteer"})
        )
        role.action_pause()
        self.assertTrue(partner.hub_is_paused)
        role.action_resume()
        self.assertFalse(partner.hub_is_paused)
        role.action_end()
        self.assertEqual(str(role.date_end), str(role.date_start))

    def test_uninstalling_takes_the_headers_back(self):
        mappings = self.env["base_import.mapping"]
        mine = [("res_model", "=", "res.partner"), ("column_name", "=", "compétences")]
        self.assertTrue(mappings.search(mine))
        self.env["res.partner"]._hub_import_forget_headers()
        self.assertFalse(mappings.search(mine))

    def test_a_new_role_takes_the_capacity_agreed_in_the_hub(self):
        self.company.hub_default_capacity = 2
        partner = self.env["res.partner"].create({"name": "Marie"})
        role = self.env["hub.role"].create(
            {"partner_id": partner.id, "kind": "volunteer"}
        )
        self.assertEqual(role.capacity, 2)
