from contextlib import contextmanager

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time

from .common import LoanCommon

ROLES = (
    "loan",
    "due",
    "payout",
    "interest",
    "loss",
    "interest_loss",
    "recovery",
    "impairment",
    "impairment_charge",
    "impairment_reversal",
    "due_impairment",
    "due_impairment_charge",
    "due_impairment_reversal",
    "accrued",
    "guarantor_payable",
    "doubtful",
    "doubtful_due",
)


class ChangeCase(LoanCommon):
    """Loans under way, and what happens to them; asks for ``cls.start``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fund = cls.env["res.partner"].create(
            {"name": "Guarantee fund of Burgundy", "is_company": True}
        )

    def at(self, day):
        """From here on it is this day."""
        if not hasattr(self, "clock"):
            frozen = freeze_time(day)
            self.clock = frozen.start()
            self.addCleanup(frozen.stop)
        self.clock.move_to(day)
        self.env.invalidate_all()
        return self

    def running(self, day="2026-01-15", **values):
        """A loan paid out on a day."""
        self.at(day)
        first = values.pop("first_due_date", None)
        first = first or fields.Date.add(fields.Date.to_date(day), months=1)
        return self._disburse(
            self._create_loan(disbursement_date=day, first_due_date=first, **values)
        )

    def enter(self, loan, day):
        self.at(day)
        self._post_due(loan)
        return loan.instalment_ids

    def pay_due(self, loan, **values):
        """All that is open on a loan is paid through Odoo's own wizard."""
        action = loan.action_register_payment()
        return self._pay(action, group_payment=True, **values)

    def change(self, loan, kind, reason="They asked for it", day=None, **terms):
        day = day or self.today()
        return loan.env["hub.loan.change"]._propose(loan, kind, day, reason, **terms)

    def early(self, loan, principal, keep="term", until="day", **values):
        return self.change(
            loan, "early", principal=principal, keep=keep, until=until, **values
        )

    def today(self):
        return self.env["hub.loan.change"]._today()

    def lines_of(self, moves):
        """``[(role, partner, balance)]`` of entries."""
        accounts = {}
        for role in ROLES:
            accounts.setdefault(self.company._hub_account(role), role)
        return [
            (
                accounts.get(line.account_id, line.account_id.account_type),
                line.partner_id,
                line.balance,
            )
            for line in moves.line_ids.sorted("id")
        ]

    def entries(self, moves):
        """``[(role, balance)]`` of entries."""
        return [(role, balance) for role, _who, balance in self.lines_of(moves)]

    def states(self, loan):
        self.env.invalidate_all()
        return loan.instalment_ids.sorted("sequence").mapped("state")

    def coming(self, loan):
        return [
            (line.due_date.isoformat(), line.principal, line.interest)
            for line in loan.instalment_ids.sorted("sequence")
            if not line.due_move_id and line.amount
        ]

    def plan(self, loan):
        return [line._as_tuple() for line in loan.instalment_ids.sorted("sequence")]

    @contextmanager
    def refused(self, words):
        """Refused with these words, and nothing is half-written."""
        self.env.flush_all()
        with (
            self.assertRaisesRegex((UserError, ValidationError), words),
            self.cr.savepoint(),
        ):
            yield
        self.env.invalidate_all()

    def assert_zero(self):
        """Schedules and accounts agree to the cent."""
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env["hub.loan.control"].search([])
        different = rows.filtered("is_different")
        self.assertFalse(different, different.mapped("explanation"))
        return rows
