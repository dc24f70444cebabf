from odoo.tests import tagged

from ..common import HubCommon
from .charter import CharterMixin


@tagged("post_install", "-at_install")
class TestCharterMerge(CharterMixin, HubCommon):
    """Two contacts were one person: two answers to one version are no harm."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_charter()
        cls.double = cls.env["res.partner"].create(
            {"name": "Bernard P.", "email": "bernard@example.org"}
        )
        cls.env["mail.mail"].search([]).unlink()

    def _merge(self):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.bernard | self.double).ids, self.bernard)
        self.env.invalidate_all()

    def _prepare(self, first, second):
        signatures = self._ask(self.bernard, self.double)
        for signature, answer in zip(
            signatures.sorted("partner_id"), (first, second), strict=True
        ):
            if answer != "waiting":
                signature._answer(answer, "paper")
        self._merge()
        self.env["mail.mail"].search([]).unlink()
        self.assertEqual(len(self.bernard.hub_signature_ids), 2)
        return signatures

    def test_a_yes_counts_whatever_the_other_says(self):
        for other in ("yes", "waiting", "no"):
            with self.subTest(other), self.env.cr.savepoint() as savepoint:
                signatures = self._prepare("yes", other)
                self.assertEqual(self._state(self.bernard), "signed")
                self.assertTrue(self.bernard.hub_charter_signed)
                self.assertFalse(self.bernard._hub_unsigned_charter()[self.bernard])
                self._days_pass(signatures)
                self.assertFalse(self.signatures._remind_due())
                self.assertFalse(self._ask(self.bernard))
                self.assertFalse(any(s._portal_is_open() for s in signatures))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_two_open_questions_are_one_reminder_and_one_call(self):
        signatures = self._prepare("waiting", "waiting")
        for _time in range(2):
            self._days_pass(signatures)
            self.signatures._remind_due()
        self.assertEqual(len(self._mails(self.bernard)), 2)
        self._days_pass(signatures)
        self.signatures._remind_due()
        self.signatures._remind_due()
        self.assertEqual(len(signatures.activity_ids), 1)
        signatures[0]._answer("yes", "phone")
        self.assertFalse(signatures.activity_ids)
        self.assertEqual(self._state(self.bernard), "signed")

    def test_paper_signs_once_and_a_no_beside_a_question_is_asked_again(self):
        self._prepare("no", "waiting")
        self.assertEqual(self._state(self.bernard), "waiting")
        signed = self.signatures._sign(self.charter, self.bernard, "paper")
        self.assertEqual(len(signed), 1)
        self.assertEqual(self._state(self.bernard), "signed")
        self.assertFalse(self.signatures._sign(self.charter, self.bernard, "paper"))

    def test_the_personal_page_shows_the_charter_once(self):
        self._prepare("waiting", "waiting")
        sections = self.env["hub.portal"]._sections(self.bernard)
        [charter] = [s for s in sections if s["key"] == "charter"]
        self.assertEqual(len(charter["values"]["waiting"]), 1)
        self.assertFalse(charter["values"]["signed"])
