import contextlib

from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..rpc import RpcCase
from .common import ACCOUNTANT, LoanMixin

LOAN, CHANGE = "hub.loan", "hub.loan.change"
LIFE = (CHANGE, "hub.loan.claim", "hub.loan.guarantee", "hub.loan.reminder")
NOTHING = ("sales", "employee", "portal")
# They read of a loan what a committee is called to decide: test_committee_files.
MEMBERS = ("volunteer", "board")
WIZARDS = ("early", "respite", "reschedule", "guarantee", "waiver", "end", "recovery")
DAY = "2026-03-20"


@tagged("post_install", "-at_install")
class TestLoanLifeRights(LoanMixin, RpcCase):
    """Who changes a running loan, who looks on: over HTTP, granted and refused."""

    @classmethod
    def _set_up_hub(cls):
        cls._set_up_lending()
        return super()._set_up_hub()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for role in ("accountant", "second"):
            cls.users[role] = new_test_user(
                cls.env, f"hub_{role}", groups=ACCOUNTANT, company_id=cls.company.id
            )
        cls.fund = cls.env["res.partner"].create({"name": "Guarantee fund"})
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
        with freeze_time("2026-01-15"):
            cls.loan, cls.other = (cls._late(lead) for lead in leads)
        with freeze_time(DAY):
            cls._post_due(cls.loan | cls.other)
            for loan in (cls.loan, cls.other):
                cls._life_of(loan)

    @classmethod
    def _late(cls, lead):
        loan = cls._create_loan(
            lead_id=lead.id, grace_periods=0, grace_type="none", amount=3600
        )
        cls.env["hub.loan.guarantee"].create(
            {"loan_id": loan.id, "partner_id": cls.fund.id, "percent": 50}
        )
        return cls._disburse(loan)

    @classmethod
    def _life_of(cls, loan):
        """A guarantee that was called, a reminder that waits."""
        cls.env[CHANGE]._propose(
            loan,
            "guarantee",
            loan.instalment_ids[1].due_date.replace(day=20),
            "Agreed",
            guarantee_id=loan.guarantee_ids.id,
            amount=100,
        )
        level = cls.env["hub.loan.reminder.level"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.env["hub.loan.reminder"].create(
            {
                "loan_id": loan.id,
                "level_id": level.id,
                "since": "2026-02-15",
                "amount": 100,
                "days": 33,
                "channel": "letter",
            }
        )

    def _parts(self, loan):
        return {
            CHANGE: loan.change_ids,
            "hub.loan.claim": loan.claim_ids,
            "hub.loan.guarantee": loan.guarantee_ids,
            "hub.loan.reminder": loan.reminder_ids,
        }

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_model")
    def _assert_error(self, role, model, method, *args, **kwargs):
        """Refused, and nothing came of it."""
        before = self._written()
        with self.assertRaises(JsonRpcException, msg=f"{role} {model}.{method}"):
            self.call(role, model, method, *args, **kwargs)
        self.env.invalidate_all()
        self.assertEqual(self._written(), before)

    def _written(self):
        return (
            self.env["account.move"].search_count([]),
            self.env[CHANGE].search_count([]),
            self.env["hub.loan.schedule"].search_count([]),
            (self.loan | self.other).mapped("state"),
        )

    def _ask(self, role, wizard, loan=None, **vals):
        """What the screen does: fill the wizard in, then confirm it."""
        model = f"hub.loan.{wizard}.wizard"
        vals = {
            "loan_id": (loan or self.loan).id,
            "date": DAY,
            "reason": "Asked",
            **vals,
        }
        [wizard_id] = self.call(role, model, "create", [vals])
        return self.call(role, model, "action_apply", [wizard_id])

    # Reading

    def test_who_has_no_business_with_loans_sees_nothing(self):
        for role in NOTHING:
            for model in (*LIFE, "hub.loan.closing", "hub.loan.closing.line"):
                with self.subTest(role=role, model=model):
                    self.assert_refused(role, model, "search_read", [], ["id"])

    def test_who_is_called_to_decide_on_no_loan_reads_none(self):
        for role in MEMBERS:
            for model in (*LIFE, "hub.loan.closing", "hub.loan.closing.line"):
                with self.subTest(role=role, model=model):
                    if model == "hub.loan.guarantee":
                        self.assertFalse(self.assert_allowed(role, model, "search", []))
                    else:
                        self.assert_refused(role, model, "search_read", [], ["id"])

    def test_coordination_reads_all_and_an_adviser_own_projects(self):
        for role in ("finance", "coordinator", "manager", "accountant"):
            for model, records in self._parts(self.other).items():
                with self.subTest(role=role, model=model):
                    self.assertTrue(records)
                    self.assert_allowed(role, model, "read", records.ids, ["id"])
        self.assert_allowed(
            "coordinator", CHANGE, "read", self.other.change_ids.ids, ["text", "reason"]
        )
        for model, records in self._parts(self.loan).items():
            self.assert_allowed("adviser", model, "read", records.ids, ["id"])
        for model, records in self._parts(self.other).items():
            with self.subTest(model):
                self.assert_hidden("adviser", model, records)

    # Changing

    def test_who_only_reads_changes_nothing(self):
        for role in ("adviser", "coordinator", "manager", *NOTHING, *MEMBERS):
            for wizard in WIZARDS:
                with self.subTest(role=role, wizard=wizard):
                    model = f"hub.loan.{wizard}.wizard"
                    vals = {"loan_id": self.loan.id, "date": DAY}
                    self._assert_error(role, model, "create", [vals])
            for action in ("action_grant_respite", "action_write_off"):
                self._assert_error(role, LOAN, action, self.loan.ids)
            done = self.loan.change_ids.ids
            for action in ("action_approve", "action_refuse", "action_undo"):
                self._assert_error(role, CHANGE, action, done)

    def test_finance_grants_time_and_enters_nothing(self):
        """Other dates are finance's to give; entries need the rights of accounting."""
        with freeze_time(DAY):
            for wizard, vals in (
                ("early", {"principal": 100}),
                ("waiver", {"scope": "due", "amount": 10}),
                (
                    "guarantee",
                    {"guarantee_id": self.loan.guarantee_ids.id, "amount": 9},
                ),
                ("end", {"kind": "write_off"}),
                ("end", {"kind": "doubtful"}),
                ("end", {"kind": "cancel"}),
            ):
                with self.subTest(wizard=wizard, **vals):
                    before = self._written()
                    with (
                        self.assertRaises(JsonRpcException),
                        mute_logger("odoo.http", "odoo.sql_db"),
                    ):
                        self._ask("finance", wizard, **vals)
                    self.env.invalidate_all()
                    self.assertEqual(self._written(), before)
            self._ask("finance", "respite", months=2, scope="all", interest="waived")
        self.env.invalidate_all()
        change = self.loan.change_ids.sorted("id")[-1]
        self.assertEqual((change.kind, change.state), ("respite", "done"))
        self.assertEqual(change.decided_by_id, self.users["finance"])
        self.assertTrue(self.loan.pause_to)

    def test_an_accountant_of_the_hub_does_all_of_it(self):
        with freeze_time(DAY):
            self._ask("accountant", "waiver", scope="due", amount=10)
            self._ask("accountant", "early", principal=100, keep="term", until="day")
            self._ask("accountant", "end", kind="write_off")
            self._ask("accountant", "recovery", amount=20)
        self.env.invalidate_all()
        kinds = self.loan.change_ids.sorted("id").mapped("kind")
        self.assertEqual(
            [kind for kind in kinds if kind != "share"],
            ["guarantee", "waiver", "early", "write_off", "recovery"],
        )
        self.assertEqual(self.loan.state, "written_off")

    def test_what_happened_is_not_written_by_hand(self):
        vals = {"loan_id": self.loan.id, "kind": "waiver", "date": DAY, "state": "done"}
        for role in ("finance", "accountant", "manager"):
            with self.subTest(role):
                self.assert_refused(role, CHANGE, "create", [vals])
                done = self.loan.change_ids
                self.assert_refused(role, CHANGE, "write", done.ids, {"reason": "x"})
                self.assert_refused(role, CHANGE, "unlink", done.ids)
                claims = self.loan.claim_ids
                self.assert_refused(
                    role, "hub.loan.claim", "write", claims.ids, {"amount": 1}
                )
                self.assert_refused(role, "hub.loan.claim", "unlink", claims.ids)
        for model, record, values in (
            (LOAN, self.loan, {"is_doubtful": True}),
            (LOAN, self.loan, {"closed_on": DAY}),
            ("hub.loan.guarantee", self.loan.guarantee_ids, {"percent": 90}),
            ("hub.loan.reminder", self.loan.reminder_ids, {"state": "sent"}),
            ("hub.loan.reminder", self.loan.reminder_ids, {"amount": 1}),
        ):
            with self.subTest(f"{model} {values}"):
                self._assert_error("accountant", model, "write", record.ids, values)
        for method in ("_propose", "_carry_out", "_undo", "_apply_write_off"):
            self._assert_error("accountant", CHANGE, method, self.loan.change_ids.ids)

    def test_nobody_agrees_to_what_he_asked_himself(self):
        self.company.hub_loan_second_person = True
        with freeze_time(DAY):
            self._ask("accountant", "end", kind="write_off")
            self.env.invalidate_all()
            change = self.loan.change_ids.sorted("id")[-1]
            self.assertEqual((change.state, self.loan.state), ("asked", "disbursed"))
            self._assert_error("accountant", CHANGE, "action_approve", change.ids)
            for role in ("coordinator", "manager", "finance"):
                self._assert_error(role, CHANGE, "action_approve", change.ids)
            self.assert_allowed("second", CHANGE, "action_approve", change.ids)
        self.env.invalidate_all()
        self.assertEqual((change.state, self.loan.state), ("done", "written_off"))
        self.assertEqual(change.decided_by_id, self.users["second"])

    def test_the_life_of_a_loan_stays_in_its_hub(self):
        company = self.env["res.company"].create({"name": "Second hub"})
        company._hub_setup()
        self.users["other"] = new_test_user(
            self.env, "hub_other", groups=ACCOUNTANT, company_id=company.id
        )
        for model, records in self._parts(self.loan).items():
            with self.subTest(model):
                self.assert_hidden("other", model, records)
        for wizard in WIZARDS:
            with self.subTest(wizard):
                model = f"hub.loan.{wizard}.wizard"
                vals = {"loan_id": self.loan.id, "date": DAY, "reason": "x"}
                self._assert_error("other", model, "create", [vals])
                names = ("text", "preview", "claimed_amount", "conditions")
                spec = {n: {} for n in names if n in self.env[model]._fields}
                with (
                    contextlib.suppress(JsonRpcException),
                    mute_logger("odoo.http"),
                ):
                    values = {"loan_id": self.loan.id}
                    told = self.call(
                        "other", model, "onchange", [], values, ["loan_id"], spec
                    )
                    self.assertFalse(any(told.get("value", {}).values()), told)
