from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from ..browser import BrowserCase
from ..common import HubUsersMixin
from .common import ACCOUNTANT, LoanMixin


@tagged("post_install", "-at_install")
class TestLoanTour(LoanMixin, HubUsersMixin, BrowserCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_lending()
        cls.env["hub.loan.product"].search([]).unlink()
        cls.env["res.partner"].create(
            [{"name": "Michel Roux"}, {"name": "Odile Petit"}]
        )
        cls.env.ref("base.group_user").implied_ids |= cls.env.ref(
            "solidarity_hub.group_hub_feature_lending"
        )
        cls.accountant = new_test_user(
            cls.env,
            "hub_solene",
            groups=f"{ACCOUNTANT},solidarity_hub.group_hub_coordinator",
            company_id=cls.company.id,
        )

    def test_a_loan_goes_from_the_project_to_its_last_payment(self):
        self.env["crm.lead"].create(
            {
                "name": "Bakery of the bridge",
                "is_hub_project": True,
                "partner_id": self.amina.id,
                "user_id": self.accountant.id,
                "company_id": self.company.id,
            }
        )
        unused = self.company.hub_mandate_account_id
        self.company.hub_mandate_account_id = False
        unused.unlink()
        action = self.env.ref("solidarity_hub.hub_loan_accounts_wizard_action")
        self.start_tour(
            f"/odoo/action-{action.id}", "hub_loan", login="hub_solene", timeout=240
        )
        loan = self.env["hub.loan"].search([("partner_id", "=", self.amina.id)])
        self.assertEqual((loan.state, loan.opinion), ("repaid", "favourable"))
        self.assertEqual(loan.lead_id.name, "Bakery of the bridge")
        self.assertEqual(
            loan.decision_ids.member_ids.partner_id.mapped("name"),
            ["Michel Roux", "Odile Petit"],
        )
        self.assertEqual(loan.agreement_ids.state, "signed")
        self.assertEqual(loan.tranche_ids.residual_amount, 0)
        self.assertEqual(set(loan.instalment_ids.mapped("state")), {"paid"})
        self.assertEqual(loan.instalment_ids.mapped("amount"), [1500, 1500])
        self.assertEqual(loan.create_uid, self.accountant)
        rows = self.env["hub.loan.control"].search([("loan_id", "!=", False)])
        self.assertEqual(sum(rows.mapped("difference")), 0)

    def test_a_loan_that_goes_wrong(self):
        """Reminded, doubtful, guarantee called and paid, loss, money after all."""
        today = fields.Date.context_today(self.accountant)
        fund = self.env["res.partner"].create({"name": "Guarantee fund of Burgundy"})
        loan = self._create_loan(
            amount=3600,
            grace_periods=0,
            grace_type="none",
            disbursement_date=today - relativedelta(months=3, days=5),
            first_due_date=today - relativedelta(months=2, days=5),
        )
        self.env["hub.loan.guarantee"].create(
            {"loan_id": loan.id, "partner_id": fund.id, "percent": 50}
        )
        self._disburse(loan)
        self._post_due(loan)
        self.start_tour(
            "/odoo/hub-loan-reminders",
            "hub_loan_default",
            login="hub_solene",
            timeout=240,
        )
        self.assertEqual(loan.reminder_ids.mapped("state"), ["sent"])
        self.assertEqual(loan.state, "written_off")
        self.assertEqual(
            [(change.kind, change.state) for change in loan.change_ids.sorted("id")],
            [
                ("doubtful", "done"),
                ("guarantee", "done"),
                ("write_off", "done"),
                ("recovery", "done"),
            ],
        )
        owed = loan.claim_ids.filtered(lambda claim: claim.kind == "guarantee")
        self.assertEqual((owed.amount, owed.residual_amount), (1800, 0))
        self.assertEqual(loan.lost_amount, 1800)
        self.assertEqual(loan.recovered_amount, 100)
        self.assertEqual(loan.change_ids.decided_by_id, self.accountant)
        rows = self.env["hub.loan.control"].search([("loan_id", "!=", False)])
        self.assertEqual(sum(rows.mapped("difference")), 0)
