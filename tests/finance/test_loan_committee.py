from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import LoanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestLoanCommittee(LoanCommon):
    """A committee decides; who gains by the loan withdraws; conditions come first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.members = cls.env["res.partner"].create(
            [{"name": "Michel"}, {"name": "Nadia"}, {"name": "Odile"}]
        )
        cls.product = cls.env["hub.loan.product"].create(
            {
                "name": "Loan of honour",
                "basis_id": cls.basis.id,
                "committee_required": True,
                "validity_months": 3,
            }
        )

    def _submitted(self, **values):
        loan = self._create_loan(
            product_id=self.product.id,
            disbursement_date="2026-03-20",
            first_due_date="2026-04-20",
            **values,
        )
        loan.action_submit()
        return loan

    def _decide(self, loan, members=None, **values):
        members = self.members if members is None else members
        return self.env["hub.loan.decision"].create(
            {
                "loan_id": loan.id,
                "date": "2026-03-09",
                "member_ids": [
                    Command.create({"partner_id": member.id}) for member in members
                ],
                **values,
            }
        )

    def test_the_committee_agrees_to_less(self):
        loan = self._submitted()
        action = loan.action_decide()
        decisions = self.env["hub.loan.decision"].with_context(**action["context"])
        with Form(decisions) as form:
            self.assertEqual(form.amount, 6000)
            form.amount = 4000
            form.periods = 24
            form.motive = "Less stock at first"
            for member in self.members[:2]:
                with form.member_ids.new() as line:
                    line.partner_id = member
        form.record.action_record()
        self.assertEqual(loan.state, "approved")
        self.assertEqual((loan.amount, loan.periods), (4000, 24))
        self.assertAlmostEqual(sum(loan.instalment_ids.mapped("principal")), 4000)
        self.assertEqual(str(loan.valid_until), "2026-06-10")
        self.assertIn("Less stock", loan.message_ids[0].body)

    def test_a_committee_has_two_members_at_least(self):
        loan = self._submitted()
        with self.assertRaisesRegex(ValidationError, "at least 2 members"):
            loan.action_approve()
        decision = self._decide(loan, self.members[:2])
        decision.member_ids[0].write({"conflict": "Her brother", "withdrew": True})
        with self.assertRaisesRegex(ValidationError, "at least 2 members"):
            decision.action_record()
        self.assertEqual(loan.state, "submitted")

    def test_who_has_an_interest_withdraws(self):
        loan = self._submitted()
        decision = self._decide(loan, self.members | self.amina)
        with self.assertRaisesRegex(ValidationError, "Amina .* must withdraw"):
            decision.action_record()
        line = decision.member_ids.filtered(lambda m: m.partner_id == self.amina)
        line.withdrew = True
        decision.member_ids[0].conflict = "Sells the oven"
        with self.assertRaisesRegex(ValidationError, "Sells the oven"):
            decision.action_record()
        decision.member_ids[0].withdrew = True
        decision.action_record()
        self.assertEqual(loan.state, "approved")

    def test_the_holder_of_the_project_does_not_decide(self):
        lead = self.env["crm.lead"].create(
            {"name": "Bakery", "is_hub_project": True, "partner_id": self.denis.id}
        )
        loan = self._submitted(lead_id=lead.id)
        decision = self._decide(loan, self.members | self.denis)
        with self.assertRaisesRegex(ValidationError, "carries the project"):
            decision.action_record()

    def test_conditions_are_met_before_the_loan_is_paid_out(self):
        loan = self._submitted()
        decision = self._decide(loan, result="conditions")
        with self.assertRaisesRegex(ValidationError, "name the conditions"):
            decision.action_record()
        decision.condition_ids = [
            Command.create({"name": "Lease signed"}),
            Command.create({"name": "Insurance"}),
        ]
        decision.action_record()
        self.assertEqual(loan.state, "approved")
        loan.action_sign()
        with self.assertRaisesRegex(UserError, "Lease signed, Insurance"):
            loan.action_disburse()
        self.assertFalse(loan.tranche_ids.move_id)
        first, second = loan.condition_ids
        self.assertEqual(
            loan.waiting_conditions, ", ".join(loan.condition_ids.mapped("name"))
        )
        first.is_met = True
        self.assertEqual(str(first.met_on), "2026-03-10")
        self.assertEqual(first.met_by_id, self.env.user)
        with self.assertRaisesRegex(UserError, "conditions are met: Insurance"):
            loan.action_disburse()
        second.is_met = True
        loan.action_disburse()
        self.assertEqual(loan.state, "disbursed")

    def test_an_adjourned_loan_stays_before_the_committee(self):
        loan = self._submitted()
        decision = self._decide(loan, result="adjourned")
        with self.assertRaisesRegex(ValidationError, "write the reasons"):
            decision.action_record()
        decision.motive = "Figures to be completed"
        decision.action_record()
        self.assertEqual(loan.state, "submitted")
        self._decide(loan).action_record()
        self.assertEqual(loan.state, "approved")
        self.assertEqual(len(loan.decision_ids), 2)

    def test_a_refusal_has_a_reason(self):
        loan = self._submitted()
        action = loan.action_refuse()
        self.assertEqual(action["res_model"], "hub.loan.decision")
        self.assertEqual(action["context"]["default_result"], "refused")
        self.assertEqual(loan.state, "submitted")
        self.product.committee_required = False
        loan.action_refuse(motive="The market is too small")
        self.assertEqual(loan.state, "refused")
        self.assertEqual(loan.decision_ids.motive, "The market is too small")
        loan.action_back_to_draft()
        self.assertEqual(loan.state, "draft")

    def test_an_agreement_lapses(self):
        loan = self._submitted()
        self._decide(loan).action_record()
        with freeze_time("2026-06-09"):
            loan.action_sign()
        with freeze_time("2026-06-10"):
            self.assertTrue(loan.is_agreement_over)
            with self.assertRaisesRegex(UserError, "was valid until"):
                loan.action_disburse()
        other = self._submitted()
        self._decide(other).action_record()
        with freeze_time("2026-06-11"):
            with self.assertRaisesRegex(UserError, "was valid until"):
                other.action_sign()
            other.action_back_to_committee()
            self.assertEqual(other.state, "submitted")

    def test_a_record_does_not_change(self):
        loan = self._submitted()
        decision = self._decide(loan, result="conditions")
        decision.condition_ids = [Command.create({"name": "Lease signed"})]
        decision.action_record()
        finance = self._user("finance_record", "solidarity_hub.group_hub_finance")
        mine = decision.with_user(finance)
        cases = (
            lambda: mine.write({"motive": "Other"}),
            mine.unlink,
            lambda: mine.member_ids[0].write({"withdrew": True}),
            mine.member_ids[0].unlink,
            lambda: mine.member_ids.create(
                {"decision_id": mine.id, "partner_id": self.denis.id}
            ),
            mine.condition_ids.unlink,
            lambda: mine.condition_ids.write({"name": "Nothing"}),
            mine.action_record,
        )
        for number, case in enumerate(cases):
            with self.subTest(number), self.assertRaises(UserError):
                case()
        mine.condition_ids.write({"is_met": True, "note": "Seen on paper"})
        with self.assertRaisesRegex(UserError, "not typed in"):
            mine.condition_ids.write({"met_on": "2026-01-01"})

    def test_a_decision_of_tomorrow_is_not_recorded_today(self):
        loan = self._submitted()
        with self.assertRaisesRegex(ValidationError, "once it was taken"):
            self._decide(loan, date="2026-03-11").action_record()

    def test_more_than_the_law_allows_is_not_agreed(self):
        basis = self.env["hub.loan.basis"].search(
            [("company_id", "=", self.company.id), ("kind", "=", "habilitated")],
            limit=1,
        )
        loan = self._submitted(basis_id=basis.id, annual_rate=3)
        with self.assertRaisesRegex(ValidationError, "at most"):
            self._decide(loan, amount=18000).action_record()
        self.assertEqual(loan.state, "submitted")
