from odoo.tests import tagged

from .changes import ChangeCase
from .funds import FundMixin


@tagged("post_install", "-at_install")
class TestFundDefault(FundMixin, ChangeCase):
    """Funds behind a loan that goes wrong, through the events of the loan itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_funds()
        cls.funds = [
            cls._fund_with(amount, name=name)
            for amount, name in ((3600, "A"), (900, "B"))
        ]

    def in_default(self):
        """3,600, of which 400 are paid, 300 late; 3,000 of A and 600 of B."""
        self.at("2026-01-15")
        loan = self._create_loan(amount=3600, grace_periods=0, grace_type="none")
        self._share(loan, *zip(self.funds, (3000, 600), strict=True))
        self._disburse(loan)
        self.env["hub.loan.guarantee"].create(
            {"loan_id": loan.id, "partner_id": self.fund.id, "percent": 50}
        )
        self.enter(loan, "2026-05-15")
        self.pay_due(loan)
        self.enter(loan, "2026-08-20")
        return loan

    def all_of_it(self, loan):
        """Guarantee called and paid, loss, money after all."""
        guarantee = loan.guarantee_ids
        amount = guarantee._callable_amount()
        self.change(loan, "guarantee", guarantee_id=guarantee.id, amount=amount)
        self._pay(guarantee.action_register_payment())
        self.at("2026-09-10")
        self.change(loan, "write_off")
        change = self.change(loan, "recovery", amount=100)
        claim = change.claim_ids.filtered(lambda one: one.kind == "recovery")
        self._pay(claim.action_register_payment())
        self.assert_zero()

    def figures(self):
        names = ("lent", "repaid", "claimed", "claim_paid", "lost", "recovered")
        found = {}
        for line in self.env["hub.fund.line"].search([("kind", "in", names)]):
            key = line.kind, line.fund_id.name
            found[key] = round(found.get(key, 0) + line.amount, 2)
        return found

    def expected(self):
        """Five sixths and one sixth of: 400 paid, 3,200 owed, of which a half is paid
        by the guarantor and a half lost; of the 100 after all a half is his."""
        sums = {
            "lent": (3000, 600),
            "repaid": (333.33, 66.67),
            "claimed": (1333.33, 266.67),
            "claim_paid": (1333.33, 266.67),
            "lost": (1333.34, 266.66),
            "recovered": (41.67, 8.33),
        }
        return {
            (kind, name): amount
            for kind, amounts in sums.items()
            for name, amount in zip("AB", amounts, strict=True)
        }

    def test_each_fund_has_its_part_of_guarantee_loss_and_recovery(self):
        self.all_of_it(self.in_default())
        self.assert_agree()

    def test_on_accounts_of_doubtful_loans_it_is_the_same(self):
        self.company.hub_doubtful_apart = True
        loan = self.in_default()
        self.change(loan, "doubtful")
        self._pay(loan.instalment_ids[4].action_register_payment())
        self.assertEqual(sum(self.parts("repaid")), 500)
        self.change(loan, "sound")
        self.change(loan, "doubtful")
        # what was not written yet is known, too
        self.assertEqual(loan._exposure(), 3100)
        self.all_of_it(loan)
        # what was paid meanwhile is neither claimed nor lost
        found = {kind: round(sum(self.parts(kind)), 2) for kind in ("claimed", "lost")}
        self.assertEqual(found, {"claimed": 1550, "lost": 1550})
        self.assertEqual(sum(self.parts("lent")), 3600)
        self.assertEqual(sum(self.parts("claim_paid")), 1550)

    def parts(self, kind):
        figures = self.figures()
        return [amount for (one, _name), amount in figures.items() if one == kind]

    def assert_agree(self):
        found, expected = self.figures(), self.expected()
        self.assertEqual(set(found), set(expected))
        for key, amount in expected.items():
            self.assertAlmostEqual(found[key], amount, delta=0.011, msg=key)
        for kind in {kind for kind, _name in expected}:
            self.assertAlmostEqual(
                sum(self.parts(kind)),
                sum(amount for (one, _n), amount in expected.items() if one == kind),
                2,
            )

    def test_gifts_of_the_year(self):
        """Those of the hub to its own fund need no receipt."""
        own = self._grant(self.funds[0], 500, partner=self.company.partner_id)
        self._receive(own)
        self.at("2027-01-10")
        closing = self.env["hub.loan.closing"].create({"date": "2026-12-31"})
        self.assertEqual(closing.gift_count, 2)
        lines = self.env["hub.fund.line"].search(closing.action_open_gifts()["domain"])
        self.assertEqual(sorted(lines.mapped("amount")), [900, 3600])
        before = self.env["hub.loan.closing"].create({"date": "2025-12-31"})
        self.assertEqual(before.gift_count, 0)
