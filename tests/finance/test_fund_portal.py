from odoo.tests import HttpCase, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .funds import FundMixin


@tagged("post_install", "-at_install")
class TestFundPortal(FundMixin, HttpCase):
    """A funder sees what became of the money, and nobody's name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_lending()
        cls._set_up_funds()
        cls.fund = cls._create_fund("Fund of the district")
        cls.helene = cls.env["res.partner"].create(
            {"name": "Hélène", "parent_id": cls.club.id}
        )
        cls.user = new_test_user(
            cls.env, "helene", groups="base.group_portal", partner_id=cls.helene.id
        )
        cls.stranger = new_test_user(cls.env, "stranger", groups="base.group_portal")
        lead = cls.env["crm.lead"].create(
            {
                "name": "Secret title",
                "is_hub_project": True,
                "partner_id": cls.amina.id,
                "hub_summary": "Bread for the district",
            }
        )
        lead.hub_summary_agreed_on = "2026-01-10"
        hidden = cls.env["crm.lead"].create(
            {
                "name": "Hidden title",
                "is_hub_project": True,
                "partner_id": cls.denis.id,
                "hub_summary": "Not agreed to yet",
            }
        )
        cls.money = cls._grant(cls.fund, 4000, "loan", purpose="For bread")
        cls._receive(cls.money)
        cls.money.line_ids.create(
            {
                "contribution_id": cls.money.id,
                "kind": "return",
                "date": "2030-01-31",
                "principal": 4000,
            }
        )
        cls.others = cls._grant(cls.fund, 1000, partner=cls.odile)
        cls._receive(cls.others)
        with freeze_time("2026-01-15"):
            for borrower, project in ((cls.amina, lead), (cls.denis, hidden)):
                loan = cls._create_loan(
                    partner_id=borrower.id,
                    lead_id=project.id,
                    amount=1500,
                    grace_periods=0,
                    grace_type="none",
                )
                cls._disburse(loan)
        cls.env["hub.cooperation"].create(
            {"name": "Two mornings on prices", "partner_id": cls.club.id, "hours": 7.5}
        )

    def _page(self, login):
        self.authenticate(login, login + "x" * max(8 - len(login), 0))
        return self.url_open("/my/hub").text

    def test_the_page_shows_own_contributions_in_plain_values(self):
        text = self._page("helene")
        self.assertIn("My support", text)
        for shown in ("4,000.00", "2,400.00", "31 January 2030", self.money.name):
            self.assertIn(shown, text)
        for hidden in ("Amina", "Denis", "Secret title", "Odile", "1,000.00", "PRET"):
            self.assertNotIn(hidden, text)
        self.assertNotIn("My support", self._page("stranger"))

    def test_what_is_only_asked_or_given_up_is_not_shown(self):
        self.money._unguarded().cancelled_on = "2026-01-01"
        self.assertNotIn("My support", self._page("helene"))

    def _statement(self, login, funder, company=None):
        self.authenticate(login, login + "x" * max(8 - len(login), 0))
        company = company or self.company
        return self.url_open(f"/my/hub/support/{funder.id}/{company.id}/statement")

    def test_the_statement_is_downloaded_by_whom_it_concerns(self):
        answer = self._statement("helene", self.club)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertTrue(answer.content.startswith(b"%PDF"))
        self.assertIn("CIGALES", answer.headers["Content-Disposition"])

    @mute_logger("odoo.http")
    def test_nobody_else_gets_it(self):
        other = self.env["res.company"].create({"name": "Second hub"})
        for login, funder, company in (
            ("stranger", self.club, None),
            ("helene", self.odile, None),
            ("helene", self.club, other),
            ("stranger", self.stranger.partner_id, None),
        ):
            with self.subTest(login=login, funder=funder.name):
                answer = self._statement(login, funder, company)
                self.assertEqual(answer.status_code, 404)
        self.logout()
        path = f"/my/hub/support/{self.club.id}/{self.company.id}/statement"
        answer = self.url_open(path, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])

    def test_the_statement_tells_money_time_and_projects_without_names(self):
        statement = self.env["hub.funder.statement"].create(
            {
                "partner_id": self.club.id,
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
            }
        )
        told = statement._statement()
        figures = {label: (part, whole) for label, part, whole in told["figures"]}
        amount = self.company.currency_id.format
        self.assertEqual(figures["Received from you"], (amount(4000), amount(4000)))
        self.assertEqual(figures["Lent with your money"], (amount(2400), amount(2400)))
        self.assertEqual(told["times"]["out"], amount(2400))
        self.assertEqual(told["times"]["in_hand"], amount(1600))
        self.assertEqual((told["times"]["times"], told["times"]["loans"]), ("0.6", 2))
        self.assertEqual(told["projects"], ["Bread for the district"])
        self.assertEqual(told["others"], 1)
        self.assertEqual(told["hours"], "7 h 30")
        self.assertEqual(len(told["entries"]), 3)
        [one] = told["contributions"]
        self.assertEqual(one["owed"], amount(4000))
        self.assertIn(amount(4000), one["next"])
        self.assertIn("0.6 times", told["times"]["text"])
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("solidarity_hub.report_funder_statement", statement.ids)[
                0
            ]
            .decode()
        )
        for hidden in ("Amina", "Denis", "Secret title", "Hidden title", "Not agreed"):
            self.assertNotIn(hidden, html)

    def test_the_statement_of_a_past_day_stays_as_it_was(self):
        statement = self.env["hub.funder.statement"].create(
            {
                "partner_id": self.club.id,
                "date_from": "2026-01-01",
                "date_to": "2026-01-10",
                "with_entries": False,
            }
        )
        told = statement._statement()
        amount = self.company.currency_id.format
        self.assertEqual(told["times"]["in_hand"], amount(4000))
        self.assertFalse(told["projects"] or told["others"] or told["entries"])
