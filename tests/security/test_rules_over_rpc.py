from odoo.fields import Command
from odoo.tests import tagged

from .common import AttackCase

LEAD = "crm.lead"
PAIR = "hub.pairing"


@tagged("post_install", "-at_install")
class TestRulesOverRpc(AttackCase):
    """Each rule holds by every way in, and a refusal leaves nothing half-written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nobody = cls.env[LEAD].create(
            {"name": "Anonymous", "is_hub_project": True, "user_id": False}
        )

    def _refused(self, model, method, *args, records=(), **kwargs):
        with self.assert_nothing_written(*records):
            self.assert_rule("coordinator", model, method, *args, **kwargs)

    def _stage(self, phase):
        return self.env["crm.stage"]._hub_stage(phase).id

    # Projects

    def test_past_reception_a_project_has_a_holder_whatever_the_way(self):
        ids, records = self.nobody.ids, [self.nobody]
        for phase in ("diagnosis", "accompaniment", "closed"):
            for vals in ({"stage_id": self._stage(phase)}, {"hub_phase": phase}):
                with self.subTest(vals):
                    self._refused(LEAD, "write", ids, vals, records=records)
        new = {"name": "New", "is_hub_project": True}
        self._refused(LEAD, "create", [{**new, "hub_phase": "diagnosis"}])
        self._refused(LEAD, "create", [{**new, "stage_id": self._stage("launch")}])
        self._refused(
            LEAD,
            "web_save",
            ids,
            {"stage_id": self._stage("diagnosis")},
            specification={"name": {}},
            records=records,
        )
        with self.assert_nothing_written(self.nobody):
            result = self.assert_allowed(
                "coordinator",
                LEAD,
                "load",
                ["name", "is_hub_project", "hub_phase"],
                [["Good", "1", "reception"], ["Imported", "1", "diagnosis"]],
            )
            self.assertFalse(result["ids"])

    def test_a_project_under_way_keeps_a_holder(self):
        self.project.hub_phase = "diagnosis"
        holder = self.project.hub_holder_ids
        records = [self.project, holder]
        lines = "hub.project.holder"
        self._refused(lines, "unlink", holder.ids, records=records)
        self._refused(
            lines, "write", holder.ids, {"lead_id": self.nobody.id}, records=records
        )
        for command in ([5, 0, 0], [2, holder.id, 0], [3, holder.id, 0], [6, 0, []]):
            with self.subTest(command):
                self._refused(
                    LEAD,
                    "write",
                    self.project.ids,
                    {"hub_holder_ids": [command]},
                    records=records,
                )
        self.assert_allowed(
            "coordinator", LEAD, "write", self.project.ids, {"partner_id": False}
        )
        self.env.invalidate_all()
        self.assertEqual(self.project.partner_id, holder.partner_id)

    def test_a_project_stays_a_project(self):
        sales = self.env["crm.team"].create({"name": "Sales"})
        stage = self.env["crm.stage"].create({"name": "Qualified"})
        for vals in (
            {"team_id": sales.id},
            {"stage_id": stage.id},
            {"type": "lead"},
            {"company_id": False},
            {"is_hub_project": False},
            {"stage_id": False},
        ):
            with self.subTest(vals):
                self._refused(
                    LEAD, "write", self.project.ids, vals, records=[self.project]
                )

    def test_dates_of_a_project_are_in_order(self):
        self._refused(
            LEAD,
            "write",
            self.project.ids,
            {
                "hub_accompaniment_start": "2026-05-01",
                "hub_accompaniment_end": "2026-04-01",
            },
            records=[self.project],
        )

    # Pairs

    def test_a_third_place_is_refused_whatever_the_way(self):
        self._pair(self.volunteer_b)
        self._pair(self.chloe)
        vals = {"lead_id": self.project.id, "volunteer_id": self.denis.id}
        self._refused(PAIR, "create", [vals])
        for slot in (1, 2, 3):
            self._refused(PAIR, "create", [{**vals, "slot": slot}])
        self._refused(
            LEAD,
            "write",
            self.project.ids,
            {"hub_pairing_ids": [[0, 0, {"volunteer_id": self.denis.id}]]},
        )
        other = self._pair(self.denis, self._create_project("Other", self.holder))
        self._refused(
            PAIR, "write", other.ids, {"lead_id": self.project.id}, records=[other]
        )

    def test_declined_comes_back_only_where_a_place_is_free(self):
        first = self._pair(self.denis)
        first.action_decline(channel="phone")
        self._pair(self.volunteer_b)
        self._pair(self.chloe)
        self._refused(PAIR, "action_ask_again", first.ids, records=[first])
        self._refused(PAIR, "write", first.ids, {"state": "proposed"}, records=[first])

    def test_a_holder_is_not_the_volunteer_of_his_own_project(self):
        self.env["hub.role"].create(
            {
                "partner_id": self.holder.id,
                "kind": "volunteer",
                "date_start": "2020-01-01",
                "trained_on": "2020-01-01",
            }
        )
        vals = {"lead_id": self.project.id, "volunteer_id": self.holder.id}
        self._refused(PAIR, "create", [vals])
        self._refused(PAIR, "create", [{**vals, "override_reason": "All agree"}])
        twin = self._create_volunteer("Twin")
        twin.email = "AMINA@example.org "
        self._refused(PAIR, "create", [{**vals, "volunteer_id": twin.id}])
        pair = self._pair(self.chloe)
        self._refused(
            PAIR, "write", pair.ids, {"volunteer_id": self.holder.id}, records=[pair]
        )

    def test_the_volunteer_of_a_project_does_not_become_its_holder(self):
        self._active(self.chloe)
        holders = "hub.project.holder"
        vals = {"lead_id": self.project.id, "partner_id": self.chloe.id}
        self._refused(holders, "create", [vals])
        records = [self.project, self.project.hub_holder_ids]
        self._refused(
            holders,
            "write",
            self.project.hub_holder_ids.ids,
            {"partner_id": self.chloe.id},
            records=records,
        )
        self._refused(
            LEAD,
            "write",
            self.project.ids,
            {"partner_id": self.chloe.id},
            records=records,
        )

    def test_a_former_volunteer_may_become_the_holder(self):
        pair = self._active(self.chloe)
        pair.action_end(reason="Takes the project over")
        self.assert_allowed(
            "coordinator",
            "hub.project.holder",
            "create",
            [{"lead_id": self.project.id, "partner_id": self.chloe.id}],
        )

    def test_the_same_volunteer_twice_and_a_conflict_are_refused(self):
        self._pair(self.chloe)
        vals = {"lead_id": self.project.id, "volunteer_id": self.chloe.id}
        self._refused(PAIR, "create", [vals])
        self.env["hub.conflict"].create(
            {"partner_id": self.chloe.id, "other_partner_id": self.denis.id}
        )
        vals["volunteer_id"] = self.denis.id
        self._refused(PAIR, "create", [{**vals, "override_reason": "All agree"}])
        pair = [
            {"lead_id": self.nobody.id, "volunteer_id": person.id}
            for person in (self.chloe, self.denis)
        ]
        self._refused(PAIR, "create", pair)

    def test_an_end_before_the_start_is_refused(self):
        pair = self._active(self.chloe)
        day = "2020-01-01"
        self._refused(PAIR, "write", pair.ids, {"date_end": day}, records=[pair])
        self._refused(
            PAIR, "action_end", pair.ids, reason="x", date=day, records=[pair]
        )
        self._refused(PAIR, "action_end", pair.ids, records=[pair])

    def test_what_bends_with_a_reason_only(self):
        full = self._create_volunteer("Full", capacity=1)
        self._pair(full, self._create_project("Other", self.holder))
        untrained = self._create_volunteer("Untrained", trained_on=False)
        vals = {"lead_id": self.project.id}
        for person in (full, untrained):
            asked = {**vals, "volunteer_id": person.id}
            for reason in (False, "", "   ", "\n"):
                with self.subTest(person=person.name, reason=reason):
                    self._refused(
                        PAIR, "create", [{**asked, "override_reason": reason}]
                    )
            self.assert_allowed(
                "coordinator", PAIR, "create", [{**asked, "override_reason": "Urgent"}]
            )

    def test_who_has_not_signed_the_charter_needs_a_reason(self):
        self.env["hub.charter"].create({"body": "<p>Text</p>"}).action_publish()
        vals = {"lead_id": self.project.id, "volunteer_id": self.chloe.id}
        self._refused(PAIR, "create", [vals])
        vals["override_reason"] = "Signs on Monday"
        self.assert_allowed("coordinator", PAIR, "create", [vals])

    # People

    def test_roles_do_not_overlap_whatever_the_way(self):
        role = "hub.role"
        vals = {"partner_id": self.chloe.id, "kind": "volunteer"}
        self._refused(role, "create", [vals])
        self._refused(
            "res.partner", "write", self.chloe.ids, {"hub_role_ids": [[0, 0, vals]]}
        )
        self._refused(
            role,
            "create",
            [{"partner_id": self.chloe.id, "kind": "funder"} for _time in range(2)],
        )
        [former] = self.assert_allowed(
            "coordinator",
            role,
            "create",
            [{**vals, "date_start": "2018-01-01", "date_end": "2018-12-31"}],
        )
        former = self.env[role].browse(former)
        for vals in (
            {"date_end": False},
            {"date_end": "2017-01-01"},
            {"date_start": "2019-06-01"},
            {"partner_id": self.denis.id, "date_end": "2020-06-01"},
        ):
            with self.subTest(vals):
                self._refused(role, "write", former.ids, vals, records=[former])

    def test_more_projects_need_a_written_reason(self):
        role = self.chloe.hub_role_ids
        for reason in (False, "", "  "):
            self._refused(
                "hub.role",
                "write",
                role.ids,
                {"capacity": 9, "capacity_reason": reason},
                records=[role],
            )

    def test_unknown_skills_stop_a_whole_list(self):
        for model, columns, rows in (
            (
                "res.partner",
                ["name", "hub_role_ids/kind", "hub_skills_text"],
                [["One", "volunteer", ""], ["Two", "volunteer", "Juggling:3; Law"]],
            ),
            (
                LEAD,
                ["name", "is_hub_project", "hub_skills_text"],
                [["One", "1", ""], ["Two", "1", "Juggling:3; Flying"]],
            ),
        ):
            if columns[-1] not in self.env[model]._fields:
                continue
            with self.subTest(model), self.assert_nothing_written():
                result = self.assert_allowed(
                    "coordinator", model, "load", columns, rows
                )
                self.assertFalse(result["ids"])
                self.assertIn("Juggling", str(result["messages"]))

    # Pacts

    def test_a_pact_without_a_section_goes_nowhere(self):
        for name in ("goal_ids", "commitment_ids", "term_ids"):
            pact = self._create_pact(**{name: False})
            for state in ("to_sign", "in_force", "closed"):
                with self.subTest(name=name, state=state):
                    self._refused(
                        "hub.pact", "write", pact.ids, {"state": state}, records=[pact]
                    )
            self._refused("hub.pact", "action_in_force", pact.ids, records=[pact])

    def test_one_kind_of_party_does_not_bring_a_pact_into_force(self):
        pact = self._create_pact(
            party_ids=[
                Command.create({"partner_id": partner.id, "category": category})
                for partner, category in (
                    (self.amina, "concerned"),
                    (self.chloe, "concerned"),
                    (self.town, "institution"),
                )
            ]
        )
        pact.action_to_sign()
        wizard = self.assert_allowed(
            "coordinator",
            "hub.pact.sign.wizard",
            "create",
            [
                {
                    "pact_id": pact.id,
                    "party_ids": [[6, 0, pact.party_ids[:2].ids]],
                    "signed_on": "2026-01-05",
                }
            ],
        )
        self.assert_allowed(
            "coordinator", "hub.pact.sign.wizard", "action_confirm", wizard
        )
        self._refused("hub.pact", "action_in_force", pact.ids, records=[pact])
        self._refused(
            "hub.pact", "write", pact.ids, {"state": "in_force"}, records=[pact]
        )
        goal = pact.goal_ids
        for model, method, args in (
            ("hub.pact", "write", (pact.ids, {"name": "Other"})),
            ("hub.pact", "write", (pact.ids, {"purpose": "<p>Other</p>"})),
            ("hub.pact", "write", (pact.ids, {"goal_ids": [[5, 0, 0]]})),
            ("hub.pact", "write", (pact.ids, {"goal_ids": [[0, 0, {"name": "x"}]]})),
            ("hub.pact.goal", "write", (goal.ids, {"pact_id": 0})),
            ("hub.pact.goal", "unlink", (goal.ids,)),
            ("hub.pact.party", "unlink", (pact.party_ids[2:].ids,)),
            (
                "hub.pact.party",
                "write",
                (pact.party_ids.ids, {"category": "company"}),
            ),
            ("hub.pact", "unlink", (pact.ids,)),
        ):
            with self.subTest(f"{model}.{method}{args}"):
                self._refused(model, method, *args, records=[pact, goal])
        with self.assert_nothing_written(pact, goal):
            result = self.assert_allowed(
                "coordinator",
                "hub.pact",
                "load",
                [".id", "name", "goal_ids/name"],
                [[str(pact.id), "Imported", "Imported"]],
            )
            self.assertFalse(result["ids"])
