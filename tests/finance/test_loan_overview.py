from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import ACCOUNTANT, LoanCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20")
class TestLoanOverview(LoanCommon):
    """The first page says what waits for whoever keeps the loans."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._user("overview", ACCOUNTANT)
        cls.lender = cls._user("lender", "solidarity_hub.group_hub_finance")

    def _figures(self, user):
        self.env.invalidate_all()
        overview = self.env["hub.overview"].with_user(user)
        return {f["key"]: f for f in overview.get_overview()["figures"]}

    def test_figures_of_loans_count_the_list_they_open(self):
        self.assertNotIn("instalments_late", self._figures(self.accountant))
        feature = self.env.ref("solidarity_hub.group_hub_feature_lending")
        (self.accountant | self.lender).group_ids |= feature
        loan = self._disburse(
            self._create_loan(grace_periods=0, grace_type="none", amount=3600)
        )
        self._post_due(loan)
        self._create_loan(partner_id=self.denis.id).action_submit()
        self._sign(self._create_loan(partner_id=self.denis.id))
        expected = {
            "instalments_late": 3,
            "instalments_refused": 0,
            "loans_submitted": 1,
            "loans_to_sign": 0,
            "loans_to_pay_out": 1,
            "reminders_to_send": 0,
            "contributions_due": 0,
            "loans_different": 0,
        }
        # Who keeps the loans without rights of the accounting sees the same.
        for user in (self.accountant, self.lender):
            with self.subTest(user=user.login):
                self._assert_figures(user, expected)

    def test_what_becomes_due_within_a_week(self):
        self.accountant.group_ids |= self.env.ref(
            "solidarity_hub.group_hub_feature_lending"
        )
        loan = self._disburse(
            self._create_loan(grace_periods=0, grace_type="none", amount=3600)
        )
        coming = loan.instalment_ids.filtered(
            lambda line: line.due_date > fields.Date.to_date("2026-04-20")
        )[:1]
        for days, value in ((8, 0), (7, 1), (0, 1)):
            with freeze_time(fields.Date.subtract(coming.due_date, days=days)):
                self._assert_figures(self.accountant, {"instalments_soon": value})

    def _assert_figures(self, user, expected):
        figures = self._figures(user)
        self.assertEqual({key: figures[key]["value"] for key in expected}, expected)
        for key in expected:
            action = figures[key]["action"]
            records = self.env[action["res_model"]].with_user(user)
            self.assertEqual(records.search_count(action["domain"]), expected[key], key)
        if expected.get("instalments_late"):
            self.assertTrue(figures["instalments_late"]["urgent"])
