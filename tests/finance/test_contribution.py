from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import ACCOUNTANT
from .funds import FundCommon


class ContributionMixin:
    def _accounts(self, move):
        """``[(role, balance)]`` of an entry of a contribution."""
        roles = {
            self.company._hub_account(role): role
            for role in (
                "funder_receivable",
                "funder_debt",
                "funder_payable",
                "funder_interest",
                "return_right",
                "donation",
                "subsidy",
                "mandate",
                "loss",
            )
        }
        return [
            (roles[line.account_id], line.balance)
            for line in move.line_ids.sorted("id")
        ]


@tagged("post_install", "-at_install")
class TestContribution(ContributionMixin, FundCommon):
    """A contribution from the question to the return, in the accounts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fund = cls._create_fund()

    def test_each_instrument_has_its_account(self):
        expected = {
            "gift": "donation",
            "right_of_return": "return_right",
            "loan": "funder_debt",
            "subsidy": "subsidy",
        }
        for instrument, role in expected.items():
            with self.subTest(instrument):
                one = self._grant(
                    self.fund, 1000, instrument, member_reason="Agreed by the board"
                )
                self._receive(one)
                move = one.line_ids.move_id
                self.assertEqual(
                    self._accounts(move), [("funder_receivable", 1000), (role, -1000)]
                )
                self.assertEqual(move.hub_kind, "contribution")
                self.assertEqual(move.journal_id, self.company.hub_loan_journal_id)
                owed = move.line_ids[0]
                self.assertTrue(owed.date_maturity and owed.reconciled)
                self.assertFalse(owed.no_followup)
                own = move.line_ids[1]
                self.assertEqual(
                    own.analytic_distribution,
                    {str(self.fund.analytic_account_id.id): 100},
                )
                self.assertEqual((one.state, one.received_amount), ("received", 1000))

    def test_money_entrusted_stays_apart(self):
        other = self._create_fund("Club", is_mandate=True)
        one = self._grant(other, 4000, "mandate")
        self._receive(one)
        self.assertEqual(
            one.line_ids.move_id.line_ids[1].account_id,
            self.company.hub_mandate_account_id,
        )
        self.assertEqual((one.recycling, one.loss_rule), ("funder", "funder"))
        self.assertIn("not the hub's", one.warning)
        for fund, instrument in (
            (self.fund, "mandate"),
            (other, "gift"),
            (None, "mandate"),
        ):
            with self.subTest(instrument), self.assertRaises(ValidationError):
                self._grant(fund, 10, instrument)
        with self.assertRaises(ValidationError):
            other.is_mandate = False

    def test_states_follow_what_is_said_and_what_is_paid(self):
        one = self.env["hub.contribution"].create(
            {"partner_id": self.club.id, "instrument": "loan", "fund_id": self.fund.id}
        )
        self.assertEqual(one.state, "draft")
        one.amount_asked = 3000
        one.action_ask()
        self.assertEqual(one.state, "asked")
        one.action_grant()
        self.assertEqual((one.state, one.amount), ("granted", 3000))
        action = one.action_call()
        self.assertEqual((one.state, one.received_amount), ("called", 0))
        self._pay(action, amount=1000)
        self.assertEqual((one.state, one.received_amount), ("partial", 1000))
        payment = self._pay(one.action_call())
        self.assertEqual((one.state, one.received_amount), ("received", 3000))
        self.assertEqual(one.owed_amount, 3000)
        payment.action_draft()
        self.assertEqual((one.state, one.received_amount), ("partial", 1000))
        payment.action_post()
        self.assertEqual(one.state, "received")

    def test_a_reversed_call_is_to_be_made_again(self):
        one = self._grant(self.fund, 500)
        one.action_call()
        move = one.line_ids.move_id
        move._reverse_moves(cancel=True)
        self.assertFalse(one.line_ids.move_id)
        self.assertEqual((one.state, one.received_amount), ("granted", 0))
        self.assertFalse(
            self.env["hub.fund.line"].search([("contribution_id", "=", one.id)])
        )
        self._pay(one.action_call())
        self.assertEqual(one.state, "received")
        self.assertEqual(len(one.line_ids), 1)

    def test_a_call_put_back_to_draft_counts_for_nothing(self):
        one = self._grant(self.fund, 500)
        self._receive(one)
        move = one.line_ids.move_id
        move.button_draft()
        self.assertEqual(one.received_amount, 0)
        self.assertEqual(one.line_ids.state, "draft")
        move.action_post()
        self.assertEqual(one.line_ids.move_id, move)

    def test_a_bank_line_that_came_first_settles_the_call(self):
        one = self._grant(self.fund, 800)
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": "2026-01-04",
                "payment_ref": "CIGALES",
                "partner_id": self.club.id,
                "amount": 800,
            }
        )
        _liquidity, suspense, _other = line._seek_for_lines()
        line.move_id.button_draft()
        suspense.account_id = one.receivable_account_id
        line.move_id.action_post()
        one.line_ids.create(
            {"contribution_id": one.id, "kind": "call", "principal": 800}
        ).action_enter()
        self.assertEqual((one.state, one.received_amount), ("received", 800))
        book = self.env["hub.fund.line"].search([("contribution_id", "=", one.id)])
        self.assertEqual(book.move_id, line.move_id)
        self.assertEqual(str(book.date), "2026-01-04")

    def test_a_call_taken_out_of_income_was_not_received(self):
        one = self._grant(self.fund, 500)
        one.action_call()
        line = one.line_ids
        move = self.env["account.move"].create(
            {
                "journal_id": one.journal_id.id,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": self.club.id,
                            "balance": balance,
                        }
                    )
                    for account, balance in (
                        (one.account_id, 500),
                        (one.receivable_account_id, -500),
                    )
                ],
            }
        )
        move.action_post()
        (line.open_line_id + move.line_ids[1]).reconcile()
        self.assertEqual(line.residual_amount, 0)
        self.assertEqual(one.received_amount, 0)

    # Returns

    def _loan(self, amount=6000, **values):
        one = self._grant(self.fund, amount, "loan", **values)
        self._receive(one)
        return one

    def test_a_loan_goes_back_as_planned(self):
        one = self._loan(annual_rate=1)
        with freeze_time("2026-02-01"):
            self.assertIn("6,000.00", one.warning)
            wizard = Form(
                self.env["hub.contribution.return.wizard"].with_context(
                    default_contribution_id=one.id
                )
            )
            self.assertEqual(wizard.amount, 6000)
            wizard.first_date = "2027-01-31"
            wizard.periods = 3
            wizard.method = "constant_principal"
            self.assertIn("3 returns", wizard.text)
            wizard.save().action_confirm()
        plan = one._returns()
        self.assertEqual(plan.mapped("principal"), [2000, 2000, 2000])
        # A year of 1 % on what is left, the last day of January each year
        self.assertEqual(plan.mapped("interest"), [60, 40, 20])
        self.assertEqual(
            [str(day) for day in plan.mapped("date")],
            ["2027-01-31", "2028-01-31", "2029-01-31"],
        )
        self.assertFalse(one.warning)
        with freeze_time("2026-12-01"):
            self.env.invalidate_all()
            self.assertTrue(one.is_return_early, "the button asks first")
        with freeze_time("2027-01-31"):
            self.env.invalidate_all()
            self.assertFalse(one.is_return_early)
            action = one.action_return()
            first = plan[0]
            self.assertEqual(
                self._accounts(first.move_id),
                [
                    ("funder_debt", 2000),
                    ("funder_interest", 60),
                    ("funder_payable", -2060),
                ],
            )
            self._pay(action)
        self.assertEqual((one.state, one.returned_amount), ("returning", 2000))
        self.assertEqual(one.owed_amount, 4000)
        self.assertEqual(
            self._book([("contribution_line_id", "=", first.id)]),
            {("returned",): 2000, ("paid_interest",): 60},
        )

    def test_the_daily_job_enters_what_is_to_be_returned_once(self):
        one = self._loan(1000)
        one.line_ids.create(
            [
                {
                    "contribution_id": one.id,
                    "kind": "return",
                    "date": day,
                    "principal": 500,
                }
                for day in ("2026-06-30", "2026-12-31")
            ]
        )
        with freeze_time("2026-07-02"), self.enter_registry_test_mode():
            cron = self.env.ref("solidarity_hub.ir_cron_hub_enter_returns")
            cron.method_direct_trigger()
            cron.method_direct_trigger()
        first, second = one._returns()
        self.assertTrue(first.move_id)
        self.assertFalse(second.move_id)
        self.assertEqual(len(one.move_ids), 2)
        payable = first.open_line_id
        self.assertEqual(str(payable.date_maturity), "2026-06-30")
        self.assertEqual((one.returned_amount, first.state), (0, "open"))

    def test_the_job_says_why_it_could_not(self):
        one = self._grant(self.fund, 1000, "loan")
        line = one.line_ids.create(
            {
                "contribution_id": one.id,
                "kind": "return",
                "date": "2026-06-30",
                "principal": 1000,
            }
        )
        with freeze_time("2026-07-02"), self.enter_registry_test_mode():
            cron = self.env.ref("solidarity_hub.ir_cron_hub_enter_returns")
            cron.method_direct_trigger()
            cron.method_direct_trigger()
        self.assertFalse(line.move_id)
        self.assertIn("0.00", line.problem)
        told = one.message_ids.filtered(lambda m: "could not be entered" in m.body)
        self.assertEqual(len(told), 1)

    def test_nothing_is_returned_that_was_not_received(self):
        one = self._grant(self.fund, 1000, "loan")
        line = one.line_ids.create(
            {"contribution_id": one.id, "kind": "return", "principal": 1000}
        )
        with self.assertRaisesRegex(UserError, "were received"):
            line.action_enter()
        with self.assertRaisesRegex(ValidationError, "would be returned"):
            one.line_ids.create(
                {"contribution_id": one.id, "kind": "return", "principal": 1}
            )

    def test_a_claim_becomes_a_gift(self):
        one = self._loan()
        one.line_ids.create(
            [
                {
                    "contribution_id": one.id,
                    "kind": "return",
                    "date": day,
                    "principal": 3000,
                }
                for day in ("2028-01-31", "2029-01-31")
            ]
        )
        wizard = self.env["hub.contribution.give.wizard"].create(
            {"contribution_id": one.id, "amount": 4000, "note": "Letter of 3 March"}
        )
        wizard.action_confirm()
        given = one.line_ids.filtered(lambda line: line.kind == "given")
        self.assertEqual(
            self._accounts(given.move_id), [("funder_debt", 4000), ("donation", -4000)]
        )
        self.assertEqual((one.given_amount, one.owed_amount), (4000, 2000))
        self.assertEqual(one._returns().mapped("principal"), [2000])
        self.assertEqual(one.state, "returning")
        given.move_id._reverse_moves(cancel=True)
        self.assertEqual((one.given_amount, one.owed_amount), (0, 6000))

    # Rules

    def test_direct_funding_enters_nothing(self):
        lead = self.env["crm.lead"].create(
            {"name": "Bakery", "is_hub_project": True, "partner_id": self.amina.id}
        )
        one = self._grant(None, 2000, "loan", direct=True, lead_id=lead.id)
        self.assertEqual(one.state, "granted")
        one.write({"direct_amount": 2000, "direct_on": "2026-02-01"})
        self.assertEqual((one.state, one.received_amount), ("received", 2000))
        self.assertFalse(one.move_ids or one.book_ids)
        self.assertFalse(one.owed_amount)
        for vals in (
            {"fund_id": self.fund.id},
            {"lead_id": False},
            {"line_ids": [Command.create({"kind": "call", "principal": 10})]},
            {"direct_on": False},
            {"direct": False},
        ):
            with (
                self.subTest(vals),
                self.assertRaises(ValidationError),
                self.cr.savepoint(),
            ):
                one.write(vals)

    def test_unsound_contributions_are_refused_with_the_reason(self):
        for vals, reason in (
            ({"amount": 0}, "write the amount"),
            ({"amount": -5}, "not negative"),
            ({"annual_rate": 2}, "write 0"),
            ({"asked_on": "2026-05-01"}, "before it was asked"),
            ({"refused_on": "2026-05-01"}, "either granted or refused"),
            ({"date_end": "2025-01-01"}, "ends before"),
            ({"direct_amount": 10}, "only what goes straight"),
            (
                {"line_ids": [Command.create({"kind": "call", "principal": 1001})]},
                "would be called",
            ),
            (
                {"line_ids": [Command.create({"kind": "return", "principal": 10})]},
                "not returned",
            ),
            (
                {"line_ids": [Command.create({"kind": "opening", "principal": 10})]},
                "Already",
            ),
        ):
            with (
                self.subTest(vals),
                self.assertRaisesRegex(ValidationError, reason),
                self.cr.savepoint(),
            ):
                self._grant(self.fund, 1000).write(vals)

    def test_what_is_entered_no_longer_changes(self):
        one = self._grant(self.fund, 1000)
        self._receive(one)
        one = one.with_user(self._user("keeper", ACCOUNTANT))
        for vals in (
            {"instrument": "subsidy"},
            {"fund_id": False},
            {"partner_id": self.town.id},
            {"account_id": self.company.hub_subsidy_account_id.id},
        ):
            with self.subTest(vals), self.assertRaises(UserError), self.cr.savepoint():
                one.write(vals)
        for action in ("action_refuse", "action_cancel", "unlink"):
            with self.subTest(action), self.assertRaises(UserError):
                getattr(one, action)()
        with self.assertRaises(UserError):
            one.line_ids.principal = 900
        with self.assertRaises(UserError):
            one.line_ids.unlink()
        one.amount = 1500
        self.assertEqual(one.state, "partial")

    def test_a_private_person_lends_unpaid_and_for_two_years_where_the_law_says_so(
        self,
    ):
        basis = self.env["hub.loan.basis"].search(
            [("company_id", "=", self.company.id), ("kind", "=", "habilitated")],
            limit=1,
        )
        rule = basis._rule_on(
            self.env["hub.contribution"]._fields["granted_on"].to_date("2026-01-02")
        )
        self.assertEqual((rule.funder_unpaid, rule.funder_months_min), (True, 24))
        self.fund.basis_id = basis
        with self.assertRaisesRegex(ValidationError, "without interest"):
            self._grant(self.fund, 1000, "loan", partner=self.odile, annual_rate=1)
        one = self._grant(self.fund, 1000, "loan", partner=self.odile)
        with self.assertRaisesRegex(ValidationError, "24 months"), self.cr.savepoint():
            one.line_ids.create(
                {
                    "contribution_id": one.id,
                    "kind": "return",
                    "date": "2027-12-31",
                    "principal": 1000,
                }
            )
        one.line_ids.create(
            {
                "contribution_id": one.id,
                "kind": "return",
                "date": "2028-01-02",
                "principal": 1000,
            }
        )
        # An organisation, or a fund under another law
        self._grant(self.fund, 1000, "loan", annual_rate=1)
        self.fund.basis_id = self.basis
        self._grant(self.fund, 1000, "loan", partner=self.odile, annual_rate=1)

    def test_a_right_of_return_is_for_members_unless_a_reason_is_given(self):
        with self.assertRaisesRegex(ValidationError, "member"):
            self._grant(self.fund, 1000, "right_of_return", partner=self.odile)
        self._grant(
            self.fund, 1000, "right_of_return", partner=self.odile, member_reason="AG"
        )
        role = {"kind": "volunteer", "date_start": "2025-01-01"}
        self.env["hub.role"].create({"partner_id": self.denis.id, **role})
        self._grant(self.fund, 1000, "right_of_return", partner=self.denis)

    def test_whoever_grants_becomes_a_funder(self):
        roles = self.env["hub.role"].search([("partner_id", "=", self.odile.id)])
        self.assertFalse(roles)
        one = self._grant(self.fund, 1000, partner=self.odile, granted_on=False)
        self.assertFalse(roles.search([("partner_id", "=", self.odile.id)]))
        one.action_grant()
        role = roles.search([("partner_id", "=", self.odile.id)])
        self.assertEqual((role.kind, role.date_start), ("funder", one.granted_on))
        self._grant(self.fund, 500, partner=self.odile)
        self.assertEqual(roles.search_count([("partner_id", "=", self.odile.id)]), 1)
        self.env["hub.role"].create(
            {
                "partner_id": self.town.id,
                "kind": "institution",
                "institution_kind": "local_authority",
                "date_start": "2020-01-01",
            }
        )
        self._grant(self.fund, 500, "subsidy", partner=self.town)
        self.assertEqual(
            roles.search([("partner_id", "=", self.town.id)]).kind, "institution"
        )

    def test_own_money_of_the_hub_and_money_from_before_are_already_there(self):
        own = self._grant(self.fund, 2000, partner=self.company.partner_id)
        own.line_ids.create(
            {
                "contribution_id": own.id,
                "kind": "opening",
                "principal": 2000,
                "date": "2026-01-03",
            }
        )
        self.assertEqual((own.state, own.received_amount), ("received", 2000))
        self.assertFalse(own.move_ids)
        before = self._grant(self.fund, 700, "loan", granted_on="2025-01-02")
        before.line_ids.create(
            {
                "contribution_id": before.id,
                "kind": "opening",
                "principal": 700,
                "date": "2025-01-05",
                "note": "In the opening entry, 168100",
            }
        )
        self.assertEqual(self._figures_of(self.fund)["received"], 2700)
        before.line_ids.principal = 600
        self.assertEqual(self._figures_of(self.fund)["received"], 2600)
        before.line_ids.unlink()
        self.assertEqual(self._figures_of(self.fund)["received"], 2000)

    def test_missing_accounts_are_named(self):
        one = self._grant(self.fund, 100)
        one.receivable_account_id = False
        self.company.hub_funder_receivable_account_id = False
        with self.assertRaisesRegex(UserError, "To be received"):
            one.action_call()
        with self.assertRaises(ValidationError):
            one.receivable_account_id = self.company.hub_donation_account_id

    def test_entries_are_not_linked_by_hand(self):
        one = self._grant(self.fund, 100)
        user = self._user("linker", "account.group_account_manager")
        with self.assertRaises(UserError):
            self.env["account.move"].with_user(user).create(
                {
                    "journal_id": self.company.hub_loan_journal_id.id,
                    "hub_contribution_id": one.id,
                }
            )

    def test_a_form_from_the_question_to_the_grant(self):
        form = Form(self.env["hub.contribution"])
        form.partner_id = self.club
        form.instrument = "gift"
        form.fund_id = self.fund
        form.amount_asked = 1500
        one = form.save()
        one.action_ask()
        one.action_grant()
        self.assertTrue(one.name.startswith("A"))
        self.assertEqual(one.state, "granted")


@tagged("post_install", "-at_install")
class TestContributionGeneric(TestContribution):
    """The same with the generic chart of accounts."""

    chart = "generic_coa"
