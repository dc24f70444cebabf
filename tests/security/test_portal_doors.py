from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import HubUsersMixin
from ..pairing.common import PairingMixin


@tagged("post_install", "-at_install")
class TestPortalDoors(PairingMixin, HubUsersMixin, HttpCase):
    """A personal page opens by its own key only, and names what it may name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_pairing()
        cls.project.write(
            {
                "description": "<p>Told in confidence</p>",
                "hub_summary": "Not agreed yet",
                "hub_place": "Hidden place",
            }
        )
        cls.amina.write({"street": "1 hidden street", "hub_birth_year": 1971})
        cls.bernard.write({"street": "2 hidden street", "hub_birth_year": 1952})
        cls.pairing = cls._pair(cls.bernard)
        other = cls._create_project("Bicycles", cls.chloe)
        cls.other = cls._pair(cls.denis, other)
        (cls.pairing | cls.other).action_send()
        cls.page = f"/my/hub/pairing/{cls.pairing.id}"
        cls.stranger = new_test_user(
            cls.env, login="stranger", groups="base.group_portal"
        )

    def _post(self, side, token, answer="yes"):
        key = f"{self.page}?access_token={self.pairing.access_token}"
        csrf = self.url_open(key).text.split('name="csrf_token" value="')[1]
        return self.url_open(
            f"{self.page}/{side}/answer",
            data={
                "csrf_token": csrf.split('"')[0],
                "access_token": token or "",
                "answer": answer,
            },
        )

    @mute_logger("odoo.http")
    def test_the_key_of_another_page_opens_nothing(self):
        for path, token in (
            (self.page, self.other.access_token),
            (self.page, self.pairing.holder_token),
            (f"{self.page}/holder", self.pairing.access_token),
            (f"{self.page}/holder", self.other.holder_token),
            (self.page, ""),
            (self.page, "clé"),
            (self.page, "\0" + self.pairing.access_token),
        ):
            answer = self.url_open(f"{path}?access_token={token}")
            self.assertEqual(answer.status_code, 404, path)
            self.assertNotIn(self.project.name, answer.text)

    @mute_logger("odoo.http")
    def test_nobody_answers_with_the_key_of_another(self):
        for side, token in (
            ("volunteer", self.other.access_token),
            ("volunteer", self.pairing.holder_token),
            ("holder", self.pairing.access_token),
            ("volunteer", None),
            ("manager", self.pairing.access_token),
        ):
            self.assertEqual(self._post(side, token).status_code, 404)
        wrong = self._post("volunteer", self.pairing.access_token, answer="active")
        self.assertEqual(wrong.status_code, 404)
        self.env.invalidate_all()
        self.assertEqual(self.pairing.state, "sent")
        self.assertEqual(self.pairing.volunteer_answer, "waiting")

    @mute_logger("odoo.http")
    def test_somebody_else_who_is_logged_in_sees_nothing(self):
        for login, key in (("stranger", "stranger"), ("hub_sales", "hub_sales")):
            self.authenticate(login, key)
            for path in (self.page, f"{self.page}/holder"):
                answer = self.url_open(path)
                self.assertEqual(answer.status_code, 404, f"{login} {path}")
                self.assertNotIn(self.project.name, answer.text)
        self.authenticate("stranger", "stranger")
        page = self.url_open("/my/hub").text
        self.assertNotIn(self.project.name, page)

    def test_pages_name_nothing_else(self):
        holder = self.pairing.holder_token
        keys = {self.page: self.pairing.access_token, f"{self.page}/holder": holder}
        hidden = [
            "hidden street",
            "Told in confidence",
            "Not agreed yet",
            "Hidden place",
            "1971",
            "1952",
            "amina@example.org",
            "bernard@example.org",
        ]
        steps = (
            lambda: None,
            lambda: self.pairing.action_accept(channel="phone"),
            lambda: self.pairing.action_holder_accept(channel="phone"),
            lambda: self.pairing.action_end(reason="Reason of the team"),
        )
        for step in steps:
            step()
            for path, token in keys.items():
                page = self.url_open(f"{path}?access_token={token}").text
                for word in [*hidden, "Reason of the team"]:
                    self.assertNotIn(word, page, f"{path} {self.pairing.state}")
                mine, theirs = (
                    (self.pairing.holder_token, self.pairing.access_token)
                    if "holder" in path
                    else (self.pairing.access_token, self.pairing.holder_token)
                )
                self.assertEqual(mine, token)
                self.assertNotIn(theirs, page)

    def test_an_answer_with_markup_stays_text(self):
        key = f"{self.page}?access_token={self.pairing.access_token}"
        csrf = self.url_open(key).text.split('name="csrf_token" value="')[1]
        page = self.url_open(
            f"{self.page}/volunteer/answer",
            data={
                "csrf_token": csrf.split('"')[0],
                "access_token": self.pairing.access_token,
                "answer": "no",
                "reason": "<script>alert(1)</script>" + "x" * 5000,
            },
        ).text
        self.assertNotIn("<script>alert(1)", page)
        self.env.invalidate_all()
        self.assertLessEqual(len(self.pairing.volunteer_reason), 2000)
        for message in self.pairing.message_ids:
            self.assertNotIn("<script>", message.body)

    @mute_logger("odoo.http")
    def test_a_page_without_its_seal_changes_nothing(self):
        answer = self.url_open(
            f"{self.page}/volunteer/answer",
            data={"access_token": self.pairing.access_token, "answer": "yes"},
        )
        self.assertNotEqual(answer.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(self.pairing.volunteer_answer, "waiting")
