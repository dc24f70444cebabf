import io
import socket
from unittest import skipUnless
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ...reports import print_engine
from ...reports.print_resources import PrintResources, RefusedResource
from ..common import HubCommon

ENGINE = "odoo.addons.solidarity_hub.reports.print_engine.weasyprint_module"
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4"
    "z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg=="
)


def squeeze(text):
    """Without blanks: a line break inside a table cell is not a difference."""
    return "".join(text.split())


def pdf_text(content):
    pages = PdfFileReader(io.BytesIO(content)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


class PrintCase(HubCommon):
    """A report of one line per contact, to see the engine alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.ui.view"].create(
            {
                "name": "hub_print_probe",
                "key": "solidarity_hub.print_probe",
                "type": "qweb",
                "arch": """
                <t t-name="solidarity_hub.print_probe">
                    <t t-call="solidarity_hub.print_document">
                        <t t-set="print_title" t-value="docs[:1].name"/>
                        <t t-foreach="docs" t-as="doc">
                            <h1 t-out="doc.name"/>
                            <div t-out="doc.comment"/>
                        </t>
                    </t>
                </t>""",
            }
        )
        cls.report = cls.env["ir.actions.report"].create(
            {
                "name": "Probe",
                "model": "res.partner",
                "report_type": "qweb-pdf",
                "report_name": "solidarity_hub.print_probe",
                "hub_engine": True,
            }
        )
        cls.amina, cls.bernard = cls.env["res.partner"].create(
            [
                {"name": "Amina Bérenger", "comment": "<p>a bakery</p>"},
                {"name": "Bernard Œuvrard", "comment": "<p>an accountant</p>" * 90},
            ]
        )

    def print_pdf(self, records, report=None):
        content, kind = self.env["ir.actions.report"]._render_qweb_pdf(
            report or self.report, records.ids
        )
        self.assertEqual(kind, "pdf")
        return content


@tagged("post_install", "-at_install")
class TestPrintEngine(PrintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not print_engine.weasyprint_module():
            cls.skipTest(cls, "WeasyPrint is not installed")

    def test_each_record_has_its_own_stream(self):
        streams = self.env["ir.actions.report"]._render_qweb_pdf_prepare_streams(
            self.report, {}, res_ids=(self.amina | self.bernard).ids
        )
        texts = {
            record_id: " ".join(pdf_text(found["stream"].getvalue()))
            for record_id, found in streams.items()
        }
        self.assertEqual(list(texts), (self.amina | self.bernard).ids)
        self.assertIn("Amina Bérenger", texts[self.amina.id])
        self.assertNotIn("Œuvrard", texts[self.amina.id])
        self.assertIn("Bernard Œuvrard", texts[self.bernard.id])

    def test_two_records_print_in_one_file_each_with_its_own_page_count(self):
        pages = pdf_text(self.print_pdf(self.amina | self.bernard))
        self.assertGreater(len(pages), 3)
        self.assertIn("Page 1 of 1", pages[0])
        self.assertIn(f"Page 1 of {len(pages) - 1}", pages[1])
        self.assertIn(f"Page {len(pages) - 1} of {len(pages) - 1}", pages[-1])

    def test_file_is_tagged_archivable_and_titled_alone_and_joined(self):
        for records in (self.amina, self.amina | self.bernard):
            reader = PdfFileReader(io.BytesIO(self.print_pdf(records)))
            root = reader.trailer["/Root"]
            self.assertIn("/StructTreeRoot", root)
            self.assertTrue(root["/MarkInfo"]["/Marked"])
            self.assertTrue(str(root["/Lang"]).startswith("en"))
            self.assertEqual(reader.metadata.title, "Amina Bérenger")
            xmp = root["/Metadata"].get_object().get_data().decode()
            self.assertRegex(xmp, r'part(="|>)3')

    def test_letterhead_comes_from_the_company(self):
        self.company.write(
            {
                "name": "Pôle du Val",
                "street": "4 rue Haute",
                "company_registry": "12345",
            }
        )
        text = pdf_text(self.print_pdf(self.amina))[0]
        for part in ("Pôle du Val", "4 rue Haute", "12345"):
            self.assertIn(part, text)

    def test_nothing_is_fetched_from_outside(self):
        self.amina.comment = """<p>before</p>
            <img src="http://example.com/track.png"/>
            <img src="//example.com/track.png"/>
            <img src="file:///etc/passwd"/>
            <p style="background: url(https://example.com/bg.png)">after</p>"""
        refuse = {"side_effect": AssertionError}
        with (
            patch.object(socket, "getaddrinfo", **refuse) as lookup,
            patch.object(socket.socket, "connect", **refuse) as wire,
        ):
            text = pdf_text(self.print_pdf(self.amina))[0]
        self.assertIn("before", text)
        self.assertIn("after", text)
        lookup.assert_not_called()
        wire.assert_not_called()

    def test_pictures_of_this_database_are_shown(self):
        attachment = self.env["ir.attachment"].create(
            {"name": "dot.png", "datas": PIXEL.split(",")[1]}
        )
        self.amina.comment = (
            f'<p><img src="/web/image/{attachment.id}-ab/dot.png"/></p>'
        )
        self.assertIn(b"/Subtype /Image", self.print_pdf(self.amina))

    def test_only_public_files_and_own_pictures_are_answered(self):
        resources = PrintResources(self.env)
        content, mimetype = resources.fetch("/web/static/img/logo.png")
        self.assertTrue(content)
        self.assertEqual(mimetype, "image/png")
        for address in (
            "/base/static/../__manifest__.py",
            "/base/static/%2e%2e/__manifest__.py",
            "file:///etc/passwd",
            "http://example.com/web/static/img/logo.png",
            "/web/content/1",
            "/web/image/res.partner/0/image_128",
        ):
            with self.subTest(address), self.assertRaises(RefusedResource):
                resources.fetch(address)

    def test_picture_that_the_user_may_not_see_is_not_shown(self):
        hidden = self.env["ir.attachment"].create(
            {"name": "a.png", "datas": PIXEL.split(",")[1]}
        )
        resources = PrintResources(self.env(user=self.users["portal"]))
        with self.assertRaises(RefusedResource):
            resources.fetch(f"/web/image/{hidden.id}")

    def test_kept_file_is_reused(self):
        self.report.write(
            {"attachment": "object.name + '.pdf'", "attachment_use": True}
        )
        first = self.print_pdf(self.amina)
        self.amina.name = "Somebody else"
        self.env["ir.attachment"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", self.amina.id)]
        ).filtered(lambda found: found.name.endswith(".pdf")).name = "Somebody else.pdf"
        self.assertEqual(self.print_pdf(self.amina), first)

    def test_long_unbroken_text_right_to_left_names_and_emoji_stay_readable(self):
        self.amina.write(
            {"name": "محمد Cohen כהן 🌱", "comment": f"<p>{'x' * 4000}</p>"}
        )
        text = "".join(pdf_text(self.print_pdf(self.amina))).replace(" ", "")
        self.assertGreater(text.count("x"), 3990)
        self.assertIn("כהן", text + text[::-1])

    def test_document_prints_in_its_own_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        partner_class = self.env.registry["res.partner"]
        with patch.object(
            partner_class, "_hub_print_lang", lambda self: "fr_FR", create=True
        ):
            content = self.print_pdf(self.amina)
        root = PdfFileReader(io.BytesIO(content)).trailer["/Root"]
        self.assertEqual(str(root["/Lang"]), "fr-FR")

    def test_other_reports_stay_with_core(self):
        self.report.hub_engine = False
        _content, kind = self.env["ir.actions.report"]._render_qweb_pdf(
            self.report, self.amina.ids
        )
        self.assertEqual(kind, "html")

    def test_web_client_learns_that_the_report_needs_no_wkhtmltopdf(self):
        self.assertTrue(self.report.report_action(self.amina)["hub_engine"])
        self.assertIn("hub_engine", self.report._get_readable_fields())


@tagged("post_install", "-at_install")
class TestPrintFallback(PrintCase):
    """Where WeasyPrint is missing."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch(ENGINE, return_value=None))

    def test_missing_both_is_said_clearly(self):
        state = patch.object(
            self.env.registry["ir.actions.report"],
            "get_wkhtmltopdf_state",
            return_value="install",
        )
        with state, self.assertRaisesRegex(UserError, "pip install weasyprint"):
            self.print_pdf(self.amina)

    @skipUnless(_wkhtml().state != "install", "wkhtmltopdf is not installed")
    def test_wkhtmltopdf_prints_record_by_record_and_joins_the_files(self):
        content = self.print_pdf(self.amina | self.bernard)
        self.assertGreater(len(PdfFileReader(io.BytesIO(content)).pages), 2)

    def test_wkhtmltopdf_gets_one_complete_document_and_no_address(self):
        self.amina.comment = """<p style="background:url(http://example.com/a.png)">x</p>
            <img src="http://example.com/b.png"/><p>the end</p>"""
        report_class = self.env.registry["ir.actions.report"]
        with (
            patch.object(report_class, "_run_wkhtmltopdf", return_value=b"%PDF") as run,
            patch.object(report_class, "get_wkhtmltopdf_state", return_value="ok"),
        ):
            self.env["ir.actions.report"]._render_qweb_pdf_prepare_streams(
                self.report, {}, res_ids=(self.amina | self.bernard).ids
            )
        bodies = [call.args[0] for call in run.call_args_list]
        self.assertEqual([len(body) for body in bodies], [1, 1])
        self.assertIn("the end", bodies[0][0])
        self.assertNotIn("example.com", bodies[0][0])
        self.assertNotIn("url(", bodies[0][0])
        self.assertIn("Bernard Œuvrard", bodies[1][0])
