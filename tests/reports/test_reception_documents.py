from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ...reports import print_engine
from ..common import HubCommon
from .test_print_engine import pdf_text, squeeze


@tagged("post_install", "-at_install")
@freeze_time("2026-01-10")
class TestReceptionDocuments(HubCommon):
    """What a person takes home from the first meeting."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not print_engine.weasyprint_module():
            cls.skipTest(cls, "WeasyPrint is not installed")
        cls.env["res.lang"]._activate_lang("en_US")
        cls.amina = cls.env["res.partner"].create(
            {"name": "Amina Bérenger", "phone": "03 80 00 00 01", "lang": "en_US"}
        )
        cls.project = cls.env["crm.lead"].create(
            {
                "name": "Bakery of the square",
                "is_hub_project": True,
                "hub_reception_date": "2026-01-09",
                "hub_public": "jobseekers",
                "description": "<p>Bread for the quarter</p>",
                "hub_holder_ids": [
                    Command.create({"partner_id": cls.amina.id, "is_contact": True})
                ],
            }
        )

    def _text(self, report):
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            f"solidarity_hub.{report}", self.project.ids
        )
        pages = pdf_text(content)
        self.assertEqual(len(pages), 1)
        return squeeze(pages[0])

    def test_reception_sheet_says_who_came_for_what(self):
        text = self._text("report_reception_sheet")
        for part in (
            "Bakery of the square",
            "Amina Bérenger",
            "03 80 00 00 01",
            "9 January 2026",
            "People looking for work",
            "Bread for the quarter",
        ):
            self.assertIn(squeeze(part), text)

    def test_privacy_information_names_who_keeps_the_data_and_the_rights(self):
        self.company.write({"name": "Pôle du Val", "email": "pole@example.org"})
        text = self._text("report_privacy_information")
        for part in ("Pôle du Val", "pole@example.org", "Two years", "CNIL", "erased"):
            self.assertIn(squeeze(part), text)
