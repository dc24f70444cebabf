from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..rpc import RpcCase
from .common import ACCOUNTANT
from .funds import FundMixin

FUND, BOOK, FORECAST = "hub.fund", "hub.fund.line", "hub.fund.forecast"
CONTRIBUTION, LINE = "hub.contribution", "hub.contribution.line"
SHARE, COOPERATION = "hub.loan.share", "hub.cooperation"
ALL = (FUND, BOOK, FORECAST, CONTRIBUTION, LINE, SHARE, COOPERATION)
NAMES = ("loan_id", "contribution_id", "funder_id", "move_id", "share_id")


@tagged("post_install", "-at_install")
class TestFundRights(FundMixin, RpcCase):
    """Who reads and who writes funds and contributions: each cell over HTTP."""

    @classmethod
    def _set_up_hub(cls):
        cls._set_up_lending()
        result = super()._set_up_hub()
        cls._set_up_funds()
        cls.users["accountant"] = new_test_user(
            cls.env, "hub_accountant", groups=ACCOUNTANT, company_id=cls.company.id
        )
        return result

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        adviser = cls.users["adviser"]
        cls.bakery, cls.repairs = cls.env["crm.lead"].create(
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
        cls.fund, cls.other_fund = cls._fund_with(5000), cls._fund_with(5000)
        with freeze_time("2026-01-15"):
            cls.loan = cls._loan_of(cls.fund, cls.bakery)
            cls.other = cls._loan_of(cls.other_fund, cls.repairs)
        with freeze_time("2026-03-15"):
            cls._post_due(cls.loan)
            cls._pay(cls.loan.action_register_payment())
        cls.gift = cls.fund.contribution_ids
        cls.direct, cls.hidden = (
            cls._grant(None, 300, direct=True, lead_id=lead.id)
            for lead in (cls.bakery, cls.repairs)
        )
        cls.draft = cls._grant(cls.fund, 0, granted_on=False)
        cls.cooperation = cls.env[COOPERATION].create(
            {"name": "Prices", "partner_id": cls.club.id, "lead_id": cls.repairs.id}
        )

    @classmethod
    def _loan_of(cls, fund, lead):
        loan = cls._create_loan(
            amount=3000, grace_periods=0, grace_type="none", lead_id=lead.id
        )
        return cls._disburse(cls._share(loan, (fund, 3000)))

    @mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_model")
    def _assert_error(self, role, model, method, *args, **kwargs):
        before = self.env["account.move"].search_count([])
        with self.assertRaises(JsonRpcException, msg=f"{role} {method}"):
            self.call(role, model, method, *args, **kwargs)
        self.env.invalidate_all()
        self.assertEqual(self.env["account.move"].search_count([]), before)

    # Reading

    def test_who_has_no_business_with_funds_sees_nothing(self):
        for role in ("sales", "employee", "portal", "volunteer"):
            for model in ALL:
                with self.subTest(role=role, model=model):
                    self.assert_refused(role, model, "search_read", [], ["id"])

    def test_finance_and_coordination_read_all(self):
        for role in ("finance", "coordinator", "manager"):
            for model in ALL:
                with self.subTest(role=role, model=model):
                    found = self.assert_allowed(role, model, "search", [])
                    self.assertEqual(set(found), set(self.env[model].search([]).ids))
            self.assert_allowed(
                role, FUND, "read", self.fund.ids, ["available_amount", "lent_amount"]
            )
            self.assert_allowed(role, BOOK, "search_read", [], ["amount", *NAMES])

    def test_the_board_reads_figures_and_nobody_s_name(self):
        [row] = self.assert_allowed(
            "board",
            FUND,
            "read",
            self.fund.ids,
            ["name", "lent_amount", "repaid_amount"],
        )
        self.assertEqual(row["lent_amount"], 3000)
        self.assertGreater(row["repaid_amount"], 0)
        rows = self.assert_allowed(
            "board",
            BOOK,
            "search_read",
            [["fund_id", "=", self.fund.id]],
            ["kind", "amount"],
        )
        self.assertIn("lent", {row["kind"] for row in rows})
        self.assert_allowed("board", FORECAST, "search_read", [], ["date", "amount"])
        for name in NAMES:
            with self.subTest(name):
                self.assert_refused("board", BOOK, "search_read", [], [name])
                self.assert_refused("board", BOOK, "search", [[name, "!=", False]])
        for name in ("loan_id", "contribution_id"):
            self.assert_refused("board", FORECAST, "search_read", [], [name])
        for model in (CONTRIBUTION, LINE, SHARE, COOPERATION):
            self.assert_refused("board", model, "search_read", [], ["id"])
        # Read by those who are called to decide on them, and by no others
        self.assertFalse(self.assert_allowed("board", "hub.loan", "search", []))

    def test_an_adviser_reads_what_concerns_own_projects(self):
        self.assert_allowed(
            "adviser", CONTRIBUTION, "read", self.direct.ids, ["amount"]
        )
        self.assert_allowed(
            "adviser", SHARE, "read", self.loan.share_ids.ids, ["amount"]
        )
        self.assert_allowed("adviser", FUND, "read", self.fund.ids, ["name"])
        for model, record in (
            (CONTRIBUTION, self.hidden),
            (CONTRIBUTION, self.gift),
            (LINE, self.gift.line_ids),
            (SHARE, self.other.share_ids),
            (FUND, self.other_fund),
            (COOPERATION, self.cooperation),
        ):
            with self.subTest(f"{record}"):
                self.assert_hidden("adviser", model, record)
        for model in (BOOK, FORECAST):
            self.assert_refused("adviser", model, "search_read", [], ["id"])

    def test_the_plan_of_a_project_shows_what_one_may_see(self):
        [own] = self.assert_allowed(
            "adviser", "crm.lead", "read", self.bakery.ids, ["hub_financing"]
        )
        self.assertIn("300.00", own["hub_financing"])
        self.assertIn("3,000.00", own["hub_financing"])
        [other] = self.assert_allowed(
            "adviser", "crm.lead", "read", self.repairs.ids, ["hub_financing"]
        )
        self.assertFalse(other["hub_financing"])
        [all_] = self.assert_allowed(
            "coordinator", "crm.lead", "read", self.repairs.ids, ["hub_financing"]
        )
        self.assertIn("3,000.00", all_["hub_financing"])

    # Writing

    def test_only_finance_writes(self):
        new = {
            "partner_id": self.club.id,
            "instrument": "gift",
            "fund_id": self.fund.id,
            "amount_asked": 50,
        }
        for role in ("adviser", "coordinator", "manager", "board"):
            with self.subTest(role):
                self.assert_refused(role, FUND, "create", [{"name": "New"}])
                self.assert_refused(role, FUND, "write", self.fund.ids, {"name": "x"})
                self.assert_refused(role, CONTRIBUTION, "create", [new])
                for action in ("action_ask", "action_grant", "action_cancel"):
                    self._assert_error(role, CONTRIBUTION, action, self.draft.ids)
                self.assert_refused(
                    role, SHARE, "create", [{"loan_id": self.loan.id, "fund_id": 1}]
                )
        ids = self.assert_allowed("finance", CONTRIBUTION, "create", [new])
        self.assert_allowed("finance", CONTRIBUTION, "action_ask", ids)
        self.assert_allowed("finance", CONTRIBUTION, "action_grant", ids)
        fund = self.assert_allowed("finance", FUND, "create", [{"name": "New"}])
        self.assert_allowed("finance", FUND, "write", fund, {"reserve_amount": 10})
        self.assert_allowed("finance", FUND, "unlink", fund)

    def test_posting_needs_the_rights_of_the_accounting(self):
        one = self._grant(self.fund, 700)
        self._assert_error("finance", CONTRIBUTION, "action_call", one.ids)
        action = self.assert_allowed("accountant", CONTRIBUTION, "action_call", one.ids)
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
        self.assertEqual((one.state, one.received_amount), ("received", 700))
        self.assertEqual(one.book_ids.kind, "received")

    def test_coordination_notes_what_funders_do_besides_money(self):
        new = {"name": "A room", "partner_id": self.club.id, "hours": 3}
        ids = self.assert_allowed("coordinator", COOPERATION, "create", [new])
        self.assert_allowed("coordinator", COOPERATION, "write", ids, {"hours": 4})
        self.assert_refused("adviser", COOPERATION, "create", [new])

    def test_nobody_writes_the_fund_book_by_hand(self):
        line = self.env[BOOK].search([("fund_id", "=", self.fund.id)], limit=1)
        vals = {
            "fund_id": self.fund.id,
            "company_id": self.company.id,
            "kind": "received",
            "amount": 1,
            "date": "2026-01-01",
        }
        for role in ("finance", "accountant", "manager", "board"):
            with self.subTest(role):
                self.assert_refused(role, BOOK, "write", line.ids, {"amount": 1})
                self.assert_refused(role, BOOK, "create", [vals])
                self.assert_refused(role, BOOK, "unlink", line.ids)
        for name in ("book_ids", "received_amount", "state"):
            value = [Command.create(vals)] if name == "book_ids" else "1"
            self._assert_error(
                "accountant", CONTRIBUTION, "write", self.gift.ids, {name: value}
            )

    def test_what_deeds_say_is_not_written(self):
        line = self.draft.line_ids.create(
            {
                "contribution_id": self._grant(self.fund, 5).id,
                "kind": "call",
                "principal": 5,
            }
        )
        move = self.gift.line_ids.move_id
        for model, record, vals in (
            (CONTRIBUTION, self.draft, {"state": "received"}),
            (CONTRIBUTION, self.draft, {"cancelled_on": "2026-01-01"}),
            (CONTRIBUTION, self.gift, {"instrument": "loan"}),
            (CONTRIBUTION, self.gift, {"name": "A1"}),
            (LINE, line, {"move_id": move.id}),
            (LINE, self.gift.line_ids, {"principal": 1}),
            (SHARE, self.loan.share_ids, {"amount": 1}),
            (FUND, self.fund, {"turn": 9}),
            ("account.move", move, {"hub_contribution_id": False}),
            ("account.move", move, {"hub_contribution_line_id": line.id}),
        ):
            with self.subTest(f"{model} {vals}"):
                self._assert_error("accountant", model, "write", record.ids, vals)
        for method in ("_keep_book", "_unguarded", "_follow_grant"):
            self._assert_error("accountant", CONTRIBUTION, method, self.gift.ids)
        self._assert_error("accountant", "hub.loan", "_allocate", self.loan.ids)

    def test_wizards_are_for_finance_and_hide_what_is_hidden(self):
        loan_in = self._grant(self.fund, 100, "loan")
        for model in ("hub.contribution.return.wizard", "hub.contribution.give.wizard"):
            with self.subTest(model):
                vals = {"contribution_id": loan_in.id, "note": "x"}
                vals = {k: v for k, v in vals.items() if k in self.env[model]._fields}
                self.assert_refused("coordinator", model, "create", [vals])
                self.assert_allowed("finance", model, "create", [vals])
        statement = {"partner_id": self.club.id}
        model = "hub.funder.statement"
        for role in ("board", "adviser", "portal", "employee"):
            self.assert_refused(role, model, "create", [statement])
        ids = self.assert_allowed("coordinator", model, "create", [statement])
        self.assert_allowed("coordinator", model, "action_print", ids)

    def test_what_is_of_one_hub_stays_there(self):
        company = self.env["res.company"].create({"name": "Second hub"})
        company._hub_setup()
        self.users["other"] = new_test_user(
            self.env, "hub_other", groups=ACCOUNTANT, company_id=company.id
        )
        for model, record in (
            (FUND, self.fund),
            (CONTRIBUTION, self.gift),
            (LINE, self.gift.line_ids),
            (BOOK, self.fund.line_ids[:1]),
            (SHARE, self.loan.share_ids),
            (COOPERATION, self.cooperation),
        ):
            with self.subTest(model):
                self.assert_hidden("other", model, record)
        self.assertFalse(self.assert_allowed("other", FORECAST, "search", []))
        for action in ("action_call", "action_grant", "action_return"):
            self._assert_error("other", CONTRIBUTION, action, self.gift.ids)
        mixed = {"partner_id": self.club.id, "fund_id": self.fund.id, "amount_asked": 5}
        self._assert_error("other", CONTRIBUTION, "create", [mixed])

    def test_finance_learns_no_title_by_trying_projects_out(self):
        vals = {"direct": True, "lead_id": self.repairs.id}
        spec = {"lead_id": {}, "lead_title": {}}
        result = self.assert_allowed(
            "finance", CONTRIBUTION, "onchange", [], vals, ["lead_id"], spec
        )
        self.assertFalse(result["value"].get("lead_title"))
        self.assert_refused(
            "finance",
            CONTRIBUTION,
            "create",
            [{"partner_id": self.club.id, "amount_asked": 1, **vals}],
        )
        self.assert_refused("finance", CONTRIBUTION, "write", self.draft.ids, vals)
