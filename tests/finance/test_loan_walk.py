import random
from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .common import LoanCommon

LOANS, EVENTS, SEED = 10, 120, 20260115


@tagged("post_install", "-at_install")
class TestLoanWalk(LoanCommon):
    """Whatever happens to many loans, in whatever order: schedules and accounts agree,
    and nothing counts as paid that is not."""

    def setUp(self):
        super().setUp()
        frozen = freeze_time("2026-01-10")
        self.clock = frozen.start()
        self.addCleanup(frozen.stop)
        self.today = date(2026, 1, 10)
        self.chance = random.Random(SEED)
        self.done = dict.fromkeys(
            name for name in dir(self) if name.startswith("event_")
        )

    def _some_loan(self, number):
        person = self.env["res.partner"].create({"name": f"Borrower {number}"})
        chance = self.chance
        grace = chance.choice([0, 0, 2])
        amount = chance.choice([900, 1234.56, 3000, 5000])
        values = {
            "partner_id": person.id,
            "amount": amount,
            "annual_rate": chance.choice([0, 0, 2, 4.5]),
            "periods": chance.choice([6, 10, 14]),
            "grace_periods": grace,
            "grace_type": chance.choice(["partial", "total"]) if grace else "none",
            "method": chance.choice(["annuity", "constant_principal", "in_fine"]),
            "fee_amount": chance.choice([0, 25]),
            "fee_mode": chance.choice(["withheld", "apart"]),
        }
        if chance.random() < 0.4:
            part = round(amount / 3, 2)
            second = self.today + timedelta(days=chance.randrange(20, 120))
            values["tranche_ids"] = [
                Command.create({"date": "2026-01-15", "amount": amount - part}),
                Command.create({"date": second, "amount": part}),
            ]
        return self._disburse(self._create_loan(**values))

    def test_schedules_and_accounts_agree_whatever_happens(self):
        self.loans = self.env["hub.loan"].union(
            *(self._some_loan(number) for number in range(LOANS))
        )
        events = sorted(self.done)
        for number in range(EVENTS):
            name = self.chance.choice(events)
            with self.subTest(number=number, name=name):
                with self.cr.savepoint():
                    done = getattr(self, name)()
                self.done[name] = (self.done[name] or 0) + bool(done)
                if number % 10 == 9:
                    self._assert_sound()
        self._assert_sound()
        # a walk in which something never happened proves nothing of it
        self.assertTrue(all(self.done.values()), self.done)

    def _assert_sound(self):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env["hub.loan.control"].search([])
        self.assertEqual(
            sum(rows.mapped("difference")), 0, rows.filtered("is_different").read()
        )
        entered = self.env["account.move"]._read_group(
            [
                ("hub_instalment_id", "!=", False),
                ("hub_is_live", "=", True),
                ("reversed_entry_id", "=", False),
            ],
            ["hub_instalment_id"],
            ["__count"],
        )
        self.assertLessEqual({count for _line, count in entered}, {1})
        for loan in self.loans:
            lines = loan.instalment_ids
            self.assertAlmostEqual(
                sum(lines.mapped("principal")), loan._amount_to_disburse()
            )
            for line in lines:
                if line.state == "paid" and line.amount:
                    money = sum(
                        part.amount
                        for part in line.due_line_id.matched_credit_ids
                        if part.credit_move_id.parent_state == "posted"
                    )
                    self.assertAlmostEqual(money, line.amount)

    # What may happen; each says whether it did

    def _pick(self, records):
        return records and self.chance.choice(records)

    def _open_lines(self):
        return self.loans.instalment_ids.filtered(
            lambda line: line.due_line_id.amount_residual > 0
        )

    def event_time_passes(self):
        self.today += timedelta(days=self.chance.randrange(5, 25))
        self.clock.move_to(self.today)
        stuck = self.env["hub.loan"]._prepare_due_day()
        lines = self.env["hub.loan.instalment"]
        lines.search(lines._domain_to_enter(stuck))._enter_batch()
        return True

    def event_paid(self):
        line = self._pick(self._open_lines())
        return line and self._pay(line.action_register_payment())

    def event_paid_in_part_or_too_much(self):
        line = self._pick(self._open_lines())
        amount = line and round(line.amount * self.chance.choice([0.3, 0.7, 1.5]), 2)
        return line and self._pay(line.action_register_payment(), amount=amount)

    def event_paid_in_advance(self):
        loan = self._pick(self.loans.filtered(lambda one: one.state == "disbursed"))
        if not loan:
            return False
        payment = self.env["account.payment"].create(
            {
                "partner_id": self.denis.id,
                "amount": self.chance.choice([10, 77.77, 400]),
                "journal_id": self.bank.id,
                "payment_type": "inbound",
                "hub_loan_id": loan.id,
                "date": self.today,
            }
        )
        payment.action_post()
        return True

    def _payments(self, *states):
        return (
            self.env["account.payment"]
            .search(
                [
                    ("hub_loan_id", "in", self.loans.ids),
                    ("payment_type", "=", "inbound"),
                ]
            )
            .filtered(lambda one: one.move_id.state in states)
        )

    def event_payment_back_to_draft(self):
        payment = self._pick(self._payments("posted"))
        return payment and not payment.move_id.button_draft()

    def event_payment_posted_again(self):
        payment = self._pick(self._payments("draft"))
        return payment and payment.move_id.action_post() is not None

    def event_payment_reversed(self):
        payment = self._pick(self._payments("posted"))
        return payment and payment.move_id._reverse_moves(cancel=True)

    def _entries(self, state):
        return self.env["account.move"].search(
            [
                ("hub_loan_id", "in", self.loans.ids),
                ("hub_kind", "=", "due"),
                ("reversed_entry_id", "=", False),
                ("state", "=", state),
                *([("hub_is_live", "=", True)] if state == "posted" else []),
            ]
        )

    def event_entry_reversed(self):
        move = self._pick(self._entries("posted"))
        return move and move._reverse_moves(cancel=True)

    def event_entry_back_to_draft(self):
        move = self._pick(self._entries("posted"))
        return move and not move.button_draft()

    def event_draft_posted_again(self):
        move = self._pick(self._entries("draft"))
        return move and move.action_post() is not None

    def event_draft_deleted(self):
        move = self._pick(self._entries("draft"))
        return move and move.with_context(force_delete=True).unlink()

    def event_part_paid_out_or_given_up(self):
        parts = self.loans.tranche_ids.filtered(
            lambda part: part.state == "planned" and part.loan_id.state == "disbursed"
        )
        part = self._pick(parts)
        if not part:
            return False
        if self.chance.random() < 0.4:
            part.action_give_up()
            return True
        try:
            with self.cr.savepoint():
                part.loan_id._pay_out_on(self.today)
                self._pay(part.loan_id.action_disburse())
        except UserError:
            # too late: no due date is left for it
            part.action_give_up()
        return True

    def event_matched_by_hand(self):
        line = self._pick(self._open_lines())
        if not line:
            return False
        amount = round(line.due_line_id.amount_residual / 2, 2)
        move = self.env["account.move"].create(
            {
                "journal_id": self.bank.id,
                "date": self.today,
                "line_ids": [
                    Command.create({"account_id": account.id, "balance": balance})
                    for account, balance in (
                        (self.bank.default_account_id, amount),
                        (line.loan_id.due_account_id, -amount),
                    )
                ],
            }
        )
        move.action_post()
        credit = move.line_ids.filtered("credit")
        (credit + line.due_line_id).reconcile()
        return True
