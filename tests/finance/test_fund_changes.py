import random

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from . import test_loan_loss, test_loan_random_walk, test_loan_takeover
from .changes import ChangeCase
from .funds import FundMixin
from .walk import START, Walk

CAPITAL = ("repaid", "lost", "claimed")


class FundChangeCase(FundMixin, ChangeCase):
    """Funds behind loans to which more happens than payments."""

    def stakes(self, loan):
        """What is still out of what each lent, by the fund book."""
        found = {}
        for line in self.env["hub.fund.line"].search([("loan_id", "=", loan.id)]):
            sign = 1 if line.kind == "lent" else -1 if line.kind in CAPITAL else 0
            key = line.share_id, line.contribution_id
            found[key] = found.get(key, 0) + sign * loan._exact(line.amount)
        return found

    def assert_book(self, loan):
        """The fund book has out what the loan has out, and is written once."""
        self.env.flush_all()
        self.env.invalidate_all()
        stakes = self.stakes(loan)
        self.assertEqual(
            round(float(sum(stakes.values())), 2),
            round(loan.outstanding_amount, 2),
            loan.name,
        )
        lines = self.env["hub.fund.line"].search([("loan_id", "=", loan.id)])
        loan._allocate()
        again = self.env["hub.fund.line"].search([("loan_id", "=", loan.id)])
        self.assertEqual(again, lines)
        return stakes


@tagged("post_install", "-at_install")
class TestFundChanges(FundChangeCase):
    """Guarantees, losses, doubtful loans and take-overs, as the funds have them."""

    in_default = test_loan_loss.TestLoanLoss.in_default
    guarantee = test_loan_loss.TestLoanLoss.guarantee
    call = test_loan_loss.TestLoanLoss.call
    _import = test_loan_takeover.TestLoanTakeover._import
    _taken_over = test_loan_takeover.TestLoanTakeover._taken_over
    _open_accounts = test_loan_takeover.TestLoanTakeover._open_accounts

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_funds()
        cls.pool = cls._fund_with(7000, 3000, name="Pool")
        cls.accountant = cls.env.user

    def figures(self, *names):
        self.env.flush_all()
        found = self.pool._figures("2040-01-01")[self.pool]
        return [found[name] for name in names]

    def test_default_guarantee_and_loss_of_hub_10(self):
        loan = self.in_default()
        self.assertEqual(loan.share_ids.fund_id, self.pool)
        self.assertEqual(
            self.figures("lent", "repaid", "outstanding"), [6000, 2000, 4000]
        )
        self.call(loan)
        self.assertEqual(self.figures("claimed", "outstanding"), [2000, 2000])
        self.assert_book(loan)
        self._pay(loan.guarantee_ids.claim_ids.action_register_payment())
        self.assertEqual(self.figures("claimed", "recovered"), [0, 2000])
        self.change(loan, "write_off")
        self.assert_book(loan)
        self.assertEqual(self.figures("lost", "outstanding", "cash"), [2000, 0, 8000])
        lost = self.pool.line_ids.filtered(lambda line: line.kind == "lost")
        self.assertEqual(sorted(lost.mapped("amount")), [600, 1400])

    def test_what_a_guarantor_gets_of_a_repayment_is_still_owed_to_the_fund(self):
        loan = self.in_default(recovery_rule="share", recovery_percent=50)
        self.call(loan)
        self._pay(loan.guarantee_ids.claim_ids.action_register_payment())
        self.enter(loan, "2028-05-20")
        owed = loan.open_amount
        self.assertTrue(owed)
        self.pay_due(loan)
        self.assertEqual(self.figures("repaid"), [2000 + owed])
        loan.guarantee_ids.action_share()
        self.assert_book(loan)
        part = loan.guarantee_ids.share_amount
        self.assertAlmostEqual(part, owed / 2, 2)
        kept = round(owed - part, 2)
        self.assertEqual(self.figures("repaid", "cash"), [2000 + kept, 8000 + kept])
        # The borrower pays that, too: the guarantor gets his half of it
        self.pay_due(loan)
        self.assertEqual(self.figures("repaid"), [2000 + owed])
        self.assert_book(loan)

    def test_money_after_all_is_the_fund_s_as_far_as_it_is_not_the_guarantor_s(self):
        loan = self.in_default(recovery_rule="share", recovery_percent=50)
        self.call(loan)
        self._pay(loan.guarantee_ids.claim_ids.action_register_payment())
        self.change(loan, "write_off")
        self.at("2028-01-10")
        self.change(loan, "recovery", amount=1000)
        self.assertEqual(self.figures("recovered"), [2000])
        self._pay(loan.action_register_payment())
        self.assertEqual(self.figures("recovered", "cash"), [2500, 8500])

    def test_a_doubtful_loan_on_accounts_of_its_own_stays_in_the_book(self):
        self.company.hub_doubtful_apart = True
        loan = self.in_default(guaranteed=0)
        owed = loan.instalment_ids.filtered("residual_amount")[0]
        self._pay(owed.action_register_payment(), amount=120)
        before = self.figures("lent", "repaid", "outstanding", "cash")
        self.assertEqual(before[1], 2120)
        self.at("2027-09-01")
        self.change(loan, "doubtful")
        self.assertEqual(self.figures("lent", "repaid", "outstanding", "cash"), before)
        self.assert_book(loan)
        self.pay_due(loan)
        self.assertEqual(self.figures("repaid"), [2600])
        self.at("2027-10-20")
        self.change(loan, "sound")
        self.enter(loan, "2027-10-21")
        self.assert_book(loan)
        self.change(loan, "doubtful")
        self.change(loan, "write_off")
        self.assertEqual(self.figures("lost", "outstanding"), [3400, 0])

    def test_principal_put_back_leaves_the_interest_owed(self):
        loan = self.running(annual_rate=6, grace_periods=0, grace_type="none")
        lines = self.enter(loan, "2026-03-20")
        interest = sum(lines[:2].mapped("interest"))
        self.change(
            loan,
            "reschedule",
            first_due_date="2026-06-15",
            periods=24,
            annual_rate=6,
            method="annuity",
            grace_periods=0,
            grace_type="none",
            put_back=lines[:2].ids,
        )
        self.assert_book(loan)
        self.assertEqual(self.figures("repaid", "interest"), [0, 0])
        self.pay_due(loan)
        self.assertEqual(self.figures("interest"), [round(interest, 2)])
        self.assertEqual(self.figures("repaid"), [0])
        self.assert_book(loan)

    @freeze_time("2026-01-06")
    def test_a_loan_taken_over_counts_by_what_was_still_owed(self):
        loans = self._taken_over()
        one, late = loans
        self.assertEqual(one.share_ids.amount, 4000)
        self.assertEqual(one.share_ids.lent_amount, 4000)
        owed = late.takeover_balance + late.takeover_late - 10.5
        self.assertEqual(late.share_ids.lent_amount, owed)
        self.assertEqual(self.figures("outstanding", "committed"), [4000 + owed, 0])
        line = self.pool.line_ids.filtered("loan_id")[:1]
        self.assertEqual((str(line.date), line.move_id.id), ("2025-12-31", False))
        self._open_accounts()
        loans.instalment_ids._match_opening()
        self._pay(late.instalment_ids.filtered("is_opening").action_register_payment())
        loans._allocate()
        self.assertEqual(self.figures("repaid"), [200])


