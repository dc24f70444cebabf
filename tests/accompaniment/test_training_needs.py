from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..pairing.test_skill_coverage import CoverageCommon


@tagged("post_install", "-at_install")
class TestTrainingNeeds(CoverageCommon):
    """Common needs for training, collected from the skills that projects lack."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.karim = cls.env["res.partner"].create({"name": "Karim"})
        cls.bernard.hub_skill_ids.unlink()
        cls.shop = cls._create_project("Shop", cls.karim, cls.accounting)
        cls.coordinator = cls.users["coordinator"]

    def _prepare(self, method, skills=None):
        rows = self.env["hub.skill.coverage"]
        for skill in skills or [self.accounting]:
            rows |= self.row(skill)
        action = getattr(rows.with_user(self.coordinator), method)()
        events = self.env["event.event"].with_user(self.coordinator)
        view = self.env["ir.ui.view"].browse(action["views"][0][0])
        self.assertEqual(view, self.env.ref("solidarity_hub.hub_moment_view_form"))
        return Form(events.with_context(**action["context"]), view=view)

    def _expected(self, event):
        invites = self.env["hub.moment.invite"].with_user(self.coordinator)
        context = {"active_model": "event.event", "active_ids": event.ids}
        form = Form(invites.with_context(**context))
        self.assertEqual(form.who, "trainees")
        form.save().action_invite()
        return event.registration_ids.partner_id

    def test_holders_whose_projects_lack_a_skill_stand_beside_it(self):
        row = self.row(self.accounting)
        self.assertEqual(row.lacking_count, 2)
        self.assertEqual(row.holder_ids, self.amina | self.karim)

    def test_holders_of_projects_that_have_it_do_not(self):
        expert = self._create_volunteer("Iris", {self.accounting: 3}, capacity=4)
        self._active(expert, self.shop)
        self.assertEqual(self.row(self.accounting).holder_ids, self.amina)

    def test_from_a_common_need_to_a_workshop_with_the_holders_expected(self):
        form = self._prepare("action_prepare_workshop")
        self.assertIn(self.accounting.name, form.name)
        self.assertEqual(form.hub_format, "workshop")
        self.assertFalse(form.hub_open_holders)
        event = form.save()
        self.assertIn("Karim", event.note)
        self.assertEqual(self._expected(event), self.amina | self.karim)

    def test_from_a_missing_skill_to_a_training_with_the_volunteers_expected(self):
        could_learn = self.row(self.accounting).trainee_ids
        self.assertTrue(could_learn)
        event = self._prepare("action_prepare_training").save()
        self.assertEqual(event.hub_format, "training")
        self.assertFalse(event.event_mail_ids)
        self.assertEqual(self._expected(event), could_learn)

    def test_what_is_planned_already_shows_until_it_is_over_or_cancelled(self):
        self.assertFalse(self.row(self.accounting).moment_ids)
        form = self._prepare("action_prepare_workshop", [self.accounting, self.law])
        event = form.save()
        for skill in (self.accounting, self.law):
            self.assertEqual(self.row(skill).moment_ids, event)
        event.action_hub_cancel()
        self.assertFalse(self.row(self.accounting).moment_ids)
        event.action_hub_restore()
        event.write({"date_begin": "2020-01-01", "date_end": "2020-01-02"})
        self.assertFalse(self.row(self.accounting).moment_ids)

    def test_the_list_of_common_needs_begins_with_what_several_projects_lack(self):
        action = self.env["ir.actions.actions"]._for_xml_id(
            "solidarity_hub.hub_training_need_action"
        )
        self.assertIn("search_default_common", action["context"])
        search = self.env.ref("solidarity_hub.hub_training_need_view_search").arch
        self.assertIn("'lacking_count', '&gt;', 1", search)

    def test_the_list_costs_the_same_for_few_and_for_many(self):
        def cost(skills):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            names = {"fields": {"display_name": {}}}
            self.env["hub.skill.coverage"].with_user(self.coordinator).web_search_read(
                [("skill_id", "in", skills.ids)],
                {"holder_ids": names, "moment_ids": names, "trainee_ids": names},
            )
            return self.cr.sql_log_count - before

        skills = self.accounting | self.env["hub.skill"].search([], limit=20)
        for number, skill in enumerate(skills):
            person = self.env["res.partner"].create({"name": f"Holder {number}"})
            self._create_project(f"Project {number}", person, skill)
        cost(skills)
        self.assertEqual(cost(skills[:2]), cost(skills))

    def test_people_outside_the_team_learn_nothing(self):
        row = self.row(self.accounting)
        for role in ("volunteer", "board", "sales", "portal"):
            with self.subTest(role), self.assertRaises(AccessError):
                row.with_user(self.users[role]).action_prepare_workshop()
