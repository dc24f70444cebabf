from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import LoanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-01-10")
class TestLoanRules(LoanCommon):
    """Bad input is refused in words that name the loan, the rule and the way out."""

    def _refused(self, words, **values):
        before = self.env["hub.loan"].search_count([])
        with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
            self._create_loan(**values)
        self.assertEqual(self.env["hub.loan"].search_count([]), before)

    # Terms

    def test_terms_that_make_no_sense_are_refused(self):
        self._refused("above zero", amount=0)
        self._refused("above zero", amount=-100)
        self._refused("a rate is not negative", annual_rate=-1)
        self._refused("leave none to pay", grace_periods=36)
        self._refused("leave none to pay", grace_periods=40)
        self._refused("grace is not negative", grace_periods=-1)
        self._refused("what is paid meanwhile", grace_periods=3, grace_type="none")
        self._refused("at least one instalment", periods=0)
        self._refused("at most 480", periods=10**7)
        self._refused("1 to 12 months", period_months=0)
        self._refused("less than the loan", fee_amount=6000)
        self._refused("before it is paid out", first_due_date="2026-01-14")
        self._refused("does not lend to itself", partner_id=self.company.partner_id.id)
        self._refused("name only others", co_borrower_ids=[Command.set(self.amina.ids)])

    def test_a_grace_as_long_as_the_loan_may_come_before_it(self):
        loan = self._create_loan(
            periods=6, grace_periods=6, grace_position="added", amount=600
        )
        self.assertEqual(len(loan.instalment_ids), 12)
        self.assertEqual(loan.instalment_ids[-1].principal, 100)

    def test_the_message_names_the_loan(self):
        loan = self._create_loan()
        with self.assertRaises(ValidationError) as caught:
            loan.amount = -5
        self.assertIn(loan.name, str(caught.exception))

    def test_a_loan_is_in_the_currency_of_the_hub(self):
        self._refused("are in EUR, not in USD", currency_id=self.env.ref("base.USD").id)

    def test_dates_before_the_accounts_begin_are_refused(self):
        self.company.account_opening_date = "2026-01-01"
        self._refused("accounts of .* begin", disbursement_date="2025-12-31")
        loan = self._create_loan()
        with self.assertRaisesRegex(ValidationError, "before the accounts begin"):
            self.env["hub.loan.tranche"].create(
                {"loan_id": loan.id, "date": "2025-12-31", "amount": 1000}
            )

    def test_a_sale_is_not_what_a_loan_is_for(self):
        sale = self.env["crm.lead"].create(
            {"name": "Sale", "company_id": self.company.id}
        )
        self._refused("project of the hub", lead_id=sale.id)

    # Product and law

    def _product(self, **values):
        return self.env["hub.loan.product"].create(
            {
                "name": "Loan of honour",
                "basis_id": self.basis.id,
                "amount_min": 500,
                "amount_max": 10000,
                "grace_periods": 6,
                "grace_type": "total",
                "fee_rate": 1,
                "fee_fixed": 10,
                **values,
            }
        )

    def test_a_product_fills_in_the_loan(self):
        product = self._product(annual_rate=2, period_months=3, periods=12)
        with Form(self.env["hub.loan"]) as form:
            form.partner_id = self.amina
            form.product_id = product
            form.amount = 2000
        loan = form.record
        self.assertEqual(loan.annual_rate, 2)
        self.assertEqual((loan.periods, loan.period_months), (12, 3))
        self.assertEqual((loan.grace_periods, loan.grace_type), (6, "total"))
        self.assertEqual(loan.fee_amount, 30)
        self.assertEqual(loan.basis_id, self.basis)
        self.assertEqual(loan.first_due_date, date(2026, 4, 10))
        self.assertEqual(loan.due_account_id, self.company.hub_due_account_id)
        self.assertEqual(len(loan.instalment_ids), 12)
        self.assertGreater(loan.taeg, 2)

    def test_a_product_fills_in_a_loan_that_no_form_wrote(self):
        product = self._product(annual_rate=2, period_months=3, periods=12)
        loan = self.env["hub.loan"].create(
            {"partner_id": self.amina.id, "product_id": product.id, "amount": 2000}
        )
        self.assertEqual((loan.periods, loan.period_months), (12, 3))
        self.assertEqual((loan.grace_periods, loan.grace_type), (6, "total"))
        bare = self.env["hub.loan"].create(
            {"partner_id": self.amina.id, "product_id": False, "amount": 2000}
        )
        self.assertEqual((bare.periods, bare.period_months), (36, 1))
        self.assertEqual((bare.grace_type, bare.method), ("none", "annuity"))
        grace = self.env["hub.loan"].create(
            {
                "partner_id": self.amina.id,
                "product_id": False,
                "amount": 2000,
                "annual_rate": 1,
                "grace_periods": 3,
            }
        )
        self.assertEqual(grace.grace_type, "partial")

    def test_the_amount_stays_within_the_product(self):
        product = self._product()
        self._refused("goes up to", product_id=product.id, amount=10001)
        self._refused("begins at", product_id=product.id, amount=499)
        self.assertTrue(self._create_loan(product_id=product.id, amount=10000))

    def test_products_that_make_no_sense_are_refused(self):
        for words, values in (
            ("not negative", {"fee_fixed": -1}),
            ("leaves nothing", {"fee_rate": 100}),
            ("above the largest", {"amount_min": 20000}),
            ("between 0 and 100", {"guarantee_percent": 101}),
            ("at least one month", {"validity_months": 0}),
            ("leave none to pay", {"periods": 6}),
        ):
            with self.subTest(words), self.assertRaisesRegex(ValidationError, words):
                self._product(**values)

    def _habilitated(self, name="Habilitated: enterprises"):
        return self.env["hub.loan.basis"].search(
            [("company_id", "=", self.company.id), ("name", "like", name)]
        )

    def test_limits_of_the_law_are_those_of_the_day(self):
        basis = self._habilitated()
        limits = {
            "2015-06-01": 10000,
            "2020-06-01": 12000,
            "2024-12-05": 12000,
            "2024-12-06": 17000,
        }
        for day, cap in limits.items():
            rule = basis._rule_on(date.fromisoformat(day))
            self.assertEqual(rule.cap_borrower, cap, day)
        self.assertFalse(basis._rule_on(date(2000, 1, 1)))

    def test_caps_of_the_law_count_what_is_promised_and_not_paid_back(self):
        basis = self._habilitated()
        legal = {"basis_id": basis.id, "annual_rate": 4}
        self._refused("at most .*17,000", amount=17001, **legal)
        first = self._create_loan(amount=12000, **legal)
        # an application is no promise yet
        self._create_loan(amount=6000, **legal).action_cancel()
        self._sign(first)
        self._refused("already promised", amount=6000, **legal)
        self.assertTrue(self._create_loan(amount=5000, **legal))
        self.assertTrue(
            self._create_loan(amount=6000, partner_id=self.denis.id, **legal)
        )
        # what is paid back no longer counts
        self._disburse(first)
        with freeze_time("2027-01-16"):
            self._post_due(first)
            self._pay(first.action_register_payment())
            self.assertTrue(self._create_loan(amount=7000, **legal))

    def test_the_cap_of_one_enterprise_counts_all_its_borrowers(self):
        lead = self.env["crm.lead"].create(
            {"name": "Bakery", "is_hub_project": True, "partner_id": self.amina.id}
        )
        legal = {
            "basis_id": self._habilitated().id,
            "annual_rate": 4,
            "lead_id": lead.id,
        }
        self._sign(self._create_loan(amount=10000, **legal))
        self._refused("Bakery", amount=8000, partner_id=self.denis.id, **legal)

    def test_the_law_limits_the_months_and_the_rate(self):
        legal = {"basis_id": self._habilitated().id, "annual_rate": 4}
        self._refused("at most 60 months", periods=61, **legal)
        self._refused(
            "at most 60 months", periods=60, first_due_date="2026-02-16", **legal
        )
        self.assertTrue(self._create_loan(periods=60, **legal))
        self._refused("with interest only", basis_id=legal["basis_id"])
        between = self._habilitated("Between associations")
        self._refused(
            "without interest only", basis_id=between.id, annual_rate=1, periods=20
        )
        self._refused("at most 23 months", basis_id=between.id, periods=24)
        personal = self._habilitated("Habilitated: personal")
        self._refused(
            "at most .*8,000", basis_id=personal.id, annual_rate=2, amount=9000
        )

    # Accounts

    def test_accounts_that_do_not_fit_are_refused(self):
        account = self.company.hub_interest_account_id
        self._refused("needs one of the type", due_account_id=account.id)
        self._refused("needs one of the type", loan_account_id=account.id)
        archived = self.company.hub_loan_account_id.copy({"code": "274801"})
        archived.active = False
        self._refused("is archived", loan_account_id=archived.id)
        dollars = self.company.hub_loan_account_id.copy({"code": "274802"})
        dollars.currency_id = self.env.ref("base.USD")
        self._refused("only takes USD", loan_account_id=dollars.id)
        self._refused("not a journal of misc", journal_id=self.bank.id)

    def test_what_is_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        other._hub_setup()
        stranger = self.env["res.partner"].create(
            {"name": "Far away", "company_id": other.id}
        )
        basis = self.env["hub.loan.basis"].create(
            {"name": "Elsewhere", "company_id": other.id}
        )
        project = self.env["crm.lead"].create(
            {"name": "Far", "is_hub_project": True, "company_id": other.id}
        )
        for values in (
            {"partner_id": stranger.id},
            {"co_borrower_ids": [Command.set(stranger.ids)]},
            {"basis_id": basis.id},
            {"lead_id": project.id},
        ):
            with self.subTest(values):
                self._refused("inconsistencies", **values)
        loan = self._create_loan()
        with self.assertRaisesRegex(UserError, "inconsistencies"), self.cr.savepoint():
            self.env["hub.loan.guarantee"].create(
                {"loan_id": loan.id, "partner_id": stranger.id, "percent": 50}
            )

    def test_accounts_of_another_company_are_refused(self):
        other = self.env["res.company"].search([("chart_template", "=", "generic_coa")])
        account = self.env["account.account"].search(
            [
                ("company_ids", "in", other.ids),
                ("account_type", "=", "asset_receivable"),
            ],
            limit=1,
        )
        self.assertTrue(account)
        self._refused("another company|company", due_account_id=account.id)
        with self.assertRaisesRegex(UserError, "another company"):
            self.company.hub_due_account_id = account

    def test_settings_with_a_wrong_account_are_refused(self):
        company = self.company
        for field, other in (
            ("hub_due_account_id", "hub_loan_account_id"),
            ("hub_payout_account_id", "hub_due_account_id"),
            ("hub_interest_account_id", "hub_loss_account_id"),
            ("hub_commitment_account_id", "hub_mandate_account_id"),
        ):
            with (
                self.subTest(field),
                self.assertRaisesRegex(ValidationError, "needs one of the type"),
                self.cr.savepoint(),
            ):
                company[field] = company[other]
        with self.assertRaisesRegex(ValidationError, "account of its own"):
            company.hub_impairment_account_id = company.hub_loan_account_id

    def test_without_accounts_a_loan_is_written_but_not_signed(self):
        for role in ("loan", "due", "payout"):
            self.company[f"hub_{role}_account_id"] = False
        loan = self._create_loan()
        loan.action_submit()
        loan.action_approve()
        with self.assertRaisesRegex(UserError, "missing: .*Instalments due"):
            loan.action_sign()
        self.assertEqual(loan.state, "approved")
        self.company._hub_take_proposal()
        loan.action_sign()
        self.assertEqual(loan.loan_account_id, self.company.hub_loan_account_id)

    # A path with a table of transitions

    def test_states_follow_each_other(self):
        loan = self._create_loan()
        for action in ("action_approve", "action_sign", "action_disburse"):
            with self.subTest(action), self.assertRaises(UserError):
                getattr(loan, action)()
        loan.action_submit()
        loan.action_back_to_draft()
        self._disburse(loan)
        for action in ("action_submit", "action_cancel", "action_back_to_draft"):
            with self.subTest(action), self.assertRaises(UserError):
                getattr(loan, action)()

    def test_agreed_terms_do_not_change_by_hand(self):
        loan = self._create_loan()
        loan.action_submit()
        loan.action_approve()
        finance = self._user("finance_rules", "solidarity_hub.group_hub_finance")
        mine = loan.with_user(finance)
        for vals in (
            {"amount": 7000},
            {"periods": 12},
            {"annual_rate": 3},
            {"partner_id": self.denis.id},
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "by hand"):
                mine.write(vals)
        mine.write({"first_due_date": "2026-03-01", "purpose": "Oven"})
        self.assertEqual(loan.instalment_ids[0].due_date, date(2026, 3, 1))
        loan.action_sign()
        with self.assertRaisesRegex(UserError, "by hand"):
            mine.first_due_date = "2026-04-01"

    def test_what_follows_from_deeds_is_not_typed_in(self):
        finance = self._user("finance_guard", "solidarity_hub.group_hub_finance")
        mine = self._create_loan().with_user(finance)
        for vals in (
            {"state": "disbursed"},
            {"signed_on": "2026-01-01"},
            {"valid_until": "2030-01-01"},
            {"name": "L1"},
            {"taeg": 1},
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "not typed in"):
                mine.write(vals)
        with self.assertRaisesRegex(UserError, "not typed in"):
            mine.create({"partner_id": self.amina.id, "amount": 100, "state": "signed"})

    def test_a_running_loan_is_neither_deleted_nor_archived(self):
        loan = self._disburse(self._create_loan())
        with self.assertRaisesRegex(UserError, "not deleted"):
            loan.unlink()
        with self.assertRaisesRegex(UserError, "once it is over"):
            loan.action_archive()
        draft = self._create_loan()
        draft.action_archive()
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_a_loan_that_was_given_up_before_the_payment_out_leaves_no_entry(self):
        loan = self._sign(self._create_loan())
        self.assertEqual(self._balance("commitment"), 6000)
        loan.action_cancel()
        self.assertEqual(loan.state, "cancelled")
        self.assertEqual(self._balance("commitment"), 0)
        loan.action_archive()
        self.assertEqual(len(loan.move_ids), 2)
