from odoo.fields import Command
from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import HubUsersMixin

TELEPHONE, SCREEN = "390x844", "1366x768"


@tagged("post_install", "-at_install")
class TestReviewTour(HubUsersMixin, BrowserCase):
    """A whole review in a browser, and an answer on a telephone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls.bernard = cls.env["res.partner"].create({"name": "Bernard"})
        cls.env["hub.role"].create(
            {
                "partner_id": cls.bernard.id,
                "kind": "volunteer",
                "date_start": "2020-01-01",
            }
        )

    def test_from_counting_to_the_published_document(self):
        self.browser_size = SCREEN
        self.start_tour(
            "/odoo/annual-reviews", "hub_annual_review", login="hub_coordinator"
        )
        review = self.env["hub.annual.review"].search([("year", "=", 2020)])
        self.assertEqual(review.state, "validated")
        self.assertTrue(review.frozen_pdf_id.raw.startswith(b"%PDF"))
        self.assertIn(self.bernard, review.sudo().person_ids.partner_id)

    def test_an_answer_on_a_telephone(self):
        indicator = self.env.ref("solidarity_hub.hub_indicator_autonomy")
        colleges = self.env["hub.college"].search(
            [("company_id", "=", self.company.id)]
        )
        chosen = self.env["hub.indicator.set"].create(
            {
                "indicator_ids": [Command.set(indicator.ids)],
                "validated_on": "2020-01-10",
                "college_ids": [Command.set(colleges.ids)],
            }
        )
        chosen.action_validate()
        review = self.env["hub.annual.review"].create(
            {
                "year": 2021,
                "set_id": chosen.id,
                "person_ids": [Command.create({"partner_id": self.bernard.id})],
            }
        )
        review.action_open()
        self.browser_size = TELEPHONE
        self.touch_enabled = True
        person = review.person_ids
        url = f"/my/hub/review/{person.id}?access_token={person.access_token}"
        self.start_tour(url, "hub_annual_review_answer")
        self.assertEqual(review.answer_count, 1)
