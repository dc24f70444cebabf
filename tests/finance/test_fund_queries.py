from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from . import test_loan_queries
from .common import ACCOUNTANT
from .funds import FundCommon


@tagged("post_install", "-at_install")
class TestFundQueries(FundCommon):
    """Twenty funds and funders cost as many queries as one."""

    _cost = test_loan_queries.TestLoanQueries._cost

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._user("queries", ACCOUNTANT)
        cls.count = 0

    def _fund_in_use(self):
        """A fund with two funders, a call and a return to come, a loan promised."""
        type(self).count += 1
        name = f"N{self.count}"
        fund = self._create_fund(name)
        person, funder = self.env["res.partner"].create(
            [{"name": f"{name} borrower"}, {"name": f"{name} funder"}]
        )
        lead = self.env["crm.lead"].create(
            {"name": name, "is_hub_project": True, "partner_id": person.id}
        )
        opening = {"kind": "opening", "principal": 500, "note": "Before"}
        for day, kind in (("2026-09-01", "call"), ("2029-01-01", "return")):
            line = {"kind": kind, "principal": 500, "date": day}
            self._grant(
                fund,
                1000,
                "loan",
                partner=funder,
                line_ids=[Command.create(opening), Command.create(line)],
            )
        self._grant(None, 300, partner=funder, direct=True, lead_id=lead.id)
        self.env["hub.cooperation"].create(
            {"name": name, "partner_id": funder.id, "lead_id": lead.id, "hours": 2}
        )
        loan = self._create_loan(amount=600, partner_id=person.id, lead_id=lead.id)
        self._sign(self._share(loan, (fund, 600)))

    def test_screens_cost_the_same_for_one_fund_and_for_twenty(self):
        screens = (
            ("hub_fund_action", "kanban"),
            ("hub_fund_action", "list"),
            ("hub_contribution_action", "kanban"),
            ("hub_contribution_action", "list"),
            ("hub_contribution_line_action", "list"),
            ("hub_fund_line_action", "list"),
            ("hub_cooperation_action", "list"),
            ("hub_loan_action", "list"),
        )
        with freeze_time("2026-01-20"):
            self._fund_in_use()
            few = {screen: self._cost(*screen) for screen in screens}
            for _number in range(19):
                self._fund_in_use()
            many = {screen: self._cost(*screen) for screen in screens}
        self.assertEqual(many, few)

    def test_the_fund_book_costs_the_same_for_few_events_and_for_many(self):
        """Paying twelve instalments at once asks as often as paying two, beyond what
        core asks for each payment."""
        fund = self._fund_with(3000)
        costs = []
        for periods in (2, 12):
            with freeze_time("2026-01-15"):
                loan = self._create_loan(
                    amount=1200, periods=periods, grace_periods=0, grace_type="none"
                )
                self._disburse(self._share(loan, (fund, 1200)))
            with freeze_time("2027-03-01"):
                self._post_due(loan)
                for line in loan.instalment_ids:
                    self._pay(line.action_register_payment())
            loan.share_ids.line_ids.filtered(lambda x: x.kind == "repaid").unlink()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            loan._events()
            costs.append(self.cr.sql_log_count - before)
        self.assertEqual(costs[0], costs[1])
