from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ProjectCommon


@tagged("post_install", "-at_install")
class TestProject(ProjectCommon):
    """What a project of the hub is, from its creation on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls._create_person(phone="03 80 00 00 01")

    def test_a_new_project_starts_in_reception_with_the_team_of_its_hub(self):
        project = self._create_project(holder=self.person)
        self.assertRecordValues(
            project,
            [
                {
                    "hub_phase": "reception",
                    "team_id": self.company._hub_team().id,
                    "company_id": self.company.id,
                    "type": "opportunity",
                    "hub_reception_date": fields.Date.today(),
                    "won_status": "pending",
                    "probability": 0,
                }
            ],
        )

    def test_the_contact_of_a_project_is_one_of_its_holders(self):
        project = self._create_project(holder=self.person)
        self.assertEqual(project.hub_holder_ids.partner_id, self.person)
        self.assertTrue(project.hub_holder_ids.is_contact)
        self.assertEqual(project.phone, self.person.phone)

    def test_choosing_another_contact_moves_the_mark_and_the_details(self):
        other = self._create_person("Paul Roux", email="paul@example.com")
        project = self._create_project(holder=self.person)
        project.hub_holder_ids = [Command.create({"partner_id": other.id})]
        self.assertEqual(project.partner_id, self.person)
        project.hub_holder_ids.filtered(
            lambda line: line.partner_id == other
        ).is_contact = True
        self.assertEqual(project.partner_id, other)
        self.assertEqual(project.email_from, "paul@example.com")
        self.assertFalse(project.phone, "no telephone of the former contact")
        self.assertEqual(len(project.hub_holder_ids.filtered("is_contact")), 1)

    def test_the_contact_that_leaves_is_replaced_by_another_holder(self):
        other = self._create_person("Paul Roux")
        project = self._create_project(holder=self.person)
        project.hub_holder_ids = [Command.create({"partner_id": other.id})]
        project.hub_holder_ids.filtered("is_contact").unlink()
        self.assertEqual(project.partner_id, other)
        self.assertTrue(project.hub_holder_ids.is_contact)

    def test_the_same_holder_twice_is_refused(self):
        project = self._create_project(holder=self.person)
        with self.assertRaisesRegex(ValidationError, "Nadia Petit"):
            project.hub_holder_ids = [Command.create({"partner_id": self.person.id})]

    def test_past_reception_a_project_has_a_holder(self):
        project = self._create_project()
        with self.assertRaisesRegex(ValidationError, "no holder yet"):
            project.stage_id = self._stage("diagnosis")

    def test_the_last_holder_of_a_running_project_is_not_removed(self):
        project = self._create_project(holder=self.person, hub_phase="diagnosis")
        with self.assertRaisesRegex(ValidationError, "no holder yet"):
            project.hub_holder_ids.unlink()

    def test_a_project_never_becomes_a_lead_of_sales(self):
        project = self._create_project(holder=self.person)
        with self.assertRaisesRegex(UserError, "cannot pass between"):
            project.is_hub_project = False
        lead = self.env["crm.lead"].create({"name": "A sale"})
        with self.assertRaisesRegex(UserError, "cannot pass between"):
            lead.is_hub_project = True

    def test_a_company_that_is_no_hub_receives_no_project(self):
        company = self.env["res.company"].create({"name": "Plain company"})
        with self.assertRaisesRegex(UserError, "not a solidarity hub yet"):
            self._create_project(company_id=company.id)

    def test_skills_typed_as_tags_become_lines_with_usual_weights(self):
        accounting = self.env.ref("solidarity_hub.skill_accounting")
        listening = self.env.ref("solidarity_hub.skill_listening")
        project = self._create_project()
        project.hub_skill_tag_ids = accounting + listening
        project.hub_skill_ids.filtered(
            lambda line: line.skill_id == listening
        ).level = 3
        project.hub_skill_tag_ids = listening
        self.assertRecordValues(
            project.hub_skill_ids,
            [{"skill_id": listening.id, "level": 3, "weight": 2, "mandatory": False}],
        )

    def test_the_agreement_on_a_summary_falls_when_the_summary_changes(self):
        project = self._create_project(hub_summary="Dogs groomed at home")
        project.hub_summary_agreed_on = fields.Date.today()
        project.hub_summary = "Dogs and cats groomed at home"
        self.assertFalse(project.hub_summary_agreed_on)

    def test_a_refusal_needs_a_reason(self):
        project = self._create_project(holder=self.person)
        with self.assertRaisesRegex(ValidationError, "needs a reason"):
            project.hub_outcome_ids = [Command.create({"kind": "refused"})]

    def test_a_hub_is_set_up_once(self):
        company = self.env["res.company"].create({"name": "Second hub"})
        company._hub_setup()
        team = company._hub_team()
        company._hub_setup()
        teams = self.env["crm.team"].search(
            [("is_hub_team", "=", True), ("company_id", "=", company.id)]
        )
        self.assertEqual(teams, team)
        phases = self.env["crm.stage"].browse(self.env["crm.stage"]._hub_stage_ids())
        self.assertEqual(len(phases), 6)
        for phase in phases:
            self.assertLessEqual(team + self.company._hub_team(), phase.team_ids)

    def test_a_project_stays_with_its_hub(self):
        company = self.env["res.company"].create({"name": "Second hub"})
        company._hub_setup()
        project = self._create_project(holder=self.person)
        with self.assertRaisesRegex(ValidationError, "stays with one hub"):
            project.company_id = company
