import contextlib

from lxml import etree

from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..common import spec_of
from ..rpc import RpcCase
from .common import ACCOUNTANT, LoanMixin

LOAN = "hub.loan"
LINE = "hub.loan.instalment"
# Records of a loan, and the models whose lines only the addon itself writes.
PARTS = (
    "hub.loan.tranche",
    "hub.loan.decision",
    "hub.loan.decision.member",
    "hub.loan.condition",
    "hub.loan.schedule",
    LINE,
)
NOTHING = ("sales", "employee", "portal")
# Of these, what a committee is called to decide is read: test_committee_files.
MEMBERS = ("volunteer", "board")
OPEN_TO_MEMBERS = (LOAN, *PARTS[:2], PARTS[3])


@tagged("post_install", "-at_install")
class TestLoanRights(LoanMixin, RpcCase):
    """Who reads and who writes loans: each cell over HTTP, granted and refused."""

    @classmethod
    def _set_up_hub(cls):
        cls._set_up_lending()
        return super()._set_up_hub()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for role, groups in (
            ("accountant", ACCOUNTANT),
            ("bookkeeper", "account.group_account_manager"),
        ):
            cls.users[role] = new_test_user(
                cls.env, f"hub_{role}", groups=groups, company_id=cls.company.id
            )
        adviser = cls.users["adviser"]
        leads = cls.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "is_hub_project": True,
                    "partner_id": cls.amina.id,
                    "user_id": user,
                }
                for name, user in (("Bakery", adviser.id), ("Repairs", False))
            ]
        )
        cls.bakery, cls.repairs = leads
        with freeze_time("2026-01-15"):
            cls.loan = cls._running(lead_id=cls.bakery.id)
            cls.other = cls._running(lead_id=cls.repairs.id, partner_id=cls.denis.id)
        with freeze_time("2026-03-15"):
            cls._post_due(cls.loan | cls.other)
        cls.draft = cls._create_loan()

    @classmethod
    def _running(cls, **values):
        loan = cls._create_loan(grace_periods=0, grace_type="none", **values)
        loan.action_submit()
        decision = cls.env["hub.loan.decision"].create(
            {
                "loan_id": loan.id,
                "result": "conditions",
                "condition_ids": [Command.create({"name": "Lease", "is_met": True})],
                "member_ids": [
                    Command.create({"partner_id": cls.bank.company_id.partner_id.id})
                ],
            }
        )
        decision.action_record()
        loan.action_sign()
        return cls._disburse(loan)

    def _parts(self, loan):
        return {
            "hub.loan.tranche": loan.tranche_ids,
            "hub.loan.decision": loan.decision_ids,
            "hub.loan.decision.member": loan.decision_ids.member_ids,
            "hub.loan.condition": loan.condition_ids,
            "hub.loan.schedule": loan.schedule_ids,
            LINE: loan.instalment_ids,
        }

    # Reading

    def test_who_has_no_business_with_loans_sees_nothing(self):
        for role in NOTHING:
            for model in (LOAN, *PARTS, "hub.loan.product", "hub.loan.basis"):
                with self.subTest(role=role, model=model):
                    self.assert_refused(role, model, "search_read", [], ["id"])
            self.assert_refused(role, "hub.loan.control", "search_read", [], ["id"])

    def test_who_is_called_to_decide_on_no_loan_reads_none(self):
        for role in MEMBERS:
            for model, records in {LOAN: self.loan, **self._parts(self.loan)}.items():
                with self.subTest(role=role, model=model):
                    if model in OPEN_TO_MEMBERS:
                        self.assert_hidden(role, model, records)
                    else:
                        self.assert_refused(role, model, "search_read", [], ["id"])
            for model in ("hub.loan.product", "hub.loan.basis", "hub.loan.control"):
                with self.subTest(role=role, model=model):
                    self.assert_refused(role, model, "search_read", [], ["id"])

    def test_an_accountant_of_odoo_without_a_role_in_the_hub_sees_no_file(self):
        for model in (LOAN, *PARTS, "hub.loan.control"):
            self.assert_refused("bookkeeper", model, "search_read", [], ["id"])
        moves = self.assert_allowed(
            "bookkeeper",
            "account.move",
            "search_read",
            [["hub_loan_id", "=", self.loan.id]],
            ["name", "hub_kind"],
        )
        self.assertEqual(
            {move["hub_kind"] for move in moves},
            {"due", "disbursement", "commitment", False},
        )

    def test_finance_and_coordination_read_all(self):
        for role in ("finance", "coordinator", "manager"):
            found = self.assert_allowed(role, LOAN, "search", [])
            self.assertLessEqual(set((self.loan | self.other).ids), set(found))
            fields = ["name", "amount", "outstanding_amount", "overdue_amount", "taeg"]
            self.assert_allowed(role, LOAN, "read", self.loan.ids, fields)
            for model, records in self._parts(self.other).items():
                with self.subTest(role=role, model=model):
                    self.assert_allowed(role, model, "read", records.ids, ["id"])
            self.assert_allowed(
                role,
                LINE,
                "read",
                self.loan.instalment_ids.ids,
                ["state", "explanation"],
            )
            self.assert_allowed(role, "hub.loan.control", "search_read", [], ["id"])

    def test_forms_open_with_and_without_rights_of_the_ledger(self):
        line = self.loan.instalment_ids[0]
        self._pay(line.action_register_payment())
        self.assertTrue(line.settled_by_ids)
        self.env.flush_all()
        for role in ("accountant", "finance", "coordinator", "manager", "adviser"):
            for record in (self.loan, line):
                with self.subTest(role=role, record=record):
                    shown = self._open_form(role, record)
                    self.assertEqual("settled_by_ids" in shown, role == "accountant")

    def _open_form(self, role, record):
        """Names of what the form shows, its lists included, as a browser asks."""
        model = record._name
        views = self.assert_allowed(
            role, model, "get_views", [(False, "form")], {"toolbar": True}
        )
        arch = etree.fromstring(views["views"]["form"]["arch"])
        spec = spec_of(arch, views["models"][model]["fields"], views["models"])
        [row] = self.assert_allowed(role, model, "web_read", record.ids, spec)
        lists = [found for found in row.values() if isinstance(found, list)]
        return set(row).union(*(found[0] for found in lists if found))

    def test_finance_reads_the_title_of_the_project_and_no_project(self):
        [row] = self.assert_allowed(
            "finance", LOAN, "read", self.loan.ids, ["lead_title"]
        )
        self.assertEqual(row["lead_title"], "Bakery")
        self.assert_refused("finance", "crm.lead", "read", self.bakery.ids, ["name"])

    def test_an_adviser_reads_the_loans_of_own_projects(self):
        self.assert_allowed("adviser", LOAN, "read", self.loan.ids, ["amount"])
        for model, records in self._parts(self.loan).items():
            with self.subTest(model):
                self.assert_allowed("adviser", model, "read", records.ids, ["id"])
        self.assert_hidden("adviser", LOAN, self.other)
        for model, records in self._parts(self.other).items():
            with self.subTest(model):
                self.assert_hidden("adviser", model, records)
        self.assert_refused("adviser", "hub.loan.control", "search_read", [], ["id"])
        [row] = self.assert_allowed(
            "adviser", "crm.lead", "read", self.repairs.ids, ["hub_loan_count"]
        )
        self.assertEqual(row["hub_loan_count"], 0)

    # Writing

    def test_only_finance_writes(self):
        new = {"partner_id": self.denis.id, "amount": 500, "product_id": False}
        for role in ("adviser", "coordinator", "manager"):
            with self.subTest(role):
                self.assert_refused(role, LOAN, "create", [new])
                self.assert_refused(
                    role, LOAN, "write", self.loan.ids, {"purpose": "x"}
                )
                self.assert_refused(role, LOAN, "unlink", self.draft.ids)
                for action in ("action_submit", "action_cancel", "action_approve"):
                    self.assert_refused(role, LOAN, action, self.draft.ids)
        ids = self.assert_allowed("finance", LOAN, "create", [new])
        self.assert_allowed("finance", LOAN, "write", ids, {"purpose": "Oven"})
        self.assert_allowed("finance", LOAN, "action_submit", ids)
        self.assert_allowed("finance", LOAN, "action_approve", ids)
        self.assert_allowed("finance", LOAN, "action_sign", ids)
        self.env.invalidate_all()
        self.assertEqual(self.env[LOAN].browse(ids).state, "signed")

    def test_coordination_signs_pays_and_enters_nothing(self):
        line = self.loan.instalment_ids[0]
        for role in ("adviser", "coordinator", "manager"):
            for action in ("action_disburse", "action_sign", "action_back_to_draft"):
                with self.subTest(role=role, action=action):
                    self._assert_error(role, LOAN, action, self.draft.ids)
            self.assert_refused(role, LINE, "action_enter", line.ids)
            self.assert_refused(
                role, "hub.loan.tranche", "action_give_up", self.loan.tranche_ids.ids
            )
            self._assert_error(
                role, "hub.loan.decision", "action_record", self.loan.decision_ids.ids
            )
        self.assertFalse(self.draft.move_ids)

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_model")
    def _assert_error(self, role, model, method, *args, **kwargs):
        before = self.env["account.move"].search_count([])
        with self.assertRaises(JsonRpcException, msg=f"{role} {method}"):
            self.call(role, model, method, *args, **kwargs)
        self.env.invalidate_all()
        self.assertEqual(self.env["account.move"].search_count([]), before)

    def test_posting_needs_the_rights_of_the_accounting(self):
        loan = self._sign(self._create_loan())
        self._assert_error("finance", LOAN, "action_disburse", loan.ids)
        line = self.other.instalment_ids[2]
        self._assert_error("finance", LINE, "action_enter", line.ids)
        action = self.assert_allowed("accountant", LOAN, "action_disburse", loan.ids)
        self.assertEqual(action["res_model"], "account.payment.register")
        wizard = self.assert_allowed(
            "accountant",
            "account.payment.register",
            "create",
            [{"journal_id": self.bank.id}],
            context=action["context"],
        )
        self.assert_allowed(
            "accountant",
            "account.payment.register",
            "action_create_payments",
            wizard,
            context=action["context"],
        )
        self.env.invalidate_all()
        self.assertEqual(loan.state, "disbursed")
        self.assertEqual(loan.tranche_ids.residual_amount, 0)
        self.assertEqual(loan.tranche_ids.released_by_id, self.users["accountant"])

    def test_an_accountant_of_the_hub_registers_the_month(self):
        open_lines = (self.loan | self.other).instalment_ids.filtered("residual_amount")
        self.assertEqual(len(open_lines), 4)
        action = self.assert_allowed(
            "accountant", LINE, "action_register_payment", open_lines.ids
        )
        wizard = self.assert_allowed(
            "accountant",
            "account.payment.register",
            "create",
            [{"journal_id": self.bank.id}],
            context=action["context"],
        )
        self.assert_allowed(
            "accountant",
            "account.payment.register",
            "action_create_payments",
            wizard,
            context=action["context"],
        )
        self.env.invalidate_all()
        self.assertEqual(set(open_lines.mapped("state")), {"paid"})

    def test_nobody_writes_a_schedule_by_hand(self):
        line = self.loan.instalment_ids[5]
        schedule = self.loan.schedule_ids
        vals = {
            "loan_id": self.loan.id,
            "schedule_id": schedule.id,
            "sequence": 99,
            "due_date": "2030-01-01",
            "principal": 1,
            "interest": 0,
            "balance_after": 0,
        }
        for role in ("finance", "accountant", "manager"):
            with self.subTest(role):
                self.assert_refused(role, LINE, "write", line.ids, {"principal": 1})
                self.assert_refused(role, LINE, "create", [vals])
                self.assert_refused(role, LINE, "unlink", line.ids)
                self.assert_refused(
                    role, "hub.loan.schedule", "write", schedule.ids, {"reason": "x"}
                )
                self.assert_refused(role, "hub.loan.schedule", "unlink", schedule.ids)

    def test_what_deeds_say_is_not_written(self):
        part = self.draft.tranche_ids.create(
            {"loan_id": self.draft.id, "amount": 6000, "date": "2026-01-15"}
        )
        for model, record, vals in (
            (LOAN, self.draft, {"state": "approved"}),
            (LOAN, self.draft, {"signed_on": "2026-01-01"}),
            (LOAN, self.loan, {"amount": 1}),
            (
                LOAN,
                self.loan,
                {"loan_account_id": self.company.hub_accrued_account_id.id},
            ),
            (LOAN, self.loan, {"active": False}),
            ("hub.loan.tranche", part, {"state": "released"}),
            ("hub.loan.tranche", part, {"move_id": self.loan.move_ids[0].id}),
            ("hub.loan.decision", self.loan.decision_ids, {"motive": "Else"}),
            ("account.move", self.loan.move_ids[0], {"hub_kind": "waiver"}),
            ("account.move", self.loan.move_ids[0], {"hub_loan_id": False}),
        ):
            with self.subTest(f"{model} {vals}"):
                self._assert_error("accountant", model, "write", record.ids, vals)
        self._assert_error("accountant", LOAN, "unlink", self.loan.ids)

    def test_private_methods_are_not_called_from_outside(self):
        for method in ("_set_state", "_plan", "_replace_schedule", "_pay_out_on"):
            with self.subTest(method):
                self._assert_error("accountant", LOAN, method, self.draft.ids)
        self._assert_error("accountant", LINE, "_cron_post_due")
        self._assert_error(
            "accountant", "hub.loan.tranche", "_release", self.loan.tranche_ids.ids
        )

    def test_the_file_of_a_loan_stays_in_its_hub(self):
        company = self.env["res.company"].create({"name": "Second hub"})
        company._hub_setup()
        self.users["other"] = new_test_user(
            self.env, "hub_other", groups=ACCOUNTANT, company_id=company.id
        )
        for model, records in {LOAN: self.loan, **self._parts(self.loan)}.items():
            with self.subTest(model):
                self.assert_hidden("other", model, records)
        rows = self.assert_allowed("other", "hub.loan.control", "search", [])
        self.assertFalse(rows)
        for action in ("action_submit", "action_disburse", "action_register_payment"):
            self._assert_error("other", LOAN, action, self.loan.ids)
        for model in (
            "hub.loan.simulation",
            "hub.loan.disburse.wizard",
            "hub.loan.decision",
        ):
            with self.subTest(model):
                vals = {"loan_id": self.loan.id}
                self._assert_error("other", model, "create", [vals])
                spec = {name: {} for name in ("loan_id", "amount", "line_ids")}
                spec = {n: s for n, s in spec.items() if n in self.env[model]._fields}
                with (
                    contextlib.suppress(JsonRpcException),
                    mute_logger("odoo.http"),
                ):
                    result = self.call(
                        "other", model, "onchange", [], vals, ["loan_id"], spec
                    )
                    self.assertFalse(result["value"].get("amount"))
                    self.assertFalse(result["value"].get("loan_id"))

    def test_finance_learns_no_title_by_trying_projects_out(self):
        vals = {"lead_id": self.repairs.id}
        spec = {"lead_id": {}, "lead_title": {}}
        for ids in ([], self.draft.ids):
            result = self.assert_allowed(
                "finance", LOAN, "onchange", ids, vals, ["lead_id"], spec
            )
            self.assertFalse(result["value"].get("lead_title"))
        self.assert_refused("finance", LOAN, "write", self.draft.ids, vals)
        new = {"partner_id": self.denis.id, "amount": 500, **vals}
        self.assert_refused("finance", LOAN, "create", [new])
