from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..rpc import RpcCase
from .common import ACCOUNTANT, LoanMixin
from .test_loan_agreement import AgreementMixin

AGREEMENT = "hub.loan.agreement"
SIGNATURE = "hub.loan.signature"


@tagged("post_install", "-at_install")
class TestLoanAgreementRights(AgreementMixin, LoanMixin, RpcCase):
    """Who reads agreements, who has them signed, who takes what away."""

    @classmethod
    def _set_up_hub(cls):
        cls._set_up_lending()
        return super()._set_up_hub()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["accountant"] = new_test_user(
            cls.env, "hub_accountant", groups=ACCOUNTANT, company_id=cls.company.id
        )
        leads = cls.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "is_hub_project": True,
                    "partner_id": cls.amina.id,
                    "user_id": user,
                }
                for name, user in (
                    ("Bakery", cls.users["adviser"].id),
                    ("Other", False),
                )
            ]
        )
        with freeze_time("2026-01-12"):
            cls.loan = cls._agreed(lead_id=leads[0].id)
            cls.other = cls._agreed(lead_id=leads[1].id, partner_id=cls.denis.id)
        for loan in cls.loan | cls.other:
            loan._unguarded().valid_until = "2099-01-01"

    def _signatures(self, loan):
        return loan.agreement_id.signature_ids

    def test_who_has_no_business_with_loans_sees_no_agreement(self):
        for role in ("sales", "employee", "portal", "volunteer", "board"):
            for model in (AGREEMENT, SIGNATURE):
                with self.subTest(role=role, model=model):
                    self.assert_refused(role, model, "search_read", [], ["id"])

    def test_an_adviser_reads_the_agreements_of_own_projects(self):
        found = self.call("adviser", AGREEMENT, "search_read", [], ["loan_id"])
        self.assertEqual([row["loan_id"][0] for row in found], [self.loan.id])
        found = self.call("adviser", SIGNATURE, "search_read", [], ["role"])
        self.assertEqual(
            {row["id"] for row in found}, set(self._signatures(self.loan).ids)
        )
        agreement = self.loan.agreement_id
        for method in ("action_ask", "action_take_back"):
            self.assert_refused("adviser", AGREEMENT, method, agreement.ids)
        self.assert_refused("adviser", AGREEMENT, "write", agreement.ids, {"lang": "x"})
        self.assert_refused(
            "adviser", "hub.loan", "action_open_agreement", self.loan.ids
        )

    def test_keys_are_for_finance_alone(self):
        for role in ("adviser", "coordinator", "manager"):
            for model, record in (
                (SIGNATURE, self._signatures(self.loan)),
                ("hub.loan", self.loan),
            ):
                with self.subTest(role=role, model=model):
                    self.assert_refused(
                        role, model, "read", record.ids, ["access_token"]
                    )
        rows = self.call(
            "accountant",
            SIGNATURE,
            "read",
            self._signatures(self.loan).ids,
            ["sign_url"],
        )
        urls = [row["sign_url"] for row in rows]
        self.assertFalse(urls[0], "nobody signs for the hub by a link")
        self.assertIn(self._signatures(self.loan)[1].access_token, urls[1])

    def assert_rule_says(self, role, model, method, *args):
        """Refused by a rule, not for want of rights."""
        with self.assertRaises(JsonRpcException) as refused, mute_logger("odoo.http"):
            self.call(role, model, method, *args)
        self.assertIn("UserError", str(refused.exception))

    def test_finance_has_it_signed_and_cannot_forge_it(self):
        agreement, signatures = self.loan.agreement_id, self._signatures(self.loan)
        for model, ids, vals in (
            (SIGNATURE, signatures.ids, {"answer": "yes"}),
            (SIGNATURE, signatures.ids, {"signed_name": "Amina"}),
            (AGREEMENT, agreement.ids, {"state": "signed"}),
            (AGREEMENT, agreement.ids, {"frozen_json": "{}"}),
        ):
            with self.subTest(vals=vals):
                self.assert_rule_says("accountant", model, "write", ids, vals)
        wizard = self.call(
            "accountant",
            "hub.loan.sign.wizard",
            "create",
            {"agreement_id": agreement.id},
        )
        self.call("accountant", "hub.loan.sign.wizard", "action_confirm", [wizard])
        self.env.invalidate_all()
        self.assertEqual((agreement.state, self.loan.state), ("signed", "signed"))

    def test_a_wizard_does_not_sign_what_belongs_to_another_loan(self):
        wizard = self.call(
            "accountant",
            "hub.loan.sign.wizard",
            "create",
            {
                "agreement_id": self.loan.agreement_id.id,
                "signature_ids": [Command.set(self._signatures(self.other).ids)],
            },
        )
        self.assert_rule_says(
            "accountant", "hub.loan.sign.wizard", "action_confirm", [wizard]
        )
        self.env.invalidate_all()
        self.assertEqual(
            set(self._signatures(self.other).mapped("answer")), {"waiting"}
        )

    def test_merged_contacts_keep_their_signatures(self):
        double = self.env["res.partner"].create({"name": "Amina B."})
        loan = self._agreed(partner_id=double.id)
        loan._unguarded().valid_until = "2099-01-01"
        self._record(loan.agreement_id, self._signatures(loan)[1])
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (double | self.amina).ids, self.amina
        )
        self.env.invalidate_all()
        self.assertEqual(self._signatures(loan)[1].partner_id, self.amina)
        self.assertEqual(loan.agreement_id._content()["parties"][1]["name"], "Amina B.")
        self._record(loan.agreement_id)
        self.assertEqual(loan.state, "signed")
