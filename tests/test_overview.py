from odoo.tests import tagged

from .common import HubCommon


@tagged("post_install", "-at_install")
class TestOverview(HubCommon):
    def steps(self, role):
        overview = self.env["hub.overview"].with_user(self.users[role])
        return {step["key"]: step for step in overview.get_overview()["steps"]}

    def test_letterhead_is_done_once_address_and_logo_are_there(self):
        self.company.write({"street": False})
        self.assertFalse(self.steps("coordinator")["letterhead"]["done"])
        self.company.write({"street": "1 rue Verte", "city": "Dijon"})
        self.assertTrue(self.steps("coordinator")["letterhead"]["done"])

    def test_a_step_opens_only_for_whoever_may_do_it(self):
        self.assertFalse(self.steps("coordinator")["letterhead"]["action"])
        self.users["manager"].group_ids += self.env.ref("base.group_system")
        action = self.steps("manager")["letterhead"]["action"]
        self.assertEqual(action["res_id"], self.company.id)

    def test_first_steps_are_for_those_who_run_the_hub(self):
        for role in ("board", "finance", "volunteer"):
            self.assertFalse(self.steps(role), role)
