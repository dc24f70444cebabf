from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .funds import FundCommon


@tagged("post_install", "-at_install")
class TestFinancingPlan(FundCommon):
    """Who funds a project: the holder, the hub, and others who pay it themselves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Bakery",
                "is_hub_project": True,
                "partner_id": cls.amina.id,
                "hub_funding_need": 10000,
                "hub_own_money": 1000,
            }
        )
        cls.fund = cls._fund_with(5000)

    def _direct(self, partner, amount, instrument="loan", **values):
        return self._grant(
            None,
            amount,
            instrument,
            partner=partner,
            direct=instrument != "guarantee",
            lead_id=self.lead.id,
            **values,
        )

    def _loan(self, amount):
        loan = self._create_loan(
            amount=amount, lead_id=self.lead.id, grace_periods=0, grace_type="none"
        )
        return self._share(loan, (self.fund, amount))

    def _rows(self):
        plan = self.lead._hub_financing_plan()
        return {(row["source"], row["kind"]): row["amounts"] for row in plan["rows"]}

    def test_each_source_is_a_row_with_what_is_asked_granted_and_there(self):
        with freeze_time("2026-01-15"):
            loan = self._loan(3000)
        self._direct(self.club, 2000, "right_of_return", amount_asked=2500)
        bank = self._direct(self.town, 4000, granted_on=False, amount_asked=4000)
        self._direct(self.odile, 1500, "guarantee")
        refused = self._direct(self.odile, 700)
        refused.write({"granted_on": False, "refused_on": "2026-01-05"})
        number = f"Loan {loan.name}"
        expected = {
            ("The holder", "Own money"): (1000, 1000, 1000),
            (self.company.name, number): (3000, 0, 0),
            ("CIGALES des Remparts", "Contribution with right of return"): (
                2500,
                2000,
                0,
            ),
            ("Ville de Dijon", "Loan to the project"): (4000, 0, 0),
            ("Odile Maréchal", "Guarantee (brings no money)"): (1500, 1500, 0),
        }
        self.assertEqual(self._rows(), expected)
        with freeze_time("2026-01-15"):
            self._disburse(loan)
        bank.write(
            {
                "granted_on": "2026-02-01",
                "direct_amount": 3500,
                "direct_on": "2026-02-10",
            }
        )
        rows = self._rows()
        self.assertEqual(rows[self.company.name, number], (3000, 3000, 3000))
        self.assertEqual(
            rows["Ville de Dijon", "Loan to the project"], (4000, 4000, 3500)
        )

    def test_what_is_missing_is_what_nobody_has_granted(self):
        money = self.lead.company_currency.format
        self._direct(self.club, 2000)
        self._direct(self.odile, 5000, "guarantee")
        plan = self.lead._hub_financing_plan()
        self.assertEqual(plan["totals"], [money(3000), money(3000), money(1000)])
        self.assertIn(f"{money(7000)} are still to be found", plan["gap_text"])
        self._direct(self.town, 7000)
        plan = self.lead._hub_financing_plan()
        self.assertEqual(plan["gap_text"], "It is covered by what is granted.")

    def test_nobody_s_words_become_markup(self):
        self.club.name = "<b>Club</b>"
        self._direct(self.club, 10)
        self.assertIn("&lt;b&gt;Club", self.lead.hub_financing)

    def test_it_is_printed(self):
        self._direct(self.club, 2000)
        reports = self.env["ir.actions.report"]
        name = "solidarity_hub.report_financing_plan"
        html = reports._render_qweb_html(name, self.lead.ids)[0].decode()
        for words in ("CIGALES des Remparts", "2,000.00", "7,000.00"):
            self.assertIn(words, html)
        content, kind = reports._render_qweb_pdf(name, self.lead.ids)
        self.assertEqual((content[:4], kind), (b"%PDF", "pdf"))

    def test_an_empty_plan_shows_nothing(self):
        self.lead.write({"hub_funding_need": 0, "hub_own_money": 0})
        self.assertFalse(self.lead.hub_financing)

    def test_somebody_who_funds_it_is_added_from_the_project(self):
        action = self.lead.action_hub_add_funder()
        form = Form(self.env["hub.contribution"].with_context(**action["context"]))
        form.partner_id = self.club
        form.amount_asked = 1200
        one = form.save()
        self.assertEqual((one.direct, one.lead_id), (True, self.lead))
        self.assertEqual((one.instrument, one.company_id), ("loan", self.company))


@tagged("post_install", "-at_install")
class TestCooperation(FundCommon):
    """What funders do with project holders besides money."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.money = cls._grant(cls._create_fund(), 1000, partner=cls.club)

    def _cooperate(self, **values):
        return self.env["hub.cooperation"].create({"name": "Prices", **values})

    def test_it_stands_beside_a_contribution_or_alone(self):
        beside = self._cooperate(contribution_id=self.money.id, hours_promised=6)
        self.assertEqual(beside.partner_id, self.club)
        self.assertEqual(self.money.cooperation_ids, beside)
        alone = self._cooperate(partner_id=self.odile.id, hours=2)
        self.assertFalse(alone.contribution_id)
        with Form(self.env["hub.cooperation"]) as form:
            form.name = "A room"
            form.contribution_id = self.money
            self.assertEqual(form.partner_id, self.club)

    def test_it_is_done_by_the_funder_of_the_contribution(self):
        with self.assertRaisesRegex(ValidationError, "Choose the same funder"):
            self._cooperate(contribution_id=self.money.id, partner_id=self.odile.id)

    def test_it_is_for_projects_of_the_hub(self):
        sale = self.env["crm.lead"].create({"name": "Sale"})
        with self.assertRaisesRegex(ValidationError, "not for a sale"):
            self._cooperate(partner_id=self.club.id, lead_id=sale.id)

    @mute_logger("odoo.sql_db")
    def test_hours_and_days_are_sound(self):
        for values in (
            {"hours": -1},
            {"hours_promised": -1},
            {"date_start": "2026-03-01", "date_end": "2026-02-01"},
        ):
            with (
                self.subTest(values),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self._cooperate(partner_id=self.club.id, **values)

    def test_a_person_owns_what_the_organisation_does(self):
        helene = self.env["res.partner"].create(
            {"name": "Hélène", "parent_id": self.club.id}
        )
        done = self._cooperate(contribution_id=self.money.id)
        other = self._cooperate(partner_id=self.odile.id)
        model = self.env["hub.cooperation"]
        found = model.search(model._hub_domain_for(helene))
        self.assertIn(done, found)
        self.assertNotIn(other, found)

    def test_the_statement_tells_the_time_promised_and_given(self):
        self._cooperate(
            contribution_id=self.money.id,
            hours_promised=6,
            hours=4.5,
            date_start="2026-02-01",
        )
        self._cooperate(
            partner_id=self.club.id, hours=2, date_start="2027-02-01", name="Later"
        )
        statement = self.env["hub.funder.statement"].create(
            {
                "partner_id": self.club.id,
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
            }
        )
        told = statement._statement()
        self.assertEqual(told["hours"], "4 h 30")
        self.assertEqual([one["name"] for one in told["cooperation"]], ["Prices"])
        self.assertEqual(told["cooperation"][0]["promised"], "6 h")
