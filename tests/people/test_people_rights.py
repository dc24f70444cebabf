from odoo.tests import tagged

from ..rpc import RpcCase

KEEPERS = ("coordinator", "manager")
OUTSIDERS = ("board", "finance", "sales", "employee")
OWN = ("volunteer", "portal")


@tagged("post_install", "-at_install")
class TestPeopleRights(RpcCase):
    """Roles, skills and conflicts: the row of the table of rights, cell by cell."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.someone, cls.third = cls.env["res.partner"].create(
            [{"name": "Someone"}, {"name": "Third"}]
        )
        cls.law = cls.env.ref("solidarity_hub.skill_law")
        cls.records = {"hub.role": {}, "hub.partner.skill": {}, "hub.conflict": {}}
        for name in (*OWN, "someone"):
            person = cls.users[name].partner_id if name in OWN else cls.someone
            for model, vals in cls._vals(person).items():
                cls.records[model][name] = cls.env[model].create(vals)

    @classmethod
    def _vals(cls, person):
        return {
            "hub.role": {
                "partner_id": person.id,
                "kind": "volunteer",
                "date_start": "2020-01-01",
            },
            "hub.partner.skill": {"partner_id": person.id, "skill_id": cls.law.id},
            "hub.conflict": {
                "partner_id": person.id,
                "other_partner_id": cls.third.id,
            },
        }

    def _change(self, model):
        return {
            "hub.role": {"capacity": 2},
            "hub.partner.skill": {"level": 3},
            "hub.conflict": {"reason": "Same family"},
        }[model]

    def test_volunteers_and_portal_users_read_their_own_only(self):
        for model, records in self.records.items():
            for role in OWN:
                with self.subTest(model, role=role):
                    found = self.assert_allowed(role, model, "search", [])
                    self.assertEqual(found, records[role].ids)
                    self.assert_allowed(role, model, "read", records[role].ids, ["id"])
                    self.assert_hidden(role, model, records["someone"])
                    self._assert_no_writing(role, model, records[role])

    def test_advisers_read_all_and_write_nothing(self):
        for model, records in self.records.items():
            with self.subTest(model):
                record = records["someone"]
                self.assert_allowed("adviser", model, "read", record.ids, ["id"])
                self._assert_no_writing("adviser", model, record)

    def test_coordinators_and_managers_write(self):
        for model, records in self.records.items():
            for role in KEEPERS:
                with self.subTest(model, role=role):
                    ids = records["someone"].ids
                    self.assert_allowed(role, model, "write", ids, self._change(model))
                    person = self.env["res.partner"].create({"name": role})
                    vals = self._vals(person)[model]
                    new = self.assert_allowed(role, model, "create", vals)
                    self.assert_allowed(role, model, "unlink", [new])

    def test_board_finance_and_others_see_nothing(self):
        for model, records in self.records.items():
            for role in OUTSIDERS:
                with self.subTest(model, role=role):
                    record = records["someone"]
                    self.assert_refused(role, model, "read", record.ids, ["id"])
                    self._assert_no_writing(role, model, record)

    def _assert_no_writing(self, role, model, record):
        self.assert_refused(role, model, "write", record.ids, self._change(model))
        self.assert_refused(role, model, "create", self._vals(self.third)[model])
        self.assert_refused(role, model, "unlink", record.ids)

    def test_what_the_hub_knows_of_a_contact_is_for_advisers(self):
        names = [
            name for name in self.env["res.partner"]._fields if name.startswith("hub_")
        ]
        self.assertIn("hub_birth_year", names)
        for name in names:
            field = self.env["res.partner"]._fields[name]
            self.assertTrue(field.groups, f"{name} is open to everybody")
        for role in ("volunteer", *OUTSIDERS, "portal"):
            with self.subTest(role):
                me = self.users[role].partner_id.ids
                self.assert_refused(role, "res.partner", "read", me, ["hub_birth_year"])
        self.assert_allowed(
            "adviser", "res.partner", "read", self.someone.ids, ["hub_birth_year"]
        )

    def test_contacts_stay_open_to_everybody_who_had_them(self):
        for role in ("sales", "employee", "board"):
            self.assert_allowed(
                role, "res.partner", "web_search_read", [], {"name": {}}, limit=5
            )

    def test_the_charter_is_read_once_published(self):
        charter = self.env["hub.charter"].create({"body": "<p>Text</p>"})
        for role in OWN:
            self.assert_hidden(role, "hub.charter", charter)
        charter.action_publish()
        for role in OWN:
            self.assert_allowed(role, "hub.charter", "read", charter.ids, ["body"])
            self.assert_refused(
                role, "hub.charter", "write", charter.ids, {"sign_before": False}
            )

    def test_nobody_signs_in_anothers_name_over_rpc(self):
        charter = self.env["hub.charter"].create({"body": "<p>Text</p>"})
        vals = {"charter_id": charter.id, "partner_id": self.someone.id}
        for role in (*OWN, *OUTSIDERS):
            self.assert_refused(role, "hub.charter.signature", "create", vals)

    def test_another_hub_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Second hub"})
        company._hub_setup()
        self.users["manager"].write(
            {"company_ids": [(6, 0, company.ids)], "company_id": company.id}
        )
        for model, records in self.records.items():
            with self.subTest(model):
                self.assert_hidden("manager", model, records["someone"])

    def test_the_second_hub_has_its_own_five_colleges(self):
        company = self.env["res.company"].create({"name": "Second hub"})
        company._hub_setup()
        company._hub_setup()
        colleges = self.env["hub.college"].search([("company_id", "=", company.id)])
        self.assertEqual(len(colleges), 5)
        first = self.env["hub.college"].search([("company_id", "=", self.company.id)])
        self.assertEqual(sorted(colleges.mapped("code")), sorted(first.mapped("code")))
