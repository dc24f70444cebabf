import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .funds import FundCommon

CASES = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[1] / "fixtures" / "loan_cases.json").read_text()
    )["cases"]
}


@tagged("post_install", "-at_install")
class TestFundShares(FundCommon):
    """Which funds stand behind a loan, and what each has of all that happens to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.funds = [
            cls._fund_with(amount, name=name)
            for amount, name in ((3000, "A"), (1500, "B"), (500, "C"))
        ]

    def _hub_03(self, **values):
        """5,000 at 2 % over 36 months, six of them interest only: HUB-08's base."""
        inputs = CASES["HUB-03"]["inputs"]
        loan = self._create_loan(
            amount=float(inputs["principal"]),
            annual_rate=float(inputs["annual_rate"]),
            periods=inputs["periods"],
            grace_periods=inputs["principal_grace"],
            grace_type="partial",
            **values,
        )
        return self._share(loan, *zip(self.funds, (3000, 1500, 500), strict=True))

    def _pay_all(self, loan, lines=None):
        for line in lines or loan.instalment_ids.sorted("sequence"):
            with freeze_time(line.due_date):
                self._post_due(loan)
                self._pay(line.action_register_payment(), payment_date=line.due_date)

    def _parts(self, kind, **domain):
        found = self._book(
            [("kind", "=", kind), *((k, "=", v) for k, v in domain.items())], "fund_id"
        )
        return [found.get((kind, fund), 0) for fund in self.funds]

    def test_each_instalment_is_split_to_the_cent_as_in_hub_08(self):
        expected = CASES["HUB-08"]["expected"]
        with freeze_time("2026-01-15"):
            loan = self._disburse(self._hub_03())
        self.assertEqual(self._parts("lent"), [3000, 1500, 500])
        self._pay_all(loan)
        for number in (7, 8, 36):
            entry = loan.instalment_ids.filtered_domain([("sequence", "=", number)])
            payment = entry.settled_by_ids
            parts = self._parts("repaid", move_id=payment.id)
            self.assertEqual(
                parts, [float(part) for part in expected[f"instalment_{number}"]]
            )
        totals = [float(part) for part in expected["totals"]]
        self.assertEqual(self._parts("repaid"), totals)
        self.assertEqual(loan.state, "repaid")
        interest = sum(loan.instalment_ids.mapped("interest"))
        self.assertAlmostEqual(sum(self._parts("interest")), interest)

    def test_a_loss_falls_on_funders_after_the_reserve_as_in_hub_11(self):
        expected = CASES["HUB-11"]["expected"]["with_first_loss_reserve"]
        fund = self._fund_with(3000, 1500, 500, name="Pool")
        with freeze_time("2026-01-15"):
            loan = self._create_loan(amount=4500, grace_periods=0, grace_type="none")
            self._disburse(self._share(loan, (fund, 4500)))
        fund.reserve_amount = 500
        self._lose(loan, 2000)
        lost = self._lines(fund, "lost")
        self.assertEqual(lost.mapped("amount"), [1200, 600, 200])
        self.assertEqual(sum(lost.mapped("reserve_amount")), float(expected["reserve"]))
        borne = [line.amount - line.reserve_amount for line in lost]
        self.assertEqual(borne, [float(part) for part in expected["funders"]])
        figures = self._figures_of(fund, names=("lost", "reserve", "outstanding"))
        self.assertEqual(figures, {"lost": 2000, "reserve": 0, "outstanding": 2500})
        fund.reserve_amount = 0
        self._lose(loan, 1000)
        pro_rata = self._lines(fund, "lost")[3:]
        self.assertEqual(pro_rata.mapped("amount"), [600, 300, 100])
        self.assertFalse(any(pro_rata.mapped("reserve_amount")))

    def _lines(self, fund, kind):
        return self.env["hub.fund.line"].search(
            [("fund_id", "=", fund.id), ("kind", "=", kind)], order="id"
        )

    def _lose(self, loan, amount, day="2026-02-01", kind="write_off"):
        """What a write-off posts of principal that is not due."""
        with freeze_time(day):
            move = (
                self.env["account.move"]
                .sudo()
                .create(
                    {
                        "date": day,
                        "journal_id": loan.journal_id.id,
                        "hub_loan_id": loan.id,
                        "hub_kind": kind,
                        "line_ids": [
                            Command.create({"account_id": account.id, "balance": sign})
                            for account, sign in (
                                (self.company.hub_loss_account_id, amount),
                                (loan.loan_account_id, -amount),
                            )
                        ],
                    }
                )
            )
            move._post(soft=False)
        return move

    def test_a_loss_that_is_taken_back_leaves_no_trace_in_the_figures(self):
        fund = self._fund_with(1000, name="Pool", reserve_amount=100)
        with freeze_time("2026-01-15"):
            loan = self._create_loan(amount=900, grace_periods=0, grace_type="none")
            self._disburse(self._share(loan, (fund, 900)))
        before = self._figures_of(fund)
        move = self._lose(loan, 250)
        self.assertNotIn("reserve", self._figures_of(fund))
        self.assertEqual(self._figures_of(fund)["lost"], 250)
        move._reverse_moves(cancel=True)
        self.assertEqual(self._figures_of(fund), before)

    def test_within_a_fund_a_loan_rests_on_each_contribution_by_its_money_in_hand(self):
        fund = self._fund_with(2000, 1000, name="Pool")
        with freeze_time("2026-01-15"):
            loan = self._create_loan(amount=1000, grace_periods=0, grace_type="none")
            self._disburse(self._share(loan, (fund, 1000)))
        self.assertEqual(self._lines(fund, "lent").mapped("amount"), [666.67, 333.33])
        late = self._grant(fund, 3000, partner=self.town)
        self._receive(late, day="2026-01-20")
        with freeze_time("2026-01-25"):
            other = self._create_loan(amount=2500, grace_periods=0, grace_type="none")
            self._disburse(self._share(other, (fund, 2500)))
        second = self._lines(fund, "lent")[2:]
        self.assertEqual(second.mapped("amount"), [666.67, 333.33, 1500])
        self.assertEqual(second[-1:].contribution_id, late)

    def test_a_payment_in_part_settles_interest_first_for_all_funds(self):
        with freeze_time("2026-01-15"):
            loan = self._disburse(self._hub_03())
        line = loan.instalment_ids.filtered(lambda x: x.sequence == 7)
        with freeze_time("2026-08-15"):
            self._post_due(loan)
            self._pay(line.action_register_payment(), amount=50)
            self.assertEqual(sum(self._parts("interest")), 8.33)
            self.assertEqual(self._parts("repaid"), [25.0, 12.5, 4.17])
            self._pay(line.action_register_payment())
        self.assertEqual(self._parts("repaid"), [97.61, 48.8, 16.27])

    def test_a_payment_taken_back_was_never_paid_to_the_funds(self):
        with freeze_time("2026-01-15"):
            loan = self._disburse(self._hub_03())
        line = loan.instalment_ids.filtered(lambda x: x.sequence == 7)
        with freeze_time("2026-08-15"):
            self._post_due(loan)
            payment = self._pay(line.action_register_payment())
            self.assertEqual(sum(self._parts("repaid")), 162.68)
            payment.action_draft()
            self.assertFalse(any(self._parts("repaid")))
            payment.action_post()
            self.assertEqual(sum(self._parts("repaid")), 162.68)
            line.due_line_id.remove_move_reconcile()
            self.assertFalse(any(self._parts("repaid")))

    def test_a_payment_out_taken_back_frees_the_money(self):
        before = [self._figures_of(fund) for fund in self.funds]
        with freeze_time("2026-01-15"):
            loan = self._disburse(self._hub_03(), pay=False)
            self.assertEqual(self._parts("lent"), [3000, 1500, 500])
            loan.tranche_ids.move_id._reverse_moves(cancel=True)
        self.assertFalse(any(self._parts("lent")))
        committed = [self._figures_of(fund)["committed"] for fund in self.funds]
        self.assertEqual(committed, [3000, 1500, 500])
        loan.action_cancel()
        self.assertEqual([self._figures_of(fund) for fund in self.funds], before)

    def test_several_payments_out_make_the_shares_in_the_end(self):
        with freeze_time("2026-01-15"):
            loan = self._hub_03()
            self.env["hub.loan.tranche"].create(
                [
                    {"loan_id": loan.id, "date": day, "amount": amount}
                    for day, amount in (
                        (date(2026, 1, 15), 1000.01),
                        (date(2026, 2, 20), 3999.99),
                    )
                ]
            )
            self._disburse(loan)
        self.assertEqual(self._parts("lent"), [600.01, 300, 100])
        with freeze_time("2026-02-20"):
            self._disburse(loan)
        self.assertEqual(self._parts("lent"), [3000, 1500, 500])

    def test_what_is_given_up_is_promised_no_more(self):
        with freeze_time("2026-01-15"):
            loan = self._hub_03()
            first, second = self.env["hub.loan.tranche"].create(
                [
                    {"loan_id": loan.id, "date": day, "amount": 2500}
                    for day in (date(2026, 1, 15), date(2026, 2, 20))
                ]
            )
            self._disburse(loan)
            second.action_give_up()
        self.assertEqual(loan.share_ids.mapped("amount"), [1500, 750, 250])
        self.assertEqual(self._figures_of(self.funds[0])["available"], 1500)
        self.assertFalse(self._figures_of(self.funds[0]).get("committed"))

    def test_a_fee_kept_back_and_one_paid_apart_are_both_split(self):
        for mode in ("withheld", "apart"):
            with self.subTest(mode), freeze_time("2026-01-15"):
                loan = self._create_loan(
                    amount=1000,
                    grace_periods=0,
                    grace_type="none",
                    fee_amount=50,
                    fee_mode=mode,
                )
                self._share(loan, *zip(self.funds, (500, 300, 200), strict=True))
                self._disburse(loan)
                if mode == "apart":
                    self.assertFalse(
                        self._book([("loan_id", "=", loan.id), ("kind", "=", "fee")])
                    )
                    self._pay(loan.action_register_payment())
                self.assertEqual(self._parts("fee", loan_id=loan.id), [25, 15, 10])

    def test_a_guarantor_pays_what_the_funds_claimed(self):
        with freeze_time("2026-01-15"):
            loan = self._disburse(self._hub_03())
        line = loan.instalment_ids.filtered(lambda x: x.sequence == 7)
        with freeze_time("2026-08-15"):
            self._post_due(loan)
            move = self._call_guarantee(loan, line.due_line_id, 1000)
        # 162.68 of the instalment and 1,000 that were not due
        self.assertEqual(round(sum(self._parts("claimed")), 2), 1162.68)
        self.assertEqual(self._figures_of(self.funds[0])["claimed"], 697.61)
        claim = move.line_ids.filtered(lambda x: x.balance > 0)
        with freeze_time("2026-09-15"):
            self._pay(claim.action_register_payment(), amount=608.33)
        self.assertEqual(sum(self._parts("interest")), 8.33)
        self.assertEqual(self._parts("claim_paid"), [360, 180, 60])
        self.assertEqual(self._figures_of(self.funds[0])["recovered"], 360)

    def _call_guarantee(self, loan, due_line, principal):
        amount = due_line.balance + principal
        move = (
            self.env["account.move"]
            .sudo()
            .create(
                {
                    "journal_id": loan.journal_id.id,
                    "hub_loan_id": loan.id,
                    "hub_kind": "guarantee",
                    "line_ids": [
                        Command.create(
                            {
                                "account_id": account.id,
                                "partner_id": partner.id,
                                "balance": balance,
                            }
                        )
                        for account, partner, balance in (
                            (loan.due_account_id, self.town, amount),
                            (loan.due_account_id, self.amina, -due_line.balance),
                            (loan.loan_account_id, self.amina, -principal),
                        )
                    ],
                }
            )
        )
        move._post(soft=False)
        own = move.line_ids.filtered(lambda x: x.balance == -due_line.balance)
        (due_line + own).reconcile()
        return move

    def test_the_entries_bear_the_analytic_accounts_of_the_funds(self):
        with freeze_time("2026-01-15"):
            loan = self._disburse(self._hub_03())
        line = loan.instalment_ids.filtered(lambda x: x.sequence == 7)
        with freeze_time("2026-08-15"):
            self._post_due(loan)
        accounts = [fund.analytic_account_id for fund in self.funds]
        self.assertTrue(all(account.plan_id == self.plan for account in accounts))
        expected = {
            str(account.id): part
            for account, part in zip(accounts, (60, 30, 10), strict=True)
        }
        entry = line.due_move_id.line_ids | loan.tranche_ids.move_id.line_ids
        analysed = entry.filtered("analytic_distribution")
        self.assertEqual(
            analysed.account_id, loan.loan_account_id | loan.interest_account_id
        )
        for entry_line in analysed:
            self.assertEqual(entry_line.analytic_distribution, expected)
        column = self.plan._column_name()
        own = analysed.analytic_line_ids.filtered(
            lambda one: one[column] == accounts[0]
        )
        self.assertEqual(round(sum(own.mapped("amount")), 2), -3000 + 97.61 + 5)

    def test_again_it_changes_nothing(self):
        with freeze_time("2026-01-15"):
            loan = self._disburse(self._hub_03())
        self._pay_all(loan, loan.instalment_ids.sorted("sequence")[:8])
        lines = self.env["hub.fund.line"].search([])
        stamp = {line.id: line.write_date for line in lines}
        loan._allocate()
        self.env["hub.contribution"].search([])._keep_book()
        again = self.env["hub.fund.line"].search([])
        self.assertEqual({line.id: line.write_date for line in again}, stamp)

    def test_a_loan_without_a_fund_stays_out_of_the_book(self):
        with freeze_time("2026-01-15"):
            loan = self._create_loan(grace_periods=0, grace_type="none")
            self.assertFalse(loan.share_ids)
            self._disburse(loan)
        self.assertFalse(self._book([("loan_id", "=", loan.id)]))

    def test_decimals_of_the_tools_and_of_the_book_agree(self):
        with freeze_time("2026-01-15"):
            loan = self._disburse(self._hub_03())
        self.assertEqual(
            sum(Decimal(str(part)) for part in self._parts("lent")),
            loan._exact(loan.amount),
        )
