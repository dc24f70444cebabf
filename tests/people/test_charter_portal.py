from html import unescape

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import HubUsersMixin
from .charter import CharterMixin


@tagged("post_install", "-at_install")
class TestCharterPortal(CharterMixin, HubUsersMixin, HttpCase):
    """Somebody without an account reads the very text and signs, or says no."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_charter()
        cls.company.write({"phone": "03 80 11 22 33"})
        cls.bernard.write({"street": "2 hidden street", "hub_birth_year": 1952})
        cls.signature = cls._ask(cls.bernard)
        cls.other = cls._ask(cls.amina)
        cls.user = new_test_user(
            cls.env,
            login="bernard_portal",
            name="Bernard",
            groups="base.group_portal",
            partner_id=cls.bernard.id,
        )

    def _path(self, signature=None):
        return f"/my/hub/charter/{(signature or self.signature).id}"

    def _open(self, token=None, signature=None):
        signature = signature or self.signature
        token = signature.access_token if token is None else token
        return self.url_open(f"{self._path(signature)}?access_token={token}")

    def _post(self, token=None, **values):
        page = self._open().text
        csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
        token = self.signature.access_token if token is None else token
        return self.url_open(
            f"{self._path()}/answer",
            data={"csrf_token": csrf, "access_token": token, **values},
        )

    def test_the_page_shows_the_very_text_and_nothing_of_the_person(self):
        page = self._open().text
        for part in (
            "What is said here stays here.",
            "Whoever cannot come calls.",
            "Our charter",
            "03 80 11 22 33",
            "Bernard",
        ):
            self.assertIn(part, page)
        for part in ("hidden street", "1952", "bernard@example.org", "06 00 00 00 01"):
            self.assertNotIn(part, page)
        self.assertNotIn(self.other.access_token, page)

    def test_a_typed_name_signs(self):
        page = self._post(answer="yes", name="  Bernard Petit ")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Thank you", page.text)
        self.env.invalidate_all()
        self.assertRecordValues(
            self.signature,
            [
                {
                    "answer": "yes",
                    "answer_channel": "portal",
                    "signed_name": "Bernard Petit",
                    "recorded_by_id": False,
                    "charter_id": self.charter.id,
                }
            ],
        )
        self.assertEqual(self.signature.answered_on.date(), self._today())

    def test_no_name_no_signature(self):
        page = self._post(answer="yes", name="   ")
        self.assertIn("Please write your name", page.text)
        self.env.invalidate_all()
        self.assertEqual(self.signature.answer, "waiting")

    def test_a_no_with_its_reason(self):
        page = self._post(answer="no", reason="<b>Too long</b>" + "x" * 5000)
        self.assertIn("Your no is noted", page.text)
        self.assertNotIn("<b>Too long</b>", page.text)
        self.env.invalidate_all()
        self.assertEqual(self.signature.answer, "no")
        self.assertLessEqual(len(self.signature.answer_reason), 2000)

    def test_an_answer_is_given_once(self):
        page = self._open().text
        csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
        data = {"csrf_token": csrf, "access_token": self.signature.access_token}
        url = f"{self._path()}/answer"
        self.url_open(url, data={**data, "answer": "yes", "name": "B"})
        self.env.invalidate_all()
        self.url_open(url, data={**data, "answer": "no", "reason": "After all"})
        self.env.invalidate_all()
        self.assertEqual(self.signature.answer, "yes")

    @mute_logger("odoo.http")
    def test_a_wrong_a_foreign_and_no_key_tell_nothing(self):
        for token in (self.other.access_token, "", "x", "None", "False"):
            answer = self._open(token)
            self.assertEqual(answer.status_code, 404, token)
            self.assertNotIn("Bernard", answer.text)
            self.assertNotIn("What is said here", answer.text)
            self.assertEqual(
                self._post(token, answer="yes", name="Thief").status_code, 404
            )
        missing = self.url_open("/my/hub/charter/99999999?access_token=x")
        self.assertEqual(missing.status_code, 404)
        wrong = self._post(answer="maybe", name="B")
        self.assertEqual(wrong.status_code, 404)
        self.env.invalidate_all()
        self.assertEqual(self.signature.answer, "waiting")

    @mute_logger("odoo.http")
    def test_a_page_without_its_seal_changes_nothing(self):
        answer = self.url_open(
            f"{self._path()}/answer",
            data={
                "access_token": self.signature.access_token,
                "answer": "yes",
                "name": "B",
            },
        )
        self.assertNotEqual(answer.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(self.signature.answer, "waiting")

    @mute_logger("odoo.http")
    def test_somebody_else_who_is_logged_in_sees_nothing(self):
        new_test_user(self.env, login="stranger", groups="base.group_portal")
        for login in ("stranger", "hub_sales", "hub_manager"):
            self.authenticate(login, login)
            answer = self.url_open(self._path())
            self.assertEqual(answer.status_code, 404, login)

    def test_an_old_key_leads_to_the_new_text(self):
        second = self.charter.copy({"body": "<p>The new text.</p>"})
        second.action_publish()
        page = self._open().text
        self.assertNotIn("I have read it and I sign", page)
        self.assertIn("Nothing is left for you to sign here", page)
        newer = self._ask(self.bernard, charter=second)
        page = self._open().text
        self.assertIn("replaced by a newer one", page)
        self.assertIn(newer.access_token, page)
        self.assertIn("The new text.", self._open(signature=newer).text)

    def test_the_personal_page_names_what_is_to_sign_and_what_was_signed(self):
        self.authenticate("bernard_portal", "bernard_portal")
        page = self.url_open("/my/hub").text
        self.assertIn("Charter to sign", page)
        self.assertIn(self._path(), page)
        self.assertNotIn("access_token", page.split("Charter to sign")[1][:800])
        self.assertEqual(self.url_open(self._path()).status_code, 200)
        self.signature._answer("yes", "phone")
        page = self.url_open("/my/hub").text
        self.assertNotIn("Charter to sign", page)
        self.assertIn("Our charter", page)

    def test_the_page_speaks_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.bernard.lang = "fr_FR"
        page = self._open().text
        self.assertIn("J'ai lu ce texte et je le signe", unescape(page))
