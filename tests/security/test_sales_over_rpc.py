from contextlib import contextmanager

from odoo.tests import tagged

from .common import AttackCase

LEAD = "crm.lead"


@tagged("post_install", "-at_install")
class TestSalesOverRpc(AttackCase):
    """Salespeople and people of the hub side by side on the same contacts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.users["sales"]
        cls.leads = cls.env[LEAD].create(
            [
                {
                    "name": name,
                    "type": "lead",
                    "user_id": cls.seller.id,
                    "partner_id": cls.holder.id,
                    "email_from": cls.holder.email,
                }
                for name in ("One", "Two", "Three")
            ]
        )

    def test_nobody_of_sales_makes_a_project(self):
        stage = self.env["crm.stage"]._hub_stage("reception")
        for vals, context in (
            ({"name": "x", "is_hub_project": True}, {}),
            ({"name": "x"}, {"default_is_hub_project": True}),
            ({"name": "x", "stage_id": stage.id}, {}),
            ({"name": "x", "team_id": self.project.team_id.id}, {}),
        ):
            with self.subTest(f"{vals} {context}"), self.assert_nothing_written():
                self.assert_rule("sales", LEAD, "create", [vals], context=context)
        for vals in (
            {"is_hub_project": True},
            {"stage_id": stage.id},
            {"team_id": self.project.team_id.id},
        ):
            with self.subTest(vals), self.assert_nothing_written(self.leads):
                self.assert_rule("sales", LEAD, "write", self.leads.ids, vals)

    def test_duplicates_conversion_and_merge_leave_the_project_alone(self):
        one, two, three = self.leads
        with self.assert_project_unchanged():
            rows = self.assert_allowed(
                "sales", LEAD, "read", one.ids, ["duplicate_lead_ids"]
            )
            self.assertNotIn(self.project.id, rows[0]["duplicate_lead_ids"])
            chosen = {
                "active_model": LEAD,
                "active_id": one.id,
                "active_ids": one.ids,
            }
            wizard = self.assert_allowed(
                "sales",
                "crm.lead2opportunity.partner",
                "create",
                [{"name": "convert", "lead_id": one.id, "action": "exist"}],
                context=chosen,
            )
            self.assert_allowed(
                "sales",
                "crm.lead2opportunity.partner",
                "action_apply",
                wizard,
                context=chosen,
            )
            self.env.invalidate_all()
            self.assertEqual(one.type, "opportunity")
            merge = self.assert_allowed(
                "sales",
                "crm.merge.opportunity",
                "create",
                [{"opportunity_ids": [[6, 0, (two | three).ids]]}],
            )
            self.assert_allowed("sales", "crm.merge.opportunity", "action_merge", merge)
        self.assertEqual(len((two | three).exists()), 1)

    @contextmanager
    def assert_project_unchanged(self):
        before = self._stored(self.project)
        yield
        self.env.invalidate_all()
        self.assertEqual(self._stored(self.project), before)

    def test_a_contact_counts_sales_only(self):
        self.leads.type = "opportunity"
        names = ["opportunity_count"]
        [row] = self.assert_allowed(
            "sales", "res.partner", "read", self.holder.ids, names
        )
        self.assertEqual(row["opportunity_count"], 3)

    def test_a_project_named_in_a_signed_pact_is_not_deleted(self):
        pact = self._create_pact(lead_ids=[(6, 0, self.project.ids)])
        pact.action_to_sign()
        pact.party_ids[:1]._sign(pact.date_start, "paper")
        with self.assert_nothing_written(self.project, pact):
            self.assert_rule("manager", LEAD, "unlink", self.project.ids)

    def test_an_adviser_stays_in_his_hub_and_with_his_projects(self):
        other = self._other_hub()
        vals = {"name": "x", "is_hub_project": True}
        with self.assert_nothing_written():
            self.assert_rule(
                "adviser", LEAD, "create", [{**vals, "company_id": other.id}]
            )
        project = self.project.with_context(tracking_disable=True)
        project.user_id = self.users["manager"]
        self.env.flush_all()
        with self.assert_nothing_written(self.project):
            for vals in ({"user_id": self.users["adviser"].id}, {"name": "Mine"}):
                self.assert_rule("adviser", LEAD, "write", self.project.ids, vals)
            self.assert_rule("adviser", LEAD, "unlink", self.project.ids)
            self.assert_rule(
                "adviser",
                "hub.role",
                "create",
                [{"partner_id": self.holder.id, "kind": "volunteer"}],
            )
            self.assert_rule(
                "adviser",
                "res.partner",
                "write",
                self.holder.ids,
                {"hub_role_ids": [[0, 0, {"kind": "volunteer"}]]},
            )
