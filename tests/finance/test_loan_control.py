from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import LoanCommon


@tagged("post_install", "-at_install")
class TestLoanControl(LoanCommon):
    """Schedules and accounts agree, or the difference has a name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-01-15"):
            cls.loan = cls._disburse(
                cls._create_loan(
                    annual_rate=2,
                    amount=5000,
                    grace_periods=0,
                    grace_type="none",
                    fee_amount=40,
                    fee_mode="apart",
                )
            )
            cls.other = cls._sign(cls._create_loan(partner_id=cls.denis.id))
        with freeze_time("2026-04-15"):
            cls._post_due(cls.loan)
        cls.first, cls.second, cls.third = cls.loan.instalment_ids[:3]

    def setUp(self):
        super().setUp()
        frozen = freeze_time("2026-04-20")
        self.day = frozen.start()
        self.addCleanup(frozen.stop)

    def _rows(self, **domain):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["hub.loan.control"].search(
            [(name, "=", value) for name, value in domain.items()]
        )

    def _row(self, loan=None):
        return self._rows(loan_id=(loan or self.loan).id)

    def _assert_zero(self):
        rows = self._rows()
        self.assertTrue(rows)
        self.assertEqual(sum(rows.mapped("difference")), 0, rows.mapped("explanation"))
        self.assertFalse(rows.filtered("is_different"))
        # the same by hand
        plan = sum(
            line.principal
            for line in self.env["hub.loan.instalment"].search(
                [("loan_id.state", "in", ("disbursed", "repaid"))]
            )
            if line.due_line_id.parent_state != "posted"
        )
        self.assertAlmostEqual(self._balance("loan"), plan)
        due = sum(self.env["hub.loan.instalment"].search([]).mapped("residual_amount"))
        fee = sum(self.env["hub.loan"].search([]).mapped("fee_residual"))
        advance = sum(rows.mapped("advance"))
        self.assertAlmostEqual(self._balance("due"), due + fee - advance)

    def _entry(self, *lines, **vals):
        move = self.env["account.move"].create(
            {
                "journal_id": self.loan.journal_id.id,
                "line_ids": [
                    Command.create({"account_id": account.id, "balance": balance})
                    for account, balance in lines
                ],
                **vals,
            }
        )
        move.action_post()
        return move

    def test_all_agrees_at_each_step(self):
        self._assert_zero()
        row = self._row()
        self.assertAlmostEqual(row.schedule_principal, self.third.balance_after)
        lines = self.first | self.second | self.third
        self.assertAlmostEqual(row.schedule_due, sum(lines.mapped("amount")) + 40)
        self._pay(self.first.action_register_payment(), amount=30)
        self._assert_zero()
        payments = self._pay(self.second.action_register_payment(), amount=500)
        self._assert_zero()
        self.assertAlmostEqual(
            self._row().advance, 530 - sum(lines.mapped("amount")) - 40
        )
        payments.action_draft()
        self._assert_zero()
        self.third.due_move_id.button_draft()
        self._assert_zero()
        self.first.due_move_id._reverse_moves(cancel=True)
        self._assert_zero()
        self._post_due(self.loan)
        self._assert_zero()
        self._disburse(self.other)
        self._assert_zero()
        self.other.tranche_ids.move_id._reverse_moves(cancel=True)
        self._assert_zero()

    def test_money_in_advance_is_shown_and_no_difference(self):
        self.env["account.payment"].create(
            {
                "partner_id": self.amina.id,
                "amount": 1000,
                "journal_id": self.bank.id,
                "payment_type": "inbound",
                "hub_loan_id": self.loan.id,
            }
        ).action_post()
        row = self._row()
        open_before = sum(self.loan.instalment_ids[:3].mapped("amount")) + 40
        self.assertAlmostEqual(row.advance, 1000 - open_before)
        self.assertEqual(row.difference, 0)
        self.assertIn("in advance", row.explanation)

    def test_an_entry_that_names_no_loan_is_named(self):
        move = self._entry(
            (self.company.hub_loan_account_id, 50),
            (self.bank.default_account_id, -50),
        )
        [row] = self._rows(is_different=True)
        self.assertFalse(row.loan_id)
        self.assertEqual(row.account_id, self.company.hub_loan_account_id)
        self.assertEqual(row.difference, 50)
        self.assertIn(move.name, row.explanation)
        self.assertIn("50.00", row.explanation)
        lines = self.env["account.move.line"].search(row.action_open_lines()["domain"])
        self.assertEqual(lines.move_id, move)

    def test_money_that_names_no_loan_is_named(self):
        self._disburse(self.other)
        self._create_loan()
        due = self.company.hub_due_account_id
        move = self._entry((self.bank.default_account_id, 70), (due, -70))
        [row] = self._rows(is_different=True)
        self.assertEqual((row.account_id, row.difference), (due, 70))
        self.assertIn(move.name, row.explanation)

    def test_a_forced_difference_is_named_on_its_loan(self):
        self.env.flush_all()
        self.cr.execute(
            "UPDATE hub_loan_instalment SET principal = principal + 7 WHERE id = %s",
            [self.loan.instalment_ids[10].id],
        )
        [row] = self._rows(is_different=True)
        self.assertEqual(row.loan_id, self.loan)
        self.assertEqual(row.difference, 7)
        self.assertAlmostEqual(row.principal_gap, 7)
        self.assertIn("are not due", row.explanation)
        self.cr.execute(
            "UPDATE hub_loan_instalment SET principal = principal - 7,"
            " residual_amount = residual_amount + 5 WHERE id = %s",
            [self.loan.instalment_ids[10].id],
        )
        [row] = self._rows(is_different=True)
        self.assertEqual((row.due_gap, row.difference), (5, 5))
        self.assertIn("are open", row.explanation)
        # two differences that make zero together are two differences
        self.cr.execute(
            "UPDATE hub_loan_instalment SET principal = principal - 5 WHERE id = %s",
            [self.loan.instalment_ids[10].id],
        )
        [row] = self._rows(is_different=True)
        self.assertEqual(row.difference, 10)
