"""Funds and funders, for tests of what stands behind loans."""

from odoo.tests import freeze_time

from ..common import HubCommon
from .common import LoanMixin


class FundMixin(LoanMixin):
    """A hub that lends from funds; asks for ``cls.env``."""

    @classmethod
    def _set_up_funds(cls):
        cls.club, cls.odile, cls.town = cls.env["res.partner"].create(
            [
                {"name": "CIGALES des Remparts", "is_company": True},
                {"name": "Odile Maréchal"},
                {"name": "Ville de Dijon", "is_company": True},
            ]
        )
        cls.plan = cls.env["account.analytic.plan"].create({"name": "Funds"})
        cls.company.hub_fund_plan_id = cls.plan

    @classmethod
    def _create_fund(cls, name="Fund of solidarity", **values):
        return cls.env["hub.fund"].create({"name": name, **values})

    @classmethod
    def _grant(cls, fund, amount, instrument="gift", partner=None, **values):
        """A contribution that is granted, nothing called yet."""
        return cls.env["hub.contribution"].create(
            {
                "partner_id": (partner or cls.club).id,
                "instrument": instrument,
                "fund_id": fund.id if fund else False,
                "amount": amount,
                "granted_on": "2026-01-02",
                **values,
            }
        )

    @classmethod
    def _receive(cls, contribution, day="2026-01-05", **values):
        """Call what is granted and pay it through Odoo's own wizard."""
        with freeze_time(day):
            action = contribution.action_call()
            return cls._pay(action, payment_date=day, **values)

    @classmethod
    def _fund_with(cls, *amounts, **values):
        """A fund with gifts received on 5 January, of so much each."""
        fund = cls._create_fund(**values)
        gifts = [
            cls._grant(
                fund, amount, partner=cls.env["res.partner"].create({"name": f"F{n}"})
            )
            for n, amount in enumerate(amounts)
        ]
        for gift in gifts:
            cls._receive(gift)
        return fund

    @classmethod
    def _share(cls, loan, *parts):
        """Put these funds behind a loan: ``(fund, amount)``."""
        loan.share_ids.unlink()
        for fund, amount in parts:
            cls.env["hub.loan.share"].create(
                {"loan_id": loan.id, "fund_id": fund.id, "amount": amount}
            )
        return loan

    @classmethod
    def _figures_of(cls, fund, day="2030-01-01", names=None):
        """Figures that are not zero."""
        cls.env.flush_all()
        found = fund._figures(day)[fund]
        return {k: v for k, v in found.items() if (k in names if names else v)}

    @classmethod
    def _book(cls, domain, *by):
        """``{(kind, …): amount}`` of lines of the fund book."""
        rows = cls.env["hub.fund.line"]._read_group(
            domain, ["kind", *by], ["amount:sum"]
        )
        return {(row[0], *row[1:-1]): round(row[-1], 2) for row in rows}


class FundCommon(FundMixin, HubCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_lending()
        cls._set_up_funds()
