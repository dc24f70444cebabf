from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .funds import FundCommon


@tagged("post_install", "-at_install")
class TestFundLife(FundCommon):
    """The life of a fund counted by hand, at each date."""

    def _loan_of(self, fund, amount, day="2026-02-01", **values):
        """Ten instalments, the first a month after it is paid out."""
        values = {
            "periods": 10,
            "grace_periods": 0,
            "grace_type": "none",
            "disbursement_date": day,
            "first_due_date": None,
            **values,
        }
        if not values["first_due_date"]:
            del values["first_due_date"]
        loan = self._create_loan(amount=amount, first_due_date="2026-03-01", **values)
        return self._share(loan, (fund, amount))

    def test_a_year_of_a_fund(self):
        fund = self._create_fund(reserve_amount=500)
        self.assertEqual(
            self._figures_of(fund, "2025-12-31"),
            {"missing": 500},
            "nothing is there yet, and nothing is owed to the reserve",
        )
        gift = self._grant(fund, 4000)
        loan_in = self._grant(
            fund, 6000, "loan", partner=self.odile, recycling="fund", loss_rule="funder"
        )
        self._receive(gift, "2026-01-05")
        self._receive(loan_in, "2026-01-10")
        self.assertEqual(
            self._figures_of(fund, "2026-01-07"),
            {"received": 4000, "cash": 4000, "reserve": 500, "available": 3500},
        )
        with freeze_time("2026-01-20"):
            loan = self._loan_of(fund, 5000)
            loan.action_submit()
            loan.action_approve()
        with freeze_time("2026-01-25"):
            loan.action_sign()
        promised = {
            "received": 10000,
            "cash": 10000,
            "committed": 5000,
            "reserve": 500,
            "available": 4500,
        }
        self.assertEqual(self._figures_of(fund, "2026-01-31"), promised)
        with freeze_time("2026-02-01"):
            self._disburse(loan)
        lent = {
            "received": 10000,
            "lent": 5000,
            "outstanding": 5000,
            "cash": 5000,
            "reserve": 500,
            "available": 4500,
        }
        self.assertEqual(self._figures_of(fund, "2026-02-28"), lent)
        # Three instalments of 500, the third paid late
        for due, paid in (
            ("2026-03-01", "2026-03-01"),
            ("2026-04-01", "2026-04-01"),
            ("2026-05-01", "2026-06-15"),
        ):
            with freeze_time(paid):
                self._post_due(loan)
                line = loan.instalment_ids.filtered(
                    lambda x, due=due: str(x.due_date) == due
                )
                self._pay(line.action_register_payment(), payment_date=paid)
        self.assertEqual(self._figures_of(fund, "2026-05-31")["repaid"], 1000)
        self.assertEqual(self._figures_of(fund, "2026-06-15")["repaid"], 1500)
        # 1,000 lost: the reserve bears 500, gift and loan the rest by 2,000 and 3,000
        with freeze_time("2026-07-01"):
            self._lose(loan, 1000)
        after = {
            "received": 10000,
            "lent": 5000,
            "repaid": 1500,
            "lost": 1000,
            "outstanding": 2500,
            "cash": 6500,
            "available": 6500,
        }
        self.assertEqual(self._figures_of(fund, "2026-07-31"), after)
        self.assertEqual(loan_in.loss_to_bear, 300)
        self.assertEqual(gift.loss_to_bear, 0)
        with freeze_time("2026-07-05"):
            loan_in.action_enter_loss()
        self.assertEqual((loan_in.loss_to_bear, loan_in.borne_amount), (0, 300))
        self.assertEqual(loan_in.owed_amount, 5700)
        # 2,000 go back to Odile
        loan_in.line_ids.create(
            {
                "contribution_id": loan_in.id,
                "kind": "return",
                "date": "2026-08-01",
                "principal": 2000,
            }
        )
        with freeze_time("2026-08-01"):
            self._pay(loan_in.action_return())
        self.assertEqual(
            self._figures_of(fund, "2026-12-31"),
            {**after, "returned": 2000, "borne": 300, "cash": 4500, "available": 4500},
        )
        # The past stays as it was
        self.assertEqual(self._figures_of(fund, "2026-02-28"), lent)
        self.assertEqual(self._figures_of(fund, "2026-01-31"), promised)

    def _lose(self, loan, amount):
        move = (
            self.env["account.move"]
            .sudo()
            .create(
                {
                    "journal_id": loan.journal_id.id,
                    "hub_loan_id": loan.id,
                    "hub_kind": "write_off",
                    "line_ids": [
                        Command.create({"account_id": account.id, "balance": balance})
                        for account, balance in (
                            (self.company.hub_loss_account_id, amount),
                            (loan.loan_account_id, -amount),
                        )
                    ],
                }
            )
        )
        move._post(soft=False)

    def test_money_that_goes_back_is_not_lent_again(self):
        fund = self._create_fund("Club", is_mandate=True)
        one = self._grant(fund, 2000, "mandate")
        self._receive(one)
        with freeze_time("2026-02-01"):
            loan = self._disburse(self._loan_of(fund, 1000))
        self.assertTrue(loan.is_mandate)
        with freeze_time("2026-03-01"):
            self._post_due(loan)
            self._pay(loan.action_register_payment())
        figures = self._figures_of(fund)
        self.assertEqual(
            {k: figures[k] for k in ("cash", "held", "available")},
            {"cash": 1100, "held": 100, "available": 1000},
        )
        wizard = Form(
            self.env["hub.contribution.return.wizard"].with_context(
                default_contribution_id=one.id
            )
        )
        self.assertEqual(wizard.amount, 100)
        with freeze_time("2026-03-02"):
            wizard.first_date = "2026-03-02"
            wizard.save().action_confirm()
            self._pay(one.action_return())
        figures = self._figures_of(fund)
        self.assertEqual((figures["cash"], figures.get("held", 0)), (1000, 0))
        self.assertEqual(figures["available"], 1000)

    def test_interest_stays_in_the_fund_only_where_it_was_so_decided(self):
        fund = self._fund_with(1000)
        with freeze_time("2026-02-01"):
            loan = self._disburse(self._loan_of(fund, 1000, annual_rate=12))
        with freeze_time("2026-03-01"):
            self._post_due(loan)
            self._pay(loan.action_register_payment())
        interest = loan.instalment_ids[0].interest
        self.assertEqual(interest, 10)
        repaid = self._figures_of(fund)["repaid"]
        self.assertEqual(self._figures_of(fund)["cash"], repaid)
        fund.keeps_interest = True
        self.assertEqual(self._figures_of(fund)["cash"], repaid + 10)
        self.assertEqual(fund._lendable()[False], 10)

    # Refusals

    def test_no_more_is_promised_than_is_there(self):
        fund = self._fund_with(3000, reserve_amount=200)
        with freeze_time("2026-01-20"):
            first = self._loan_of(fund, 2000)
            first.action_submit()
            first.action_approve()
            second = self._loan_of(fund, 1000)
            self.assertIn("800.00", second.fund_warning)
            second.action_submit()
            with (
                self.assertRaisesRegex(ValidationError, "1,000.00.*800.00.*200.00"),
                self.cr.savepoint(),
            ):
                second.action_approve()
            self.assertEqual(second.state, "submitted")
            second.amount = 800
            self.assertEqual(second.share_ids.amount, 800)
            second.action_approve()
            self.assertFalse(second.fund_warning)
            first.action_cancel()
        self.assertEqual(self._figures_of(fund)["available"], 2000)

    def test_the_refusal_holds_whatever_way_it_is_agreed(self):
        fund = self._fund_with(500)
        loan = self._loan_of(fund, 1000)
        with self.assertRaises(ValidationError):
            loan._unguarded().write({"state": "approved", "decided_on": "2026-01-20"})
        loan.invalidate_recordset()
        agreed = self._loan_of(fund, 500)
        agreed.action_submit()
        agreed.action_approve()
        other = self._fund_with(100)
        with self.assertRaises(ValidationError):
            agreed.fund_id = other

    def test_money_that_left_meanwhile_is_not_paid_out(self):
        fund = self._create_fund()
        one = self._grant(fund, 1000, "loan")
        self._receive(one)
        with freeze_time("2026-01-20"):
            loan = self._sign(self._loan_of(fund, 1000))
            one.line_ids.create(
                {"contribution_id": one.id, "kind": "return", "principal": 400}
            )
            self._pay(one.action_return())
        with (
            freeze_time("2026-02-01"),
            self.assertRaisesRegex(ValidationError, "400.00.* are missing"),
            self.cr.savepoint(),
        ):
            loan.action_disburse()
        self.assertFalse(loan.move_ids.filtered(lambda m: m.hub_kind == "disbursement"))

    def test_shares_make_the_loan_before_it_is_agreed(self):
        funds = [self._fund_with(1000, name=name) for name in "AB"]
        loan = self._create_loan(amount=1000)
        self._share(loan, (funds[0], 600), (funds[1], 300))
        loan.action_submit()
        with (
            self.assertRaisesRegex(ValidationError, "900.00"),
            self.cr.savepoint(),
        ):
            loan.action_approve()
        loan.share_ids[1].amount = 400
        loan.action_approve()
        self.assertEqual(loan.state, "approved")
        with self.assertRaises(ValidationError):
            loan.share_ids[1].amount = 300

    def test_shares_follow_an_amount_that_changes(self):
        funds = [self._fund_with(5000, name=name) for name in "ABC"]
        loan = self._create_loan(amount=1000)
        self._share(loan, *zip(funds, (500, 300, 200), strict=True))
        loan.amount = 100.01
        self.assertEqual(loan.share_ids.mapped("amount"), [50.01, 30, 20])
        self.assertEqual(
            [round(share.percent) for share in loan.share_ids], [50, 30, 20]
        )

    def test_mandates_are_not_mixed(self):
        own = self._fund_with(1000)
        club = self._create_fund("Club", is_mandate=True)
        loan = self._create_loan(amount=1000)
        with self.assertRaisesRegex(ValidationError, "not mixed"):
            self._share(loan, (own, 500), (club, 500))

    def test_who_stands_behind_is_settled_once_money_is_out(self):
        fund, other = self._fund_with(1000), self._fund_with(1000)
        with freeze_time("2026-02-01"):
            loan = self._disburse(self._loan_of(fund, 1000))
        user = self._user("keeper", "solidarity_hub.group_hub_finance")
        share = loan.share_ids.with_user(user)
        for change in (
            lambda: share.write({"amount": 900}),
            lambda: share.write({"fund_id": other.id}),
            share.unlink,
            lambda: share.create(
                {"loan_id": loan.id, "fund_id": other.id, "amount": 1}
            ),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                change()
        self.assertEqual(loan.fund_id, fund)

    # Choosing the fund

    def test_a_loan_takes_the_fund_of_its_product_or_the_only_one(self):
        fund = self._fund_with(1000, name="Only")
        self.assertEqual(self._create_loan(amount=100).fund_id, fund)
        other = self._fund_with(1000, name="Other")
        self.assertFalse(self._create_loan(amount=100).fund_id)
        product = self.env["hub.loan.product"].create(
            {"name": "Honour", "basis_id": self.basis.id, "fund_id": other.id}
        )
        loan = self._create_loan(amount=100, product_id=product.id)
        self.assertEqual((loan.fund_id, loan.share_ids.amount), (other, 100))
        loan.fund_id = fund
        self.assertEqual((loan.share_ids.fund_id, loan.share_count), (fund, 1))
        loan.fund_id = False
        self.assertFalse(loan.share_ids)
        self.assertIn("No fund", loan.fund_warning)

    def test_the_form_of_a_loan_proposes_the_fund(self):
        fund = self._fund_with(1000, name="Only")
        form = Form(self.env["hub.loan"].with_context(default_product_id=False))
        form.partner_id = self.amina
        form.amount = 700
        self.assertEqual(form.fund_id, fund)
        form.basis_id = self.basis
        loan = form.save()
        self.assertEqual(loan.share_ids.mapped("amount"), [700])
        with Form(loan) as form:
            form.amount = 650
        self.assertEqual(loan.share_ids.amount, 650)

    # Forecast and maturity

    def test_the_forecast_is_what_will_be_in_hand(self):
        fund = self._create_fund()
        one = self._grant(fund, 6000, "loan")
        self._receive(one)
        one.line_ids.create(
            {
                "contribution_id": one.id,
                "kind": "return",
                "date": "2026-06-10",
                "principal": 6000,
            }
        )
        later = self._grant(fund, 500, partner=self.town)
        later.line_ids.create(
            {
                "contribution_id": later.id,
                "kind": "call",
                "date": "2026-04-20",
                "principal": 500,
            }
        )
        with freeze_time("2026-02-01"):
            loan = self._loan_of(fund, 5000)
            self.assertIn("would lack", loan.fund_warning)
            self._disburse(loan)
        with freeze_time("2026-03-20"):
            self._post_due(loan)
            found = {
                (row[0], str(row[1])): row[2]
                for row in self.env["hub.fund.forecast"]._read_group(
                    [("fund_id", "=", fund.id)], ["kind", "date:month"], ["amount:sum"]
                )
            }
            expected = {
                ("in_hand", "2026-03-01"): 1000,
                ("late", "2026-03-01"): 500,
                ("to_receive", "2026-04-01"): 500,
                ("return", "2026-06-01"): -6000,
            }
            for month in (4, 5, 6, 7, 8, 9, 10, 11, 12):
                expected["repayment", f"2026-{month:02d}-01"] = 500
            self.assertEqual(found, expected)
            # 1,000 + 500 late + 500 to receive + 3 × 500 = 3,500 on 10 June
            self.assertEqual(
                fund._maturity_gaps(),
                {
                    fund: (
                        fund._fields["create_date"].to_datetime("2026-06-10").date(),
                        2500,
                    )
                },
            )
            self.assertIn("2,500.00", fund.maturity_warning)

    def test_the_forecast_splits_each_line_to_the_cent(self):
        funds = [self._fund_with(5000, name=name) for name in "ABC"]
        with freeze_time("2026-02-01"):
            loan = self._create_loan(
                amount=1000, periods=7, grace_periods=0, grace_type="none"
            )
            self._share(loan, *zip(funds, (333.33, 333.33, 333.34), strict=True))
            self._sign(loan)
            rows = self.env["hub.fund.forecast"].search(
                [("loan_id", "=", loan.id), ("kind", "=", "repayment")]
            )
            for line in loan.instalment_ids:
                own = rows.filtered(lambda row, line=line: row.date == line.due_date)
                self.assertEqual(len(own), 3)
                self.assertAlmostEqual(sum(own.mapped("amount")), line.principal, 2)

    # The fund itself

    def test_a_fund_in_use_is_neither_deleted_nor_archived(self):
        fund = self._fund_with(100)
        with self.assertRaises(UserError):
            fund.unlink()
        with self.assertRaisesRegex(UserError, "100.00 in hand|in hand"):
            fund.active = False
        empty = self._create_fund("Empty")
        empty.active = False
        empty.unlink()

    def test_a_fund_gets_its_analytic_account_from_the_plan_of_the_settings(self):
        fund = self._create_fund()
        self.assertEqual(fund.analytic_account_id.plan_id, self.plan)
        self.assertEqual(fund.analytic_account_id.company_id, self.company)
        self.company.hub_fund_plan_id = False
        other = self._create_fund("Other")
        self.assertFalse(other.analytic_account_id)
        with self.assertRaisesRegex(UserError, "plan"):
            other.action_make_analytic_account()
        one = self._grant(other, 100)
        self._receive(one)
        self.assertFalse(one.line_ids.move_id.line_ids.mapped("analytic_line_ids"))
        self.company.hub_fund_plan_id = self.plan
        other.action_make_analytic_account()
        self.assertTrue(other.analytic_account_id)

    def test_figures_of_a_fund_show_the_day_that_is_asked(self):
        fund = self._fund_with(100)
        self.assertEqual(fund.received_amount, 100)
        self.assertEqual(
            fund.with_context(hub_fund_date="2026-01-01").received_amount, 0
        )

    def test_the_daily_job_finds_what_was_missed_and_changes_nothing_else(self):
        fund = self._fund_with(1000)
        with freeze_time("2026-02-01"):
            loan = self._disburse(self._loan_of(fund, 1000))
        lines = self.env["hub.fund.line"].search([])
        gone = lines.filtered(lambda line: line.kind == "lent")
        gone.unlink()
        with self.enter_registry_test_mode():
            self.env.ref(
                "solidarity_hub.ir_cron_hub_keep_fund_book"
            ).method_direct_trigger()
        again = self.env["hub.fund.line"].search([])
        self.assertEqual(len(again), len(lines))
        self.assertEqual((lines - gone), again & lines)
        self.assertEqual(loan.share_ids.lent_amount, 1000)


@tagged("post_install", "-at_install")
class TestFundLifeGeneric(TestFundLife):
    """The same with the generic chart of accounts."""

    chart = "generic_coa"
