from odoo.tests import freeze_time, tagged

from ...reports import print_engine
from ..common import HubCommon
from ..reports.test_print_engine import pdf_text, squeeze
from .charter import CharterMixin


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 12:00:00")
class TestCharterDocuments(CharterMixin, HubCommon):
    """The printed charter: with boxes to sign, as it was signed, and by whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not print_engine.weasyprint_module():
            cls.skipTest(cls, "WeasyPrint is not installed")
        cls._set_up_charter()

    def _print(self, report, records, role="adviser"):
        reports = self.env["ir.actions.report"].with_user(self.users[role])
        content, _kind = reports._render_qweb_pdf(
            f"solidarity_hub.{report}", records.ids
        )
        return squeeze(" ".join(pdf_text(content)))

    def _assert_in(self, text, *parts):
        for part in parts:
            self.assertIn(squeeze(part), text)

    def test_it_is_printed_without_a_name_to_hand_out(self):
        text = self._print("report_charter_to_sign", self.charter)
        self._assert_in(
            text,
            "Our charter",
            "published on 10 March 2026",
            "What is said here stays here.",
            "Whoever cannot come calls.",
            "read and approved",
            "First name and name",
        )
        draft = self.charter.copy()
        self._assert_in(self._print("report_charter_to_sign", draft), "DRAFT")

    def test_it_is_printed_with_a_name_before_and_after_the_signature(self):
        signature = self._ask(self.bernard)
        text = self._print("report_charter_of_person", signature)
        self._assert_in(text, "Bernard", "read and approved")
        signature._answer("yes", "portal", signed_name="B. Petit")
        text = self._print("report_charter_of_person", signature)
        self._assert_in(
            text, "Signed on 10 March 2026 (personal link)", "Signed as: B. Petit"
        )
        self.assertNotIn(squeeze("read and approved"), text)

    def test_each_prints_in_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.bernard.lang = "fr_FR"
        signature = self._ask(self.bernard)
        signature._answer("yes", "paper")
        text = self._print("report_charter_of_person", signature)
        self._assert_in(text, "10 mars 2026")

    def test_the_register_tells_who_signed_on_which_day(self):
        self._assert_in(self._print("report_charter_register", self.charter), "Nobody")
        self.signatures._sign(
            self.charter, self.luc, "paper", signed_on="2026-03-02 12:00:00"
        )
        self._ask(self.bernard)._answer("no", "phone", reason="Secret reason")
        text = self._print("report_charter_register", self.charter)
        self._assert_in(text, "Luc", "2 March 2026", "paper")
        self.assertNotIn("Bernard", text)
        self.assertNotIn(squeeze("Secret reason"), text)

    def test_those_selected_in_the_list_print_in_one_go(self):
        asked = self._ask(self.bernard, self.amina)
        self.env.flush_all()
        rows = self.people_rows.search([("signature_id", "in", asked.ids)])
        action = rows.with_user(self.users["adviser"]).action_print()
        self.assertEqual(set(action["context"]["active_ids"]), set(asked.ids))
        text = self._print("report_charter_of_person", asked)
        self._assert_in(text, "Bernard", "Amina")
