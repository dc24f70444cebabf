import csv
import io

from odoo.tests import tagged
from odoo.tools import file_open

from ..common import HubCommon

FIXTURE = "solidarity_hub/tests/fixtures/people.csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = {"quoting": '"', "separator": ",", "has_headers": True, "encoding": "utf-8"}


@tagged("post_install", "-at_install")
class TestPeopleImport(HubCommon):
    """Through Odoo's own import screen, as the coordinator."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.importer = cls.users["coordinator"]

    def _import(
        self, text, lang="en_US", dryrun=False, file_type="text/csv", **context
    ):
        data = text.encode() if isinstance(text, str) else text
        screen = (
            self.env["base_import.import"]
            .with_user(self.importer)
            .with_context(lang=lang, **context)
            .create({"res_model": "res.partner", "file": data, "file_type": file_type})
        )
        options = dict(CSV) if file_type == "text/csv" else {"has_headers": True}
        preview = screen.parse_preview(options)
        self.assertNotIn("error", preview)
        headers = preview["headers"]
        matches = preview["matches"] or {}
        fields = [
            "/".join(matches[i]) if i in matches else False for i in range(len(headers))
        ]
        return screen.execute_import(fields, headers, preview["options"], dryrun=dryrun)

    def _fixture(self):
        with file_open(FIXTURE) as file:
            return file.read()

    def _volunteers(self):
        return self.env["res.partner"].search(
            [("hub_is_volunteer", "=", True)], order="id"
        )

    def _state(self):
        """Everything an import could change."""
        partners = self.env["res.partner"].search([("hub_role_ids", "!=", False)])
        self.env.invalidate_all()
        return (
            partners.ids,
            partners.mapped("write_date"),
            [
                (r.id, r.kind, r.date_start, r.capacity, r.write_date)
                for r in partners.hub_role_ids.sorted("id")
            ],
            [
                (s.id, s.skill_id.id, s.level)
                for s in partners.hub_skill_ids.sorted("id")
            ],
        )

    def test_a_list_kept_by_a_coordinator_is_loaded_whole(self):
        for lang in ("en_US", "fr_FR"):
            with self.subTest(lang), self.env.cr.savepoint() as savepoint:
                result = self._import(self._fixture(), lang=lang)
                self.assertFalse(result["messages"])
                self.assertEqual(len(result["ids"]), 24)
                self.assertEqual(len(self._volunteers()), 15)
                savepoint.rollback()
                self.env.invalidate_all()

    def _book(self, path):
        with file_open(f"solidarity_hub/{path}", "rb") as file:
            return file.read()

    def test_a_workbook_gives_the_same_as_the_text_file(self):
        self._import(self._fixture())
        before = self._state()
        book = self._book("tests/fixtures/people.xlsx")
        result = self._import(book, file_type=XLSX)
        self.assertFalse(result["messages"])
        self.assertEqual(len(result["ids"]), 24)
        self.assertEqual(self._state(), before)

    def test_a_workbook_alone_is_loaded_whole(self):
        book = self._book("tests/fixtures/people.xlsx")
        self.assertFalse(self._import(book, file_type=XLSX)["messages"])
        [role] = (
            self._volunteers().filtered(lambda p: p.name == "Paul Renard").hub_role_ids
        )
        self.assertEqual(str(role.trained_on), "2020-10-10")

    def test_the_templates_offered_can_be_loaded_as_they_are(self):
        for name, lang in (("people", "en_US"), ("personnes", "fr_FR")):
            partners = self.env["res.partner"].with_user(self.importer)
            offered = partners.with_context(lang=lang).get_import_templates()[0]
            self.assertEqual(
                offered["template"], f"/solidarity_hub/static/xls/{name}.xlsx"
            )
            book = self._book(f"static/xls/{name}.xlsx")
            result = self._import(book, lang=lang, file_type=XLSX)
            self.assertFalse(result["messages"], name)
        self.assertEqual(len(self._volunteers()), 2)
        self.assertEqual(self._volunteers().mapped("hub_capacity"), [3, 3])

    def test_every_column_of_the_templates_is_recognised(self):
        for name in ("people", "personnes"):
            screen = self.env["base_import.import"].create(
                {
                    "res_model": "res.partner",
                    "file": self._book(f"static/xls/{name}.xlsx"),
                    "file_type": XLSX,
                }
            )
            preview = screen.parse_preview({"has_headers": True})
            missing = set(range(len(preview["headers"]))) - set(preview["matches"])
            self.assertFalse([preview["headers"][i] for i in missing], name)

    def test_templates_of_contacts_are_as_before_for_others(self):
        partners = self.env["res.partner"].with_user(self.users["sales"])
        self.assertEqual(len(partners.get_import_templates()), 1)

    def test_each_cell_lands_where_it_belongs(self):
        self._import(self._fixture())
        paul = self._volunteers().filtered(lambda p: p.name == "Paul Renard")
        [role] = paul.hub_role_ids
        self.assertEqual(str(role.date_start), "2020-09-01")
        self.assertEqual(str(role.trained_on), "2020-10-10")
        self.assertEqual(role.capacity, 2)
        self.assertEqual((paul.hub_gender, paul.hub_birth_year), ("male", 1971))
        levels = {
            skill.name: level for skill, level in paul._hub_skill_levels()[paul].items()
        }
        self.assertEqual(levels, {"Accounting": 3, "Listening": 2})

    def test_two_roles_and_a_kind_of_institution_in_one_line(self):
        self._import(self._fixture())
        bank = self.env["res.partner"].search([("name", "like", "Banque coopérative")])
        self.assertEqual(
            sorted(bank.hub_role_ids.mapped("kind")), ["funder", "institution"]
        )
        self.assertEqual(bank.hub_institution_kind, "bank")
        self.assertTrue(bank.is_company)

    def test_the_same_file_again_changes_nothing(self):
        self._import(self._fixture())
        before = self._state()
        result = self._import(self._fixture())
        self.assertFalse(result["messages"])
        self.assertEqual(self._state(), before)

    def test_the_same_file_without_identifiers_changes_nothing(self):
        lines = list(csv.reader(io.StringIO(self._fixture())))
        out = io.StringIO()
        csv.writer(out).writerows(line[1:] for line in lines)
        self._import(out.getvalue())
        before = self._state()
        self._import(out.getvalue())
        self.assertEqual(self._state(), before)

    def test_a_test_run_writes_nothing(self):
        before = self._state()
        result = self._import(self._fixture(), dryrun=True)
        self.assertFalse(result["messages"])
        self.assertEqual(self._state(), before)

    def test_all_unknown_skills_are_listed_at_once_and_nothing_is_written(self):
        before = self._state()
        result = self._import(
            "Name,Roles,Skills\n"
            "Anne,Volunteer,Accounting:3; Juggling\n"
            "Bob,Volunteer,Sailing and Listening:7\n"
        )
        [message] = result["messages"]
        for text in ("Juggling", "Sailing", "Listening:7", "line 2", "line 3"):
            self.assertIn(text, message["message"])
        self.assertFalse(result["ids"])
        self.assertEqual(self._state(), before)

    def test_an_unknown_role_is_refused_with_the_choices(self):
        result = self._import("Name,Roles\nAnne,Plumber\nBob,Volunteer\n")
        self.assertIn("Plumber", result["messages"][0]["message"])
        self.assertIn("Volunteer", result["messages"][0]["message"])
        self.assertFalse(self._volunteers())

    def test_an_institution_without_its_kind_stops_the_whole_list(self):
        result = self._import("Name,Roles\nAnne,Volunteer\nCity Hall,Institution\n")
        self.assertTrue(result["messages"])
        self.assertFalse(self._volunteers())

    def test_an_error_of_odoo_itself_leaves_nothing_either(self):
        result = self._import(
            "Name,Roles,Year of birth\nAnne,Volunteer,1960\nBob,Volunteer,6\n"
        )
        self.assertTrue(result["messages"])
        self.assertFalse(self._volunteers())

    def test_a_person_known_by_e_mail_is_completed(self):
        marie = self.env["res.partner"].create(
            {"name": "Marie Noël", "email": "marie@exemple.test", "phone": "0101"}
        )
        self._import(
            "Name,Email,Phone,Roles,Skills\n"
            "MARIE NOEL,Marie@Exemple.test,,Volunteer,Law\n"
        )
        self.assertEqual(self._volunteers(), marie)
        self.assertEqual(marie.phone, "0101", "an empty cell erases nothing")

    def test_a_person_known_by_name_and_year_of_birth_is_completed(self):
        people = self.env["res.partner"].create(
            [
                {"name": "Jean Martin", "hub_birth_year": 1950},
                {"name": "Jean Martin", "hub_birth_year": 1980},
            ]
        )
        self._import("Name,Year of birth,Roles\nJean Martin,1980,Volunteer\n")
        self.assertEqual(self._volunteers(), people[1])

    def test_a_person_known_by_reference_is_completed(self):
        marie = self.env["res.partner"].create({"name": "Marie", "ref": "V12"})
        self._import("Reference,Name,Roles\nV12,Marie Durand,Volunteer\n")
        self.assertEqual(self._volunteers(), marie)
        self.assertEqual(marie.name, "Marie Durand")

    def test_a_couple_with_one_mailbox_stays_two_people(self):
        self._import(
            "Name,Email,Roles\nJean Roy,roy@exemple.test,Volunteer\n"
            "Anne Roy,roy@exemple.test,Volunteer\n"
        )
        self.assertEqual(len(self._volunteers()), 2)

    def test_a_namesake_becomes_a_possible_double(self):
        self.env["res.partner"].create({"name": "Jean Roy", "email": "a@exemple.test"})
        self._import("Name,Email,Roles\nJean Roy,b@exemple.test,Volunteer\n")
        doubles = self.env["res.partner"].search([("hub_possible_double", "=", True)])
        self.assertEqual(doubles, self._volunteers())
        self.assertEqual(doubles.email, "b@exemple.test")

    def test_two_lines_of_one_person_are_joined(self):
        self._import(
            "Name,Email,Roles,Skills\n"
            "Jean Roy,roy@exemple.test,Volunteer,Law:2\n"
            "Jean Roy,roy@exemple.test,Funder,Accounting\n"
        )
        [jean] = self._volunteers()
        self.assertTrue(jean.hub_is_funder)
        self.assertEqual(len(jean.hub_skill_ids), 2)

    def test_a_list_of_volunteers_needs_no_column_for_the_role(self):
        self._import("Name,Skills\nJean Roy,Law\n", hub_new_role_kind="volunteer")
        self.assertEqual(self._volunteers().name, "Jean Roy")

    def test_what_is_exported_can_be_imported_again(self):
        self._import(self._fixture())
        self.importer.group_ids += self.env.ref("base.group_allow_export")
        people = self._volunteers().with_user(self.importer)
        columns = ["id", "name", "hub_roles_text", "hub_skills_text", "hub_role_since"]
        lines = people.export_data(columns)["datas"]
        before = self._state()
        result = people.browse().load(
            columns, [[str(c) for c in line] for line in lines]
        )
        self.assertFalse(result["messages"])
        self.assertEqual(self._state(), before)

    def test_other_imports_of_contacts_are_left_alone(self):
        self.importer = self.users["sales"]
        self.importer.group_ids += self.env.ref("base.group_partner_manager")
        result = self._import("Name,Email\nJean Roy,roy@exemple.test\n")
        again = self._import("Name,Email\nJean Roy,roy@exemple.test\n")
        self.assertNotEqual(result["ids"], again["ids"])

    def test_an_adviser_may_not_import_roles(self):
        self.importer = self.users["adviser"]
        result = self._import("Name,Roles\nJean Roy,Volunteer\n")
        self.assertTrue(result["messages"])
        self.assertFalse(self._volunteers())
