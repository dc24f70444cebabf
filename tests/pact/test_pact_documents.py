import io
import re
from datetime import date

from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools.pdf import PdfFileReader

from ...reports import print_engine
from ..reports.test_print_engine import pdf_text, squeeze
from .common import PactCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-01-10")
class TestPactDocuments(PactCommon):
    """What is printed says all that was written, in the language of the pact."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not print_engine.weasyprint_module():
            cls.skipTest(cls, "WeasyPrint is not installed")

    def _project(self):
        return self.env["crm.lead"].create(
            {
                "name": "Bakery of the square",
                "is_hub_project": True,
                "hub_holder_ids": [
                    Command.create({"partner_id": self.amina.id, "is_contact": True})
                ],
            }
        )

    def _pages(self, report, pacts):
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            f"solidarity_hub.{report}", pacts.ids
        )
        return pdf_text(content)

    def test_contract_is_written_from_the_project_in_one_click(self):
        project = self._project()
        pact = self.env["hub.pact"].browse(
            project.action_hub_write_contract()["res_id"]
        )
        self.assertEqual(pact.lead_ids, project)
        self.assertEqual(self._party(pact, "concerned").partner_id, self.amina)
        self.assertEqual(self._party(pact, "hub").partner_id, self.company.partner_id)
        self.assertEqual(len(pact.term_ids), 4)
        self.assertEqual(
            pact.commitment_ids.filtered(
                lambda line: line.category == "concerned"
            ).party_id,
            self._party(pact, "concerned"),
        )
        again = project.action_hub_write_contract()["res_id"]
        self.assertEqual(again, pact.id)
        self.assertEqual(project.hub_pact_count, 1)

    def _written_contract(self, lang):
        pact = self._project().with_context(lang=lang)._hub_write_contract()
        pact._add_parties(
            [(self.bernard, "volunteer", False), (self.town, "volunteer", False)]
        )
        pact.joint_interview_on = "2026-01-09"
        pact.action_to_sign()
        return pact

    def test_contract_from_the_template_fits_two_pages_in_both_languages(self):
        self.company.write(
            {
                "street": "4 rue Haute",
                "street2": "Maison des associations",
                "zip": "21000",
                "city": "Dijon",
                "company_registry": "412 345 678 00019",
            }
        )
        for lang in ("en_US", "fr_FR"):
            pages = self._pages(
                "report_accompaniment_contract", self._written_contract(lang)
            )
            self.assertEqual(len(pages), 2, lang)

    def test_contract_says_who_gives_what(self):
        pact = self._written_contract("en_US")
        text = " ".join(self._pages("report_accompaniment_contract", pact))
        for part in (
            "Bakery of the square",
            "Amina Bérenger",
            "Bernard Œuvrard",
            "solidary dynamic",
            "Human support",
            "Economic support",
            "Legal support",
            "Technical support",
            "Confidentiality",
            "Autonomy",
            "9 January 2026",
        ):
            self.assertIn(squeeze(part), squeeze(text))
        self.assertNotIn("DRAFT", text)

    def test_draft_says_that_it_is_one(self):
        text = " ".join(
            self._pages("report_accompaniment_contract", self._create_pact())
        )
        self.assertIn("it is not to be signed", text)
        self.assertIn("DRAFT", text)

    def _long_pact(self, lang):
        template = self.env.ref("solidarity_hub.hub_pact_template_local_pact")
        partners = self.env["res.partner"].create(
            [{"name": f"Signatory {number:02}"} for number in range(12)]
        )
        kinds = ["concerned", "elected", "institution", "company", "association", "hub"]
        return self.env["hub.pact"].create(
            {
                **template._pact_vals(lang),
                "name": "A very long pact",
                "lang": lang,
                "party_ids": [
                    Command.create(
                        {"partner_id": partner.id, "category": kinds[index % 6]}
                    )
                    for index, partner in enumerate(partners)
                ],
                "goal_ids": [
                    Command.create(
                        {"name": f"Goal-{number:03} " + "words of a goal " * 30}
                    )
                    for number in range(60)
                ],
            }
        )

    def test_very_long_pact_loses_nothing(self):
        pages = self._pages("report_local_pact", self._long_pact("en_US"))
        text = " ".join(pages)
        self.assertGreater(len(pages), 5)
        for number in range(60):
            self.assertIn(f"Goal-{number:03}", text)
        for number in range(12):
            self.assertGreaterEqual(text.count(f"Signatory {number:02}"), 2)

    def test_row_longer_than_a_page_is_not_cut(self):
        pact = self._long_pact("en_US")
        deed = "words of a deed " * 700 + "end-of-the-deed"
        pact.commitment_ids = [Command.create({"name": deed, "category": "hub"})]
        text = squeeze(" ".join(self._pages("report_local_pact", pact)))
        whole = text[: text.index("end-of-the-deed")]
        self.assertEqual(whole.count("wordsofadeed"), 700)

    def test_signature_box_never_stands_without_its_heading(self):
        pact = self._long_pact("en_US")
        for goals in range(20, 30):
            pact.goal_ids[goals:].unlink()
            for page in self._pages("report_local_pact", pact):
                if "read and approved" in page:
                    self.assertIn("8. Signatures", page)

    def test_more_boxes_than_a_page_holds_repeat_the_heading(self):
        pact = self._long_pact("en_US")
        more = self.env["res.partner"].create(
            [{"name": f"More {n}"} for n in range(12)]
        )
        pact.party_ids = [
            Command.create({"partner_id": partner.id, "category": "company"})
            for partner in more
        ]
        signing = [
            page
            for page in self._pages("report_local_pact", pact)
            if "read and approved" in page
        ]
        self.assertGreater(len(signing), 1)
        for page in signing:
            self.assertIn("8. Signatures", page)

    def test_text_reads_in_the_order_of_the_sections(self):
        text = " ".join(self._pages("report_local_pact", self._long_pact("en_US")))
        places = [
            squeeze(text).index(squeeze(heading))
            for heading in (
                "1. Parties",
                "2. Territory",
                "3. Shared diagnosis",
                "4. Goals",
                "5. Implementation",
                "6. Terms of evaluation",
                "7. Life of the pact",
                "8. Signatures",
            )
        ]
        self.assertEqual(places, sorted(places))

    def test_evaluation_terms_have_one_row_per_indicator(self):
        pact = self._long_pact("en_US")
        pact.term_ids[0].write({"baseline": "2 jobs", "target": "4 jobs"})
        text = " ".join(self._pages("report_evaluation_terms", pact))
        for term in pact.term_ids:
            self.assertIn(term.indicator_id.name, text)
        for part in ("2 jobs", "4 jobs", "Who collects", "Who validates"):
            self.assertIn(part, text)

    def test_signed_pact_shows_version_fingerprint_and_signatures(self):
        pact = self._create_pact()
        pact.action_to_sign()
        self._party(pact, "concerned")._sign(date(2026, 1, 5), "paper")
        text = squeeze("".join(self._pages("report_accompaniment_contract", pact)))
        self.assertIn(pact.frozen_hash, text)
        self.assertIn("Signedon5January2026", text)

    def test_two_pacts_print_in_one_file(self):
        pacts = self._create_pact(name="First one") | self._create_pact(
            name="Second one"
        )
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "solidarity_hub.report_accompaniment_contract", pacts.ids
        )
        text = " ".join(pdf_text(content))
        self.assertLess(text.index("First one"), text.index("Second one"))
        self.assertIn(
            "/StructTreeRoot", PdfFileReader(io.BytesIO(content)).trailer["/Root"]
        )

    def test_an_amendment_prints_what_changes_before_the_whole_text(self):
        pact = self._pact_in_force()
        amendment = self.env["hub.pact"].browse(pact.action_amend()["res_id"])
        amendment.goal_ids.name = "Open the shop in spring"
        text = " ".join(self._pages("report_amendment", amendment))
        self.assertIn("Amendment: accompaniment contract", text)
        self.assertIn(f"amends {pact.number}, version 1", text)
        changes = text.index("What changes")
        self.assertLess(changes, text.index("The whole text from now on"))
        self.assertEqual(text.count("in spring"), 2, "in the change and in the text")

    def test_awkward_words_are_readable_in_the_document(self):
        self.amina.name = "محمد بن عبد الله"
        pact = self._create_pact(
            name="Café <script>alert(1)</script> l’été",
            purpose="<p>Why <script>alert(2)</script><b>bold</b></p>",
        )
        text = " ".join(self._pages("report_accompaniment_contract", pact))
        self.assertIn("Café <script>alert(1)</script> l’été", text)
        self.assertNotIn("alert(2)", text)
        self.assertIn("Why bold", text)
        # read from right to left, or as the letters stand on the page
        name = squeeze(self.amina.name)
        self.assertTrue(
            {name, name[::-1]} & set(re.findall(r"[؀-ۿ]{5,}", squeeze(text)))
        )

    def test_document_prints_in_the_language_of_the_pact(self):
        pact = self._create_pact(lang="fr_FR")
        pages = self._pages("report_accompaniment_contract", pact)
        self.assertIn("20 décembre 2025", " ".join(pages))
