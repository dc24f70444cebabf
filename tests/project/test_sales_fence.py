from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from .common import ProjectCommon

SCREEN_CONTEXT = {"default_is_hub_project": True, "hub_project_view_ref": 1}


class FenceCommon(ProjectCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sales_team = cls.env["crm.team"].create(
            {
                "name": "Shop",
                "company_id": cls.company.id,
                "use_opportunities": True,
                "use_leads": True,
                "sequence": 1,
            }
        )
        cls.env["crm.team.member"].create(
            {"crm_team_id": cls.sales_team.id, "user_id": cls.users["sales"].id}
        )
        cls.person = cls._create_person(email="nadia@example.com")
        cls.project = cls._create_project(
            holder=cls.person, description="<p>Told in confidence</p>"
        )
        cls.lead = cls._create_lead()

    @classmethod
    def _create_lead(cls, **values):
        return (
            cls.env["crm.lead"]
            .with_user(cls.users["sales"])
            .create(
                {
                    "name": "A sale",
                    "type": "opportunity",
                    "partner_id": cls.person.id,
                    "email_from": cls.person.email,
                    **values,
                }
            )
        )

    def _assert_untouched(self):
        self.assertRecordValues(
            self.project,
            [
                {
                    "active": True,
                    "is_hub_project": True,
                    "team_id": self.company._hub_team().id,
                    "stage_id": self._stage("reception").id,
                    "company_id": self.company.id,
                    "user_id": False,
                    "won_status": "pending",
                    "probability": 0,
                    "automated_probability": 0,
                }
            ],
        )


@tagged("post_install", "-at_install")
class TestSalesDoNotReachProjects(FenceCommon):
    """No mechanism of sales moves, scores, merges or shows a project of the hub."""

    def test_a_salesperson_finds_no_project(self):
        leads = self.env["crm.lead"].with_user(self.users["sales"])
        self.assertFalse(leads.search([("id", "=", self.project.id)]))
        with self.assertRaises(AccessError):
            leads.browse(self.project.id).read(["name"])

    def test_a_salesperson_finds_neither_phases_nor_teams_of_the_hub(self):
        env = self.env(user=self.users["sales"])
        self.assertFalse(env["crm.stage"].search([("hub_phase", "!=", False)]))
        self.assertFalse(env["crm.team"].search([("is_hub_team", "=", True)]))

    @users("hub_sales")
    def test_the_new_lead_of_a_salesperson_goes_to_sales(self):
        lead = self.env["crm.lead"].create({"name": "Another sale"})
        self.assertEqual(lead.team_id, self.sales_team)
        self.assertFalse(lead.stage_id.hub_phase)
        self.assertFalse(lead.is_hub_project)

    def test_a_hub_team_is_never_the_default_even_if_it_is_the_only_team(self):
        others = self.env["crm.team"].search([("is_hub_team", "=", False)])
        others.active = False
        for user in (self.users["sales"], self.users["manager"], self.env.user):
            team = self.env["crm.team"].with_user(user)._get_default_team_id(user.id)
            self.assertFalse(team, user.name)

    def test_a_lead_in_the_team_or_phase_of_a_hub_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "belongs to sales"):
            self.lead.sudo().team_id = self.company._hub_team()
        with self.assertRaisesRegex(ValidationError, "belongs to sales"):
            self.lead.sudo().stage_id = self._stage("launch")

    def test_a_project_in_a_team_or_stage_of_sales_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "is a project of the hub"):
            self.project.team_id = self.sales_team
        with self.assertRaisesRegex(ValidationError, "is a project of the hub"):
            self.project.stage_id = self.lead.stage_id

    def test_the_adviser_in_charge_may_sell_elsewhere(self):
        self.project.user_id = self.users["sales"]
        self.assertEqual(self.project.team_id, self.company._hub_team())
        self.project.user_id = False
        self._assert_untouched()

    def test_automatic_assignment_leaves_projects_alone(self):
        (self.sales_team + self.company._hub_team()).sudo()._action_assign_leads(
            force_quota=True, creation_delta_days=0
        )
        self._assert_untouched()

    def test_a_salesperson_in_the_team_of_a_hub_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "hub's projects"):
            self.env["crm.team.member"].create(
                {
                    "crm_team_id": self.company._hub_team().id,
                    "user_id": self.users["sales"].id,
                }
            )

    def test_merging_is_refused_with_the_way_out(self):
        with self.assertRaisesRegex(UserError, "not merged: “Dog grooming at home”"):
            (self.project + self.lead.sudo()).merge_opportunity()

    def test_a_project_never_counts_as_the_double_of_a_lead(self):
        found = self.lead.sudo()._get_lead_duplicates(
            partner=self.person, email=self.person.email, include_lost=True
        )
        self.assertNotIn(self.project, found)
        self.assertEqual(self.lead.duplicate_lead_count, 0)

    def test_converting_is_refused(self):
        with self.assertRaisesRegex(UserError, "not converted"):
            self.project.convert_opportunity(self.person)
        wizard = (
            self.env["crm.lead2opportunity.partner.mass"]
            .with_context(active_model="crm.lead", active_ids=self.project.ids)
            .create({"team_id": self.sales_team.id, "deduplicate": True})
        )
        with self.assertRaisesRegex(UserError, "not converted"):
            wizard.action_mass_convert()

    def test_won_and_lost_are_refused(self):
        for method in (
            "action_set_won",
            "action_set_won_rainbowman",
            "action_set_lost",
        ):
            with self.assertRaisesRegex(UserError, "neither won nor lost"):
                getattr(self.project, method)()
        wizard = self.env["crm.lead.lost"].create({"lead_ids": self.project.ids})
        with self.assertRaisesRegex(UserError, "neither won nor lost"):
            wizard.action_lost_reason_apply()

    def test_an_archived_project_is_not_a_lost_sale(self):
        self.project.action_archive()
        self.assertEqual(self.project.won_status, "pending")
        self.project.action_unarchive()
        self._assert_untouched()

    def test_a_probability_written_on_a_project_is_left_out(self):
        self.project.write({"probability": 100})
        self._assert_untouched()

    def test_a_phase_is_never_a_won_stage(self):
        with self.assertRaisesRegex(ValidationError, "cannot be a won"):
            self._stage("launch").is_won = True

    def test_a_phase_is_neither_deleted_nor_given_to_sales(self):
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            self._stage("launch").unlink()
        with self.assertRaisesRegex(ValidationError, "is in use"):
            self._stage("reception").hub_phase = False
        with self.assertRaisesRegex(ValidationError, "is in use"):
            self.lead.sudo().stage_id.hub_phase = "launch"

    def test_a_board_of_the_hub_shows_phases_and_a_board_of_sales_shows_none(self):
        leads = self.env["crm.lead"]
        phases = leads.with_context(default_is_hub_project=True)._read_group_stage_ids(
            self.env["crm.stage"], []
        )
        self.assertEqual(
            phases.mapped("hub_phase"),
            [
                "reception",
                "diagnosis",
                "accompaniment",
                "launch",
                "follow_up",
                "closed",
            ],
        )
        shown = leads.with_context(
            default_team_id=self.sales_team.id
        )._read_group_stage_ids(self.env["crm.stage"], [])
        self.assertFalse(shown.filtered("hub_phase"))
        self.assertTrue(shown)

    def test_a_board_of_imported_projects_shows_phases_only(self):
        columns = self.env["crm.lead"]._read_group_stage_ids(
            self._stage("diagnosis"), [("id", "in", self.project.ids)]
        )
        self.assertEqual(columns.mapped("hub_phase")[:2], ["reception", "diagnosis"])
        self.assertTrue(all(column.hub_phase for column in columns))

    def test_notes_of_a_project_never_reach_a_contact(self):
        values = self.project._prepare_customer_values("Nadia Petit")
        self.assertNotIn("comment", values)

    def test_mail_to_the_address_of_sales_makes_a_lead_of_sales(self):
        self.sales_team.alias_name = "shop"
        lead = self.env["crm.lead"].message_new(
            {"subject": "Hello", "from": self.person.email},
            {"team_id": self.sales_team.id},
        )
        self.assertFalse(lead.is_hub_project)
        self.assertEqual(lead.team_id, self.sales_team)

    def test_a_hub_team_has_no_address(self):
        self.assertFalse(self.company._hub_team().alias_name)

    def test_writing_to_a_new_contact_of_a_lead_leaves_projects_alone(self):
        project = self._create_project("Anonymous", email_from="new@example.com")
        lead = self._create_lead(partner_id=False, email_from="new@example.com")
        contact = self._create_person("New", email="new@example.com")
        lead.sudo().message_post(body="Hello", partner_ids=contact.ids)
        self.assertEqual(lead.partner_id, contact)
        self.assertFalse(project.partner_id)

    def test_the_form_of_a_project_opens_wherever_one_comes_from(self):
        form = self.env.ref("solidarity_hub.crm_lead_view_form_hub")
        self.assertEqual(self.project.get_formview_id(), form.id)
        self.assertNotEqual(self.lead.sudo().get_formview_id(), form.id)

    def test_screens_of_sales_leave_projects_out_for_whoever_has_both_rights(self):
        both = self.users["manager"]
        both.group_ids += self.env.ref("sales_team.group_sale_manager")
        for xmlid in ("crm.crm_lead_action_pipeline", "crm.crm_lead_opportunities"):
            action = self.env["ir.actions.act_window"].with_user(both)
            domain = action._for_xml_id(xmlid)["domain"]
            self.assertIn("('is_hub_project', '=', False)", domain)
            self.assertIn("('type','=','opportunity')", domain)
        hub = action._for_xml_id("solidarity_hub.crm_lead_action_hub")
        self.assertEqual(hub["domain"], "[('is_hub_project', '=', True)]")

    def test_actions_of_sales_are_unchanged_for_salespeople(self):
        action = self.env["ir.actions.act_window"].with_user(self.users["sales"])
        domain = action._for_xml_id("crm.crm_lead_action_pipeline")["domain"]
        self.assertEqual(domain, "[('type','=','opportunity')]")

    def test_fields_of_the_hub_are_not_offered_to_salespeople(self):
        offered = self.env["crm.lead"].with_user(self.users["sales"]).fields_get()
        self.assertFalse([name for name in offered if "hub_" in name])

    def test_the_words_of_sales_are_not_in_the_screens_of_the_hub(self):
        leads = self.env["crm.lead"].with_user(self.users["coordinator"])
        for name in SCREEN_CONTEXT:  # the import screen sends the first one only
            offered = leads.with_context(**{name: 1}).fields_get(attributes=["string"])
            words = " ".join(field["string"].lower() for field in offered.values())
            for word in ("opportunity", "salesperson", "sales team", "revenue", "lost"):
                self.assertNotIn(word, words)

    def test_menus_of_the_hub_offer_no_action_of_sales(self):
        both = self.users["manager"]
        both.group_ids += self.env.ref("sales_team.group_sale_manager")
        leads = self.env["crm.lead"].with_user(both)
        options = {"toolbar": True}
        refused = self.env.ref("crm.action_merge_opportunities").id

        def offered(leads, view):
            views = leads.get_views([(view.id, "list")], options)["views"]
            return [action["id"] for action in views["list"]["toolbar"]["action"]]

        hub = self.env.ref("solidarity_hub.crm_lead_view_list_hub")
        sales = self.env.ref("crm.crm_case_tree_view_oppor")
        self.assertIn(refused, offered(leads, sales))
        self.assertNotIn(refused, offered(leads.with_context(**SCREEN_CONTEXT), hub))

    def test_the_contact_of_a_salesperson_counts_sales_only(self):
        self._create_project("Second project", holder=self.person)
        contact = self.person.with_user(self.users["sales"])
        self.assertEqual(contact.opportunity_count, 1)
        both = self.users["manager"]
        both.group_ids += self.env.ref("sales_team.group_sale_manager")
        self.assertEqual(self.person.with_user(both).opportunity_count, 1)
        self.assertEqual(self.person.opportunity_ids, self.lead.sudo())

    def test_an_appointment_does_not_name_a_project(self):
        event = self.env["calendar.event"].create(
            {
                "name": "Appointment",
                "start": "2030-01-01 10:00:00",
                "stop": "2030-01-01 11:00:00",
                "opportunity_id": self.project.id,
            }
        )
        self.assertFalse(event.opportunity_id)
        event.opportunity_id = self.project
        self.assertFalse(event.opportunity_id)
        event.opportunity_id = self.lead
        self.assertEqual(event.opportunity_id, self.lead)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_activity_figures_of_sales_leave_projects_out(self):
        both = self.users["manager"]
        both.group_ids += self.env.ref("sales_team.group_sale_manager")
        for record in (self.project, self.lead.sudo()):
            activity = record.activity_schedule(
                "mail.mail_activity_data_todo", user_id=both.id
            )
            activity.action_feedback(feedback="Done")
        report = self.env["crm.activity.report"].with_user(both)
        found = report.search([("lead_id", "in", (self.project + self.lead).ids)])
        self.assertEqual(found.lead_id, self.lead)

    def test_daily_figures_of_sales_leave_projects_out(self):
        digest = self.env["digest.digest"].create({"name": "Figures"})
        digest._compute_kpi_crm_lead_created_value()
        before = digest.kpi_crm_lead_created_value
        self._create_project("One more")
        self.env.flush_all()
        digest._compute_kpi_crm_lead_created_value()
        self.assertEqual(digest.kpi_crm_lead_created_value, before)


