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

    def test_a_usual_sheet_is_one_page_and_the_place_to_sign_never_stands_alone(self):
        people = self.env["res.partner"].create(
            [{"name": f"Person {number:02}"} for number in range(60)]
        )
        for number, pages in ((0, 1), (11, 1), (16, 2), (60, 4)):
            event = self._event("2026-03-09", "review", name="All", lang="en_US")
            event._hub_add_people(people[:number])
            with self.subTest(number):
                found = self._pages("report_attendance_sheet", event)
                self.assertEqual(len(found), pages)
                self.assertIn(squeeze("Date and signature"), found[-1])
                lines = max(14, number + 3)
                self.assertIn(squeeze(f"{lines - 1} {lines} People"), found[-1])
                whole = "".join(found)
                for person in people[:number]:
                    self.assertEqual(whole.count(squeeze(person.name)), 1)

    def test_certificates_of_many_are_a_page_each(self):
        people = self.env["res.partner"].create(
            [{"name": f"Person {number:02}", "lang": "en_US"} for number in range(60)]
        )
        self.workshop._hub_add_people(people, "present")
        places = self.workshop.registration_ids.filtered(
            lambda place: place.partner_id in people
        )
        pages = self._pages("report_attendance_certificate", places)
        self.assertEqual(len(pages), 60)
        for place, page in zip(places, pages, strict=True):
            self.assertIn(squeeze(f"that {place.name} attended"), page)

    def test_the_french_sheet_and_certificate_are_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.workshop.lang = self.amina.lang = "fr_FR"
        (sheet,) = self._pages("report_attendance_sheet", self.workshop)
        self.assertIn(squeeze("le 9 mars 2026, de 10:00 à 12:00"), sheet)
        place = self._place(self.amina)
        (page,) = self._pages("report_attendance_certificate", place)
        self.assertIn(squeeze("atteste que Amina"), page)

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
