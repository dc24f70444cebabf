from datetime import date

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import ProjectCommon


@tagged("post_install", "-at_install")
class TestReception(ProjectCommon):
    """Half a minute with a person, as an adviser types it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.fr")
        cls.known = cls._create_person(
            "Nadia Petit", phone="03 80 00 00 01", email="nadia@example.com"
        )

    def _wizard(self):
        return Form(self.env["hub.reception.wizard"].with_user(self.users["adviser"]))

    def _last_project(self):
        return self.env["crm.lead"].search(
            [("is_hub_project", "=", True)], order="id desc", limit=1
        )

    def test_a_new_person_becomes_a_contact_and_a_project_in_reception(self):
        sender = self._create_person("Job centre")
        with self._wizard() as form:
            form.name = "Karim Haddad"
            form.phone = "03 80 00 00 09"
            form.prescriber_id = sender
            form.request = "Wants to repair bicycles"
            form.place = "Neighbourhood house"
            form.public = "jobseekers"
            form.next_step = "Second appointment"
            form.next_date = date(2030, 1, 5)
        action = form.record.action_receive()
        project = self._last_project()
        self.assertRecordValues(
            project,
            [
                {
                    "name": "Project of Karim Haddad",
                    "hub_phase": "reception",
                    "hub_reception_date": fields.Date.today(),
                    "hub_prescriber_id": sender.id,
                    "hub_place": "Neighbourhood house",
                    "hub_public": "jobseekers",
                    "user_id": self.users["adviser"].id,
                    "phone": "03 80 00 00 09",
                }
            ],
        )
        self.assertEqual(project.partner_id.name, "Karim Haddad")
        self.assertIn("repair bicycles", project.description)
        self.assertEqual(project.hub_next_action_id.name, "Second appointment")
        self.assertEqual(action["res_id"], project.id)

    def test_a_known_telephone_proposes_the_contact(self):
        for number in ("03 80 00 00 01", "0380000001", "+33 3 80 00 00 01"):
            form = self._wizard()
            form.phone = number
            self.assertEqual(form.partner_id, self.known, number)

    def test_a_known_telephone_proposes_the_contact_where_no_country_is_set(self):
        self.company.country_id = False
        self.known.write({"country_id": False, "phone": "06 39 98 00 01"})
        for number in ("0639980001", "06.39.98.00.01"):
            form = self._wizard()
            form.phone = number
            self.assertEqual(form.partner_id, self.known, number)

    def test_a_known_address_proposes_the_contact_and_completes_it(self):
        self.known.phone = False
        form = self._wizard()
        form.email = "Nadia@Example.com"
        form.phone = "03 80 00 00 44"
        self.assertEqual(form.partner_id, self.known)
        form.save().action_receive()
        self.assertEqual(self._last_project().partner_id, self.known)
        self.assertEqual(self.known.phone, "03 80 00 00 44")

    def test_the_same_name_is_only_proposed(self):
        form = self._wizard()
        form.name = "nadia petit"
        self.assertFalse(form.partner_id)
        self.assertIn(self.known, form.candidate_ids)
        contacts = self.env["res.partner"].search_count([])
        form.save().action_receive()
        self.assertEqual(self.env["res.partner"].search_count([]), contacts + 1)

    def test_somebody_else_at_the_same_telephone_stays_somebody_else(self):
        form = self._wizard()
        form.name = "Karim Haddad"
        form.phone = self.known.phone
        self.assertFalse(form.partner_id)
        self.assertIn(self.known, form.candidate_ids)
        form.save().action_receive()
        self.assertEqual(self._last_project().partner_id.name, "Karim Haddad")

    def test_a_known_telephone_and_half_the_name_propose_the_contact(self):
        form = self._wizard()
        form.name = "petit"
        form.phone = self.known.phone
        self.assertEqual(form.partner_id, self.known)

    def test_a_person_who_comes_back_is_told_about_the_project_under_way(self):
        project = self._create_project(holder=self.known)
        form = self._wizard()
        form.phone = self.known.phone
        self.assertEqual(form.open_lead_id, project)
        self.assertEqual(form.save().action_open_lead()["res_id"], project.id)

    def test_an_anonymous_reception_counts_and_creates_no_contact(self):
        contacts = self.env["res.partner"].search_count([])
        form = self._wizard()
        form.is_anonymous = True
        form.request = "Asks about opening hours"
        form.save().action_receive_next()
        project = self._last_project()
        self.assertEqual(project.hub_reception_date, fields.Date.today())
        self.assertFalse(project.partner_id)
        self.assertEqual(self.env["res.partner"].search_count([]), contacts)

    def test_without_name_the_wizard_asks_who_it_is(self):
        wizard = self.env["hub.reception.wizard"].create({"request": "?"})
        with self.assertRaisesRegex(UserError, "Who is it"):
            wizard.action_receive()

    def test_the_next_reception_of_the_day_keeps_the_place(self):
        form = self._wizard()
        form.name = "One"
        form.place = "Town hall"
        action = form.save().action_receive_next()
        self.assertEqual(action["res_model"], "hub.reception.wizard")
        self.assertEqual(self._wizard().place, "Town hall")
