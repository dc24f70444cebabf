from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ..common import HubCommon
from .common import InterviewMixin


@tagged("post_install", "-at_install")
class TestInterview(InterviewMixin, HubCommon):
    """The fact of an interview: rules of the calendar, and who declares it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_interviews()

    def test_the_name_of_an_interview_tells_no_subject(self):
        interview = self._interview(place="Debt office")
        self.assertIn("Follow-up", interview.display_name)
        for word in ("Amina", "Café", "Debt"):
            self.assertNotIn(word, interview.display_name)

    def test_an_interview_to_come_is_not_done(self):
        with self.assertRaises(ValidationError):
            self._interview(date_start=self._tomorrow())
        planned = self._interview(date_start=self._tomorrow(), state="planned")
        with self.assertRaises(ValidationError):
            planned.action_done()

    def test_whoever_is_received_after_midnight_is_met_at_once(self):
        """Received by the clock of whoever notes it, met by that of the hub."""
        self.company.partner_id.tz = "America/New_York"
        with freeze_time("2026-03-11 01:00:00"):
            self.project.hub_reception_date = fields.Date.context_today(self.project)
            self.assertTrue(self._interview(date_start=fields.Datetime.now()))
            with self.assertRaises(ValidationError):
                self._interview(date_start="2026-03-10 01:00:00")

    def test_an_interview_lasts_more_than_nothing_and_less_than_a_day(self):
        for hours in (0, -1, 13, 24):
            with self.assertRaises(ValidationError):
                self._interview(duration=hours)
        self.assertTrue(self._interview(duration=0.25))

    def test_somebody_of_the_hub_is_there(self):
        with self.assertRaises(ValidationError):
            self._interview((self.amina, "holder"))
        interview = self._interview()
        line = interview.presence_ids.filtered(lambda p: p.quality == "volunteer")
        with self.assertRaises(ValidationError):
            line.quality = "guest"
        with self.assertRaises(ValidationError):
            line.unlink()

    def test_an_interview_declared_without_anybody_was_held_by_who_declares_it(self):
        adviser = self.users["adviser"]
        interview = (
            self.env["hub.interview"]
            .with_user(adviser)
            .create({"lead_id": self.project.id})
        )
        self.assertEqual(interview.presence_ids.partner_id, adviser.partner_id)
        self.assertEqual(interview.presence_ids.quality, "staff")

    def test_the_form_proposes_the_author_and_the_contact_person(self):
        interviews = self.env["hub.interview"].with_user(self.users["adviser"])
        form = Form(interviews)
        form.lead_id = self.project
        interview = form.save()
        found = {p.partner_id: p.quality for p in interview.presence_ids}
        me = self.users["adviser"].partner_id
        self.assertEqual(found, {me: "staff", self.amina: "holder"})

    def test_nobody_declares_in_the_name_of_somebody_else(self):
        interview = self._interview(author_id=self.nadia.id)
        self.assertEqual(interview.author_id, self.users["adviser"].partner_id)
        with self.assertRaises(UserError):
            interview.author_id = self.nadia

    def test_next_steps_join_the_road_map(self):
        interview = self._interview()
        interview.action_ids = [(0, 0, {"name": "Ask the bank"})]
        self.assertIn("Ask the bank", self.project.hub_action_ids.mapped("name"))

    def test_a_volunteer_declares_on_own_projects_only(self):
        volunteer = self.users["volunteer"]
        own = self._interview(user=volunteer)
        self.assertEqual(own.author_id, self.nadia)
        other = self._create_project("Bicycles", self.chloe)
        with self.assertRaises(AccessError):
            self._interview(user=volunteer, lead_id=other.id)
        with self.assertRaises(AccessError):
            own.lead_id = other
            self.env.flush_all()

    def test_a_volunteer_sees_own_interviews_only(self):
        other = self._create_project("Bicycles", self.chloe)
        theirs = self._interview((self.denis, "volunteer"), lead_id=other.id)
        mine = self._interview()
        interviews = self.env["hub.interview"].with_user(self.users["volunteer"])
        self.assertEqual(interviews.search([]), mine)
        self.assertFalse(theirs.with_user(self.users["volunteer"]).has_access("read"))
        lines = self.env["hub.interview.presence"].with_user(self.users["volunteer"])
        self.assertEqual(lines.search([]).interview_id, mine)

    def test_the_project_counts_its_interviews(self):
        self._interview()
        self._interview(state="cancelled")
        project = self.project.with_user(self.users["adviser"])
        self.assertEqual(project.hub_interview_count, 1)
        action = project.action_hub_interviews()
        found = self.env["hub.interview"].search(action["domain"])
        self.assertEqual(len(found), 2)

    def test_a_project_with_interviews_is_not_deleted(self):
        self._interview()
        with self.assertRaises(UserError):
            self.project.with_user(self.users["manager"]).unlink()
