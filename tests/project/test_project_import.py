import csv
import io
from datetime import date

from odoo.tests import tagged
from odoo.tools import file_open, file_path

from .common import ProjectCommon

FIXTURE = "solidarity_hub/tests/fixtures/projects"
CSV = {"quoting": '"', "separator": ",", "has_headers": True, "encoding": "utf-8"}
CONTEXT = {"default_is_hub_project": True, "hub_project_view_ref": 1}


@tagged("post_install", "-at_install")
class TestProjectImport(ProjectCommon):
    """Through Odoo's own import screen, as the coordinator."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls._name_activities_in_french()

    @classmethod
    def _name_activities_in_french(cls):
        """The fixture is French whatever the state of the translation."""
        names = {
            "care": "Services à la personne",
            "recycling": "Tri et recyclage",
            "training": "Formation et conseil",
            "food": "Alimentation et restauration",
            "craft": "Artisanat",
            "farming": "Agriculture et jardins",
            "building": "Bâtiment et réparation",
            "culture": "Culture",
            "trade": "Commerce de proximité",
        }
        for name, label in names.items():
            activity = cls.env.ref(f"solidarity_hub.hub_activity_{name}")
            activity.with_context(lang="fr_FR").name = label

    def _import(self, data, lang="fr_FR", file_type="text/csv", dryrun=False):
        screen = (
            self.env["base_import.import"]
            .with_user(self.users["coordinator"])
            .with_context(lang=lang, **CONTEXT)
            .create(
                {
                    "res_model": "crm.lead",
                    "file": data.encode() if isinstance(data, str) else data,
                    "file_type": file_type,
                }
            )
        )
        options = dict(CSV) if file_type == "text/csv" else {"has_headers": True}
        preview = screen.parse_preview(options)
        self.assertNotIn("error", preview)
        matches = preview["matches"] or {}
        headers = preview["headers"]
        fields = [
            "/".join(matches[i]) if i in matches else False for i in range(len(headers))
        ]
        self.matched = dict(zip(headers, fields, strict=True))
        return screen.execute_import(fields, headers, preview["options"], dryrun=dryrun)

    def _fixture(self):
        with file_open(f"{FIXTURE}.csv") as file:
            return file.read()

    def _changed(self, change):
        rows = list(csv.DictReader(io.StringIO(self._fixture())))
        change(rows)
        text = io.StringIO()
        writer = csv.DictWriter(text, rows[0])
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue()

    def _projects(self):
        return (
            self.env["crm.lead"]
            .with_context(active_test=False)
            .search([("is_hub_project", "=", True)], order="id")
        )

    def _project(self, name):
        return self._projects().filtered(lambda project: project.name == name)

    def _state(self):
        """Everything an import could change."""
        self.env.flush_all()
        self.env.invalidate_all()
        projects = self._projects()
        lines = [
            (line._name, line.id, line.write_date)
            for name in (
                "hub_holder_ids",
                "hub_skill_ids",
                "hub_outcome_ids",
                "hub_path_ids",
            )
            for line in projects[name].sorted("id")
        ]
        people = projects.hub_holder_ids.partner_id
        return (
            [(project.id, project.write_date) for project in projects],
            lines,
            [(person.id, person.write_date) for person in people.sorted("id")],
            self.env["hub.role"].search_count([]),
            self.env["res.partner"].search_count([]),
        )

    def test_a_list_kept_by_a_coordinator_is_loaded_whole(self):
        result = self._import(self._fixture())
        self.assertFalse(result["messages"])
        self.assertNotIn(False, self.matched.values(), self.matched)
        self.assertEqual(len(self._projects()), 12)
        self.assertFalse(self._projects().user_id, "nobody is put in charge")

    def test_each_cell_lands_where_it_belongs(self):
        self._import(self._fixture())
        project = self._project("Restaurant associatif")
        self.assertRecordValues(
            project,
            [
                {
                    "is_hub_project": True,
                    "hub_phase": "accompaniment",
                    "hub_kind": "collective",
                    "hub_reception_date": date(2025, 11, 5),
                    "hub_accompaniment_start": date(2026, 1, 15),
                    "phone": "03 80 55 02 04",
                    "hub_activity_id": self.env.ref(
                        "solidarity_hub.hub_activity_food"
                    ).id,
                }
            ],
        )
        self.assertEqual(project.partner_id.name, "Amadou Diallo")
        self.assertEqual(project.partner_id.hub_birth_year, 1984)
        self.assertEqual(project.hub_prescriber_id.name, "France Travail")
        self.assertEqual(len(project.hub_skill_ids), 3)
        role = project.partner_id.hub_role_ids
        self.assertEqual((role.kind, role.date_start), ("holder", date(2026, 1, 15)))

    def test_levels_are_read_and_several_holders_too(self):
        self._import(self._fixture())
        levels = {
            line.skill_id: line.level
            for line in self._project("Organisme de formation").hub_skill_ids
        }
        self.assertEqual(levels[self.env.ref("solidarity_hub.skill_accounting")], 3)
        holders = self._project("Association de tri des déchets").hub_holder_ids
        self.assertEqual(
            holders.mapped("partner_id.name"), ["Bruno Keller", "Samia Haddad"]
        )
        self.assertEqual(holders.filtered("is_contact").partner_id.name, "Bruno Keller")

    def test_a_path_that_has_ended_keeps_its_dates_and_outcomes(self):
        self._import(self._fixture())
        project = self._project("Épicerie de village")
        self.assertEqual(
            [
                (step.phase, step.date_start, step.date_end)
                for step in project.hub_path_ids.sorted("date_start")
            ],
            [
                ("reception", date(2024, 1, 15), date(2024, 3, 1)),
                ("accompaniment", date(2024, 3, 1), date(2025, 5, 20)),
                ("closed", date(2025, 5, 20), False),
            ],
        )
        self.assertEqual(
            {(o.kind, o.quantity, o.date) for o in project.hub_outcome_ids},
            {
                ("activity_created", 1, date(2025, 4, 10)),
                ("job", 2, date(2025, 4, 10)),
            },
        )
        role = project.partner_id.hub_role_ids
        self.assertEqual(role.date_end, date(2025, 5, 20))

    def test_the_same_file_again_changes_nothing(self):
        self._import(self._fixture())
        before = self._state()
        result = self._import(self._fixture())
        self.assertFalse(result["messages"])
        self.assertEqual(self._state(), before)

    def test_without_identifiers_title_and_holder_tell_the_project(self):
        def drop(rows):
            for row in rows:
                del row["Identifiant"]

        self._import(self._changed(drop))
        before = self._state()
        self._import(self._changed(drop))
        self.assertEqual(self._state(), before)

    def test_a_changed_cell_is_written(self):
        self._import(self._fixture())

        def change(rows):
            rows[1]["Phase"] = "accompagnement"

        self._import(self._changed(change))
        project = self._project("Association de tri des déchets")
        self.assertEqual(project.hub_phase, "accompaniment")
        self.assertEqual(len(self._projects()), 12)

    def test_unknown_skills_are_listed_at_once_and_nothing_is_imported(self):
        def change(rows):
            rows[0]["Compétences recherchées"] = "plomberie, compta"
            rows[7]["Compétences recherchées"] = "astronomie"

        contacts = self.env["res.partner"].search_count([])
        result = self._import(self._changed(change))
        message = result["messages"][0]["message"]
        self.assertIn("plomberie", message)
        self.assertIn("astronomie", message)
        self.assertFalse(self._projects())
        self.assertEqual(self.env["res.partner"].search_count([]), contacts)

    def test_unknown_words_and_missing_holders_are_named_with_their_lines(self):
        def change(rows):
            rows[2]["Phase"] = "en orbite"
            rows[3]["Porteur"] = ""
            rows[4]["Activité"] = "Astrologie"
            rows[8]["Issue"] = "fortune"

        message = self._import(self._changed(change))["messages"][0]["message"]
        for piece in ("en orbite", "Astrologie", "fortune", "5"):
            self.assertIn(piece, message)
        self.assertFalse(self._projects())

    def test_a_line_that_odoo_refuses_leaves_nothing_behind(self):
        def change(rows):
            rows[10]["Date de sortie"] = "01/01/2020"

        contacts = self.env["res.partner"].search_count([])
        result = self._import(self._changed(change))
        self.assertTrue(result["messages"])
        self.env.invalidate_all()
        self.assertFalse(self._projects())
        self.assertEqual(self.env["res.partner"].search_count([]), contacts)

    def test_a_trial_run_leaves_nothing_behind(self):
        self._import(self._fixture(), dryrun=True)
        self.env.invalidate_all()
        self.assertFalse(self._projects())

    def test_the_spreadsheet_and_the_text_file_say_the_same(self):
        with file_open(f"{FIXTURE}.xlsx", "rb") as file:
            result = self._import(
                file.read(),
                file_type="application/vnd.openxmlformats-officedocument"
                ".spreadsheetml.sheet",
            )
        self.assertFalse(result["messages"])
        self._import(self._fixture())
        self.assertEqual(len(self._projects()), 12)

    def test_templates_are_offered_with_an_identifier_column(self):
        for lang in ("en_US", "fr_FR"):
            leads = self.env["crm.lead"].with_context(lang=lang, **CONTEXT)
            template = leads.get_import_templates()[0]["template"]
            self.assertTrue(file_path(template.lstrip("/")))
        core = self.env["crm.lead"].get_import_templates()
        self.assertIn("/crm/static/", core[0]["template"])

    def test_a_list_of_sales_is_imported_as_before(self):
        result = self.env["crm.lead"].load(["name", "phone"], [["A sale", "123"]])
        lead = self.env["crm.lead"].browse(result["ids"])
        self.assertFalse(lead.is_hub_project)
