from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import HubUsersMixin


@tagged("post_install", "-at_install")
class TestSelfEvaluationPortal(HubUsersMixin, HttpCase):
    """Somebody answers on a telephone, once, without the name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.bernard, cls.chloe = cls.env["res.partner"].create(
            [{"name": name, "lang": "en_US"} for name in ("Bernard", "Chloé")]
        )
        cls.record = cls.env["hub.self.evaluation"].create(
            {
                "year": 2026,
                "person_ids": [
                    Command.create({"partner_id": partner.id})
                    for partner in (cls.bernard, cls.chloe)
                ],
            }
        )
        cls.record.action_open()
        cls.person, cls.other = cls.record.person_ids

    def read(self, person, token=None):
        token = person.access_token if token is None else token
        return self.url_open(
            f"/my/hub/self-evaluation/{person.id}?access_token={token}"
        )

    def answer(self, person, token=None, page_of=None, **values):
        page = self.read(page_of or person).text
        # Every page carries it, also the one of an evaluation that is closed.
        csrf = page.split('csrf_token: "')[1].split('"')[0]
        found = self.url_open(
            f"/my/hub/self-evaluation/{person.id}/answer",
            data={
                "csrf_token": csrf,
                "access_token": person.access_token if token is None else token,
                **values,
            },
        )
        self.env.invalidate_all()
        return found

    def values(self, value="3"):
        line = self.record.line_ids[0]
        return {f"value_{line.id}": value}

    def answers(self):
        return self.env["hub.self.evaluation.answer"].search([])

    def test_an_answer_is_kept_once(self):
        page = " ".join(self.read(self.person).text.split())
        self.assertIn("How did we do in 2026", page)
        page = self.answer(self.person, **self.values()).text
        self.assertIn("Your answers are in", page)
        self.assertTrue(self.person.has_answered)
        self.assertFalse(self.other.has_answered)
        self.answer(self.person, page_of=self.other, **self.values("1"))
        self.assertEqual(self.answers().mapped("value"), ["3"])
        self.assertEqual(self.record.answer_count, 1)

    def test_an_empty_or_wrong_page_keeps_nothing(self):
        page = self.answer(self.person).text
        self.assertIn("at least one question", page)
        page = self.answer(self.person, **self.values("11")).text
        self.assertIn("cannot be chosen", page)
        self.assertFalse(self.answers())
        self.assertFalse(self.person.has_answered)

    @mute_logger("odoo.http")
    def test_a_wrong_and_a_foreign_link_tell_nothing(self):
        for token in ("x", "", self.other.access_token):
            answer = self.read(self.person, token)
            self.assertEqual(answer.status_code, 404)
            self.assertNotIn("2026", answer.text.split("footer")[0])
            answer = self.answer(self.person, token, self.other, **self.values())
            self.assertEqual(answer.status_code, 404)
        self.assertFalse(self.answers())

    def test_after_the_end_nothing_is_asked(self):
        self.record.action_close()
        self.assertIn("Nothing waits", self.read(self.person).text)
        self.answer(self.person, **self.values())
        self.assertFalse(self.answers())

    def test_whoever_has_an_account_finds_it_on_the_personal_page(self):
        user = new_test_user(self.env, login="asked", groups="base.group_portal")
        person = self.env["hub.self.evaluation.person"].create(
            {"evaluation_id": self.record.id, "partner_id": user.partner_id.id}
        )
        self.authenticate("asked", "asked")
        path = f"/my/hub/self-evaluation/{person.id}"
        self.assertIn(path, self.url_open("/my/hub").text)
        self.assertEqual(self.read(person, "").status_code, 200)
        self.answer(person, "", **self.values())
        self.assertNotIn(path, self.url_open("/my/hub").text)
