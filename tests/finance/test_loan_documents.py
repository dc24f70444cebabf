from datetime import date

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..reports.test_print_engine import pdf_text, squeeze
from .changes import ChangeCase
from .common import LoanCommon


@tagged("post_install", "-at_install")
class TestLoanDocuments(LoanCommon):
    """Schedule, statement of account and certificate say what the accounts say."""

    def _print(self, kind, loan):
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            f"solidarity_hub.report_loan_{kind}", loan.ids
        )
        return squeeze(" ".join(pdf_text(content)))

    def _running(self, **values):
        with freeze_time("2026-01-15"):
            return self._disburse(self._create_loan(**values))

    def _control(self, loan):
        self.env["hub.loan.control"].invalidate_model()
        return self.env["hub.loan.control"].search([("loan_id", "=", loan.id)])

    def _assert_as_in_the_accounts(self, loan):
        row = self._control(loan)
        owed = row.ledger_principal + row.ledger_due - row.advance
        self.assertAlmostEqual(loan._statement_total()["balance"], owed, places=2)

    def test_nothing_happened_nothing_is_stated(self):
        loan = self._create_loan()
        self.assertEqual(loan._statement(), [])

    def test_paid_out_interest_payments_and_what_is_left(self):
        loan = self._running(annual_rate=6, grace_periods=0, fee_amount=50)
        with freeze_time("2026-04-20"):
            self._post_due(loan)
            first, second, third = loan.instalment_ids.sorted("sequence")[:3]
            self._pay(first.action_register_payment(), payment_date=date(2026, 2, 16))
            self._pay(
                second.action_register_payment(),
                payment_date=date(2026, 3, 20),
                amount=100,
                payment_difference_handling="open",
            )
            rows = loan._statement()
            self.assertEqual(
                [(row["date"], row["charged"], row["paid"]) for row in rows],
                [
                    (date(2026, 1, 15), 6000, 0),
                    (date(2026, 2, 15), first.interest, 0),
                    (date(2026, 2, 16), 0, first.amount),
                    (date(2026, 3, 15), second.interest, 0),
                    (date(2026, 3, 20), 0, 100),
                    (date(2026, 4, 15), third.interest, 0),
                ],
            )
            self._assert_as_in_the_accounts(loan)
            total = loan._statement_total()
            self.assertAlmostEqual(
                total["late"], second.amount - 100 + third.amount, places=2
            )

    def test_fee_owed_apart_and_money_in_advance(self):
        loan = self._running(annual_rate=0, fee_amount=50, fee_mode="apart")
        with freeze_time("2026-01-20"):
            payment = self.env["account.payment"].create(
                {
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "partner_id": self.amina.id,
                    "amount": 250,
                    "date": date(2026, 1, 20),
                    "journal_id": self.bank.id,
                    "hub_loan_id": loan.id,
                }
            )
            payment.action_post()
            rows = loan._statement()
            self.assertEqual(rows[0]["charged"], 6050)
            self.assertEqual([row["paid"] for row in rows[1:]], [50, 200])
            self.assertEqual(rows[-1]["balance"], 5800)
            self._assert_as_in_the_accounts(loan)

    def test_who_else_paid_is_named(self):
        loan = self._running(annual_rate=0, grace_periods=0, amount=600, periods=6)
        with freeze_time("2026-02-20"):
            self._post_due(loan)
            line = loan.instalment_ids[0]
            payment = self.env["account.payment"].create(
                {
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "partner_id": self.denis.id,
                    "amount": 100,
                    "journal_id": self.bank.id,
                    "hub_loan_id": loan.id,
                }
            )
            payment.action_post()
            self.assertEqual(line.residual_amount, 0)
            self.assertIn("Denis Œuvrard", loan._statement()[-1]["label"])
            self._assert_as_in_the_accounts(loan)

    def test_a_payment_taken_back_is_not_counted(self):
        loan = self._running(annual_rate=0, grace_periods=0, amount=600, periods=6)
        with freeze_time("2026-02-20"):
            self._post_due(loan)
            payment = self._pay(loan.instalment_ids[0].action_register_payment())
            payment.action_draft()
            self.assertEqual(loan._statement_total()["balance"], 600)
            self._assert_as_in_the_accounts(loan)

    def test_the_documents_are_printed(self):
        loan = self._running(annual_rate=6, grace_periods=0)
        with freeze_time("2026-02-20"):
            self._post_due(loan)
            self._pay(loan.instalment_ids[0].action_register_payment())
            schedule = self._print("schedule", loan)
            for part in ("15 February 2026", "Paid", "As signed", loan.name):
                self.assertIn(squeeze(part), schedule)
            statement = self._print("statement", loan)
            for part in ("Paid out to you", "Your payment", "Still owed"):
                self.assertIn(squeeze(part), statement)

    def test_a_certificate_only_when_all_is_paid(self):
        loan = self._running(annual_rate=0, grace_periods=0, amount=600, periods=2)
        with freeze_time("2026-03-20"), self.assertRaisesRegex(UserError, "once all"):
            loan._print_certificate()
        with freeze_time("2026-03-20"):
            self._post_due(loan)
            self._pay(
                loan.action_register_payment(),
                payment_date=date(2026, 3, 18),
                group_payment=True,
            )
            self.assertEqual(loan.state, "repaid")
            text = self._print("certificate", loan)
            for part in ("Amina Bérenger", "18 March 2026", "Six hundred euros"):
                self.assertIn(squeeze(part), text)
            self.assertNotIn(squeeze("settled otherwise"), text)

    def test_the_statements_of_many_loans_cost_no_more_for_each(self):
        loans = [
            self._running(
                annual_rate=0, grace_periods=0, amount=600, periods=count, purpose="x"
            )
            for count in (3, 30)
        ]
        with freeze_time("2029-01-20"):
            counts = []
            for loan in loans:
                self._post_due(loan)
                self._pay(loan.action_register_payment(), group_payment=True)
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                loan._statement()
                counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)


@tagged("post_install", "-at_install")
class TestStatementWithGuarantor(ChangeCase):
    def test_what_a_guarantor_takes_over_is_no_longer_owed_by_the_borrower(self):
        loan = self.running(grace_periods=0, grace_type="none", periods=30)
        guarantee = self.env["hub.loan.guarantee"].create(
            {"loan_id": loan.id, "partner_id": self.fund.id, "percent": 50}
        )
        self.enter(loan, "2026-06-20")
        self.change(loan, "guarantee", guarantee_id=guarantee.id, amount=1000)
        last = loan._statement()[-1]
        self.assertEqual(last["paid"], 1000)
        self.assertIn("whoever stands for the loan", last["label"])
        self.assertAlmostEqual(last["balance"], loan.outstanding_amount, places=2)
        # What he pays then is between him and the hub.
        self._pay(guarantee.claim_ids.action_register_payment())
        self.env.invalidate_all()
        self.assertEqual(loan._statement()[-1]["balance"], last["balance"])
