from odoo.tests import Form, freeze_time, tagged

from ..common import HubCommon
from .follow_up import FollowUpMixin


@tagged("post_install", "-at_install")
@freeze_time("2025-02-10 12:00:00")
class TestExitSituation(FollowUpMixin, HubCommon):
    """The end of a path asks where the person stands; what is left out is said."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_follow_ups()

    def _wizard(self, **vals):
        action = self.project.with_user(self.adviser).action_hub_close()
        wizards = self.env["hub.close.wizard"].with_user(self.adviser)
        form = Form(wizards.with_context(**action["context"]))
        for name, value in vals.items():
            form[name] = value
        return form

    def _lacks(self):
        self.env.flush_all()
        leads = self.env["crm.lead"].with_user(self.adviser)
        found = leads.search(
            [("hub_lacks_exit_situation", "=", True), ("id", "=", self.project.id)]
        )
        self.assertEqual(
            bool(found), self.project.with_user(self.adviser).hub_lacks_exit_situation
        )
        return bool(found)

    def test_the_end_of_the_path_asks_for_the_situation(self):
        form = self._wizard(kind="job", job_kind="salaried")
        with form.situation_ids.edit(0) as line:
            self.assertEqual(line.name, "Amina")
            line.status = "employee"
        form.save().action_close()
        situation = self.project.hub_holder_ids.situation_ids
        self.assertEqual((situation.moment, situation.status), ("exit", "employee"))
        self.assertFalse(self._lacks())

    def test_what_was_left_out_is_said_on_the_first_page(self):
        overview = self.env["hub.overview"].with_user(self.adviser)

        def figure():
            figures = {f["key"]: f["value"] for f in overview._get_figures()}
            return figures["exit_situations"]

        before = figure()
        self._wizard(kind="stopped", reason="Moved").save().action_close()
        self.assertTrue(self._lacks())
        self.assertEqual(figure(), before + 1)
        action = self.project.with_user(self.adviser).action_hub_note_situations()
        situations = self.env["hub.situation"].with_user(self.adviser)
        form = Form(situations.with_context(**action["context"]))
        form.status = "job_seeker"
        form.months_unemployed = 4
        self.assertEqual(form.save().moment, "exit")
        self.assertFalse(self._lacks())

    def test_an_exit_of_long_ago_is_let_be(self):
        self._wizard(kind="job", date="2023-01-01").save().action_close()
        self.assertEqual(self.project.hub_accompaniment_end, self._day("2023-01-01"))
        self.assertFalse(self._lacks())

    def test_a_person_who_was_only_received_is_not_asked(self):
        self.project = self._project("Received", phase="reception")
        form = self._wizard(kind="reorientation")
        self.assertFalse(len(form.situation_ids))
        form.save().action_close()
        self.assertFalse(self._lacks())

    def test_an_activity_created_may_go_on_with_the_follow_up(self):
        self._wizard(kind="activity_created").save().action_follow_up()
        self.assertEqual(self.project.hub_phase, "follow_up")
        self.assertEqual(len(self.project.hub_follow_up_ids), 4)

    def test_a_second_outcome_shows_what_was_told_already(self):
        form = self._wizard(kind="activity_created")
        with form.situation_ids.edit(0) as line:
            line.status = "self_employed"
        form.save().action_add()
        form = self._wizard(kind="job")
        with form.situation_ids.edit(0) as line:
            self.assertEqual(line.status, "self_employed")
        form.save().action_close()
        self.assertEqual(len(self.project.hub_holder_ids.situation_ids), 1)
