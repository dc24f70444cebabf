from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...models.finance.roles import NEEDED, ROLES
from .common import ACCOUNTANT, LoanCommon


class AccountsCase(LoanCommon):
    """The accounts that loans use: proposed, shown beforehand, made once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accounts = cls.env["account.account"]

    def _forget(self):
        """The company as before anybody set loans up."""
        made = self.company._hub_account("due")
        for role in ROLES:
            made |= self.company._hub_account(role)
            self.company[f"hub_{role}_account_id"] = False
        self.company.hub_loan_journal_id = False
        made.filtered(lambda one: one.create_date >= self.env.cr.now()).unlink()

    def _codes(self):
        return {
            account.code: account.name
            for account in self.accounts.search(
                [("company_ids", "in", self.company.ids)]
            )
        }


@tagged("post_install", "-at_install")
class TestAccountsInFrance(AccountsCase):
    def _set(self):
        return {role: self.company._hub_account(role) for role in ROLES}

    def test_the_french_chart_gives_what_it_has(self):
        numbers = {
            role: account.with_company(self.company).code
            for role, account in self._set().items()
        }
        chart = {role: ROLES[role].number for role in ROLES if ROLES[role].reference}
        self.assertEqual({role: numbers[role] for role in chart}, chart)
        self.assertEqual(numbers["loan"], "274800")
        self.assertEqual(numbers["interest"], "762600")
        self.assertEqual(numbers["loss"], "654100")
        for role, account in self._set().items():
            self.assertIn(account.account_type, ROLES[role].types, role)
            self.assertIn(self.company, account.company_ids)
        due = self.company.hub_due_account_id
        self.assertTrue(due.reconcile and due.non_trade)
        self.assertEqual(due.with_context(lang="en_US").name[:5], "Loans")
        self.assertEqual(due.with_context(lang="fr_FR").name[:5], "Prêts")

    def test_what_is_made_takes_free_numbers_and_leaves_others_alone(self):
        self._forget()
        taken = self.accounts.create(
            {
                "code": "467480",
                "name": "Advances to the town",
                "account_type": "asset_current",
            }
        )
        conflict = self.accounts.create(
            {"code": "103400", "name": "Reserve of 1998", "account_type": "equity"}
        )
        before = self._codes()
        self.company._hub_take_proposal()
        after = self._codes()
        self.assertEqual({code: after[code] for code in before}, before)
        self.assertEqual(taken.account_type, "asset_current")
        self.assertEqual(self.company.hub_due_account_id.code, "467481")
        self.assertNotEqual(self.company.hub_return_right_account_id, conflict)
        self.assertEqual(self.company.hub_return_right_account_id.code, "103401")

    def test_a_chart_account_that_no_longer_fits_is_not_taken(self):
        self._forget()
        loan = self.env["account.chart.template"].with_company(self.company)
        loan = loan.ref("pcg_2748")
        loan.active = False
        self.company._hub_take_proposal()
        self.assertNotEqual(self.company.hub_loan_account_id, loan)
        self.assertEqual(self.company.hub_loan_account_id.code, "274801")

    def test_it_is_said_beforehand_and_nothing_is_written(self):
        self._forget()
        before = self._codes()
        wizard = Form(self.env["hub.loan.accounts.wizard"])
        self.assertEqual(self._codes(), before)
        record = wizard.save()
        self.assertEqual(self._codes(), before)
        self.assertFalse(self.company.hub_due_account_id)
        lines = {line.role: line for line in record.line_ids}
        self.assertEqual(set(lines), set(ROLES))
        self.assertEqual(lines["loan"].account_id.code, "274800")
        self.assertEqual(lines["loan"].what, "274800 · In your chart")
        self.assertFalse(lines["due"].account_id)
        self.assertIn("467480 Loans: instalments", lines["due"].what)
        self.assertEqual(
            {role for role, line in lines.items() if line.is_needed}, set(NEEDED)
        )
        self.assertIn("PRET", record.journal_text)
        record.action_confirm()
        self.assertEqual(self.company.hub_due_account_id.code, "467480")
        self.assertEqual(self.company.hub_loan_journal_id.code, "PRET")
        self.assertEqual(self.company.hub_loan_journal_id.type, "general")

    def test_confirming_again_changes_nothing(self):
        wizard = self.env["hub.loan.accounts.wizard"].create({})
        for line in wizard.line_ids:
            self.assertEqual(line.what, f"{line.account_id.code} · Chosen already")
        wizard.action_confirm()
        products = self.env["hub.loan.product"].search_count([])
        before, chosen = self._codes(), self._set()
        journals = self.env["account.journal"].search_count([])
        self.env["hub.loan.accounts.wizard"].create({}).action_confirm()
        self.assertEqual(self._codes(), before)
        self.assertEqual(self._set(), chosen)
        self.assertEqual(self.env["account.journal"].search_count([]), journals)
        self.assertEqual(self.env["hub.loan.product"].search_count([]), products)

    def test_another_account_may_be_chosen(self):
        self._forget()
        special = self.accounts.create(
            {"code": "274210", "name": "Holders", "account_type": "asset_fixed"}
        )
        with Form(self.env["hub.loan.accounts.wizard"]) as form:
            for number in range(len(ROLES)):
                with form.line_ids.edit(number) as line:
                    if line.role == "loan":
                        line.account_id = special
                        self.assertEqual(line.what, "274210 · Chosen by you")
        form.record.action_confirm()
        self.assertEqual(self.company.hub_loan_account_id, special)

    def test_two_kinds_of_loan_to_begin_with(self):
        products = self.env["hub.loan.product"].with_context(active_test=False)
        products.search([]).unlink()
        self.env["hub.loan.accounts.wizard"].create({}).action_confirm()
        honour, micro = products.search([])
        self.assertEqual((honour.annual_rate, honour.grace_periods), (0, 6))
        self.assertEqual(honour.amount_max, 10000)
        self.assertEqual((micro.annual_rate, micro.fee_rate), (6, 5))
        self.assertEqual(micro.basis_id.kind, "habilitated")
        self.assertEqual(micro.guarantee_percent, 50)
        loan = self._create_loan(
            product_id=honour.id, grace_periods=6, basis_id=self.basis.id
        )
        self.assertEqual(loan.instalment_ids[6].amount, 200)

    def test_only_whoever_administers_the_accounts_makes_some(self):
        for login, groups in (
            ("f1", "solidarity_hub.group_hub_finance"),
            ("f2", "solidarity_hub.group_hub_finance,account.group_account_invoice"),
        ):
            user = self._user(login, groups)
            wizard = self.env["hub.loan.accounts.wizard"].with_user(user).create({})
            with self.subTest(groups), self.assertRaises(AccessError):
                wizard.action_confirm()
        accountant = self._user("f3", ACCOUNTANT)
        wizard = self.env["hub.loan.accounts.wizard"].with_user(accountant).create({})
        wizard.action_confirm()
        with self.assertRaises(AccessError):
            other = self.env["res.company"].search([("id", "!=", self.company.id)])[:1]
            wizard.create({"company_id": other.id}).action_confirm()


@tagged("post_install", "-at_install")
class TestAccountsOfTheGenericChart(AccountsCase):
    """Any other chart: accounts of the right type under free numbers."""

    chart = "generic_coa"

    def test_accounts_of_the_right_type_are_made(self):
        for role in ROLES:
            account = self.company._hub_account(role)
            self.assertIn(account.account_type, ROLES[role].types, role)
            self.assertTrue(account.with_company(self.company).code, role)
        codes = [
            self.company._hub_account(role).with_company(self.company).code
            for role in ROLES
        ]
        self.assertEqual(len(set(codes)), len(codes))

    def test_a_loan_lives_with_the_generic_chart(self):
        loan = self._disburse(
            self._create_loan(
                annual_rate=3, grace_periods=0, grace_type="none", fee_amount=50
            )
        )
        self.assertEqual(loan.currency_id.name, "USD")
        self._post_due(loan)
        first = loan.instalment_ids[0]
        self.assertEqual(
            self._accounts_of(first.due_move_id),
            [
                ("due", first.amount),
                ("loan", -first.principal),
                ("interest", -first.interest),
            ],
        )
        self._pay(first.action_register_payment())
        self.assertEqual(first.state, "paid")
        control = self.env["hub.loan.control"].search([])
        self.assertEqual(sum(control.mapped("difference")), 0)


@tagged("post_install", "-at_install")
class TestAccountsOfABranch(AccountsCase):
    """A branch lends with the accounts of its parent."""

    def test_a_branch_uses_the_accounts_of_its_parent(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        env = self.env(context={"allowed_company_ids": branch.ids})
        branch = branch.with_env(env)
        branch._hub_setup()
        branch._hub_take_proposal()
        self.assertEqual(branch.hub_loan_account_id, self.company.hub_loan_account_id)
        self.assertEqual(branch.hub_due_account_id, self.company.hub_due_account_id)
        basis = env["hub.loan.basis"].search([("company_id", "=", branch.id)], limit=1)
        loan = env["hub.loan"].create(
            {
                "partner_id": self.amina.id,
                "basis_id": basis.id,
                "amount": 600,
                "periods": 6,
                "disbursement_date": "2026-01-15",
            }
        )
        self._sign(loan)
        loan.action_disburse()
        loan.instalment_ids[:1]._enter()
        self.assertEqual(loan.instalment_ids[0].due_move_id.company_id, branch)
        rows = env["hub.loan.control"].search([("loan_id", "=", loan.id)])
        self.assertEqual(rows.difference, 0)
