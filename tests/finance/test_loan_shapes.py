from datetime import date
from itertools import product

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import LoanCommon

METHODS = ("annuity", "constant_principal", "in_fine")
GRACES = (
    {"grace_periods": 0, "grace_type": "none"},
    {"grace_periods": 2, "grace_type": "partial"},
    {"grace_periods": 2, "grace_type": "total"},
    {"grace_periods": 2, "grace_type": "total", "grace_position": "added"},
)


class ShapesCase(LoanCommon):
    """Loans of each shape, from the payment out to the last payment."""

    def lend(self, *shapes):
        """Loans paid out on the last day of January, each to somebody."""
        people = self.env["res.partner"].create(
            [{"name": f"Borrower {number}"} for number in range(len(shapes))]
        )
        with freeze_time("2024-01-31"):
            loans = self.env["hub.loan"].concat(
                *(
                    self._create_loan(
                        partner_id=person.id,
                        disbursement_date=date(2024, 1, 31),
                        first_due_date=self.month_later(shape),
                        **shape,
                    )
                    for person, shape in zip(people, shapes, strict=True)
                )
            )
            for loan in loans:
                self._disburse(loan)
        return loans

    def month_later(self, shape):
        return fields.Date.add(date(2024, 1, 31), months=shape.get("period_months", 1))

    def pay_back(self, loans):
        """All that became due is entered, and paid in one go."""
        with freeze_time("2030-01-01"):
            self._post_due(loans)
            self.env.invalidate_all()
            open_lines = loans.instalment_ids.filtered("residual_amount")
            self._pay(open_lines.action_register_payment())
            self.env.invalidate_all()
            self.assertEqual(set(loans.mapped("state")), {"repaid"})
            self.assertFalse(any(loans.mapped("outstanding_amount")))
            lines = loans.instalment_ids
            self.assertEqual(set(lines.mapped("state")), {"paid"})
            rows = self.env["hub.loan.control"].search([])
            different = rows.filtered("is_different")
            self.assertFalse(different, different.mapped("explanation"))
            self.assertEqual(self._balance("loan"), 0)
            self.assertEqual(self._balance("due"), 0)
            earned = round(sum(lines.mapped("interest")), 4)
            self.assertAlmostEqual(-self._balance("interest"), earned)


@tagged("post_install", "-at_install")
class TestLoanShapes(ShapesCase):
    def test_each_method_grace_and_rhythm_is_paid_back_to_the_cent(self):
        shapes = [
            {
                "amount": 1000.01,
                "annual_rate": rate,
                "periods": 5,
                "method": method,
                "period_months": months,
                **grace,
            }
            for (rate, months), method, grace in product(
                ((2.35, 1), (0, 2), (7, 3)), METHODS, GRACES
            )
        ]
        loans = self.lend(*shapes)
        first = loans[0]
        self.assertEqual(first.first_due_date, date(2024, 2, 29))
        for loan, shape in zip(loans, shapes, strict=True):
            with self.subTest(shape):
                lines = loan.instalment_ids
                self.assertEqual(round(sum(lines.mapped("principal")), 2), 1000.01)
                self.assertEqual(lines[-1].balance_after, 0)
                self.assertEqual(
                    sum(not line.amount for line in lines),
                    self._quiet(shape),
                )
                if not shape["annual_rate"]:
                    self.assertEqual((loan.taeg, loan.teg), (0, 0))
                elif shape["grace_type"] != "total":
                    self.assertAlmostEqual(loan.teg, shape["annual_rate"], 1)
        self.pay_back(loans)

    def _quiet(self, shape):
        """Lines on which nothing is paid."""
        if shape["grace_type"] == "total":
            quiet = shape["grace_periods"]
        else:
            quiet = 0 if shape["annual_rate"] else shape["grace_periods"]
        if shape["method"] == "in_fine" and not shape["annual_rate"]:
            added = shape.get("grace_position") == "added"
            return 4 + (shape["grace_periods"] if added else 0)
        return quiet

    def test_the_smallest_loans_and_the_shortest(self):
        usual = {"grace_periods": 0, "grace_type": "none"}
        loans = self.lend(
            {"amount": 0.01, "periods": 1, **usual},
            {"amount": 0.01, "periods": 3, "annual_rate": 5, **usual},
            {"amount": 0.05, "periods": 3, **usual},
            {"amount": 1500, "periods": 1, "annual_rate": 4, **usual},
        )
        self.assertEqual(
            loans[2].instalment_ids.mapped("principal"), [0.02, 0.02, 0.01]
        )
        self.assertEqual(loans[3].instalment_ids.amount, 1505)
        self.pay_back(loans)


class OtherCurrencyCase(ShapesCase):
    """A hub that lends in another currency than euros."""

    chart = "generic_coa"
    code = None

    @classmethod
    def _company_with_chart(cls):
        company = cls.env["res.company"].create(
            {"name": cls.code, "country_id": cls.env.ref("base.us").id}
        )
        cls.env["account.chart.template"].try_loading(cls.chart, company)
        money = cls.env.ref(f"base.{cls.code}")
        money.active = True
        company.currency_id = money
        return company

    def shapes(self, amount):
        return [
            {
                "amount": amount,
                "annual_rate": 3.5,
                "periods": 7,
                "method": method,
                **grace,
            }
            for method, grace in zip(METHODS, GRACES, strict=False)
        ]


@tagged("post_install", "-at_install")
class TestLoanInYen(OtherCurrencyCase):
    code = "JPY"

    def test_amounts_are_whole(self):
        loans = self.lend(*self.shapes(100_003))
        self.assertEqual(loans[0].currency_id.name, "JPY")
        amounts = loans.instalment_ids.mapped("amount")
        self.assertEqual([round(amount) for amount in amounts], amounts)
        self.pay_back(loans)


@tagged("post_install", "-at_install")
class TestLoanInDinars(OtherCurrencyCase):
    code = "TND"

    def test_amounts_have_three_decimals(self):
        loans = self.lend(*self.shapes(1_000.005))
        self.assertEqual(loans[0].currency_id.name, "TND")
        amounts = loans.instalment_ids.mapped("amount")
        self.assertEqual([round(amount, 3) for amount in amounts], amounts)
        self.assertNotEqual([round(amount, 2) for amount in amounts], amounts)
        self.pay_back(loans)
