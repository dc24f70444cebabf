from datetime import date

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ...reports import print_engine
from ..common import HubCommon
from ..reports.archive import faults, told
from ..reports.test_print_engine import pdf_text, squeeze
from .common import drawing
from .evaluation import EvaluationFactory

AWKWARD = "<b>Zoé</b> & محمد بن عبد الله 🌻👩‍🌾 日本 " + "Œuvrard" * 40


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01")
class TestPactArchive(EvaluationFactory, HubCommon):
    """Each document of a pact can be archived, searched and read aloud."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not print_engine.weasyprint_module():
            cls.skipTest(cls, "WeasyPrint is not installed")
        cls._set_up_evaluations()

    def _documents(self, lang):
        """``{report: record}``, one of each kind, with drawn signatures and figures."""
        day = date(2026, 1, 5)
        pact = self._create_pact(
            form="local_pact",
            lang=lang,
            purpose="<p>Why <b>together</b></p><ul><li>work</li><li>home</li></ul>",
            meeting_ids=[Command.create({"date": "2026-01-02"})],
            term_ids=[
                self._term(self.autonomy, baseline_value="1", target_value="4"),
                self._term(self.jobs),
            ],
        )
        pact.commitment_ids.level = "commune"
        pact.action_draft()
        pact.action_to_sign()
        pact.party_ids._sign(day, "in_person", signature=drawing(), signed_by="A")
        newcomer = pact._take_in(
            {"partner_id": self.town.id, "category": "elected"},
            pact.party_ids.browse(),
        )
        newcomer._sign(day, "in_person", signature=drawing(), signed_by="Marie")
        looks = [
            self._agreed(pact, moment, {self.autonomy: step, self.jobs: number})
            for moment, step, number in (
                (date(2026, 3, 1), "2", "0"),
                (date(2026, 6, 1), "3", "1.5"),
            )
        ]
        amendment = self.env["hub.pact"].browse(pact.action_amend()["res_id"])
        amendment.goal_ids.name = "Open the shop in spring"
        return {
            "report_local_pact": pact,
            "report_joining_slip": newcomer,
            "report_amendment": amendment,
            "report_evaluation_terms": pact,
            "report_accompaniment_contract": self._create_pact(lang=lang),
            "report_evaluation_sheet": looks[1],
        }

    def _print(self, report, record):
        return self.env["ir.actions.report"]._render_qweb_pdf(
            f"solidarity_hub.{report}", record.ids
        )[0]

    def _check_all(self, lang):
        for report, record in self._documents(lang).items():
            with self.subTest(report, lang=lang):
                content = self._print(report, record)
                self.assertEqual(faults(content, lang.replace("_", "-")), [])

    def test_every_document_in_french(self):
        self._check_all("fr_FR")

    def test_every_document_in_english(self):
        self._check_all("en_US")

    def test_names_of_any_script_emoji_and_endless_words(self):
        """They stay in the file as letters that can be searched and read aloud."""
        self.amina.name = self.town.name = AWKWARD
        for report, record in self._documents("fr_FR").items():
            with self.subTest(report):
                content = self._print(report, record)
                self.assertEqual(faults(content, "fr-FR"), [])
                if report != "report_evaluation_terms":
                    text = told(content)
                    for words in ("<b>Zoé</b>", "ŒuvrardŒuvrard", "日本", "🌻"):
                        self.assertIn(words, text)
                    self.assertRegex(text, "[\u0600-\u06ff]{4}")

    def test_the_signed_files_that_are_kept(self):
        pact = self._documents("fr_FR")["report_local_pact"]
        files = pact.frozen_pdf_id | pact.signed_pdf_id
        files |= pact.party_ids.filtered("frozen_pdf_id").frozen_pdf_id
        self.assertEqual(len(files), 3, "as closed, as signed, and the slip")
        for file in files:
            self.assertEqual(faults(file.raw, "fr-FR"), [], file.name)

    def test_a_joining_slip_names_the_text_that_is_joined(self):
        newcomer = self._documents("fr_FR")["report_joining_slip"]
        content = self._print("report_joining_slip", newcomer)
        text = squeeze(" ".join(pdf_text(content)))
        for part in (
            newcomer.pact_id.number,
            newcomer.pact_id.frozen_hash,
            newcomer.frozen_hash,
            "Ville de Dijon",
        ):
            self.assertIn(squeeze(part), text)
