import random

from odoo import fields
from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL, mute_logger

from .changes import ChangeCase
from .walk import EVENTS, START, Walk

LOANS = 50
STEPS = 500
EVERY = 10
TABLES = (
    "account_move",
    "account_move_line",
    "account_partial_reconcile",
    "account_payment",
    "hub_loan",
    "hub_loan_change",
    "hub_loan_claim",
    "hub_loan_instalment",
    "hub_loan_schedule",
    "hub_loan_tranche",
)


@tagged("post_install", "-at_install")
class TestLoanRandomWalk(ChangeCase):
    """Five hundred events on fifty loans, in any order: schedules and accounts agree
    after each of them, and nothing counts as paid that is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.hub_doubtful_apart = True
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        frozen = freeze_time(START)
        cls.clock = frozen.start()
        cls.addClassCleanup(frozen.stop)
        cls.random = random.Random(20260115)
        partners = cls.env["res.partner"].create(
            [{"name": f"Borrower {number}"} for number in range(LOANS // 2)]
        )
        cls.loans = cls.env["hub.loan"]
        for number in range(LOANS):
            cls.loans |= cls._some_loan(partners[number % len(partners)])
        cls._disburse_all()

    @classmethod
    def _some_loan(cls, partner):
        grace = cls.random.choice((0, 0, 3, 6))
        amount = cls.random.choice((1000, 3333.33, 6000, 10000))
        rate = cls.random.choice((0, 0, 2, 4.5))
        fee = cls.random.choice((0, 0, 40))
        parts = []
        if cls.random.random() < 0.3:
            days = cls.random.randint(20, 200)
            second = fields.Date.add(START, days=days)
            parts = [Command.create({"date": START, "amount": amount - 500})]
            parts += [Command.create({"date": second, "amount": 500})]
        loan = cls._create_loan(
            partner_id=partner.id,
            amount=amount,
            tranche_ids=parts,
            annual_rate=rate,
            periods=cls.random.choice((8, 12, 20)),
            method=cls.random.choice(("annuity", "constant_principal", "in_fine")),
            grace_periods=grace,
            grace_type=cls.random.choice(("partial", "total")) if grace else "none",
            fee_amount=fee,
            fee_mode="apart",
        )
        if cls.random.random() < 0.6:
            cls.env["hub.loan.guarantee"].create(
                {
                    "loan_id": loan.id,
                    "partner_id": cls.fund.id,
                    "percent": cls.random.choice((30, 50, 66.67)),
                    "covers_interest": cls.random.random() < 0.5,
                    "recovery_rule": cls.random.choice(
                        ("share", "hub_first", "guarantor_first", "none")
                    ),
                }
            )
        return loan

    @classmethod
    def _disburse_all(cls):
        cls.loans.action_submit()
        cls.loans.action_approve()
        cls.loans.action_sign()
        for loan in cls.loans:
            loan._next_tranche()._release()
        paid = cls.loans.tranche_ids.filtered("move_id")
        cls._pay(paid.action_register_payment())

    def control(self):
        self.env.flush_all()
        return self.env["hub.loan.control"].search([("is_different", "=", True)])

    def test_whatever_happens_schedules_and_accounts_agree(self):
        walk = Walk(self, self.random, self.loans, self.clock)
        with mute_logger("odoo.sql_db"):
            for number in range(STEPS):
                if number % EVERY == 0:
                    self._count_tables()
                walk.step()
                if number % EVERY == EVERY - 1:
                    different = self.control()
                    self.assertFalse(
                        different,
                        (different.mapped("explanation"), walk.steps[-EVERY:]),
                    )
        self._assert_everything_happened(walk)
        self._assert_paid_is_paid()
        self._assert_by_hand()
        self._assert_a_forced_difference_is_named()

    def _count_tables(self):
        """PostgreSQL learns how many rows there are: what is not committed counts for
        nothing elsewhere, and plans made for empty tables are slow."""
        for table in TABLES:
            self.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))

    def _credit(self, account, amount, day):
        """Money on the bank account that names no loan."""
        lines = ((self.bank.default_account_id, amount), (account, -amount))
        move = self.env["account.move"].create(
            {
                "journal_id": self.bank.id,
                "date": day,
                "line_ids": [
                    Command.create({"account_id": one.id, "balance": balance})
                    for one, balance in lines
                ],
            }
        )
        move.action_post()
        return move.line_ids.filtered(lambda line: line.account_id == account)

    def _assert_everything_happened(self, walk):
        """No kind of event was only ever refused."""
        missing = [name for name in EVENTS if not walk.done[name]]
        self.assertFalse(missing, (walk.done, walk.refused))
        self.assertGreater(sum(walk.done.values()), STEPS // 2)
        states = set(self.loans.mapped("state"))
        self.assertLessEqual({"disbursed", "repaid", "written_off"}, states)

    def _assert_paid_is_paid(self):
        """What counts as paid was settled by money that is posted, and by nothing
        else."""
        self.env.invalidate_all()
        lines = self.loans.instalment_ids.filtered("amount")
        self.assertIn("paid", lines.mapped("state"))
        for line in lines:
            owed = line.due_line_id
            posted = owed.matched_credit_ids.filtered(
                lambda part: part.credit_move_id.parent_state == "posted"
            )
            if line.state == "paid":
                self.assertAlmostEqual(
                    sum(posted.mapped("amount")), owed.balance, 2, line.display_name
                )
                kinds = posted.credit_move_id.move_id.mapped("hub_kind")
                self.assertEqual(set(kinds), {False}, line.display_name)
            elif line.state in ("partial", "late", "due"):
                self.assertAlmostEqual(
                    owed.balance - sum(posted.mapped("amount")),
                    line.residual_amount,
                    2,
                    line.display_name,
                )
                self.assertGreater(line.residual_amount, 0)

    def _assert_by_hand(self):
        """Each loan by plain sums over journal items and lines."""
        due = self.company.hub_due_account_id | self.company.hub_doubtful_due_account_id
        principal = self.company.hub_loan_account_id
        principal |= self.company.hub_doubtful_account_id
        for loan in self.loans:
            items = loan.move_ids.line_ids.filtered(
                lambda item: item.parent_state == "posted"
            )
            lines = loan.instalment_ids
            plan = sum(
                line.principal
                for line in lines
                if line.due_line_id.parent_state != "posted" and not line._is_gone()
            )
            parts = loan.tranche_ids.filtered(lambda part: part.state == "planned")
            plan -= sum(parts.mapped("amount"))
            ledger = sum(i.balance for i in items if i.account_id in principal)
            self.assertAlmostEqual(plan, ledger, 2, loan.name)
            owed = sum(lines.mapped("residual_amount")) + loan.fee_residual
            owed += sum(loan._claims_to_come().mapped("residual_amount"))
            ledger = sum(i.balance for i in items if i.account_id in due)
            [row] = self.env["hub.loan.control"].search([("loan_id", "=", loan.id)])
            self.assertAlmostEqual(owed - row.advance, ledger, 2, loan.name)
            total = sum(lines.mapped("principal")) - sum(lines.mapped("put_back"))
            self.assertAlmostEqual(total, loan._amount_to_disburse(), 2, loan.name)

    def _assert_a_forced_difference_is_named(self):
        loan = self.loans.filtered(lambda one: one.state == "disbursed")[0]
        line = loan.instalment_ids.filtered(lambda x: not x.due_move_id)[:1]
        line = line or loan.instalment_ids[:1]
        self.env.flush_all()
        self.cr.execute(
            "UPDATE hub_loan_instalment SET principal = principal + 7,"
            " residual_amount = residual_amount + 3 WHERE id = %s",
            [line.id],
        )
        self.env.invalidate_all()
        [row] = self.control()
        self.assertEqual(row.loan_id, loan)
        self.assertTrue(row.explanation)
        self.assertIn(row.difference, (3, 10))
