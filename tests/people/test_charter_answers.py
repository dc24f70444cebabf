from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..common import HubCommon
from .charter import CharterMixin


@tagged("post_install", "-at_install")
class TestCharterAnswers(CharterMixin, HubCommon):
    """By telephone, in person on the screen, on paper: nothing depends on e-mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_charter()
        cls.adviser = cls.users["adviser"]

    def _row(self, person, role="adviser"):
        self.env.flush_all()
        rows = self.people_rows.with_user(self.users[role])
        return rows.search([("partner_id", "=", person.id)])

    def _answer(self, person, role="adviser", **vals):
        action = self._row(person, role).action_answer()
        wizards = self.env["hub.charter.answer.wizard"].with_user(self.users[role])
        form = Form(wizards.with_context(**action["context"]))
        for name, value in vals.items():
            form[name] = value
        return form.save().action_save()

    def test_a_yes_on_the_telephone_without_having_been_asked(self):
        self._answer(self.luc, channel="phone")
        signature = self.luc.hub_signature_ids
        self.assertRecordValues(
            signature,
            [
                {
                    "answer": "yes",
                    "answer_channel": "phone",
                    "recorded_by_id": self.adviser.id,
                    "charter_id": self.charter.id,
                }
            ],
        )
        self.assertEqual(self._row(self.luc).state, "signed")

    def test_a_signature_drawn_on_the_screen_is_kept(self):
        pixel = (
            b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
            b"awAAAABJRU5ErkJggg=="
        )
        self._answer(
            self.bernard, channel="in_person", signed_name="Bernard P.", drawing=pixel
        )
        signature = self.bernard.hub_signature_ids
        self.assertTrue(signature.drawing)
        self.assertEqual(signature.signed_name, "Bernard P.")
        with self.assertRaises(UserError):
            signature.with_user(self.users["manager"]).drawing = False
        file = self.env["ir.attachment"].search(
            [
                ("res_model", "=", signature._name),
                ("res_id", "=", signature.id),
                ("res_field", "=", "drawing"),
            ]
        )
        with self.assertRaises(UserError):
            file.with_user(self.users["manager"]).unlink()

    def test_a_refusal_keeps_its_reason(self):
        self._answer(self.luc, answer="no", reason="Not my idea of it", channel="phone")
        row = self._row(self.luc)
        self.assertEqual(
            (row.state, row.answer_reason), ("refused", "Not my idea of it")
        )

    def test_the_very_text_of_the_version_is_on_the_screen(self):
        action = self._row(self.luc).action_answer()
        form = Form(
            self.env["hub.charter.answer.wizard"]
            .with_user(self.adviser)
            .with_context(**action["context"])
        )
        self.assertEqual(form.body, self.charter.body)
        self.assertEqual(form.rules, self.charter.rules)

    def test_an_answer_of_tomorrow_and_a_second_signature_are_refused(self):
        tomorrow = fields.Date.add(self._today(), days=1)
        with self.assertRaisesRegex(UserError, "future"):
            self._answer(self.luc, day=tomorrow)
        self._answer(self.luc)
        with self.assertRaisesRegex(UserError, "already answered"):
            self._answer(self.luc)

    def test_a_pile_of_paper_says_what_was_done(self):
        self.signatures._sign(self.charter, self.bernard, "in_person")
        self._ask(self.amina)._answer("no", "phone", reason="Later")
        people = self.bernard | self.luc | self.amina
        rows = self.people_rows.with_user(self.adviser).search(
            [("partner_id", "in", people.ids)]
        )
        action = rows.action_paper()
        wizard = Form(
            self.env["hub.charter.paper.wizard"]
            .with_user(self.adviser)
            .with_context(**action["context"])
        ).save()
        message = wizard.action_sign()["params"]["message"]
        for part in (
            "Signatures noted: 2.",
            "left as they were: Bernard.",
            "have changed their mind: Amina.",
        ):
            self.assertIn(part, message)
        self.assertEqual(self.bernard.hub_signature_ids.answer_channel, "in_person")
        self.assertEqual(self.amina.hub_signature_ids.answer_channel, "paper")
        self.assertIn("Later", self.amina.hub_signature_ids.former_answers)

    def test_the_figures_of_the_first_page_are_the_list(self):
        def figures():
            self.env.flush_all()
            overview = self.env["hub.overview"].with_user(self.users["coordinator"])
            return {f["key"]: f["value"] for f in overview._get_figures()}

        before = figures()
        self._ask(self.luc)
        self.signatures._sign(self.charter, self.bernard, "paper")
        after = figures()
        self.assertEqual(after["charter_calls"], before["charter_calls"] + 1)
        self.assertEqual(after["charters_to_sign"], before["charters_to_sign"] - 1)

    def test_the_list_knows_who_is_what(self):
        row = self._row(self.amina)
        self.assertTrue(row.is_holder)
        self.assertFalse(row.is_volunteer)
        self.assertTrue(self._row(self.luc).is_volunteer)
        self.luc.hub_role_ids.date_end = "2021-01-01"
        self.assertFalse(self._row(self.luc))
        self.project.hub_phase = "closed"
        self.assertFalse(self._row(self.amina))

    def test_without_a_charter_nobody_is_listed(self):
        self.charter.active = False
        self.env.flush_all()
        self.assertFalse(self.people_rows.search([]))
