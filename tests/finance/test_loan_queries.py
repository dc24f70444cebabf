from lxml import etree

from odoo import fields
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..common import spec_of
from .common import ACCOUNTANT, LoanCommon


@tagged("post_install", "-at_install")
class TestLoanQueries(LoanCommon):
    """Twenty loans cost as many queries as one; entries cost what Odoo's own cost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._user("queries", ACCOUNTANT)
        cls.count = 0

    def setUp(self):
        super().setUp()
        frozen = freeze_time("2026-04-20")
        frozen.start()
        self.addCleanup(frozen.stop)

    def _running(self, number):
        """So many loans, each with something paid, partly paid and open."""
        loans = self.env["hub.loan"]
        for _number in range(number):
            type(self).count += 1
            person = self.env["res.partner"].create({"name": f"N{self.count}"})
            lead = self.env["crm.lead"].create(
                {"name": person.name, "is_hub_project": True, "partner_id": person.id}
            )
            loan = self._create_loan(
                partner_id=person.id,
                lead_id=lead.id,
                annual_rate=2,
                periods=12,
                grace_periods=0,
                grace_type="none",
                fee_amount=10,
                fee_mode="apart",
            )
            loans |= self._disburse(loan)
        self._post_due(loans)
        for loan in loans:
            one, two = loan.instalment_ids[:2]
            self._pay(one.action_register_payment())
            self._pay(two.action_register_payment(), amount=10)
        return loans

    def _with_life(self, loans):
        """Each has a guarantee that was called, and a reminder."""
        for loan in loans:
            guarantee = self.env["hub.loan.guarantee"].create(
                {"loan_id": loan.id, "partner_id": self.denis.id, "percent": 50}
            )
            self.env["hub.loan.change"]._propose(
                loan,
                "guarantee",
                fields.Date.to_date("2026-04-20"),
                "Agreed",
                guarantee_id=guarantee.id,
                amount=100,
            )
            self._run_reminders(loan)

    def _run_reminders(self, loan):
        level = self.env["hub.loan.reminder.level"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.env["hub.loan.reminder"].create(
            {
                "loan_id": loan.id,
                "level_id": level.id,
                "since": "2026-03-15",
                "amount": 10,
                "days": 20,
                "channel": "letter",
            }
        )

    def _cost(self, xml_id, kind):
        env = self.env(user=self.accountant)
        action = env["ir.actions.actions"]._for_xml_id(f"solidarity_hub.{xml_id}")
        model = env[action["res_model"]]
        views = [view for view in action["views"] if view[1] == kind]
        result = model.get_views(views)
        arch = etree.fromstring(result["views"][kind]["arch"])
        spec = spec_of(arch, result["models"][model._name]["fields"])
        model.web_search_read([], spec, limit=1)
        costs = []
        for _time in range(2):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            found = model.web_search_read([], spec, limit=1000)
            if arch.get("default_group_by"):
                model.web_read_group([], [arch.get("default_group_by")], ["__count"])
            costs.append(self.cr.sql_log_count - before)
        self.assertTrue(found["records"], xml_id)
        return min(costs)

    def test_lists_cost_the_same_for_one_loan_and_for_twenty(self):
        screens = (
            ("hub_loan_action", "list"),
            ("hub_loan_action", "kanban"),
            ("hub_loan_instalment_action_month", "list"),
            ("hub_loan_control_action", "list"),
            ("hub_loan_change_action", "list"),
            ("hub_loan_guarantee_action", "list"),
            ("hub_loan_reminder_action", "list"),
            ("hub_loan_action_declared", "list"),
        )
        self._with_life(self._running(1))
        few = {screen: self._cost(*screen) for screen in screens}
        self._with_life(self._running(19))
        many = {screen: self._cost(*screen) for screen in screens}
        self.assertEqual(many, few)

    def test_a_schedule_costs_the_same_for_few_lines_and_for_many(self):
        costs = {}
        for periods in (4, 120):
            loan = self._create_loan(
                partner_id=self.denis.id,
                periods=periods,
                annual_rate=2,
                grace_periods=0,
                grace_type="none",
                disbursement_date="2016-04-01",
                first_due_date="2016-05-01",
            )
            self._disburse(loan)
            self._post_due(loan)
            names = ["state", "explanation", "settled_by_ids", "paid_interest"]
            counts = []
            for _time in range(2):
                self.env.invalidate_all()
                lines = loan.with_user(self.accountant).instalment_ids
                before = self.cr.sql_log_count
                lines.read(names)
                counts.append(self.cr.sql_log_count - before)
            costs[periods] = min(counts)
        self.assertEqual(costs[120], costs[4])

    def _core_entries(self, lines):
        """The same entries as core makes and posts them, in one batch."""
        moves = self.env["account.move"].create(
            [
                {
                    **{
                        name: value
                        for name, value in line._entry_vals().items()
                        if not name.startswith("hub_")
                    },
                    "line_ids": [
                        Command.create(vals)
                        for vals in line._entry_lines(line._entry_label())
                    ],
                }
                for line in lines
            ]
        )
        moves._post(soft=False)

    def _queries(self, function, *args):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        function(*args)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_entering_costs_the_same_beyond_core_for_one_and_for_twenty(self):
        loans = self.env["hub.loan"]
        for number in range(44):
            person = self.env["res.partner"].create({"name": f"P{number}"})
            loans |= self._disburse(
                self._create_loan(
                    partner_id=person.id,
                    annual_rate=2,
                    grace_periods=0,
                    grace_type="none",
                    disbursement_date="2026-03-05",
                    first_due_date="2026-04-05",
                )
            )
        lines = loans.instalment_ids.filtered(lambda line: line.sequence == 1)
        self.assertEqual(len(lines), 44)
        # once each, for what Odoo remembers
        self._core_entries(lines[:1])
        lines[1:2]._enter_batch()
        core = {n: self._queries(self._core_entries, lines[2 : 2 + n]) for n in (1, 20)}
        own = {1: self._queries(lines[22:23]._enter_batch)}
        own[20] = self._queries(lines[23:43]._enter_batch)
        beyond = {number: own[number] - core[number] for number in (1, 20)}
        # Core itself asks for each entry; what we ask besides does not grow with them.
        self.assertLessEqual(beyond[20], beyond[1] + 5, (own, core))
