import re
from datetime import date
from unittest.mock import patch

from lxml import etree

from odoo.tests import tagged

from ..common import HubCommon, spec_of
from .common import FullHubMixin

TABLE = re.compile(r"(FROM|INTO|UPDATE|JOIN) \"?hub_")


@tagged("post_install", "-at_install")
class TestQueryCounts(FullHubMixin, HubCommon):
    """A screen costs as many queries for many records as for a few."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.count = 0
        cls.skill = cls.env["hub.skill"].search([], limit=1)
        cls.charter = cls.env["hub.charter"].create(
            {"body": "<p>Text</p>", "sign_before": "2999-01-01"}
        )
        cls.charter.action_publish()
        cls.goals = cls.env.ref("solidarity_hub.event_tag_category_goal")

    def _add(self, number):
        """So many holders, volunteers, projects, pairs and pacts more."""
        for _number in range(number):
            type(self).count += 1
            name = f"N{self.count}"
            holder, volunteer = self.env["res.partner"].create(
                [{"name": f"{name} holder"}, {"name": f"{name} volunteer"}]
            )
            self.env["hub.role"].create(
                {
                    "partner_id": volunteer.id,
                    "kind": "volunteer",
                    "date_start": "2020-01-01",
                    "trained_on": "2020-01-01",
                }
            )
            self.env["hub.partner.skill"].create(
                {"partner_id": volunteer.id, "skill_id": self.skill.id}
            )
            lead = self.env["crm.lead"].create(
                {
                    "name": name,
                    "is_hub_project": True,
                    "partner_id": holder.id,
                    "hub_skill_tag_ids": [(6, 0, self.skill.ids)],
                    "hub_action_ids": [(0, 0, {"name": "Step"})],
                }
            )
            self.env["hub.outcome"].create(
                {"lead_id": lead.id, "kind": "activity_created"}
            )
            self.env["hub.charter.signature"]._ask(self.charter, holder | volunteer)
            lead.hub_phase = "accompaniment"
            pairing = self.env["hub.pairing"].create(
                {"lead_id": lead.id, "volunteer_id": volunteer.id}
            )
            pairing.action_activate(channel="phone")
            self.env["hub.pact"].create(
                {
                    "name": name,
                    "lang": "en_US",
                    "lead_ids": [(6, 0, lead.ids)],
                    "party_ids": [
                        (0, 0, {"partner_id": person.id, "category": category})
                        for person, category in (
                            (holder, "concerned"),
                            (volunteer, "volunteer"),
                        )
                    ],
                }
            )
            event = self.env["event.event"].create(
                {
                    "name": name,
                    "hub_format": "workshop",
                    "date_begin": "2020-01-06 09:00:00",
                    "date_end": "2020-01-06 11:00:00",
                    "tag_ids": [(0, 0, {"name": name, "category_id": self.goals.id})],
                    "hub_skill_ids": [(6, 0, self.skill.ids)],
                }
            )
            event._hub_add_people(holder, "present")
            event._hub_add_people(volunteer)
        self._evaluate_contracts()
        self.env.flush_all()

    def _evaluate_contracts(self):
        """Each contract comes into force and is evaluated, the views are in."""
        indicator = self.env.ref("solidarity_hub.hub_indicator_autonomy")
        for pact in self.env["hub.pact"].search([("state", "=", "draft")]):
            pact.write(
                {
                    "date_start": "2020-01-01",
                    "date_end": "2099-12-31",
                    "joint_interview_on": "2020-01-01",
                    "goal_ids": [(0, 0, {"name": "Goal"})],
                    "commitment_ids": [(0, 0, {"name": "x", "category": "hub"})],
                    "term_ids": [(0, 0, {"indicator_id": indicator.id})],
                }
            )
            pact.action_to_sign()
            pact.party_ids._sign(date(2020, 1, 1), "paper")
            evaluation = self.env["hub.evaluation"].create({"pact_id": pact.id})
            evaluation.line_ids.write({"holder_value": "1", "volunteers_value": "2"})

    def _cost(self, xml_id, kind):
        env = self.env(user=self.users["coordinator"])
        action = env["ir.actions.actions"]._for_xml_id(f"solidarity_hub.{xml_id}")
        views = [view for view in action["views"] if view[1] == kind]
        context = {"bin_size": True}
        if "is_hub_project" in (action["context"] or ""):
            context |= {"default_is_hub_project": True, "hub_project_view_ref": 1}
        model = env[action["res_model"]].with_context(**context)
        result = model.get_views(views)
        arch = etree.fromstring(result["views"][kind]["arch"])
        spec = spec_of(arch, result["models"][model._name]["fields"])
        domain = [("id", "!=", 0)]
        model.web_search_read(domain, spec, limit=1)
        costs = []
        for _time in range(2):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            found = model.web_search_read(domain, spec, limit=500)
            group_by = arch.get("default_group_by")
            if group_by:
                model.web_read_group(domain, [group_by], ["__count"])
            progress = arch.find(".//progressbar")
            if group_by and progress is not None:
                bar = {
                    "field": progress.get("field"),
                    "colors": dict.fromkeys(["a"], "x"),
                    "sum_field": progress.get("sum_field") or False,
                }
                model.read_progress_bar(domain, group_by, bar)
            costs.append(self.cr.sql_log_count - before)
        self.assertTrue(found["records"], xml_id)
        return min(costs)

    def test_screens_cost_the_same_for_few_and_for_many(self):
        screens = (
            ("crm_lead_action_hub", "kanban"),
            ("crm_lead_action_hub", "list"),
            ("action_hub_volunteers", "kanban"),
            ("action_hub_volunteers", "list"),
            ("action_hub_charter_person", "list"),
            ("hub_follow_up_action", "list"),
            ("hub_survival_activity_action", "list"),
            ("hub_pact_action", "kanban"),
            ("hub_pact_action", "list"),
            ("hub_evaluation_action", "list"),
            ("hub_pairing_action", "list"),
            ("hub_pairing_action", "kanban"),
            ("hub_moment_action", "list"),
            ("hub_moment_action", "calendar"),
            ("hub_attendance_report_action", "list"),
            ("hub_training_need_action", "list"),
            ("hub_person_report_action", "list"),
            ("hub_project_report_action", "list"),
            ("hub_network_report_action", "list"),
        )
        self._add(2)
        few = {screen: self._cost(*screen) for screen in screens}
        self._add(18)
        many = {screen: self._cost(*screen) for screen in screens}
        self.assertEqual(many, few)

    def _queries(self, function):
        """Text of the queries that a function sends."""
        found = []
        execute = type(self.cr).execute

        def listen(cr, query, *args, **kwargs):
            found.append(str(query))
            return execute(cr, query, *args, **kwargs)

        with patch.object(type(self.cr), "execute", listen):
            function()
            self.env.flush_all()
        return found

    def test_ordinary_contacts_and_leads_read_no_table_of_the_hub(self):
        env = self.env(user=self.users["sales"])
        for model, vals in (
            ("res.partner", {"name": "Customer"}),
            ("crm.lead", {"name": "Sale"}),
        ):
            self.env[model].create(vals)
            for number in (1, 20):
                with self.subTest(model=model, number=number):
                    queries = self._queries(
                        lambda model=model, vals=vals, number=number: self.env[
                            model
                        ].create([dict(vals) for _n in range(number)])
                    )
                    self.assertTrue(any("INSERT" in query for query in queries))
                    self.assertFalse([q for q in queries if TABLE.search(q)])
            spec = {"name": {}, "user_id": {"fields": {"display_name": {}}}}
            queries = self._queries(
                lambda model=model, spec=spec: env[model].web_search_read([], spec)
            )
            self.assertFalse([query for query in queries if TABLE.search(query)])

    def test_a_list_of_ordinary_leads_is_read_in_one_query(self):
        vals = {"type": "opportunity", "user_id": self.users["sales"].id}
        self.env["crm.lead"].create([{**vals, "name": name} for name in ("A", "B")])
        self.env.flush_all()
        leads = self.env(user=self.users["sales"])["crm.lead"]
        shown = leads.get_views([(False, "list")])["models"]["crm.lead"]["fields"]
        spec = {
            name: {"fields": {"display_name": {}}}
            if leads._fields[name].relational
            else {}
            for name in shown
        }
        leads.web_search_read([], spec)
        self.env.invalidate_all()
        queries = self._queries(lambda: leads.web_search_read([], spec))
        reading = [query for query in queries if 'FROM "crm_lead"' in query]
        self.assertEqual(len(reading), 1, "\n".join(reading))
