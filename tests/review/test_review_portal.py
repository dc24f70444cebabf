from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import HubUsersMixin


@tagged("post_install", "-at_install")
class TestReviewPortal(HubUsersMixin, HttpCase):
    """On a telephone: say how one sees the year, sign for a college, read it all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.bernard, cls.chloe = cls.env["res.partner"].create(
            [{"name": name, "lang": "en_US"} for name in ("Bernard", "Chloé")]
        )
        cls.env["hub.role"].create(
            {
                "partner_id": cls.bernard.id,
                "kind": "volunteer",
                "date_start": "2020-01-01",
            }
        )
        cls.indicator = cls.env.ref("solidarity_hub.hub_indicator_autonomy")
        colleges = cls.env["hub.college"].search([("company_id", "=", cls.company.id)])
        chosen = cls.env["hub.indicator.set"].create(
            {
                "indicator_ids": [Command.set(cls.indicator.ids)],
                "validated_on": "2020-01-10",
                "college_ids": [Command.set(colleges.ids)],
            }
        )
        chosen.action_validate()
        cls.review = cls.env["hub.annual.review"].create(
            {
                "year": 2023,
                "lang": "en_US",
                "set_id": chosen.id,
                "person_ids": [
                    Command.create({"partner_id": partner.id})
                    for partner in (cls.bernard, cls.chloe)
                ],
            }
        )
        cls.review.action_open()
        cls.person, cls.other = cls.review.person_ids.sorted("partner_id")
        cls.line = cls.review.college_line_ids.filtered(
            lambda line: line.college_id.code == "volunteers"
        )
        cls.line.signer_id = cls.bernard
        cls.page = f"/my/hub/review/{cls.person.id}"
        cls.college_page = f"/my/hub/review-college/{cls.line.id}"

    def _post(self, page, action, token, **values):
        text = self.url_open(f"{page}?access_token={token}").text
        # Every page carries it, also one without a form.
        csrf = text.split('csrf_token: "')[1].split('"')[0]
        found = self.url_open(
            f"{page}/{action}",
            data={
                "csrf_token": csrf,
                "access_token": token,
                **values,
            },
        )
        self.env.invalidate_all()
        return found

    def _answers(self):
        return self.env["hub.review.answer"].search(
            [("review_id", "=", self.review.id)]
        )

    def test_an_answer_is_kept_once_for_the_college(self):
        token = self.person.access_token
        page = self.url_open(f"{self.page}?access_token={token}").text
        self.assertIn("What did we change in 2023", page)
        self.assertIn("Volunteers", page)
        values = {f"value_{self.indicator.id}": "2"}
        page = self._post(self.page, "answer", token, **values).text
        self.assertIn("Your answers are in", page)
        self._post(self.page, "answer", token, **values)
        self.assertEqual(self._answers().mapped("value"), ["2"])
        self.assertEqual(self._answers().college_id.code, "volunteers")
        self.assertEqual(self.review.answer_count, 1)

    def test_an_empty_or_wrong_page_keeps_nothing(self):
        token = self.person.access_token
        page = self._post(self.page, "answer", token).text
        self.assertIn("at least one question", page)
        values = {f"value_{self.indicator.id}": "77"}
        page = self._post(self.page, "answer", token, **values).text
        self.assertIn("cannot be chosen", page)
        self.assertFalse(self.person.has_answered)
        self.assertFalse(self._answers())

    @mute_logger("odoo.http")
    def test_a_wrong_and_a_foreign_link_tell_nothing(self):
        for path, token in (
            (self.page, self.other.access_token),
            (self.page, self.line.access_token),
            (self.page, ""),
            (self.page, "clé"),
            (self.college_page, self.person.access_token),
            (self.college_page, ""),
            ("/my/hub/review/999999", self.person.access_token),
        ):
            found = self.url_open(f"{path}?access_token={token}")
            self.assertEqual(found.status_code, 404, path)
            self.assertNotIn("Bernard", found.text)
        values = {f"value_{self.indicator.id}": "2"}
        self._post(self.page, "answer", self.other.access_token, **values)
        self._post(self.college_page, "sign", self.person.access_token, words="x")
        self.assertFalse(self._answers())
        self.assertEqual(self.line.answer, "waiting")

    def test_a_member_signs_for_the_college(self):
        token = self.line.access_token
        page = self.url_open(f"{self.college_page}?access_token={token}").text
        self.assertIn("Hello Bernard", " ".join(page.split()))
        page = self._post(self.college_page, "sign", token, words=" ").text
        self.assertIn("write what the college says", page)
        words = "More pairs <b>please</b>"
        page = self._post(self.college_page, "sign", token, words=words).text
        self.assertIn("Signed, thank you", page)
        self.assertNotIn("<b>please", page)
        self.assertEqual(self.line.contribution, words)
        self.assertEqual(
            (self.line.answer, self.line.answer_channel), ("yes", "portal")
        )
        self._post(self.college_page, "sign", token, words="Changed")
        self.assertEqual(self.line.contribution, words)

    def _publish(self):
        self.review.action_close()
        self.review.validated_on = "2024-02-01"
        self.review.action_validate()

    @mute_logger("odoo.http")
    def test_people_of_the_hub_read_what_was_published(self):
        url = f"/my/hub/published-review/{self.review.id}"
        for partner in (self.bernard, self.chloe):
            new_test_user(
                self.env,
                login=partner.name,
                password=partner.name,
                groups="base.group_portal",
                partner_id=partner.id,
            )
        self.authenticate("Bernard", "Bernard")
        self.assertEqual(self.url_open(url).status_code, 404)
        self.assertIn("Say how I see", self.url_open("/my/hub").text)
        self._publish()
        found = self.url_open(url)
        self.assertTrue(found.content.startswith(b"%PDF"))
        page = self.url_open("/my/hub").text
        self.assertIn(url, page)
        self.assertNotIn("Say how I see", page)
        # no role in this hub: nothing
        self.authenticate("Chloé", "Chloé")
        self.assertEqual(self.url_open(url).status_code, 404)
        self.assertNotIn(url, self.url_open("/my/hub").text)

    def test_a_published_review_waits_for_no_answer(self):
        self._publish()
        for page, token in (
            (self.page, self.person.access_token),
            (self.college_page, self.line.access_token),
        ):
            text = self.url_open(f"{page}?access_token={token}").text
            self.assertIn("Nothing waits for your answer", text)

    @mute_logger("odoo.http")
    def test_the_spreadsheet_is_for_the_team_and_the_board(self):
        url = f"/solidarity_hub/review/{self.review.id}/xlsx"
        for role, status in (
            ("coordinator", 200),
            ("board", 200),
            ("volunteer", 404),
            ("portal", 404),
            ("sales", 404),
        ):
            login = self.users[role].login
            self.authenticate(login, login + "x" * (8 - len(login)))
            found = self.url_open(url)
            self.assertEqual(found.status_code, status, role)
        with freeze_time("2030-01-01"):
            other = self.env["res.company"].create({"name": "Second hub"})
            other._hub_setup()
        theirs = self.env["hub.annual.review"].create(
            {"year": 2023, "company_id": other.id}
        )
        self.authenticate("hub_coordinator", "hub_coordinator")
        found = self.url_open(f"/solidarity_hub/review/{theirs.id}/xlsx")
        self.assertEqual(found.status_code, 404)