@tagged("post_install", "-at_install")
class TestFundRandomWalk(FundChangeCase):
    """The same events as happen to loans, in any order: funds follow to the cent."""

    _base = test_loan_random_walk.TestLoanRandomWalk
    _some_loan = _base.__dict__["_some_loan"]
    _disburse_all = _base.__dict__["_disburse_all"]
    _credit = _base._credit
    loans_number, steps, every = 14, 150, 10

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_funds()
        cls.company.hub_doubtful_apart = True
        pools = [
            cls._fund_with(*amounts, name=name)
            for name, amounts in (
                ("A", (50000.01, 24999.99)),
                ("B", (30000, 33333.33, 12345.67)),
            )
        ]
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        frozen = freeze_time(START)
        cls.clock = frozen.start()
        cls.addClassCleanup(frozen.stop)
        cls.random = random.Random(6)
        people = cls.env["res.partner"].create(
            [{"name": f"Borrower {n}"} for n in range(cls.loans_number)]
        )
        cls.loans = cls.env["hub.loan"]
        for number, person in enumerate(people):
            loan = cls._some_loan(person)
            first = round(loan.amount * cls.random.random(), 2)
            parts = [(pools[0], first), (pools[1], round(loan.amount - first, 2))]
            cls._share(loan, *parts[number % 2 :])
            if number % 2:
                loan.share_ids.amount = loan.amount
            cls.loans |= loan
        cls._disburse_all()

    def test_whatever_happens_the_funds_have_their_part_of_it(self):
        walk = Walk(self, self.random, self.loans, self.clock)
        with mute_logger("odoo.sql_db"):
            for number in range(self.steps):
                walk.step()
                if number % self.every == self.every - 1:
                    self.env.cr.execute("ANALYZE account_move_line, account_move")
                    for loan in self.loans:
                        with self.subTest(loan=loan.name, steps=walk.steps[-10:]):
                            self.assert_book(loan)
        kinds = set(self.env["hub.fund.line"].search([]).mapped("kind"))
        self.assertLessEqual({"lent", "repaid", "lost", "claimed", "interest"}, kinds)
