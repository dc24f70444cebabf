from odoo.fields import Command
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..rpc import RpcCase
from .evaluation import EvaluationFactory

EVALUATION, LINE = "hub.evaluation", "hub.evaluation.line"
PERSON, VIEW = "hub.evaluation.person", "hub.evaluation.view"
YEAR, SET = "hub.evaluation.year", "hub.indicator.set"
SELF = "hub.self.evaluation"
WIZARD = "hub.evaluation.agree.wizard"


@tagged("post_install", "-at_install")
class TestEvaluationRights(EvaluationFactory, RpcCase):
    """The row "evaluations" of the table of rights, cell by cell, over RPC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_evaluations()
        cls.me = cls.users["volunteer"].partner_id
        cls.mine = cls._evaluation(
            cls._in_force(
                name="Mine",
                user_id=cls.users["adviser"].id,
                people=[(cls.amina, "concerned"), (cls.me, "volunteer")],
            )
        )
        cls.other = cls._evaluation(
            cls._in_force(name="Other", user_id=cls.users["manager"].id)
        )
        (cls.mine | cls.other).action_open()
        cls.done = cls._agreed(
            cls._in_force(name="Done", user_id=cls.users["adviser"].id),
            "2026-06-30",
            {cls.autonomy: "4", cls.culture: "Secretword"},
        )

    def _write(self, role, records, allowed=True, **values):
        check = self.assert_allowed if allowed else self.assert_refused
        return check(role, records._name, "write", records.ids, values)

    def _ruled_out(self, role, model, method, *args, **kwargs):
        """Refused by a rule or by a right, whatever the way."""
        with (
            mute_logger("odoo.http", "odoo.sql_db"),
            self.assertRaises(JsonRpcException, msg=f"{role} {model}.{method}"),
        ):
            self.call(role, model, method, *args, **kwargs)

    # Adviser

    def test_adviser_reads_all_and_writes_those_of_own_pacts(self):
        found = self.assert_allowed("adviser", EVALUATION, "search", [])
        self.assertLessEqual({self.mine.id, self.other.id}, set(found))
        self._write("adviser", self.mine, place="Town hall")
        self._write("adviser", self.other, allowed=False, place="Town hall")
        line = self._line(self.mine, self.autonomy)
        self._write("adviser", line, holder_value="2", agreed_value="3")
        line = self._line(self.other, self.autonomy)
        for name in ("holder_value", "volunteers_value", "agreed_value", "comment"):
            self._write("adviser", line, allowed=False, **{name: "2"})
        self.env.invalidate_all()
        self.assertFalse(line.view_ids)

    def test_adviser_acts_on_own_pacts_only(self):
        for method in ("action_open", "action_remind", "action_ask_agreement"):
            self.assert_refused("adviser", EVALUATION, method, self.other.ids)
        people = self.other.person_ids
        for method in ("action_remind", "action_new_link"):
            self.assert_refused("adviser", PERSON, method, people.ids)
        self.assert_refused("adviser", PERSON, "unlink", people[:1].ids)
        self.assert_refused(
            "adviser",
            PERSON,
            "create",
            [{"evaluation_id": self.other.id, "partner_id": self.town.id}],
        )
        self.assert_refused("adviser", EVALUATION, "unlink", self.other.ids)
        self.assert_refused(
            "adviser", EVALUATION, "create", [{"pact_id": self.other.pact_id.id}]
        )

    def test_adviser_notes_the_agreement_of_own_pacts_only(self):
        for evaluation in (self.mine, self.other):
            for line in evaluation.line_ids:
                line.write(
                    {"holder_value": self._value(line), "comment": "Agreed in words"}
                )
            evaluation.line_ids[0].volunteers_value = "2"
        wizard = self.assert_allowed(
            "adviser", WIZARD, "create", [{"evaluation_id": self.other.id}]
        )
        self.assert_refused("adviser", WIZARD, "action_confirm", wizard)
        wizard = self.assert_allowed(
            "adviser",
            WIZARD,
            "create",
            [
                {
                    "evaluation_id": self.mine.id,
                    "person_ids": [[6, 0, self.other.person_ids.ids]],
                }
            ],
        )
        self._ruled_out("adviser", WIZARD, "action_confirm", wizard)
        wizard = self.assert_allowed(
            "adviser", WIZARD, "create", [{"evaluation_id": self.mine.id}]
        )
        self.assert_allowed("adviser", WIZARD, "action_confirm", wizard)
        self.env.invalidate_all()
        self.assertEqual(self.mine.state, "agreed")
        self.assertEqual(set(self.other.person_ids.mapped("answer")), {"waiting"})

    def _value(self, line):
        return {"scale": "2", "number": "3", "text": "Fine", "yes_no": "no"}[line.kind]

    def test_nobody_reads_a_key_and_only_who_follows_copies_a_link(self):
        ids = (self.mine | self.other).person_ids.ids
        for role in ("adviser", "coordinator", "manager", "volunteer"):
            self.assert_refused(role, PERSON, "read", ids, ["access_token"])
            self.assert_refused(role, PERSON, "search", [("access_token", "like", "a")])
        rows = self.assert_allowed("adviser", PERSON, "read", ids, ["url"])
        links = {row["id"]: row["url"] for row in rows}
        for person in self.mine.person_ids:
            self.assertIn(person.access_token, links[person.id])
        for person in self.other.person_ids:
            self.assertFalse(links[person.id])
        self.assert_refused(
            "volunteer", PERSON, "read", self.mine.person_ids.ids, ["url"]
        )

    def test_nobody_speaks_in_the_name_of_another(self):
        person = self._person(self.mine, self.amina)
        line = self._line(self.mine, self.autonomy)
        line.volunteers_value = "2"
        views = line.view_ids.ids
        for role in ("adviser", "coordinator", "manager"):
            for values in (
                {"given_channel": "portal"},
                {"given_on": "2026-01-01 10:00:00"},
                {"answer": "yes"},
                {"answered_on": "2026-01-01 10:00:00", "answer_channel": "portal"},
                {"comment": "Forged"},
                {"access_token": "known"},
                {"view_ids": [[0, 0, {"line_id": line.id, "value": "4"}]]},
            ):
                with self.subTest(role=role, values=values):
                    self._ruled_out(role, PERSON, "write", person.ids, values)
            self._ruled_out(
                role,
                PERSON,
                "create",
                [
                    {
                        "evaluation_id": self.mine.id,
                        "partner_id": self.town.id,
                        "answer": "yes",
                    }
                ],
            )
            for method, args in (
                ("create", [[{"person_id": person.id, "line_id": line.id,
                              "value": "4"}]]),
                ("write", [views, {"value": "1"}]),
                ("unlink", [views]),
            ):  # fmt: skip
                self.assert_refused(role, VIEW, method, *args)
            self._ruled_out(
                role,
                EVALUATION,
                "create",
                [{"pact_id": self.mine.pact_id.id, "state": "agreed"}],
            )
            self._ruled_out(
                role, EVALUATION, "write", self.mine.ids, {"state": "agreed"}
            )
            self._ruled_out(
                role, EVALUATION, "write", self.mine.ids, {"entry_channel": "portal"}
            )
        self.env.invalidate_all()
        self.assertFalse(person.given_on)
        self.assertEqual(person.answer, "waiting")

    def test_what_was_agreed_is_not_changed_over_rpc(self):
        line = self._line(self.done, self.autonomy)
        before = self.done.frozen_json, line.agreed_value
        for model, ids, values in (
            (EVALUATION, self.done.ids, {"words": "x"}),
            (EVALUATION, self.done.ids, {"frozen_on": False}),
            (EVALUATION, self.done.ids, {"active": False}),
            (LINE, line.ids, {"agreed_value": "1"}),
            (LINE, line.ids, {"volunteers_value": "1"}),
            (PERSON, self.done.person_ids.ids, {"excused": True}),
        ):
            with self.subTest(model=model, values=values):
                self._ruled_out(
                    "manager",
                    model,
                    "write",
                    ids,
                    values,
                    context={"hub_freezing": True, "hub_guard": True},
                )
        self.env.invalidate_all()
        self.assertEqual((self.done.frozen_json, line.agreed_value), before)

    # Coordinator, manager

    def test_coordinator_and_manager_write_all(self):
        for role in ("coordinator", "manager"):
            self._write(role, self.other, place=role)
            self._write(role, self._line(self.other, self.jobs), holder_value="1")
            [new] = self.assert_allowed(
                role, EVALUATION, "create", [{"pact_id": self.other.pact_id.id}]
            )
            self.assert_allowed(role, EVALUATION, "unlink", [new])
            self._write(role, self.autonomy, sequence=41)
            [chosen] = self.assert_allowed(role, SET, "create", [{"name": role}])
            self.assert_allowed(role, SET, "unlink", [chosen])

    def test_adviser_does_not_configure(self):
        self._write("adviser", self.autonomy, allowed=False, sequence=41)
        step = self.autonomy.step_ids[0]
        self._write("adviser", step, allowed=False, name="x")
        for model in (SET, YEAR, SELF):
            self.assert_allowed("adviser", model, "search_read", [], ["version"])
            self.assert_refused("adviser", model, "create", [{"year": 2020}])

    # Volunteer

    def test_volunteer_reads_what_was_agreed_in_own_projects(self):
        self.assert_allowed("volunteer", EVALUATION, "read", self.mine.ids, ["words"])
        line = self._line(self.mine, self.autonomy)
        self.assert_allowed("volunteer", LINE, "read", line.ids, ["agreed_value"])
        for name in ("holder_value", "volunteers_label", "view_ids"):
            self.assert_refused("volunteer", LINE, "read", line.ids, [name])
        self.assert_refused("volunteer", VIEW, "search", [])
        people = self.mine.person_ids.ids
        for name in ("comment", "answer_reason", "view_ids", "url"):
            self.assert_refused("volunteer", PERSON, "read", people, [name])
            self.assert_refused("volunteer", PERSON, "search", [(name, "!=", False)])
        self._write("volunteer", self.mine, allowed=False, words="x")
        self._write("volunteer", line, allowed=False, agreed_value="4")
        for model, record in (
            (EVALUATION, self.other),
            (LINE, self.other.line_ids),
            (PERSON, self.other.person_ids),
        ):
            self.assert_hidden("volunteer", model, record)
        for model in (YEAR, SET, SELF, "hub.evaluation.report"):
            self.assert_refused("volunteer", model, "search", [])

    # Board

    def test_board_sees_what_a_year_shows_and_no_line_of_a_person(self):
        for model in (EVALUATION, LINE, PERSON, VIEW, "hub.evaluation.report"):
            self.assert_refused("board", model, "search_read", [], ["id"])
        year = self.env[YEAR].create({"year": 2026})
        own = self.env[SELF].create({"year": 2026})
        for record in (year, year.line_ids, own, own.line_ids):
            self.assert_allowed("board", record._name, "read", record.ids, ["id"])
            self._write("board", record, allowed=False, company_id=1)
        for method in ("action_compute", "action_validate", "action_new_version"):
            self.assert_refused("board", YEAR, method, year.ids)
        self.assert_refused("board", SELF, "read", own.ids, ["person_ids"])
        pact = self.done.pact_id
        for name in ("evaluation_count", "evaluations_planned_on", "root_id"):
            self.assert_refused("board", "hub.pact", "read", pact.ids, [name])

    def test_board_prints_the_year_and_not_the_sheet(self):
        year = self.env[YEAR].create({"year": 2026})
        self.authenticate("hub_board", "hub_board")
        with mute_logger("odoo.http"):
            sheet = self.url_open(
                f"/report/html/solidarity_hub.report_evaluation_sheet/{self.done.id}"
            )
        self.assertNotEqual(sheet.status_code, 200)
        self.assertNotIn("Secretword", sheet.text)
        page = self.url_open(
            f"/report/html/solidarity_hub.report_evaluation_year/{year.id}"
        )
        self.assertEqual(page.status_code, 200)

    def test_what_an_evaluation_writes_reaches_no_outsider(self):
        for role in ("board", "finance", "sales", "employee", "portal"):
            for model, column, names in (
                ("mail.message", "model", ["body", "record_name"]),
                ("mail.activity", "res_model", ["summary", "note"]),
                ("ir.attachment", "res_model", ["name"]),
            ):
                with mute_logger("odoo.http", "odoo.addons.base.models.ir_model"):
                    try:
                        rows = self.call(
                            role,
                            model,
                            "search_read",
                            [(column, "=", EVALUATION), ("res_id", "!=", 0)],
                            names,
                        )
                    except JsonRpcException:
                        rows = []
                self.assertFalse(rows, f"{role} {model}")

    # The others

    def test_the_others_read_nothing(self):
        for role in ("finance", "sales", "employee", "portal"):
            for model in (EVALUATION, LINE, PERSON, VIEW, YEAR, SET, SELF):
                self.assert_refused(role, model, "search_read", [], ["id"])
            for model in (
                "hub.self.evaluation.answer",
                "hub.self.evaluation.person",
                "hub.evaluation.report",
                "hub.indicator.step",
            ):
                self.assert_refused(role, model, "search_read", [], ["id"])

    def test_a_second_hub_sees_nothing_of_the_first(self):
        second = self.env["res.company"].create({"name": "Second hub"})
        second._hub_setup()
        self.users["manager"].write(
            {"company_ids": [Command.set(second.ids)], "company_id": second.id}
        )
        for record in (
            self.done,
            self.done.line_ids,
            self.done.person_ids,
            self.done.line_ids.view_ids,
        ):
            self.assert_hidden("manager", record._name, record)
        rows = self.assert_allowed("manager", "hub.evaluation.report", "search", [])
        self.assertFalse(rows)
        year = self.assert_allowed("manager", YEAR, "create", [{"year": 2026}])
        lines = self.env["hub.evaluation.year.line"].search([("year_id", "in", year)])
        self.assertTrue(lines)
        self.assertTrue(all(lines.mapped("hidden")))
