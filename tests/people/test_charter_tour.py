from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import HubUsersMixin


@tagged("post_install", "-at_install")
class TestCharterTour(HubUsersMixin, BrowserCase):
    """Ten people are asked, one signs by link, three on paper: who is left?"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls.env["hub.charter"].search([]).active = False
        cls.charter = cls.env["hub.charter"].create(
            {"name": "Our charter", "body": "<p>What is said here stays here.</p>"}
        )
        cls.charter.action_publish()
        cls.env["hub.role"].search([]).date_end = "2020-01-01"
        cls.people = cls.env["res.partner"].create(
            [
                {
                    "name": f"Person {number}",
                    "phone": f"06 00 00 00 {number:02}",
                    "email": number < 9 and f"person{number}@example.org",
                }
                for number in range(1, 11)
            ]
        )
        cls.env["hub.role"].create(
            [
                {
                    "partner_id": person.id,
                    "kind": "volunteer",
                    "date_start": "2020-01-01",
                }
                for person in cls.people
            ]
        )

    def _answers(self):
        self.env.invalidate_all()
        return {
            signature.partner_id.name: (signature.answer, signature.answer_channel)
            for signature in self.charter.signature_ids
        }

    def test_ten_are_asked_one_signs_by_link_and_three_on_paper(self):
        self.start_tour(
            "/odoo/hub-charter", "hub_charter_ask", login="hub_coordinator", timeout=180
        )
        answers = self._answers()
        self.assertEqual(len(answers), 10)
        self.assertEqual(set(answers.values()), {("waiting", False)})
        first = self.people[0].hub_signature_ids
        self.start_tour(
            f"{first._portal_path()}?access_token={first.access_token}",
            "hub_charter_sign",
            login=None,
            timeout=180,
        )
        self.assertEqual(self._answers()["Person 1"], ("yes", "portal"))
        self.start_tour(
            "/odoo/hub-charter",
            "hub_charter_paper",
            login="hub_coordinator",
            timeout=180,
        )
        answers = self._answers()
        for number in (2, 3, 4):
            self.assertEqual(answers[f"Person {number}"], ("yes", "paper"))
        left = [name for name, (answer, _how) in answers.items() if answer != "yes"]
        self.assertEqual(len(left), 6)
