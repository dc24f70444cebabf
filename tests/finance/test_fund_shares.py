import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .funds import FundCommon

CASES = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[1] / "fixtures" / "loan_cases.json").read_text()
    )["cases"]
}


@tagged("post_install", "-at_install")
class TestFundShares(FundCommon):
    """Which funds stand behind a loan, and what each has of all that happens to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.funds = [
            cls._fund_with(amount, name=name)
            for amount, name in ((3000, "A"), (1500, "B"), (500, "C"))
        ]

    def _hub_03(self, **values):
        """5,000 at 2 % over 36 months, six of them interest only: HUB-08's base."""
        inputs = CASES["HUB-03"]["inputs"]
        loan = self._create_loan(
            amount=float(inputs["principal"]),
            annual_rate=float(inputs["annual_rate"]),
            periods=inputs["periods"],
            grace_periods=inputs["principal_grace"],
            grace_type="partial",
            **values,
        )
        return self._share(
            loan, *zip(self.funds, (3000, 1500, 500), strict=True)
        )

    def _pay_all(self, loan, lines=None):
        for line in lines or loan.instalment_ids.sorted("sequence"):
            with freeze_time(line.due_date):
                self._post_due(loan)
                self._pay(line.action_register_payment(), payment_date=line.due_date)

    def _parts(self, kind, **domain):
        found = self._book(
            [("kind", "=", kind), *((k, "=", v) for k, v in domain.items())], "fund_id"
        )
        return [found.get((kind, fund), 0) for fund in self.funds]

    def test_each_instalment_is_split_to_the_cent_as_in_hub_08(self):
        expected = CASES["HUB-08"]["expected"]
        with freeze_time("2026-01-15"):
            loan = self._disburse(self._hub_03())
        self.assertEqual(self._parts("lent"), [3000, 1500, 500])
        self._pay_all(loan)
        for number in (7, 8, 36):
            entry = loan.instalment_ids.filtered(lambda x: x.sequence == number)
            payment = entry.settled_by_ids
            parts = self._parts("repaid", move_id=payment.id)
            self.assertEqual(
                parts, [float(part) for part in expected[f"instalment_{number}"]]
            )
        totals = [float(part) for part in expected["totals"]]
        self.assertEqual(self._parts("repaid"), totals)
        self.assertEqual(loan.state, "repaid")
        interest = sum(loan.instalment_ids.mapped("interest"))
        self.assertAlmostEqual(sum(self._parts("interest")), interest)
