import io

from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools.pdf import PdfReader

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
        # Two answers are shown; a real hub shows nothing of so few.
        cls.company.hub_small_group = 2
        cls.bernard, amina, denis = cls.env["res.partner"].create(
            [{"name": name} for name in ("Bernard", "Amina", "Denis")]
        )
        cls.env["hub.role"].create(
            {
                "partner_id": cls.bernard.id,
                "kind": "volunteer",
                "date_start": "2020-01-01",
            }
        )
        cls.env["crm.lead"].create(
            [
                {
                    "name": f"Project of {person.name}",
                    "is_hub_project": True,
                    "user_id": False,
                    "partner_id": person.id,
                    "hub_reception_date": "2020-05-01",
                }
                for person in (amina, denis)
            ]
        )
        cls._ask_about_autonomy()

    @classmethod
    def _ask_about_autonomy(cls):
        indicator = cls.env.ref("solidarity_hub.hub_indicator_autonomy")
        colleges = cls.env["hub.college"].search([("company_id", "=", cls.company.id)])
        chosen = cls.env["hub.indicator.set"].create(
            {
                "indicator_ids": [Command.set(indicator.ids)],
                "validated_on": "2020-01-10",
                "college_ids": [Command.set(colleges.ids)],
            }
        )
        chosen.action_validate()

    def _tour(self, url, name, login=None):
        self.start_tour(url, name, login=login, timeout=240)

    def test_from_counting_to_the_published_document(self):
        self.browser_size = SCREEN
        self._tour("/odoo/annual-reviews", "hub_annual_review", "hub_coordinator")
        review = self.env["hub.annual.review"].search([("year", "=", 2020)])
        self._answer_on_a_telephone(review)
        self.browser_size, self.touch_enabled = SCREEN, False
        self._tour(
            f"/odoo/annual-reviews/{review.id}",
            "hub_annual_review_publish",
            "hub_coordinator",
        )
        self._check_kept(review)
        self._check_published(review)

    def _answer_on_a_telephone(self, review):
        self.browser_size, self.touch_enabled = TELEPHONE, True
        person = review.person_ids.filtered(lambda p: p.partner_id == self.bernard)
        url = f"/my/hub/review/{person.id}?access_token={person.access_token}"
        self._tour(url, "hub_annual_review_answer")
        self.assertEqual(review.answer_count, 2)

    def _check_kept(self, review):
        """The figure corrected beside the counted one; who came, who signed."""
        self.assertEqual(review.state, "validated")
        figure = review.figure_ids.filtered(lambda f: f.code == "person.received")
        self.assertEqual((figure.computed_value, figure.value), (2, 3))
        heard = review.college_line_ids.filtered("present_count")
        self.assertEqual(heard.college_id.role_kind, "volunteer")
        self.assertEqual((heard.answer, heard.answer_channel), ("yes", "paper"))
        self.assertEqual(heard.signer_id, self.bernard)
        answers = self.env["hub.review.answer"].search([("review_id", "=", review.id)])
        self.assertEqual(set(answers.mapped("value")), {"2", "3"})
        self.assertEqual(answers.college_id, heard.college_id)
        self.assertEqual(review.point_ids.kind, "proposal")

    def _check_published(self, review):
        """Bernard opens the document from his own page."""
        user = new_test_user(self.env, "hub_bernard", groups="base.group_portal")
        user.partner_id = self.bernard
        self.browser_size, self.touch_enabled = TELEPHONE, True
        self._tour("/my/hub", "hub_annual_review_read", "hub_bernard")
        self.authenticate("hub_bernard", "hub_bernard")
        document = self.url_open(f"/my/hub/published-review/{review.id}")
        self.assertEqual(document.headers["Content-Type"], "application/pdf")
        self.assertEqual(document.content, review.sudo().frozen_pdf_id.raw)
        text = "".join(
            page.extract_text()
            for page in PdfReader(io.BytesIO(document.content)).pages
        )
        for words in (
            "Participatory review 2020",
            "One was only on paper",
            "We want two trainings a year.",
            "A morning a month in another town",
        ):
            self.assertIn(words, " ".join(text.split()))
