import json
from datetime import date
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools.json import json_default

from .common import HubCommon

TEAM = ("adviser", "coordinator", "manager")


@tagged("post_install", "-at_install")
class TestOverviewWhole(HubCommon):
    """Pillars, trends and the hub's own life on the first page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["hub.role"].search([]).unlink()
        cls.today = fields.Date.context_today(cls.company)

    def _overview(self, role):
        self.env.invalidate_all()
        return self.env["hub.overview"].with_user(self.users[role]).get_overview()

    def _part(self, part, key, role="coordinator"):
        return next(one for one in self._overview(role)[part] if one["key"] == key)

    def _role(self, kind, name="Somebody", **vals):
        partner = self.env["res.partner"].create({"name": name})
        return self.env["hub.role"].create(
            {"partner_id": partner.id, "kind": kind, **vals}
        )

    def _project(self, name="Bakery", **vals):
        return self.env["crm.lead"].create(
            {"name": name, "is_hub_project": True, "hub_phase": "project", **vals}
        )

    def test_a_pillar_counts_people_of_today_and_its_aim(self):
        self.company.hub_target_volunteer = 12
        self._role("volunteer")
        self._role("volunteer", date_end="2021-01-01", date_start="2020-01-01")
        pillar = self._part("pillars", "volunteer")
        self.assertEqual((pillar["value"], pillar["target"]), (1, 12))
        self.assertEqual(self._part("pillars", "holder")["value"], 0)

    def test_a_pillar_counts_exactly_the_list_it_opens(self):
        for kind in ("holder", "volunteer", "funder"):
            self._role(kind)
            self._role(kind)
        self._role("institution", institution_kind="bank")
        for role in TEAM:
            for pillar in self._overview(role)["pillars"]:
                action = pillar["action"]
                records = self.env[action["res_model"]].with_user(self.users[role])
                found = records.with_context(**action["context"])
                self.assertEqual(
                    found.search_count(action["domain"]),
                    pillar["value"],
                    (role, pillar["key"]),
                )

    def test_missing_institutions_are_named(self):
        kinds = self.env["hub.role"]._fields["institution_kind"].selection
        for kind, _label in kinds[:-1]:
            self._role("institution", institution_kind=kind)
        note = self._part("pillars", "institution")["note"]
        self.assertIn(kinds[-1][1], note)
        self.assertNotIn(kinds[0][1], note)
        self._role("institution", institution_kind=kinds[-1][0])
        self.assertIn("All six", self._part("pillars", "institution", "board")["note"])

    def test_receptions_of_twelve_months_stand_beside_those_before(self):
        today = date(2026, 3, 15)
        days = ("2026-03-01", "2025-04-01", "2025-03-31", "2024-04-01", "2024-03-31")
        for day in days:
            self._project(hub_reception_date=day)
        with patch.object(fields.Date, "context_today", lambda *args: today):
            trend = self._part("trends", "receptions")
        now, before = (series["values"] for series in trend["series"])
        self.assertEqual(len(trend["labels"]), 12)
        self.assertEqual((now[0], now[-1], sum(now)), (1, 1, 2))
        self.assertEqual((before[0], before[-1], sum(before)), (1, 1, 2))

    def test_the_list_behind_a_curve_holds_its_twelve_months(self):
        """Neither what came before them nor what is dated later."""
        today = date(2026, 3, 15)
        days = ("2025-03-31", "2025-04-01", "2026-03-31", "2026-04-01", "2027-01-01")
        for day in days:
            self._project(hub_reception_date=day)
        with patch.object(fields.Date, "context_today", lambda *args: today):
            trend = self._part("trends", "receptions")
        behind = self.env["crm.lead"].search(trend["action"]["domain"])
        self.assertEqual(len(behind), 2)
        self.assertEqual(sum(trend["series"][0]["values"]), 2)

    def test_steps_of_the_path_leave_out_what_has_ended(self):
        before = self._part("trends", "phases")
        self._project()
        person = self.env["res.partner"].create({"name": "Amina"})
        self._project("Ended", hub_phase="closed", partner_id=person.id)
        after = self._part("trends", "phases")
        self.assertEqual(
            sum(after["series"][0]["values"]) - sum(before["series"][0]["values"]), 1
        )

    def test_outcomes_are_summed_by_year_and_kind(self):
        project = self._project(hub_reception_date="2020-01-01")
        year = self.today.year
        self.env["hub.outcome"].create(
            [
                {"lead_id": project.id, "kind": kind, "quantity": count, "date": day}
                for kind, count, day in (
                    ("job", 2, f"{year}-01-01"),
                    ("job", 3, f"{year - 4}-12-31"),
                    ("job", 9, f"{year - 5}-12-31"),
                    ("stopped", 1, f"{year}-01-01"),
                )
            ]
        )
        trend = self._part("trends", "outcomes")
        jobs = next(s for s in trend["series"] if sum(s["values"]))
        self.assertEqual(jobs["values"], [3, 0, 0, 0, 2])
        self.assertEqual(trend["labels"][0], str(year - 4))

    def test_the_board_sees_sums_and_no_list(self):
        self._project()
        self._role("holder")
        overview = self._overview("board")
        self.assertTrue(overview["pillars"] and overview["trends"])
        for one in overview["pillars"] + overview["trends"]:
            self.assertFalse(one["action"], one["key"])

    def test_others_are_told_nothing_of_the_whole(self):
        for role in ("volunteer", "finance", "employee", "sales"):
            overview = self._overview(role)
            for part in ("pillars", "trends", "milestones"):
                self.assertFalse(overview[part], (role, part))

    def test_the_life_of_the_hub_stands_there(self):
        self.env["hub.milestone"].create(
            {"name": "First meeting", "kind": "opening", "date": "2025-01-10"}
        )
        dates = self._overview("board")["milestones"]["dates"]
        self.assertEqual(dates[0]["name"], "First meeting")
        self.assertEqual([d["past"] for d in dates], [True, False])

    def test_the_page_of_each_role_reaches_the_browser(self):
        settings = self.env["res.config.settings"]
        for name in settings._fields:
            if name.startswith("group_hub_feature_"):
                settings.create({name: True}).execute()
        for role in (*TEAM, "board", "finance", "volunteer"):
            with self.subTest(role=role):
                sent = json.dumps(self._overview(role), default=json_default)
                self.assertIn(self.company.name, sent)

    def test_what_waits_comes_apart_from_where_the_hub_stands(self):
        figures = {one["key"]: one for one in self._overview("coordinator")["figures"]}
        self.assertTrue(figures["without_pair"]["waits"])
        self.assertFalse(figures["received"]["waits"])

    def test_pillars_and_trends_cost_the_same_for_few_and_for_many(self):
        def cost():
            self._overview("coordinator")
            before = self.env.cr.sql_log_count
            self._overview("coordinator")
            return self.env.cr.sql_log_count - before

        self._role("volunteer")
        self._project()
        few = cost()
        for number in range(20):
            self._role("volunteer", f"Person {number}")
            self._project(f"Project {number}", hub_reception_date=self.today)
        self.assertEqual(cost(), few)

    def test_each_role_opens_it_with_as_many_queries_for_1_for_20_and_for_200(self):
        for name in self.env["res.config.settings"]._fields:
            if name.startswith("group_hub_feature_"):
                self.env["res.config.settings"].create({name: True}).execute()
        costs = {}
        for number, more in ((1, 1), (20, 19), (200, 180)):
            self._fill(more)
            costs[number] = {role: self._cost(role) for role in (*TEAM, "board")}
        self.assertEqual(costs[20], costs[1])
        self.assertEqual(costs[200], costs[1])

    def _cost(self, role):
        self._overview(role)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self._overview(role)
        return self.env.cr.sql_log_count - before

    def _fill(self, number):
        """So many projects with all that the first page counts."""
        people = self.env["res.partner"].create(
            [{"name": f"Person {n}"} for n in range(2 * number)]
        )
        holders, volunteers = people[:number], people[number:]
        self.env["hub.role"].create(
            [{"partner_id": p.id, "kind": "volunteer"} for p in volunteers]
        )
        leads = self.env["crm.lead"].create(
            [
                {
                    "name": "Bakery",
                    "is_hub_project": True,
                    "partner_id": p.id,
                    "hub_phase": ("accompaniment", "reception", "closed")[n % 3],
                    "hub_reception_date": self.today,
                    "hub_skill_ids": [(0, 0, {"skill_id": self._skill().id})],
                }
                for n, p in enumerate(holders)
            ]
        )
        lasting = {"company_id": self.company.id}
        self.env["hub.outcome"].create(
            [{"lead_id": lead.id, "kind": "job"} for lead in leads[::2]]
        )
        self.env["hub.pact"].create([{"name": "Pact", **lasting} for _lead in leads])
        for lead in leads:
            lead.activity_schedule(
                date_deadline=self.today, user_id=self.users["coordinator"].id
            )
        self.env["hub.volunteer.hours"].create(
            [{"partner_id": p.id, "hours": 1, **lasting} for p in volunteers]
        )

    def _skill(self):
        return self.env["hub.skill"].search([], limit=1)
