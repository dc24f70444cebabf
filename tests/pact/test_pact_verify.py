import io
import re

from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal import PortalCase


@tagged("post_install", "-at_install")
class TestPactVerify(PortalCase):
    """Anybody who holds a document may ask whether it is the one that was signed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pact.date_end = "2099-12-31"
        cls.pact.party_ids._sign(cls.pact.joint_interview_on, "paper")
        cls.signed = cls.pact.signed_pdf_id.raw

    def ask(self, content=None, **data):
        files = {"file": ("any.pdf", io.BytesIO(content))} if content else None
        response = self.url_open(
            "/hub/verify/answer",
            data={"csrf_token": self.csrf(), **data},
            files=files,
        )
        return response.text

    @staticmethod
    def without_csrf(page):
        return re.sub(r"csrf_token(: |\" value=)\"\w+\"", "", page)

    def assert_yes(self, page, *words):
        self.assertIn("Yes: this is a document of", page)
        for word in (self.pact.number, *words):
            self.assertIn(word, page)

    def test_the_file_that_was_handed_out_is_known(self):
        self.assert_yes(
            self.ask(self.signed),
            "version 1",
            "Document with signatures",
            "20 December 2025",
        )
        self.assert_yes(self.ask(self.pact.frozen_pdf_id.raw), "as it was closed")

    def test_nothing_of_the_content_is_told(self):
        page = self.ask(self.signed)
        for word in ("Bakery", "Amina", "Bernard", "Dijon", "Open the shop"):
            self.assertNotIn(word, page)

    def test_what_is_not_the_file_gets_one_neutral_answer(self):
        mark, number = self.pact.frozen_hash, self.pact.number
        other = self._create_pact()
        answers = {
            self.without_csrf(self.ask(self.signed + b" ")),
            self.without_csrf(self.ask(b"anything")),
            self.without_csrf(self.ask()),
            self.without_csrf(self.ask(fingerprint=mark, number=other.number)),
            self.without_csrf(self.ask(fingerprint=mark, number="")),
            self.without_csrf(self.ask(fingerprint=mark, number="%")),
            self.without_csrf(self.ask(fingerprint="", number=number)),
            self.without_csrf(self.ask(fingerprint=mark[:16], number=number)),
            self.without_csrf(self.ask(fingerprint="0" * 64, number=number)),
            self.without_csrf(self.ask(fingerprint="%" * 64, number=number)),
            self.without_csrf(self.ask(fingerprint="x" * 9999, number="y" * 9999)),
        }
        self.assertEqual(len(answers), 1)
        self.assertIn("We do not know this document", answers.pop())

    def test_what_is_printed_on_paper_is_known_with_its_number(self):
        mark = self.pact.frozen_hash.upper()
        spaced = f" {mark[:32]} {mark[32:]}"
        page = self.ask(fingerprint=spaced, number=f" {self.pact.number.lower()} ")
        self.assert_yes(page, "version 1")

    def test_whether_it_still_counts_is_told(self):
        self.assertIn("It is in force today", self.ask(self.signed))
        self.pact.action_end()
        self.assertIn("no longer in force", self.ask(self.signed))

    def test_a_text_taken_back_is_known_and_no_longer_counts(self):
        pact = self._create_pact()
        pact.action_to_sign()
        pact.party_ids[0]._sign(pact.joint_interview_on, "paper")
        content = pact._signed_file().attachment_id.raw
        mark = pact.frozen_hash
        pact._take_back("Wrong")
        page = self.ask(content)
        self.assertIn("no longer counts", page)
        self.assertNotIn("Wrong", page)
        page = self.ask(fingerprint=mark, number=pact.number)
        self.assertIn("no longer counts", page)

    def test_after_a_merge_and_without_names_it_still_verifies(self):
        double = self.env["res.partner"].create({"name": "Amina B."})
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge([double.id, self.amina.id], double)
        self.env.invalidate_all()
        self.assertEqual(self.concerned.partner_id, double)
        double.write({"name": "", "type": "other", "email": False, "phone": False})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.concerned._name_in_text(), "Amina Bérenger")
        mark = self.pact._fingerprint(self.pact.frozen_json.encode())
        self.assertEqual(mark, self.pact.frozen_hash)
        self.assertEqual(self.pact._text_fingerprint(), mark)
        self.assert_yes(self.ask(self.signed))
        page = self.page(self.volunteer)[1]
        self.assertIn("Amina Bérenger", page)
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "solidarity_hub.report_accompaniment_contract", self.pact.ids
        )
        self.assertTrue(content.startswith(b"%PDF"))

    @mute_logger("odoo.http")
    def test_a_request_without_its_seal_or_too_large_is_refused(self):
        response = self.url_open("/hub/verify/answer", data={"number": "x"})
        self.assertEqual(response.status_code, 400)
        response = self.url_open(
            "/hub/verify/answer",
            data={"csrf_token": self.csrf()},
            files={"file": ("any.pdf", io.BytesIO(b"x" * (10 * 1024 * 1024 + 1)))},
        )
        self.assertEqual(response.status_code, 413)
