from odoo.fields import Command
from odoo.tests import tagged

from .changes import ChangeCase


@tagged("post_install", "-at_install")
class TestLoanLoss(ChangeCase):
    """Guarantees, losses, what comes after all; HUB-10."""

    def in_default(self, guaranteed=50, **values):
        """HUB-10: of 6,000, 2,000 are paid, 600 are due and open, 3,400 not due."""
        loan = self.running()
        if guaranteed:
            self.guarantee(loan, guaranteed, **values)
        self.enter(loan, "2027-05-15")
        self.pay_due(loan)
        self.enter(loan, "2027-08-20")
        self.assertEqual(loan.open_amount, 600)
        self.assertEqual(self._balance("loan"), 3400)
        return loan

    def guarantee(self, loan, percent=50, **values):
        return self.env["hub.loan.guarantee"].create(
            {
                "loan_id": loan.id,
                "partner_id": self.fund.id,
                "percent": percent,
                **values,
            }
        )

    def call(self, loan, amount=2000, guarantee=None):
        guarantee = guarantee or loan.guarantee_ids
        return self.change(loan, "guarantee", guarantee_id=guarantee.id, amount=amount)

    def paid_in_part(self):
        """A loan in default, an instalment paid in part, and the money for it."""
        loan = self.in_default(guaranteed=0)
        owed = loan.instalment_ids.filtered("residual_amount")[0]
        payment = self._pay(owed.action_register_payment(), amount=120)
        return loan, owed, payment.move_id

    def waive(self, loan, amount, scope="due"):
        return self.change(loan, "waiver", amount=amount, scope=scope)

    def impair(self, loan, amount):
        loan._post_entries(loan._impairment_entry(self.today(), amount, 0))

    # ------------------------------------------------------------
    # HUB-10
    # ------------------------------------------------------------

    def test_default_guarantee_loss(self):
        loan = self.in_default()
        guarantee = loan.guarantee_ids
        self.assertEqual(loan._exposure(), 4000)
        self.assertEqual(guarantee._callable_amount(), 2000)
        self.impair(loan, 2000)
        [set_aside] = loan.move_ids.filtered(lambda m: m.hub_kind == "impairment")
        self.assertEqual(
            self.entries(set_aside),
            [("impairment_charge", 2000), ("impairment", -2000)],
        )
        [move] = self.call(loan).move_ids
        self.assertEqual(
            self.lines_of(move),
            [
                ("due", self.fund, 2000),
                *[("due", self.amina, -200)] * 3,
                ("loan", self.amina, -1400),
            ],
        )
        self.assertEqual(move.hub_kind, "guarantee")
        self.assertEqual(self.states(loan)[16:20], ["guaranteed"] * 4)
        self.assertEqual(loan.outstanding_amount, 2000)
        self.assertEqual(guarantee.state, "called")
        self.assert_zero()
        [payment] = self._pay(guarantee.claim_ids.action_register_payment())
        self.assertEqual((payment.partner_id, payment.amount), (self.fund, 2000))
        self.assertEqual(guarantee.open_amount, 0)
        self.assert_zero()
        change = self.change(loan, "write_off")
        lost, reversal = change.move_ids.sorted("id")
        self.assertEqual(self.entries(lost), [("loss", 2000), ("loan", -2000)])
        self.assertEqual(lost.hub_kind, "write_off")
        self.assertEqual(
            self.entries(reversal),
            [("impairment", 2000), ("impairment_reversal", -2000)],
        )
        self.assertEqual(loan.state, "written_off")
        self.assertEqual(loan.lost_amount, 2000)
        self.assertEqual(self.states(loan)[20:], ["written_off"])
        result = sum(
            self._balance(role)
            for role in ("impairment_charge", "loss", "impairment_reversal")
        )
        self.assertEqual(result, 2000)
        self.assertEqual(self._balance("loan"), 0)
        self.assertEqual(self._balance("due"), 0)
        self.assert_zero()

    def test_the_guarantor_is_owed_nothing_more_than_agreed(self):
        loan = self.in_default(ceiling=1500)
        with self.refused("at most"):
            self.call(loan, 2000)
        with self.refused("at most"):
            self.call(loan, 0)
        self.call(loan, 1500)
        with self.refused("was called"):
            self.call(loan, 10)
        with self.refused("stays as it was agreed"):
            loan.guarantee_ids.percent = 10
        with self.refused("stays as it was agreed"):
            loan.guarantee_ids.unlink()

    def test_a_guarantee_that_ended_is_not_called(self):
        loan = self.in_default(date_end="2027-06-30")
        self.assertEqual(loan.guarantee_ids.state, "ended")
        with self.refused("ended on"):
            self.call(loan)

    def test_two_guarantors_pay_their_part_of_the_same_debt(self):
        loan = self.in_default()
        other = self.guarantee(loan, 25, partner_id=self.denis.id)
        first = loan.guarantee_ids - other
        self.call(loan, 2000, first)
        self.assertEqual(other._callable_amount(), 1000)
        self.at("2027-08-21")
        self.call(loan, 1000, other)
        self.assertEqual(loan.outstanding_amount, 1000)
        self.assert_zero()
        with self.refused("would cover"):
            self.guarantee(loan, 50, partner_id=self.users["board"].partner_id.id)

    def test_who_owes_the_loan_is_no_guarantor(self):
        loan = self.running()
        for partner in (self.amina, self.company.partner_id):
            with self.refused("guarantor|stand for"):
                self.guarantee(loan, partner_id=partner.id)
        for values in ({"percent": 0}, {"percent": 101}, {"ceiling": -1}):
            with self.refused("guarantee|ceiling"):
                self.guarantee(loan, **values)

    def test_a_call_undone_leaves_the_loan_as_it_was(self):
        loan = self.in_default()
        before = self.plan(loan)
        change = self.call(loan)
        change.action_undo()
        self.assertEqual(self.plan(loan), before)
        self.assertEqual(self.states(loan)[16:19], ["late"] * 3)
        self.assertEqual(loan.outstanding_amount, 4000)
        self.assertEqual(loan.guarantee_ids.state, "active")
        self.assert_zero()
        self.call(loan)
        self.assert_zero()

    # ------------------------------------------------------------
    # Money of the borrower after the call
    # ------------------------------------------------------------

    def pay(self, loan, amount):
        self.env["account.payment"].create(
            {
                "partner_id": self.amina.id,
                "amount": amount,
                "journal_id": self.bank.id,
                "payment_type": "inbound",
                "hub_loan_id": loan.id,
            }
        ).action_post()

    def test_what_comes_after_the_call_is_shared_to_the_cent(self):
        loan = self.in_default(recovery_percent=33.33)
        guarantee = loan.guarantee_ids
        self.call(loan)
        [claim] = guarantee.claim_ids
        self._pay(claim.action_register_payment())
        received = 0
        month = 9
        for amount in (100, 0.01, 77.77, 41.20):
            self.enter(loan, f"2027-{month:02}-15")
            month += 1
            self.pay(loan, amount)
            received += amount
            guarantee.action_share()
            guarantee.action_share()
            self.assertAlmostEqual(
                guarantee.share_amount, round(received * 0.3333 + 1e-9, 2), 2
            )
            self.assert_zero()
        shares = loan.change_ids.filtered(lambda one: one.kind == "share")
        self.assertEqual(
            self.lines_of(shares[-1].move_ids),
            [
                ("due", self.amina, 33.33),
                ("guarantor_payable", self.fund, -33.33),
            ],
        )
        # the borrower owes the hub less by the hub's own part alone
        self.assertAlmostEqual(
            loan.outstanding_amount, 2000 - received + guarantee.share_amount, 2
        )
        payable = guarantee.claim_ids.filtered(lambda one: one.kind == "payable")
        payments = self._pay(payable.action_register_payment(), group_payment=True)
        self.assertEqual(payments.payment_type, "outbound")
        self.assertEqual(payments.partner_id, self.fund)
        self.assertAlmostEqual(payments.amount, guarantee.share_amount)
        self.assertEqual(guarantee.share_open, 0)
        self.assert_zero()

    def test_a_payment_that_did_not_hold_is_not_shared(self):
        loan = self.in_default()
        guarantee = loan.guarantee_ids
        self.call(loan)
        self.enter(loan, "2027-09-15")
        [payment] = self._pay(
            loan.instalment_ids.filtered("residual_amount").action_register_payment()
        )
        guarantee.action_share()
        self.assertAlmostEqual(guarantee.share_amount, payment.amount / 2, 2)
        payment.move_id._reverse_moves(cancel=True)
        guarantee.action_share()
        self.assertEqual(guarantee.share_amount, 0)
        self.assert_zero()

    def test_who_is_first(self):
        for rule, paid, share in (
            ("hub_first", 1500, 0),
            ("guarantor_first", 1500, 1500),
            ("none", 1500, 0),
            ("share", 1500, 750),
        ):
            with self.subTest(rule), self.cr.savepoint() as savepoint:
                loan = self.in_default(recovery_rule=rule)
                self.call(loan)
                self.change(loan, "write_off")
                self.change(loan, "recovery", amount=paid)
                self.assertEqual(loan.guarantee_ids.share_amount, share)
                self.assertEqual(self._balance("recovery"), share - paid)
                self.assert_zero()
                savepoint.rollback()

    def test_the_hub_has_its_part_first_then_the_guarantor_the_rest(self):
        loan = self.in_default(recovery_rule="hub_first")
        self.call(loan)
        self.change(loan, "write_off")
        self.change(loan, "recovery", amount=1500)
        self.change(loan, "recovery", amount=1500)
        self.assertEqual(loan.guarantee_ids.share_amount, 1000)
        self.change(loan, "recovery", amount=1000)
        self.assertEqual(loan.guarantee_ids.share_amount, 2000)
        self.assertEqual(self._balance("recovery"), -2000)
        with self.refused("still claimed"):
            self.change(loan, "recovery", amount=0.01)
        self.assert_zero()

    def test_the_job_shares_what_came(self):
        loan = self.in_default()
        self.call(loan)
        self.enter(loan, "2027-09-15")
        self.pay_due(loan)
        self.env["hub.loan.guarantee"]._share_day()
        self.assertTrue(loan.guarantee_ids.share_amount)
        changes = len(loan.change_ids)
        self.env["hub.loan.guarantee"]._share_day()
        self.assertEqual(len(loan.change_ids), changes)
        self.assert_zero()

    # ------------------------------------------------------------
    # Losses
    # ------------------------------------------------------------

    def test_interest_that_is_lost_is_taken_out_of_income(self):
        loan = self.running(
            amount=5000,
            annual_rate=2,
            grace_periods=0,
            grace_type="none",
            fee_amount=40,
            fee_mode="apart",
        )
        lines = self.enter(loan, "2026-03-20")[:2]
        self._pay(lines[0].action_register_payment(), amount=50)
        not_due = lines[1].balance_after
        interest = lines[1].interest
        change = self.change(loan, "write_off")
        first, besides = change.move_ids.sorted("id")
        rest = round(sum(lines.mapped("principal")) - (50 - lines[0].interest), 2)
        self.assertEqual(
            self.entries(first)[:2],
            [("interest", interest), ("loss", round(not_due + rest, 2))],
        )
        self.assertEqual(self.entries(besides), [("loss", 40), ("due", -40)])
        self.assertEqual(change.interest, interest)
        self.assertEqual(change.principal, round(not_due + rest + 40, 2))
        self.assertEqual(self.states(loan), ["written_off"] * 3)
        self.assertEqual(loan.fee_residual, 0)
        self.assert_zero()

    def test_interest_that_was_paid_is_not_lost(self):
        loan = self.running(annual_rate=6, grace_periods=0, grace_type="none")
        lines = self.enter(loan, "2026-02-20")
        self._pay(lines[0].action_register_payment(), amount=50)
        self.assertEqual((lines[0].paid_interest, lines[0].paid_principal), (30, 20))
        with self.refused("only"):
            self.waive(loan, 1, "interest")
        change = self.change(loan, "write_off")
        self.assertEqual((change.interest, change.principal), (0, 5980))
        self.assert_zero()

    def test_a_loss_undone(self):
        loan = self.in_default(guaranteed=0)
        before = self.plan(loan)
        self.impair(loan, 1000)
        change = self.change(loan, "write_off")
        self.assertEqual(self._balance("impairment"), 0)
        change.action_undo()
        self.assertEqual(loan.state, "disbursed")
        self.assertFalse(loan.closed_on)
        self.assertEqual(self.plan(loan), before)
        self.assertEqual(self._balance("impairment"), -1000)
        self.assertEqual(loan.lost_amount, 0)
        self.assert_zero()

    def test_its_entry_reversed_in_the_accounts_the_loan_runs_again(self):
        loan = self.in_default(guaranteed=0)
        self.impair(loan, 1000)
        change = self.change(loan, "write_off")
        lost = change.move_ids.filtered(lambda m: m.hub_kind == "write_off")
        lost._reverse_moves(cancel=True)
        self.assertEqual((change.state, loan.state), ("undone", "disbursed"))
        self.assertEqual(self._balance("impairment"), -1000)
        self.assertEqual(self.states(loan)[16:19], ["late"] * 3)
        self.assert_zero()

    def test_money_after_a_loss(self):
        loan = self.in_default(guaranteed=0)
        self.change(loan, "write_off")
        self.assertEqual(loan.claimed_amount, 4000)
        self.at("2027-12-01")
        change = self.change(loan, "recovery", amount=150)
        self.assertEqual(
            self.entries(change.move_ids), [("due", 150), ("recovery", -150)]
        )
        self.assertEqual(change.move_ids.hub_kind, "recovery")
        [claim] = change.claim_ids
        self.assertEqual(claim.residual_amount, 150)
        self._pay(claim.action_register_payment())
        self.assertEqual(claim.residual_amount, 0)
        self.assertEqual(loan.state, "written_off")
        self.assertEqual((loan.recovered_amount, loan.claimed_amount), (150, 3850))
        self.assertEqual(set(self.states(loan)[16:]), {"written_off"})
        self.assert_zero()
        second = self.change(loan, "recovery", amount=50)
        change.action_undo()
        self.assertEqual((loan.recovered_amount, second.state), (50, "done"))
        self.assert_zero()

    def test_nothing_more_is_due_after_a_loss(self):
        loan = self.in_default(guaranteed=0)
        self.change(loan, "write_off")
        moves = len(loan.move_ids)
        self.enter(loan, "2028-01-20")
        self.assertEqual(len(loan.move_ids), moves)
        for kind in ("early", "respite", "waiver", "write_off"):
            with self.refused("would have to be"):
                self.change(loan, kind)
        running = self.running(partner_id=self.denis.id)
        with self.refused("would have to be"):
            self.change(running, "recovery", amount=5)

    # ------------------------------------------------------------
    # Waivers
    # ------------------------------------------------------------

    def test_interest_given_up(self):
        loan = self.running(
            amount=5000, annual_rate=2, grace_periods=0, grace_type="none"
        )
        lines = self.enter(loan, "2026-03-20")[:2]
        interest = round(sum(lines.mapped("interest")), 2)
        change = self.waive(loan, interest, "interest")
        self.assertEqual(
            self.entries(change.move_ids),
            [
                ("interest", interest),
                ("due", -lines[0].interest),
                ("due", -lines[1].interest),
            ],
        )
        self.assertEqual(change.move_ids.hub_kind, "waiver")
        self.assertEqual(self.states(loan)[:2], ["partial", "partial"])
        self.assertEqual(loan.outstanding_amount, 5000)
        self.assertEqual(loan.waived_amount, interest)
        with self.refused("only"):
            self.waive(loan, 0.01, "interest")
        self.pay_due(loan)
        self.assertEqual(self.states(loan)[:2], ["waived", "waived"])
        self.assert_zero()
        change.action_undo()
        self.assertEqual(self.states(loan)[:2], ["partial", "partial"])
        self.assertEqual(loan.open_amount, interest)
        self.assert_zero()

    def test_what_is_due_given_up_interest_first(self):
        loan = self.running(
            amount=5000, annual_rate=2, grace_periods=0, grace_type="none"
        )
        lines = self.enter(loan, "2026-03-20")[:2]
        change = self.waive(loan, 150)
        second = round(150 - lines[0].amount, 2)
        self.assertLess(second, lines[1].interest)
        self.assertAlmostEqual(change.interest, lines[0].interest + second)
        self.assertAlmostEqual(change.principal, lines[0].principal)
        self.assertEqual(self.states(loan)[:2], ["waived", "partial"])
        self.assert_zero()

    def test_principal_not_due_given_up(self):
        loan = self.in_default(guaranteed=0)
        coming = self.coming(loan)
        before = self.plan(loan)
        change = self.waive(loan, 1700, "coming")
        self.assertEqual(
            self.entries(change.move_ids), [("loss", 1700), ("loan", -1700)]
        )
        self.assertEqual({p for _d, p, _i in self.coming(loan)}, {100})
        self.assertEqual(len(self.coming(loan)), len(coming))
        self.assertEqual(loan.outstanding_amount, 2300)
        self.assert_zero()
        change.action_undo()
        self.assertEqual(self.plan(loan), before)
        self.assert_zero()
        with self.refused("are not due yet"):
            self.waive(loan, 3400.01, "coming")
        with self.refused("say how much"):
            self.waive(loan, 0, "coming")

    def test_all_given_up_ends_the_loan(self):
        loan = self.in_default(guaranteed=0)
        self.waive(loan, 3400, "coming")
        self.assertEqual(loan.state, "disbursed")
        self.waive(loan, 600)
        self.assertEqual(loan.state, "repaid")
        self.assertEqual(loan.waived_amount, 4000)
        self.assertEqual(set(self.states(loan)[16:]), {"waived"})
        self.assert_zero()

    # ------------------------------------------------------------
    # Doubtful
    # ------------------------------------------------------------

    def test_doubtful_is_a_word_unless_it_is_kept_apart(self):
        loan = self.in_default(guaranteed=0)
        change = self.change(loan, "doubtful")
        self.assertTrue(loan.is_doubtful)
        self.assertFalse(change.move_ids)
        self.change(loan, "sound")
        self.assertFalse(loan.is_doubtful)

    def test_money_that_came_before_stays_while_the_rest_is_doubtful(self):
        """What it paid would be open again on neither account."""
        self.company.hub_doubtful_apart = True
        loan, owed, money = self.paid_in_part()
        change = self.change(loan, "doubtful")
        for take_back in (
            money.line_ids.remove_move_reconcile,
            money.button_draft,
            lambda: money._reverse_moves(cancel=True),
        ):
            with self.refused("Undo that on the loan first"):
                take_back()
        self.assert_zero()
        change.action_undo()
        money._reverse_moves(cancel=True)
        self.assertEqual(owed.residual_amount, owed.amount)
        self.change(loan, "doubtful")
        self.assert_zero()

    def test_a_payment_in_draft_waits_for_somebody_first(self):
        loan, _owed, money = self.paid_in_part()
        money.button_draft()
        for kind in ("doubtful", "write_off"):
            with self.refused("are drafts"):
                self.change(loan, kind)
        money.action_post()
        self.change(loan, "write_off")
        self.assert_zero()

    def test_doubtful_on_accounts_of_their_own(self):
        self.company.hub_doubtful_apart = True
        loan = self.in_default(guaranteed=0)
        lines = loan.instalment_ids.filtered("residual_amount")
        self._pay(lines[0].action_register_payment(), amount=120)
        change = self.change(loan, "doubtful")
        self.assertEqual(
            self.entries(change.move_ids),
            [
                ("loan", -3400),
                ("doubtful", 3400),
                ("due", -80),
                ("doubtful_due", 80),
                ("due", -200),
                ("doubtful_due", 200),
                ("due", -200),
                ("doubtful_due", 200),
            ],
        )
        self.assertEqual(self._balance("loan"), 0)
        self.assertEqual(self._balance("due"), 0)
        self.assertEqual(self.states(loan)[16:19], ["partial", "late", "late"])
        self.assertEqual((loan.overdue_amount, loan.outstanding_amount), (480, 3880))
        self.assertEqual(loan.days_overdue, 66)
        self.assert_zero()
        with self.refused("doubtful already"):
            self.change(loan, "doubtful")
        # it goes on: due, paid, lost
        self.enter(loan, "2027-09-15")
        self._pay(lines[0].action_register_payment())
        self.assertEqual(self.states(loan)[16], "paid")
        self.assertIn(
            change.move_ids.name,
            loan.instalment_ids[17].explanation + change.move_ids.name,
        )
        self.assert_zero()
        self.change(loan, "write_off")
        self.assertEqual(self._balance("doubtful"), 0)
        self.assertEqual(self._balance("doubtful_due"), 0)
        self.assert_zero()

    def test_sound_again_and_undone(self):
        self.company.hub_doubtful_apart = True
        loan = self.in_default(guaranteed=0)
        accounts = loan._accounts_kept()
        doubtful = self.change(loan, "doubtful")
        self.pay_due(loan)
        sound = self.change(loan, "sound")
        self.assertEqual(loan._accounts_kept(), accounts)
        self.assertEqual(self._balance("loan"), 3400)
        self.assert_zero()
        with self.refused("is not doubtful"):
            self.change(loan, "sound")
        sound.action_undo()
        self.assertTrue(loan.is_doubtful)
        self.assertEqual(self._balance("doubtful"), 3400)
        self.assert_zero()
        doubtful.action_undo()
        self.assertEqual(loan._accounts_kept(), accounts)
        self.assertEqual(self._balance("loan"), 3400)
        self.assertEqual(self._balance("doubtful"), 0)
        self.assert_zero()

    # ------------------------------------------------------------
    # Cancelled after it was paid out
    # ------------------------------------------------------------

    def test_cancelled_after_it_was_paid_out(self):
        loan = self.running(fee_amount=60, fee_mode="withheld")
        self.enter(loan, "2026-08-20")
        self.change(loan, "cancel", reason="Paid out to the wrong person")
        self.assertEqual(loan.state, "cancelled")
        for role in ("loan", "due", "commitment"):
            self.assertEqual(self._balance(role), 0)
        self.assertEqual(self._balance("payout"), 5940)
        self.assertEqual(loan.giving_back_amount, 5940)
        self.assert_zero()
        [payment] = self._pay(loan.action_receive_back())
        self.assertEqual((payment.payment_type, payment.amount), ("inbound", 5940))
        self.assertEqual(self._balance("payout"), 0)
        self.assertEqual(loan.giving_back_amount, 0)
        self.assert_zero()
        change = loan.change_ids
        with self.refused("write the application again"):
            change.action_undo()
        loan.action_back_to_draft()
        self._disburse(loan)
        self.assert_zero()

    def test_what_was_paid_back_is_not_cancelled(self):
        loan = self.in_default(guaranteed=0)
        with self.refused("has paid already"):
            self.change(loan, "cancel")
        other = self.running(partner_id=self.denis.id)
        self.early(other, 5)
        with self.refused("first"):
            self.change(other, "cancel")

    # ------------------------------------------------------------
    # A second person
    # ------------------------------------------------------------

    def test_a_second_person_agrees(self):
        loan = self.in_default(guaranteed=0)
        self.company.hub_loan_second_person = True
        groups = "solidarity_hub.group_hub_finance,account.group_account_invoice"
        solene, marc = (self._user(login, groups) for login in ("solene", "marc"))
        change = self.change(loan.with_user(solene), "waiver", amount=600, scope="due")
        change = change.with_user(solene)
        self.assertEqual((change.state, loan.open_amount), ("asked", 600))
        [activity] = loan.activity_ids
        self.assertNotEqual(activity.user_id, solene)
        self.assertIn("600", activity.note)
        with self.refused("asked for it yourself"):
            change.action_approve()
        change.with_user(marc).action_approve()
        self.assertEqual(change.state, "done")
        self.assertEqual(change.asked_by_id, solene)
        self.assertEqual(change.decided_by_id, marc)
        self.assertEqual(loan.open_amount, 0)
        with self.refused("decided already"):
            change.with_user(marc).action_approve()
        other = self.change(loan.with_user(solene), "write_off")
        other.with_user(marc).action_refuse("We wait for his news")
        self.assertEqual(
            (other.state, other.refusal), ("refused", "We wait for his news")
        )
        self.assertEqual(loan.state, "disbursed")
        # what is the borrower's right needs nobody's agreement
        self.assertEqual(self.early(loan.with_user(solene), 5).state, "done")

    def test_a_second_person_must_exist(self):
        loan = self.in_default(guaranteed=0)
        self.company.hub_loan_second_person = True
        finance = self.env.ref("solidarity_hub.group_hub_finance")
        finance.user_ids = [Command.clear()]
        with self.refused("none besides you"):
            self.change(loan, "write_off")


@tagged("post_install", "-at_install")
class TestLoanLossGenericChart(ChangeCase):
    """HUB-10 with the generic chart, in another company."""

    chart = "generic_coa"
    in_default = TestLoanLoss.in_default
    guarantee = TestLoanLoss.guarantee
    call = TestLoanLoss.call
    impair = TestLoanLoss.impair
    test_default_guarantee_loss = TestLoanLoss.test_default_guarantee_loss
