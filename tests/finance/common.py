from datetime import date

from odoo.fields import Command, Domain
from odoo.tests import new_test_user

from ..common import HubCommon

ACCOUNTANT = ",".join(
    [
        "solidarity_hub.group_hub_finance",
        "account.group_account_manager",
        "account.group_account_user",
    ]
)


class LoanMixin:
    """A hub with a chart of accounts, ready to lend; asks for ``cls.env``."""

    chart = "fr"

    @classmethod
    def _set_up_lending(cls):
        """The company with the chart, as the only one the tests work in."""
        company = cls._company_with_chart()
        cls.env.user.company_ids |= company
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=company.ids)
        )
        cls.company = company.with_env(cls.env)
        cls.company._hub_setup()
        cls.company._hub_take_proposal()
        cls.bank = cls.env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "bank")], limit=1
        )
        cls.amina, cls.denis = cls.env["res.partner"].create(
            [{"name": "Amina Bérenger"}, {"name": "Denis Œuvrard"}]
        )
        cls.basis = cls.env["hub.loan.basis"].search(
            [("company_id", "=", company.id), ("kind", "=", "own_resources")]
        )

    @classmethod
    def _company_with_chart(cls):
        companies = cls.env["res.company"]
        found = companies.search([("chart_template", "=", cls.chart)], limit=1)
        if not found:
            country = "base.fr" if cls.chart == "fr" else "base.us"
            found = companies.create(
                {"name": cls.chart, "country_id": cls.env.ref(country).id}
            )
            cls.env["account.chart.template"].try_loading(cls.chart, found)
        return found

    @classmethod
    def _user(cls, login, groups):
        return new_test_user(
            cls.env,
            login=login,
            groups=groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def _create_loan(cls, **values):
        """HUB-01: 6,000 without interest over 36 months, nothing paid for six."""
        return cls.env["hub.loan"].create(
            {
                "partner_id": cls.amina.id,
                "product_id": False,
                "basis_id": cls.basis.id,
                "amount": 6000,
                "annual_rate": 0,
                "periods": 36,
                "grace_periods": 6,
                "grace_type": "total",
                "disbursement_date": date(2026, 1, 15),
                "first_due_date": date(2026, 2, 15),
                **values,
            }
        )

    @classmethod
    def _sign(cls, loan):
        loan.action_submit()
        loan.action_approve()
        loan.action_sign()
        return loan

    @classmethod
    def _disburse(cls, loan, pay=True):
        """Pay a loan out: the entry, then the payment through Odoo's own wizard."""
        if loan.state == "draft":
            cls._sign(loan)
        action = loan.action_disburse()
        if pay:
            part = loan.tranche_ids.filtered("move_id")[-1:]
            cls._pay(action, payment_date=part.date)
        return loan

    @classmethod
    def _pay(cls, action, **values):
        """Confirm Odoo's payment wizard as an action opens it."""
        wizard = (
            cls.env["account.payment.register"]
            .with_context(**action["context"])
            .create({"journal_id": cls.bank.id, **values})
        )
        return wizard._create_payments()

    @classmethod
    def _post_due(cls, loan):
        """What the daily job does for one loan."""
        lines = cls.env["hub.loan.instalment"]
        domain = lines._domain_to_enter(lines) & Domain("loan_id", "in", loan.ids)
        lines.search(domain)._enter_batch()

    def _accounts_of(self, move):
        """``[(role or account name, balance)]`` of an entry."""
        roles = {
            self.company._hub_account(role): role
            for role in ("loan", "due", "payout", "interest", "fee", "commitment")
        }
        return [
            (roles.get(line.account_id, line.account_id.account_type), line.balance)
            for line in move.line_ids.sorted("id")
        ]

    def _balance(self, role):
        lines = self.env["account.move.line"].search(
            [
                ("account_id", "=", self.company._hub_account(role).id),
                ("parent_state", "=", "posted"),
            ]
        )
        return self.company.currency_id.round(sum(lines.mapped("balance")))


class LoanCommon(LoanMixin, HubCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_lending()
