from odoo.fields import Command
from odoo.tests import Form, tagged

from . import test_loan_takeover
from .common import ACCOUNTANT
from .funds import FundMixin
from .test_loan_takeover_life import TakeoverCase


@tagged("post_install", "-at_install")
class TestLoanTakeoverFunds(FundMixin, TakeoverCase):
    """Who stands behind loans taken over, whichever was entered first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_funds()
        cls.finance = cls._user("takeover_finance", ACCOUNTANT)

    def given_before(self, fund, partner, amount):
        """What a funder had given before the accounts began here."""
        return self._grant(
            fund,
            amount,
            partner=partner,
            granted_on="2024-01-10",
            line_ids=[
                Command.create(
                    {
                        "kind": "opening",
                        "principal": amount,
                        "date": "2024-02-01",
                        "note": "In the opening entry, 7541",
                    }
                )
            ],
        )

    def lent(self, loan):
        """``{fund or funder: amount}`` behind a loan."""
        lines = self.env["hub.fund.line"].search([("loan_id", "=", loan.id)])
        found = {}
        for line in lines.filtered(lambda one: one.kind == "lent"):
            who = line.funder_id or line.fund_id
            found[who] = found.get(who, 0) + line.amount
        return found

    def test_contributions_may_come_after_the_loans(self):
        pool = self._create_fund("Pool")
        one, late = self.take_over()
        self.assertEqual(self.lent(one), {pool: 4000})
        club = self.given_before(pool, self.club, 6000)
        self.given_before(pool, self.odile, 3000)
        self.assertEqual(self.lent(one), {self.club: 2666.67, self.odile: 1333.33})
        self.assertEqual(self.lent(late), {self.club: 733.33, self.odile: 366.67})
        self.assertEqual(pool._figures()[pool]["cash"], 9000 - 5100)
        # entered by mistake
        club.line_ids.unlink()
        self.assertEqual(self.lent(one), {pool: 4000})

    def test_once_something_came_back_it_stays_split_as_it_was(self):
        pool = self._create_fund("Pool")
        self.given_before(pool, self.club, 6000)
        _one, late = self.take_over()
        self._pay(self.unpaid(late).action_register_payment())
        before = self.lent(late)
        self.assertEqual(before, {self.club: 1100})
        self.given_before(pool, self.odile, 3000)
        self.assertEqual(self.lent(late), before)
        with self.refused("no longer changes"):
            late.with_user(self.finance).share_ids.amount = 900

    def test_what_is_paid_of_what_was_late_comes_back_to_the_fund(self):
        pool = self._create_fund("Pool")
        _one, late = self.take_over()
        self._pay(self.unpaid(late).action_register_payment(), amount=110.5)
        figures = pool._figures()[pool]
        self.assertEqual((figures["interest"], figures["repaid"]), (10.5, 100))
        self.assertEqual(figures["outstanding"], 5000)

    def test_an_opening_entry_that_is_reversed_brings_the_fund_nothing(self):
        pool = self._create_fund("Pool")
        self.take_over()
        self.opening._reverse_moves([{"date": "2026-01-06"}], cancel=True)
        figures = pool._figures()[pool]
        self.assertEqual((figures["repaid"], figures["outstanding"]), (0, 5100))

    def test_a_fund_may_be_named_after_the_take_over(self):
        one, _late = self.take_over()
        self.assertFalse(one.share_ids)
        pool = self._create_fund("Pool")
        with Form(one.with_user(self.finance)) as form:
            form.fund_id = pool
        self.assertEqual(self.lent(one), {pool: 4000})
        self.enter(one, "2026-01-15")
        self.pay_due(one)
        self.assertEqual(pool._figures()[pool]["repaid"], 161.92)

    def test_two_funds_in_one_save(self):
        pool = self._create_fund("Pool")
        one, _late = self.take_over()
        other = self._create_fund("Other")
        one = one.with_user(self.finance)
        with Form(one) as form:
            with form.share_ids.edit(0) as share:
                share.amount = 3000
            with form.share_ids.new() as share:
                share.fund_id = other
                share.amount = 1000
        self.assertEqual(self.lent(one), {pool: 3000, other: 1000})
        with self.refused("the loan is 4,000"):
            one.share_ids[0].amount = 10
        with self.refused("the loan is 4,000"):
            one.write({"share_ids": [Command.delete(one.share_ids[0].id)]})
        self.assertEqual(self.lent(one), {pool: 3000, other: 1000})

    def test_undone_it_leaves_the_fund_book(self):
        pool = self._create_fund("Pool")
        one, _late = self.take_over()
        one.with_user(self.finance).action_undo_takeover()
        self.assertFalse(one.exists())
        self.assertEqual(pool._figures()[pool]["lent"], 1100)

    def test_the_rates_of_the_old_agreement_are_shown_where_they_are_known(self):
        self.at("2026-01-06")
        head = test_loan_takeover.HEAD.rstrip("\n") + ",TAEG,TEG\n"
        line = "P-07,2025-12-31,Denis Œuvrard,6000,2024-12-15,3,24,2026-01-15,4000"
        rates = ",,,,,,,3.52,3.47\n"
        [one] = self.env["hub.loan"].browse(self._import(head + line + rates)["ids"])
        self.assertEqual((one.taeg, one.teg), (3.52, 3.47))
        unknown = self._import(head + line.replace("P-07", "P-08") + ",,,,,,,,\n")
        [one] = self.env["hub.loan"].browse(unknown["ids"])
        self.assertEqual((one.taeg, one.teg), (0, 0))
        wrong = self._import(head + line.replace("P-07", "P-0") + ",,,,,,,-3,\n")
        self.assertIn("a rate lies", wrong["messages"][0]["message"])
