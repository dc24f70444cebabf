from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ...reports import print_engine
from ..reports.test_print_engine import pdf_text, squeeze
from .moments import MomentsCommon


@freeze_time("2026-03-10 12:00:00")
@tagged("post_install", "-at_install")
class TestAttendanceDocuments(MomentsCommon):
    """The sheet on the table, and what people take home."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not print_engine.weasyprint_module():
            cls.skipTest(cls, "WeasyPrint is not installed")
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company.write({"name": "Pôle du Val", "city": "Dijon"})
        cls.workshop.write({"name": "Setting prices", "lang": "en_US"})
        (cls.amina + cls.karim + cls.lea).lang = "en_US"
        cls._book(cls.workshop, cls.amina, hub_attendance="present")
        cls._book(cls.workshop, cls.karim)
        cls._book(cls.workshop, cls.lea, hub_attendance="excused")

    def _pages(self, report, records):
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            f"solidarity_hub.{report}", records.ids
        )
        return [squeeze(page) for page in pdf_text(content)]

    def _place(self, person):
        return self.workshop.registration_ids.filtered(
            lambda place: place.partner_id == person
        )

    def test_the_sheet_names_everybody_and_leaves_room_for_others(self):
        (page,) = self._pages("report_attendance_sheet", self.workshop)
        for part in (
            "Setting prices",
            "9 March 2026",
            "from 10:00",
            "Amina",
            "Karim",
            "Signature",
            "12",
        ):
            self.assertIn(squeeze(part), page)
        self.assertIn(squeeze("Léa excused"), page)

    def test_sheets_of_several_moments_are_printed_together(self):
        pages = self._pages("report_attendance_sheet", self.workshop + self.breakfast)
        self.assertEqual(len(pages), 2)

    def test_a_certificate_says_who_attended_what_and_when(self):
        (page,) = self._pages("report_attendance_certificate", self._place(self.amina))
        for part in (
            "Pôle du Val certifies that Amina attended",
            "“Setting prices” (thematic workshop), on 9 March 2026",
            "2 h",
            "Dijon, 10 March 2026",
        ):
            self.assertIn(squeeze(part), page)

    def test_nobody_absent_is_certified_present(self):
        for person in (self.karim, self.lea):
            with self.assertRaises(Exception) as refused:
                self._pages("report_attendance_certificate", self._place(person))
            self.assertIn("not noted present", str(refused.exception))

    def test_certificates_are_printed_for_those_present_alone(self):
        action = self.workshop.action_hub_print_certificates()
        self.assertEqual(action["context"]["active_ids"], self._place(self.amina).ids)
        self.assertTrue(action["hub_engine"])

    def test_without_anybody_present_the_way_out_is_said(self):
        with self.assertRaisesRegex(UserError, "fill the sheet first"):
            self.breakfast.action_hub_print_certificates()

    def test_an_adviser_prints_both(self):
        adviser = self.users["adviser"]
        for report, records in (
            ("report_attendance_sheet", self.workshop),
            ("report_attendance_certificate", self._place(self.amina)),
        ):
            reports = self.env["ir.actions.report"].with_user(adviser)
            content, _kind = reports._render_qweb_pdf(
                f"solidarity_hub.{report}", records.ids
            )
            self.assertTrue(content.startswith(b"%PDF"))
