from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import LoanCommon


@tagged("post_install", "-at_install")
class TestLoanPayments(LoanCommon):
    """Money that comes by whatever way leads to the same states."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-01-15"):
            cls.loan = cls._disburse(
                cls._create_loan(
                    amount=5000, annual_rate=2, grace_periods=0, grace_type="none"
                )
            )
        with freeze_time("2026-03-15"):
            cls._post_due(cls.loan)
        cls.lines = cls.loan.instalment_ids
        cls.first, cls.second, cls.third = cls.lines[:3]

    def setUp(self):
        super().setUp()
        frozen = freeze_time("2026-03-20")
        self.day = frozen.start()
        self.addCleanup(frozen.stop)

    def _states(self, *lines):
        self.env.invalidate_all()
        return [line.state for line in lines]

    def _pay_line(self, line, **values):
        return self._pay(line.action_register_payment(), **values)

    def _credit(self, amount, partner=None, account=None, **vals):
        """An entry by hand: the money came to the bank."""
        due = self.loan.due_account_id
        move = self.env["account.move"].create(
            {
                "journal_id": self.bank.id,
                "date": "2026-03-20",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": (account or self.bank.default_account_id).id,
                            "balance": amount,
                        }
                    ),
                    Command.create(
                        {
                            "account_id": due.id,
                            "partner_id": (partner or self.amina).id,
                            "balance": -amount,
                        }
                    ),
                ],
                **vals,
            }
        )
        move.action_post()
        return move.line_ids.filtered(lambda line: line.account_id == due)

    # The three ways

    def test_odoo_s_own_payment_settles_an_instalment(self):
        [payment] = self._pay_line(self.first)
        self.assertEqual(payment.amount, self.first.amount)
        self.assertEqual(payment.partner_id, self.amina)
        self.assertEqual(payment.hub_loan_id, self.loan)
        self.assertEqual(payment.memo, self.first.due_move_id.ref)
        self.assertEqual(self._states(self.first, self.second), ["paid", "late"])
        self.assertEqual(self.first.settled_by_ids, payment.move_id)
        self.assertIn(payment.move_id.name, self.first.explanation)

    def test_a_bank_statement_line_settles_an_instalment(self):
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": "2026-03-19",
                "payment_ref": "VIR Amina",
                "partner_id": self.amina.id,
                "amount": self.first.amount,
            }
        )
        _money, suspense, _other = line._seek_for_lines()
        suspense.account_id = self.loan.due_account_id
        (suspense + self.first.due_line_id).reconcile()
        self.assertEqual(self._states(self.first), ["paid"])
        self.assertEqual(self.first.settled_by_ids, line.move_id)

    def test_matching_by_hand_settles_an_instalment(self):
        credit = self._credit(self.first.amount)
        (credit + self.first.due_line_id).reconcile()
        self.assertEqual(self._states(self.first), ["paid"])
        credit.remove_move_reconcile()
        self.assertEqual(self._states(self.first), ["late"])

    def test_money_matched_by_hand_belongs_to_the_loan(self):
        """Its entry reversed and entered anew, the money settles it again."""
        credit = self._credit(self.first.amount, partner=self.denis)
        (credit + self.first.due_line_id).reconcile()
        self.assertEqual(credit.move_id.hub_loan_id, self.loan)
        self.first.due_move_id._reverse_moves(cancel=True)
        self._post_due(self.loan)
        self.assertEqual(self._states(self.first), ["paid"])
        # what settles two loans names none of them
        other = self._create_loan(
            partner_id=self.denis.id, grace_periods=0, grace_type="none"
        )
        self._disburse(other)
        self._post_due(other)
        both = self._credit(200)
        (both + self.second.due_line_id).reconcile()
        self.assertEqual(both.move_id.hub_loan_id, self.loan)
        (both + other.instalment_ids[0].due_line_id).reconcile()
        self.assertFalse(both.move_id.hub_loan_id)

    def test_the_payment_of_somebody_else_settles_an_instalment(self):
        credit = self._credit(self.first.amount, partner=self.denis)
        (credit + self.first.due_line_id).reconcile()
        self.assertEqual(self._states(self.first), ["paid"])

    # Parts, too much, too early

    def test_a_part_settles_interest_first(self):
        """HUB-06."""
        loan = self._create_loan(
            amount=5000, annual_rate=2, grace_type="partial", partner_id=self.denis.id
        )
        self.day.move_to("2026-08-15")
        self._disburse(loan)
        self._post_due(loan)
        line = loan.instalment_ids[6]
        self.assertEqual((line.principal, line.interest), (162.68, 8.33))
        self._pay_line(line, amount=100)
        self.assertEqual(line.state, "partial")
        self.assertEqual(line.paid_interest, 8.33)
        self.assertEqual(line.paid_principal, 91.67)
        self.assertEqual(line.residual_amount, 71.01)
        self.assertEqual(loan.outstanding_amount, 4837.32 + 71.01)

    def test_what_is_too_much_settles_the_next_instalment(self):
        self._pay_line(self.first, amount=self.first.amount + 50)
        self.assertEqual(self._states(self.first, self.second), ["paid", "partial"])
        self.assertAlmostEqual(self.second.residual_amount, self.second.amount - 50)
        self._pay_line(self.second, amount=self.second.amount)
        self.assertEqual(self._states(self.second, self.third), ["paid", "planned"])
        # the 50 that are over wait for the next due date
        self.day.move_to("2026-04-15")
        self._post_due(self.loan)
        self.assertEqual(self._states(self.third), ["partial"])
        self.assertAlmostEqual(self.third.residual_amount, self.third.amount - 50)

    def test_money_in_advance_waits_for_its_instalment(self):
        loan = self._create_loan(
            partner_id=self.denis.id, grace_periods=0, grace_type="none"
        )
        self._disburse(loan)
        self.assertEqual(loan.next_due_amount, 166.67)
        action = loan.action_pay_in_advance()
        payments = self.env["account.payment"].with_context(**action["context"])
        with Form(payments) as form:
            form.journal_id = self.bank
            form.amount = 300
        payment = form.record
        self.assertEqual(payment.hub_loan_id, loan)
        self.assertEqual(payment.destination_account_id, loan.due_account_id)
        payment.action_post()
        self.assertEqual(payment.move_id.hub_loan_id, loan)
        self.assertEqual(loan.outstanding_amount, 6000)
        self.assertFalse(loan.instalment_ids.due_move_id)
        self._post_due(loan)
        one, two = loan.instalment_ids[:2]
        self.assertEqual(self._states(one, two), ["paid", "partial"])
        self.assertEqual(two.residual_amount, 33.34)

    def test_money_of_somebody_else_that_names_the_loan_settles_the_oldest(self):
        payment = self.env["account.payment"].create(
            {
                "partner_id": self.denis.id,
                "amount": self.first.amount + 10,
                "journal_id": self.bank.id,
                "payment_type": "inbound",
                "hub_loan_id": self.loan.id,
                "date": "2026-03-20",
            }
        )
        payment.action_post()
        self.assertEqual(self._states(self.first, self.second), ["paid", "partial"])

    def test_money_without_a_loan_is_not_guessed_between_two(self):
        other = self._create_loan(grace_periods=0, grace_type="none")
        self._disburse(other)
        credit = self._credit(100)
        self._post_due(other)
        self.loan._match_credits()
        self.assertFalse(credit.reconciled)
        self.assertEqual(credit.amount_residual, -100)
        self.assertEqual(self._states(other.instalment_ids[0]), ["late"])

    def test_money_without_a_loan_settles_that_of_a_borrower_who_has_one(self):
        self._credit(100)
        self.loan._match_credits()
        self.assertEqual(self._states(self.first), ["partial"])

    # The month in one go

    def test_standing_orders_of_the_month_in_one_go(self):
        loans = self.loan
        for number in range(4):
            borrower = self.env["res.partner"].create({"name": f"Borrower {number}"})
            loans |= self._disburse(
                self._create_loan(
                    partner_id=borrower.id, grace_periods=0, grace_type="none"
                )
            )
        self._post_due(loans)
        due = loans.instalment_ids.filtered("residual_amount")
        self.assertEqual(len(due), 10)
        payments = self._pay(due.action_register_payment())
        self.assertEqual(len(payments), 10)
        self.assertEqual(
            sorted(payments.mapped("amount")), sorted(due.mapped("amount"))
        )
        self.assertEqual(payments.hub_loan_id, loans)
        self.assertEqual(set(self._states(*due)), {"paid"})
        for line in due:
            self.assertEqual(line.settled_by_ids.origin_payment_id.amount, line.amount)

    def test_what_is_not_due_is_not_paid_by_mistake(self):
        with self.assertRaisesRegex(UserError, "Not in the accounts yet"):
            (self.second | self.third).action_register_payment()
        self._pay_line(self.first)
        with self.assertRaisesRegex(UserError, "settled already"):
            self.first.action_register_payment()

    # What is no payment

    def test_a_charge_entered_by_hand_is_not_a_payment(self):
        loss = self.company.hub_loss_account_id
        misc = self.loan.journal_id
        credit = self._credit(self.first.amount, account=loss, journal_id=misc.id)
        (credit + self.first.due_line_id).reconcile()
        self.assertEqual(self._states(self.first), ["written_off"])
        income = self.company.hub_interest_account_id
        credit = self._credit(self.second.amount, account=income, journal_id=misc.id)
        (credit + self.second.due_line_id).reconcile()
        self.assertEqual(self._states(self.second), ["waived"])

    def test_the_kind_of_an_entry_decides_what_it_settles(self):
        kinds = {
            "waiver": "waived",
            "guarantee": "guaranteed",
            "write_off": "written_off",
        }
        for kind, state in kinds.items():
            with self.subTest(kind), self.cr.savepoint() as savepoint:
                part = self._credit(30)
                credit = self._credit(
                    self.first.amount - 30, hub_kind=kind, hub_loan_id=self.loan.id
                )
                (part + credit + self.first.due_line_id).reconcile()
                self.assertEqual(self._states(self.first), [state])
                savepoint.rollback()

    # A module that tells payments in process from paid ones

    def _in_payment(self):
        moves = type(self.env["account.move"])
        return patch.object(
            moves, "_get_invoice_in_payment_state", lambda move: "in_payment"
        )

    def test_a_payment_without_an_entry_is_in_process(self):
        with self._in_payment():
            [payment] = self._pay_line(self.first)
            self.assertFalse(payment.move_id)
            self.assertEqual(self._states(self.first), ["late"])
            self.assertTrue(self.first.payment_in_process)
            self.assertIn("in process", self.first.explanation)
            self.assertEqual(self.first.residual_amount, self.first.amount)
            found = self.env["hub.loan.instalment"].search(
                [("payment_in_process", "=", True)]
            )
            self.assertEqual(found, self.first)

    def test_a_payment_that_the_bank_has_not_shown_is_in_process(self):
        method = self.bank.inbound_payment_method_line_ids[:1]
        method.payment_account_id = self.env["account.account"].create(
            {
                "code": "511999",
                "name": "Outstanding receipts",
                "account_type": "asset_current",
                "reconcile": True,
            }
        )
        with self._in_payment():
            [payment] = self._pay_line(self.first)
            self.assertTrue(payment.move_id)
            self.assertEqual(self.first.residual_amount, 0)
            self.assertEqual(self._states(self.first), ["due"])
            self.assertTrue(self.first.payment_in_process)
            self.assertFalse(
                self.env["hub.loan.instalment"].search([("state", "=", "paid")])
            )
            statement = self.env["account.bank.statement.line"].create(
                {
                    "journal_id": self.bank.id,
                    "date": "2026-03-20",
                    "payment_ref": "VIR",
                    "amount": payment.amount,
                }
            )
            _money, suspense, _other = statement._seek_for_lines()
            suspense.account_id = method.payment_account_id
            outstanding, _credit, _rest = payment._seek_for_lines()
            (suspense + outstanding).reconcile()
            self.assertTrue(payment.is_matched)
            self.assertEqual(self._states(self.first), ["paid"])
            self.assertFalse(self.first.payment_in_process)

    def test_payments_straight_to_the_bank_account_are_paid_at_once(self):
        method = self.bank.inbound_payment_method_line_ids[:1]
        method.payment_account_id = self.bank.default_account_id
        with self._in_payment():
            [payment] = self._pay_line(self.first)
            self.assertEqual(payment.state, "paid")
            self.assertEqual(self._states(self.first), ["paid"])

    def _by_wizard(self, amount):
        return self._pay_line(self.first, amount=amount).move_id

    def _by_bank_line(self, amount):
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": "2026-03-20",
                "payment_ref": "VIR Amina",
                "partner_id": self.amina.id,
                "amount": amount,
            }
        )
        _money, suspense, _other = line._seek_for_lines()
        suspense.account_id = self.loan.due_account_id
        (suspense + self.first.due_line_id).reconcile()
        return line.move_id

    def _by_journal_entry(self, amount):
        credit = self._credit(amount)
        (credit + self.first.due_line_id).reconcile()
        return credit.move_id

    def _told(self, pay):
        """What is shown before, after a part, after all, and once it is taken back."""
        money, told = self.env["account.move"], []
        due = self.loan.due_account_id
        for amount in (0, 50, self.first.amount - 50, None):
            if amount is None:
                lines = money.line_ids.filtered(lambda line: line.account_id == due)
                lines.remove_move_reconcile()
            elif amount:
                money |= pay(amount)
            self.env.flush_all()
            self.env.invalidate_all()
            told.append(
                (
                    self.first.state,
                    self.first.residual_amount,
                    self.first.paid_interest,
                    self.first.payment_in_process,
                    self.loan.outstanding_amount,
                    self.loan.overdue_amount,
                    self.loan.days_overdue,
                )
            )
            rows = self.env["hub.loan.control"].search([("is_different", "=", True)])
            self.assertFalse(rows, rows.mapped("explanation"))
        return told

    def test_three_ways_to_pay_lead_to_the_same_states(self):
        """By Odoo's wizard, a bank line, or an entry; with and without in_payment."""
        method = self.bank.inbound_payment_method_line_ids[:1]
        method.payment_account_id = self.bank.default_account_id
        found = []
        for pay in (self._by_wizard, self._by_bank_line, self._by_journal_entry):
            with self.cr.savepoint() as savepoint:
                found.append(self._told(pay))
                savepoint.rollback()
            self.env.invalidate_all()
            with self._in_payment(), self.cr.savepoint() as savepoint:
                found.append(self._told(pay))
                savepoint.rollback()
            self.env.invalidate_all()
        states = [told[0] for told in found[0]]
        self.assertEqual(states, ["late", "partial", "paid", "late"])
        for told in found[1:]:
            self.assertEqual(told, found[0])

    # Searching and grouping say what the lines say

    def test_searches_find_what_the_lines_show(self):
        self._pay_line(self.first)
        self._pay_line(self.second, amount=5)
        lines = self.env["hub.loan.instalment"]
        mine = [("loan_id", "=", self.loan.id)]
        self.env.invalidate_all()
        for name in ("state", "age"):
            groups = lines._read_group(mine, [name], ["id:recordset"])
            for value, found in groups:
                self.assertEqual(set(found.mapped(name)), {value})
                self.assertEqual(lines.search([*mine, (name, "=", value)]), found)
                self.assertEqual(
                    lines.search([*mine, (name, "!=", value)]), self.lines - found
                )
        self.assertEqual(lines.search([*mine, ("is_overdue", "=", True)]), self.second)
        self.assertEqual(
            self.lines.filtered_domain([("state", "=", "partial")]), self.second
        )
        loans = self.env["hub.loan"]
        self.assertEqual(loans.search([("overdue_amount", ">", 0)]), self.loan)
        self.assertFalse(loans.search([("days_overdue", ">", 5)]))
        self.assertEqual(loans.search([("days_overdue", ">=", 5)]), self.loan)

    # Running or paid back

    def test_a_loan_is_paid_back_as_long_as_its_payments_hold(self):
        loan = self._create_loan(
            partner_id=self.denis.id, periods=2, grace_periods=0, grace_type="none"
        )
        self._disburse(loan)
        self._post_due(loan)
        self.assertEqual(loan.state, "disbursed")
        payments = self._pay(loan.action_register_payment(), group_payment=True)
        self.assertEqual(loan.state, "repaid")
        self.assertEqual(loan.outstanding_amount, 0)
        payments.action_draft()
        self.assertEqual(loan.state, "disbursed")
        self.assertEqual(loan.outstanding_amount, 6000)
        payments.action_post()
        self.assertEqual(loan.state, "repaid")

    def test_a_payment_taken_back_to_draft_settles_nothing(self):
        """Odoo leaves it matched; it counts again once it is posted again."""
        [payment] = self._pay_line(self.first)
        payment.move_id.button_draft()
        self.assertEqual(self.first.due_line_id.amount_residual, 0)
        self.assertEqual(self._states(self.first), ["late"])
        self.assertEqual(self.first.residual_amount, self.first.amount)
        payment.move_id.action_post()
        self.assertEqual(self._states(self.first), ["paid"])
        payment.move_id.button_draft()
        payment.action_cancel()
        self.assertEqual(self._states(self.first), ["late"])
