from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import HubCommon


@tagged("post_install", "-at_install")
class TestOverviewFigures(HubCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.company)
        cls.person, cls.helper, cls.other = cls.env["res.partner"].create(
            [{"name": "Holder"}, {"name": "Helper"}, {"name": "Other helper"}]
        )
        cls.env["hub.role"].create(
            [
                {"partner_id": person.id, "kind": "volunteer", "trained_on": cls.today}
                for person in (cls.helper, cls.other)
            ]
        )

    def overview(self, role):
        self.env.invalidate_all()
        # Known before queries are counted: whoever asks which day it is reads it.
        self.users[role].mapped("tz")
        overview = self.env["hub.overview"].with_user(self.users[role])
        return overview.get_overview()

    def figures(self, role):
        return {figure["key"]: figure for figure in self.overview(role)["figures"]}

    def step(self, key):
        steps = self.overview("coordinator")["steps"]
        return next(step for step in steps if step["key"] == key)

    def project(self, name="Bakery", **vals):
        return self.env["crm.lead"].create(
            {
                "name": name,
                "is_hub_project": True,
                "hub_phase": "accompaniment",
                "partner_id": self.person.id,
                **vals,
            }
        )

    def pair(self, project, person, **vals):
        return self.env["hub.pairing"].create(
            {"lead_id": project.id, "volunteer_id": person.id, **vals}
        )

    def active_pair(self, project):
        pairings = self.pair(project, self.helper) + self.pair(project, self.other)
        pairings.action_activate(channel="phone")
        return pairings

    def contract(self, **vals):
        return self.env["hub.pact"].create({"name": "Contract", **vals})

    def assert_figure(self, key, value, role="coordinator"):
        self.assertEqual(self.figures(role)[key]["value"], value, key)

    # Figures

    def test_whoever_receives_people_does_so_from_the_first_page(self):
        for role, keys in (
            ("coordinator", ["reception"]),
            ("adviser", ["reception"]),
            ("volunteer", []),
            ("board", []),
            ("finance", []),
        ):
            with self.subTest(role=role):
                shortcuts = self.overview(role)["shortcuts"]
                self.assertEqual([one["key"] for one in shortcuts], keys)

    def test_a_figure_counts_exactly_the_list_it_opens(self):
        project = self.project()
        self.project("Waiting", hub_phase="reception", partner_id=False)
        self.pair(project, self.helper).action_send()
        for role in ("adviser", "coordinator", "manager", "volunteer", "board"):
            for figure in self.figures(role).values():
                action = figure["action"]
                if not action:
                    continue
                records = (
                    self.env[action["res_model"]]
                    .with_user(self.users[role])
                    .with_context(**action["context"])
                    .search(action["domain"])
                )
                self.assertEqual(len(records), figure["value"], figure["key"])

    def test_received_this_month_leaves_out_the_month_before(self):
        before = self.figures("adviser")["received"]["value"]
        self.project()
        self.project(
            "Older", hub_reception_date=self.today.replace(day=1) - timedelta(days=1)
        )
        self.assert_figure("received", before + 1)

    def test_a_project_with_one_person_lacks_its_pair_and_with_two_no_longer(self):
        project = self.project()
        self.pair(project, self.helper)
        self.assert_figure("without_pair", 1)
        self.pair(project, self.other)
        self.assert_figure("without_pair", 0)

    def test_a_proposal_counts_until_both_have_agreed(self):
        pairing = self.pair(self.project(), self.helper)
        self.assert_figure("unanswered", 0)
        pairing.action_send()
        self.assert_figure("unanswered", 1)
        pairing.action_accept(channel="phone")
        self.assert_figure("unanswered", 1)
        pairing.action_holder_accept(channel="phone")
        self.assert_figure("unanswered", 0)

    def test_a_volunteer_without_training_is_counted_until_trained(self):
        newcomer = self.env["res.partner"].create({"name": "Newcomer"})
        role = self.env["hub.role"].create(
            {"partner_id": newcomer.id, "kind": "volunteer"}
        )
        self.assert_figure("volunteers_untrained", 1)
        role.trained_on = self.today
        self.assert_figure("volunteers_untrained", 0)

    def test_an_ended_path_without_outcome_asks_for_a_word(self):
        project = self.project()
        project.hub_phase = "closed"
        self.assert_figure("lacks_outcome", 1)
        self.env["hub.outcome"].create({"lead_id": project.id, "kind": "job"})
        self.assert_figure("lacks_outcome", 0)

    def test_calls_for_today_are_my_own(self):
        project = self.project()
        project.activity_schedule(
            date_deadline=self.today,
            summary="Call",
            user_id=self.users["adviser"].id,
        )
        self.assert_figure("to_do", 1, "adviser")
        self.assert_figure("to_do", 0, "coordinator")

    def test_moments_to_come_leave_out_other_events(self):
        start = fields.Datetime.now() + timedelta(days=3)
        self.env["event.event"].create(
            [
                {
                    "name": name,
                    "hub_format": hub_format,
                    "date_begin": start,
                    "date_end": start + timedelta(hours=2),
                }
                for name, hub_format in (("Breakfast", "breakfast"), ("Fair", False))
            ]
        )
        self.assert_figure("moments", 1)

    def test_a_volunteer_sees_only_what_is_his_own(self):
        self.users["volunteer"].partner_id = self.helper
        mine, _others = self.project(), self.project("Garden")
        self.pair(mine, self.helper).action_send()
        figures = self.figures("volunteer")
        self.assertEqual(figures["my_proposals"]["value"], 1)
        self.assertNotIn("received", figures)
        self.env["hub.pairing"].search([("lead_id", "=", mine.id)]).action_accept(
            channel="phone"
        )
        self.assert_figure("my_projects", 1, "volunteer")

    def test_the_board_sees_numbers_and_no_list_of_people_or_projects(self):
        self.project()
        figures = self.figures("board")
        self.assertEqual(figures["under_way"]["value"], 1)
        self.assertFalse(figures["under_way"]["action"])
        pillars = {one["key"]: one for one in self.overview("board")["pillars"]}
        self.assertEqual(pillars["volunteer"]["value"], 2)
        for pillar in pillars.values():
            self.assertFalse(pillar["action"], pillar["key"])

    def test_salespeople_and_finance_are_told_nothing_about_projects(self):
        self.project()
        for role in ("sales", "finance", "employee"):
            self.assertFalse(self.figures(role), role)

    def count_queries(self):
        self.overview("coordinator")
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.overview("coordinator")
        return self.env.cr.sql_log_count - before

    def test_more_projects_cost_no_more_queries(self):
        self.project()
        queries = self.count_queries()
        for number in range(10):
            self.pair(self.project(f"Project {number}"), self.helper).action_send()
            if number > 1:
                self.helper = self.helper.copy()
                self.env["hub.role"].create(
                    {
                        "partner_id": self.helper.id,
                        "kind": "volunteer",
                        "trained_on": self.today,
                    }
                )
        self.assertEqual(self.count_queries(), queries)

    # First steps

    def test_first_steps_turn_done_one_after_the_other(self):
        self.env["hub.role"].search([]).unlink()
        for key in ("volunteer", "import", "reception", "pair", "contract"):
            self.assertFalse(self.step(key)["done"], key)
        self.env["hub.role"].create(
            {
                "partner_id": self.helper.id,
                "kind": "volunteer",
                "trained_on": self.today,
            }
        )
        self.assertTrue(self.step("volunteer")["done"])
        self.assertFalse(self.step("import")["done"])

    def test_a_list_of_people_makes_the_import_done(self):
        people = self.env["res.partner"].create(
            [{"name": f"Person {number}"} for number in range(5)]
        )
        self.env["hub.role"].create(
            [{"partner_id": person.id, "kind": "qualified"} for person in people]
        )
        self.assertTrue(self.step("import")["done"])

    def test_a_reception_makes_the_first_reception_done(self):
        self.project(hub_phase="reception", partner_id=False)
        self.assertTrue(self.step("reception")["done"])

    def test_a_pair_at_work_makes_the_first_pair_done(self):
        pairing = self.pair(self.project(), self.helper)
        self.assertFalse(self.step("pair")["done"])
        pairing.action_activate(channel="in_person")
        self.assertTrue(self.step("pair")["done"])

    def test_a_printed_contract_makes_the_contract_done(self):
        contract = self.contract()
        self.assertFalse(self.step("contract")["done"])
        contract.action_print()
        self.assertTrue(self.step("contract")["done"])

    def test_printing_again_keeps_the_day_of_the_first_print(self):
        contract = self.contract(printed_on="2020-02-03")
        contract.action_print()
        self.assertEqual(contract.printed_on, fields.Date.to_date("2020-02-03"))