@tagged("post_install", "-at_install")
class TestScoring(FenceCommon):
    """Scoring of sales neither counts nor scores projects."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("crm.pls_start_date", "2020-01-01")
        cls.tag = cls.env["crm.tag"].create({"name": "Market"})

    def _frequencies(self):
        self.env.flush_all()
        return sorted(
            (row.variable, row.value, row.team_id.id, row.won_count, row.lost_count)
            for row in self.env["crm.lead.scoring.frequency"].search([])
        )

    def test_projects_do_not_change_the_rebuilt_figures(self):
        won = self._create_lead(team_id=self.sales_team.id).sudo()
        won.action_set_won()
        self._create_lead(team_id=self.sales_team.id).sudo().action_set_lost()
        self.env["crm.lead"]._rebuild_pls_frequency_table()
        before = self._frequencies()
        project = self._create_project("Ended", holder=self.person)
        project.hub_phase = "closed"
        self.project.action_archive()
        self.env["crm.lead"]._rebuild_pls_frequency_table()
        self.assertEqual(self._frequencies(), before)

    def test_a_won_sale_does_not_pass_through_the_phases_of_the_hub(self):
        self._create_lead(team_id=self.sales_team.id).sudo().action_set_won()
        values = [
            value
            for variable, value, *rest in self._frequencies()
            if variable == "stage_id"
        ]
        self.assertTrue(values)
        phases = {str(stage_id) for stage_id in self.env["crm.stage"]._hub_stage_ids()}
        self.assertFalse(phases & set(values))

    def test_archiving_a_project_counts_nowhere(self):
        before = self._frequencies()
        self.project.action_archive()
        self.project.action_unarchive()
        self.assertEqual(self._frequencies(), before)

    def test_the_daily_job_scores_no_project(self):
        for _index in range(3):
            self._create_lead(team_id=self.sales_team.id).sudo().action_set_won()
            self._create_lead(team_id=self.sales_team.id).sudo().action_set_lost()
        self.env["crm.lead"]._cron_update_automated_probabilities()
        self.assertGreater(self.lead.sudo().automated_probability, 0)
        self._assert_untouched()

    def test_the_tooltip_of_scoring_is_empty_for_a_project(self):
        data = self.project.prepare_pls_tooltip_data()
        self.assertEqual(data["probability"], 0)
        self._assert_untouched()


@tagged("post_install", "-at_install")
class TestProjectForm(FenceCommon):
    def test_a_new_project_typed_on_the_form_is_a_project(self):
        view = "solidarity_hub.crm_lead_view_form_hub"
        leads = (
            self.env["crm.lead"]
            .with_user(self.users["adviser"])
            .with_context(default_is_hub_project=True, hub_project_view_ref=1)
        )
        with Form(leads, view) as form:
            form.name = "Second-hand shop"
            form.partner_id = self.person
        project = form.record
        self.assertTrue(project.is_hub_project)
        self.assertEqual(project.hub_phase, "reception")
        self.assertEqual(project.hub_holder_ids.partner_id, self.person)
        self.assertEqual(project.user_id, self.users["adviser"])
