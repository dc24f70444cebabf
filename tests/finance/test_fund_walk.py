import random
from collections import defaultdict
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .funds import FundCommon

STEPS = 60
CAPITAL = ("repaid", "lost", "claimed")


@tagged("post_install", "-at_install")
class TestFundWalk(FundCommon):
    """Whatever happens to loans, in whatever order: what funds and funders have of it
    sums to the cent, and the funds have in hand what the bank has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.funds = [
            cls._fund_with(*amounts, name=name, keeps_interest=True)
            for name, amounts in (
                ("A", (3000.01, 2999.99, 1234.56)),
                ("B", (4000,)),
                ("C", (777.77, 5000, 1000.03)),
            )
        ]

    def _bank(self):
        """All that came to the bank or left it."""
        lines = self.env["account.move.line"].search(
            [
                ("company_id", "=", self.company.id),
                ("parent_state", "=", "posted"),
                ("move_id.origin_payment_id", "!=", False),
                ("account_id.account_type", "in", ("asset_cash", "asset_current")),
            ]
        )
        return round(sum(lines.mapped("balance")), 2)

    def _begin(self, rng):
        loans = self.env["hub.loan"]
        for number in range(6):
            amount = rng.choice((1000, 1234.57, 999.99, 2000))
            parts = rng.sample(self.funds, rng.randint(1, 3))
            loan = self._create_loan(
                partner_id=self.env["res.partner"].create({"name": f"B{number}"}).id,
                amount=amount,
                annual_rate=rng.choice((0, 3.7)),
                periods=rng.randint(5, 9),
                grace_periods=0,
                grace_type="none",
                fee_amount=rng.choice((0, 12.34)),
                fee_mode=rng.choice(("withheld", "apart")),
            )
            cut = [Decimal(rng.randint(1, 100)) for _fund in parts]
            weights = [
                float((loan._exact(amount) * w / sum(cut)).quantize(Decimal("0.01")))
                for w in cut[:-1]
            ]
            weights.append(round(amount - sum(weights), 2))
            self._share(loan, *zip(parts, weights, strict=True))
            loans |= self._disburse(loan)
        return loans

    # What may happen

    def _due(self, rng, loan):
        self._post_due(loan)

    def _paid(self, rng, loan):
        owed = loan.instalment_ids.filtered("residual_amount")
        if owed:
            line = rng.choice(owed)
            part = rng.choice((1, 1, 0.37))
            self._pay(
                line.action_register_payment(),
                amount=max(round(line.residual_amount * part, 2), 0.01),
                payment_difference_handling="open",
            )

    def _fee(self, rng, loan):
        if loan.fee_residual:
            self._pay(loan.fee_line_id.action_register_payment())

    def _payment_taken_back(self, rng, loan):
        payments = self.env["account.payment"].search(
            [
                ("hub_loan_id", "=", loan.id),
                ("payment_type", "=", "inbound"),
                ("state", "!=", "canceled"),
            ]
        )
        if payments:
            payment = rng.choice(payments)
            after = rng.choice(("draft", "post", "cancel"))
            if payment.state != "draft":
                payment.action_draft()
            if after == "post":
                payment.action_post()
            elif after == "cancel":
                payment.action_cancel()

    def _unmatched(self, rng, loan):
        lines = loan.instalment_ids.due_line_id.filtered("matched_credit_ids")
        if lines:
            lines[rng.randrange(len(lines))].remove_move_reconcile()
            loan._match_credits()

    def _entry(self, loan, kind, lines, day):
        move = (
            self.env["account.move"]
            .sudo()
            .create(
                {
                    "date": day,
                    "journal_id": loan.journal_id.id,
                    "hub_loan_id": loan.id,
                    "hub_kind": kind,
                    "line_ids": [
                        Command.create(
                            {
                                "account_id": account.id,
                                "partner_id": loan.partner_id.id,
                                "balance": balance,
                            }
                        )
                        for account, balance in lines
                    ],
                }
            )
        )
        move._post(soft=False)
        return move

    def _given_up(self, rng, loan):
        """One instalment is lost, waived or asked from a guarantor."""
        owed = loan.instalment_ids.filtered("residual_amount")
        if owed:
            line = rng.choice(owed)
            kind = rng.choice(("write_off", "waiver", "guarantee"))
            amount = line.residual_amount
            account = self.company.hub_loss_account_id
            if kind == "guarantee":
                account = loan.due_account_id
            move = self._entry(
                loan,
                kind,
                [(account, amount), (loan.due_account_id, -amount)],
                line.due_date,
            )
            (line.due_line_id + move.line_ids[1]).reconcile()

    def _guarantor_pays(self, rng, loan):
        calls = loan.move_ids.filtered(lambda m: m.hub_kind == "guarantee")
        claims = calls.line_ids.filtered(
            lambda x: x.balance > 0 and x.amount_residual > 0
        )
        if claims:
            self._pay(claims[0].action_register_payment())

    def _reversed(self, rng, loan):
        moves = loan.move_ids.filtered(
            lambda m: (
                m.hub_is_live
                and not m.reversed_entry_id
                and m.hub_kind in ("write_off", "waiver")
            )
        )
        if moves:
            moves[:1]._reverse_moves(cancel=True)

    # What holds all the time

    def _check(self, loans):
        self.env.flush_all()
        events = loans._events()
        for loan in loans:
            self._check_loan(loan, [e for e in events.get(loan, ()) if e.amount])
        cash = sum(fund._figures("2040-01-01")[fund]["cash"] for fund in self.funds)
        self.assertEqual(round(cash, 2), self._bank())

    def _check_loan(self, loan, events):
        lines = self.env["hub.fund.line"].search([("loan_id", "=", loan.id)])
        sums, stakes = defaultdict(Decimal), defaultdict(Decimal)
        for line in lines:
            amount = loan._exact(line.amount)
            sums[line._event_key()] += amount
            if line.kind == "lent":
                stakes[line.share_id, line.contribution_id] += amount
            elif line.kind in CAPITAL:
                stakes[line.share_id, line.contribution_id] -= amount
        self.assertEqual(dict(sums), {e.key: e.amount for e in events}, loan.name)
        self.assertTrue(all(left >= 0 for left in stakes.values()), loan.name)
        self.assertEqual(
            float(sum(stakes.values())), round(loan.outstanding_amount, 2), loan.name
        )

    def test_a_walk_through_everything(self):
        rng = random.Random(2026)
        day = date(2026, 1, 15)
        with freeze_time(day):
            loans = self._begin(rng)
            self._check(loans)
        happenings = (
            *(self._due, self._paid) * 3,
            self._fee,
            self._payment_taken_back,
            self._unmatched,
            self._given_up,
            self._guarantor_pays,
            self._reversed,
        )
        for step in range(STEPS):
            day += relativedelta(days=rng.randint(1, 6))
            with freeze_time(day):
                happen = happenings[step % len(happenings)]
                for loan in loans if happen == self._due else rng.sample(loans, 2):
                    happen(rng, loan)
            if step % 6 == 5:
                self._check(loans)
                # Within one long transaction PostgreSQL knows no sizes by itself.
                self.env.cr.execute(
                    "ANALYZE account_move, account_move_line, account_payment,"
                    " account_partial_reconcile"
                )
        kinds = set(self.env["hub.fund.line"].search([]).mapped("kind"))
        self.assertLessEqual(
            {"lost", "claimed", "claim_paid", "interest", "fee", "repaid"}, kinds
        )
        self._pay_the_rest(loans, day + relativedelta(years=2))
        self._check(loans)
        for loan in loans:
            for share in loan.share_ids:
                self.assertEqual(share.lent_amount, share.amount)
                self.assertEqual(round(share.outstanding_amount, 2), 0)

    def _pay_the_rest(self, loans, day):
        with freeze_time(day):
            self._post_due(loans)
            self.env["account.payment"].search(
                [("hub_loan_id", "in", loans.ids), ("state", "=", "draft")]
            ).action_post()
            loans._match_credits()
            for line in loans.instalment_ids.filtered("residual_amount"):
                self._pay(line.action_register_payment())
