from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .test_cohort_solve import CohortCommon

FEATURE = "solidarity_hub.group_hub_feature_cohort"


@tagged("post_install", "-at_install")
class TestCohortScreen(CohortCommon):
    """What the page of a cohort shows and opens, as the coordinator."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(user=cls.users["coordinator"])
        cls.leads = cls.leads.with_env(cls.env)

    def _dialog(self, line):
        return Form(line, view="solidarity_hub.hub_pairing_run_line_view_form")

    def test_several_projects_of_the_list_open_a_cohort_of_just_these(self):
        action = (self.leads - self.garden).action_hub_pair_selected()
        run = self.env["hub.pairing.run"].browse(action["res_id"])
        self.assertEqual(action["res_model"], "hub.pairing.run")
        self.assertEqual(run.lead_ids, self.leads - self.garden)
        self.assertLessEqual(self.people, run.partner_ids)

    def test_one_project_of_the_list_opens_its_own_search(self):
        action = self.project.with_env(self.env).action_hub_pair_selected()
        self.assertEqual(action["res_model"], "hub.pairing.wizard")

    def test_projects_that_have_their_pair_are_left_out_of_the_cohort(self):
        self._pair(self.bernard, self.bakery)
        self._pair(self.chloe, self.bakery)
        self.leads.invalidate_recordset(["hub_pair_count"])
        action = self.leads.action_hub_pair_selected()
        run = self.env["hub.pairing.run"].browse(action["res_id"])
        self.assertEqual(run.lead_ids, self.leads - self.bakery)
        with self.assertRaisesRegex(UserError, "no place is free"):
            self.bakery.with_env(self.env).action_hub_pair_selected()

    def test_a_sale_is_no_project_to_pair(self):
        sale = self.env["crm.lead"].sudo().create({"name": "A sale"})
        with self.assertRaisesRegex(UserError, "“A sale” belongs to sales"):
            (sale | self.leads.sudo()).action_hub_pair_selected()

    def test_the_dialog_says_what_a_choice_gives_before_it_is_kept(self):
        line = self._line(self._solved(), self.bakery)
        with self._dialog(line) as dialog:
            dialog.first_id = self.chloe
            dialog.second_id = self.denis
            self.assertIn("partly", dialog.words)
            self.assertFalse(line.locked)
        self.assertEqual(self._two(line), self.chloe | self.denis)
        self.assertTrue(line.locked)
        self.assertIn("partly", line.words)

    def test_a_reason_written_together_with_a_choice_is_kept(self):
        roles = self.env["hub.role"].search([("partner_id", "=", self.denis.id)])
        roles.trained_on = False
        line = self._line(self._solved(), self.bakery)
        with self._dialog(line) as dialog:
            dialog.first_id = self.bernard
            dialog.second_id = self.denis
            self.assertIn("has not followed the training", dialog.warning)
            dialog.override_reason = "He comes to the training of next week"
        self.assertEqual(line.override_reason, "He comes to the training of next week")

    def test_who_is_refused_cannot_be_chosen_in_the_dialog(self):
        run = self._solved()
        line = self._line(run, self.bakery)
        self.assertIn(self.denis, line.choosable_ids)
        self.env["hub.role"].search([("partner_id", "=", self.denis.id)]).write(
            {"pause_from": "2020-01-01", "pause_to": False}
        )
        line.invalidate_recordset(["choosable_ids"])
        self.assertNotIn(self.denis, line.choosable_ids)

    def test_other_pairs_open_in_the_dialog(self):
        line = self._line(self._solved(), self.bakery)
        action = line.action_show_alternatives()
        self.assertEqual((action["res_model"], action["res_id"]), (line._name, line.id))
        self.assertTrue(line.alternative_ids)

    def test_whoever_is_beside_already_has_no_cross_to_take_off(self):
        self._pair(self.bernard, self.bakery)
        line = self._line(self._solved(), self.bakery)
        self.assertEqual(line.first_id, self.bernard)
        self.assertFalse(line.can_free_first)
        self.assertTrue(line.can_free_second)

    def test_the_first_page_counts_cohorts_to_look_at_once_switched_on(self):
        self._solved()
        overview = self.env["hub.overview"]

        def count():
            figures = overview.get_overview()["figures"]
            return [f["value"] for f in figures if f["key"] == "cohorts"]

        self.assertEqual(count(), [])
        group = self.env["res.groups"].sudo().env.ref(FEATURE)
        self.env.user.sudo().group_ids = [Command.link(group.id)]
        self.assertEqual(count(), [1])
