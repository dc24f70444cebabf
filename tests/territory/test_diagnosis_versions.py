from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from ...reports import print_engine
from ..common import HubCommon
from ..reports.test_print_engine import pdf_text, squeeze


@freeze_time("2026-03-10")
@tagged("post_install", "-at_install")
class TestDiagnosisVersions(HubCommon):
    """Two versions side by side, who took part, and when to look again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        people = cls.env["res.partner"].create(
            [{"name": n} for n in ("Amina", "Bernard", "Town hall", "Neighbour")]
        )
        cls.amina, cls.bernard, cls.town, cls.neighbour = people
        cls.env["hub.role"].create(
            [
                {
                    "partner_id": cls.bernard.id,
                    "kind": "volunteer",
                    "date_start": "2020-01-01",
                },
                # a holder from later on: not one on the day of the diagnosis
                {
                    "partner_id": cls.amina.id,
                    "kind": "holder",
                    "date_start": "2025-06-01",
                },
                {
                    "partner_id": cls.town.id,
                    "kind": "institution",
                    "institution_kind": "local_authority",
                    "date_start": "2020-01-01",
                },
            ]
        )
        cls.first = cls.env["hub.diagnosis"].create(
            {
                "name": "Valley",
                "date": "2025-01-10",
                "user_id": cls.users["adviser"].id,
                "next_review_on": "2026-03-01",
                "participant_ids": [Command.set(people.ids)],
                "other_participants": "A dozen people of the market",
                "line_ids": [
                    Command.create({"kind": "resource", "name": "A market hall"}),
                    Command.create({"kind": "need", "name": "No bicycle repair here"}),
                    Command.create({"kind": "constraint", "name": "Few buses"}),
                ],
            }
        )

    def _second(self):
        second = self.env["hub.diagnosis"].browse(
            self.first.action_new_version()["res_id"]
        )
        by_name = {line.name: line for line in second.line_ids}
        by_name["No bicycle repair here"].write(
            {"kind": "emerging_project", "name": "A bicycle repair workshop here"}
        )
        by_name["Few buses"].unlink()
        second.line_ids = [Command.create({"kind": "need", "name": "A baker"})]
        return second

    def test_two_versions_stand_side_by_side(self):
        second = self._second()
        rows = {
            "".join(text for text, _same in row["after"] or row["before"]): row
            for row in second._comparison_rows()
        }
        self.assertEqual(
            {text: row["change"] for text, row in rows.items()},
            {
                "A market hall": "same",
                "A bicycle repair workshop here": "changed",
                "A baker": "new",
                "Few buses": "gone",
            },
        )
        changed = rows["A bicycle repair workshop here"]
        self.assertEqual(changed["kind_before"], "Need")
        self.assertIn(("No", False), changed["before"])
        self.assertIn((" bicycle repair here", True), changed["before"])
        shown = second.comparison
        self.assertIn("<del>No</del>", shown)
        self.assertIn("<ins>A baker</ins>", shown)
        self.assertIn("Version 1, 10 January 2025", shown)
        self.assertFalse(self.first.comparison)

    def test_markup_in_a_finding_stays_text(self):
        second = self._second()
        second.line_ids[0].name = "<img src=x onerror=alert(1)>"
        self.assertNotIn("<img", second.comparison)
        self.assertIn("&lt;", second.comparison)

    def test_people_are_named_by_what_they_were_that_day(self):
        found = {
            label: people.mapped("name")
            for label, people in self.first._participants_by_kind()
        }
        self.assertEqual(
            found,
            {
                "Volunteer": ["Bernard"],
                "Local authority": ["Town hall"],
                "Inhabitants and others": ["Amina", "Neighbour"],
            },
        )
        self.assertEqual(
            self.first.participant_summary,
            "Volunteer (1), Local authority (1), Inhabitants and others (2),"
            " A dozen people of the market",
        )
        self.assertIn("Project holder", dict(self._second()._participants_by_kind()))

    def test_it_is_printed_with_who_took_part_and_what_changed(self):
        if not print_engine.weasyprint_module():
            self.skipTest("WeasyPrint is not installed")
        second = self._second()
        for lang, parts in (
            ("en_US", ("Local authority", "Resources", "What changed", "A baker")),
            ("fr_FR", ("Collectivité locale", "10 mars 2026", "A baker")),
        ):
            self.env["res.lang"]._activate_lang(lang)
            reports = self.env["ir.actions.report"].with_context(lang=lang)
            content, _kind = reports._render_qweb_pdf(
                "solidarity_hub.report_diagnosis", second.ids
            )
            text = squeeze(" ".join(pdf_text(content)))
            for part in parts:
                self.assertIn(squeeze(part), text, lang)

    # The next look

    def _run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("solidarity_hub.ir_cron_hub_diagnosis").method_direct_trigger()

    def test_whoever_follows_it_is_told_once(self):
        self._run_job()
        self.assertFalse(self.first.activity_ids, "not shared yet")
        self.first.action_share()
        self._run_job()
        self._run_job()
        activity = self.first.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.users["adviser"])
        self.first.next_review_on = "2026-03-05"
        self._run_job()
        self.assertEqual(len(self.first.activity_ids), 2, "another day was set")

    def test_nobody_is_told_once_somebody_looks_again(self):
        self._second()
        self._run_job()
        self.assertFalse(self.first.activity_ids)

    def test_not_before_its_day(self):
        self.first.next_review_on = "2026-03-11"
        self.first.action_share()
        self._run_job()
        self.assertFalse(self.first.activity_ids)

    def test_many_are_told_in_batches(self):
        diagnoses = self.env["hub.diagnosis"]
        for number in range(5):
            one = self.first.copy(
                {
                    "name": f"Valley {number}",
                    "next_review_on": "2026-03-01",
                    "line_ids": [Command.create({"name": "x"})],
                }
            )
            one.action_share()
            diagnoses |= one
        self.assertEqual(diagnoses._remind_due(3), 3)
        self.assertEqual(diagnoses._remind_due(3), 2)
        self.assertEqual(diagnoses._remind_due(3), 0)
        self.assertEqual(len(diagnoses.activity_ids), 5)

    # Pacts and needs

    def test_a_pact_learns_of_a_newer_version(self):
        pact = self.env["hub.pact"].create(
            {"name": "Pact", "lang": "en_US", "diagnosis_id": self.first.id}
        )
        self.assertEqual(self.first.pact_count, 1)
        self.assertFalse(pact.newer_diagnosis_id)
        second = self._second()
        self.assertFalse(pact.newer_diagnosis_id, "not agreed yet")
        second.action_share()
        self.assertEqual(pact.newer_diagnosis_id, second)
        action = self.first.action_open_pacts()
        self.assertEqual(self.env["hub.pact"].search(action["domain"]), pact)

    def test_a_need_is_linked_to_the_project_that_answers_it(self):
        project = self.env["crm.lead"].create(
            {
                "name": "Bakery",
                "is_hub_project": True,
                "user_id": self.users["adviser"].id,
            }
        )
        need = self.env["hub.need"].create({"name": "No baker", "place": "Market"})
        adviser = self.users["adviser"]
        with Form(need.with_user(adviser)) as form:
            form.lead_ids.add(project)
        self.assertEqual(project.hub_need_id, need)
        self.assertEqual(need.with_user(adviser).project_count, 1)
        with Form(need.with_user(adviser)) as form:
            form.lead_ids.remove(id=project.id)
        self.assertFalse(project.hub_need_id)
        self.assertTrue(project.exists())
