import io

from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools.pdf import PdfFileReader

from ...reports import print_engine
from ..common import HubCommon
from ..reports.test_print_engine import pdf_text, squeeze
from .evaluation import EvaluationFactory


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01")
class TestEvaluationDocuments(EvaluationFactory, HubCommon):
    """Sheets to fill in and filled in, the year, the set, in both languages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not print_engine.weasyprint_module():
            cls.skipTest(cls, "WeasyPrint is not installed")
        cls._set_up_evaluations()
        cls.pact = cls._in_force(
            cls._term(
                cls.autonomy, sequence=10, baseline_value="1", target_value="4",
                baseline="Comes along", rhythm_months=6,
            ),
            cls._term(cls.jobs, sequence=20),
            cls._term(cls.culture, sequence=30),
            cls._term(cls.open_shop, sequence=40),
        )  # fmt: skip

    def _print(self, report, records):
        return self.env["ir.actions.report"]._render_qweb_pdf(
            f"solidarity_hub.{report}", records.ids
        )[0]

    def _text(self, report, records):
        return squeeze(" ".join(pdf_text(self._print(report, records))))

    def _has(self, text, *parts):
        for part in parts:
            self.assertIn(squeeze(part), text)

    def test_a_blank_sheet_asks_every_question_in_three_columns(self):
        evaluation = self._evaluation(self.pact)
        text = self._text("report_evaluation_sheet", evaluation)
        self._has(
            text,
            "Amina Bérenger",
            "Rachid Amrani",
            "Holder",
            "Pair",
            "Together",
            "What does the person do without us?",
            "1. Needs help at each step",
            "Start: 1. Needs help at each step · Comes along",
            "Target: 4. Goes ahead alone",
            "jobs",
            "What we say together",
            "Signature",
        )
        self.assertNotIn("Fingerprint", text)

    def _filled(self):
        return self._agreed(
            self.pact,
            "2026-06-30",
            {
                self.autonomy: "3",
                self.jobs: "1.5",
                self.culture: "A bread evening",
                self.open_shop: "yes",
            },
            words="The oven is paid",
        )

    def test_a_filled_sheet_says_what_was_agreed_and_how_it_moved(self):
        evaluation = self._filled()
        text = self._text("report_evaluation_sheet", evaluation)
        self._has(
            text,
            "agreed on 30 June 2026 (paper)",
            "1.5 jobs",
            "A bread evening",
            "The oven is paid",
            evaluation.frozen_hash,
            "How it moved",
            "3. Asks when needed",
        )
        self.assertNotIn(squeeze("Each one first answers alone"), text)
        self.assertEqual(text.count("X"), 2 * 3, "three columns of two questions")

    def test_the_curve_is_named_and_described_for_whoever_does_not_see_it(self):
        evaluation = self._filled()
        (chart,) = evaluation._progress_charts()
        self.assertIn("<title>Autonomy</title>", chart["picture"])
        self.assertIn("06/30/2026: 3. Asks when needed", chart["picture"])
        self.assertIn("Target: 4. Goes ahead alone.", chart["picture"])

    def test_where_the_pair_differs_the_sheet_names_who_said_what(self):
        evaluation = self._evaluation(self.pact)
        evaluation.action_open()
        line = self._line(evaluation, self.autonomy)
        for partner, value in ((self.bernard, "2"), (self.rachid, "3")):
            self._person(evaluation, partner)._note_values({line.id: value}, "portal")
        text = self._text("report_evaluation_sheet", evaluation)
        self.assertEqual(text.count(squeeze("Bernard Œuvrard")), 3)

    def test_sheets_print_in_the_language_of_the_pact(self):
        pact = self._in_force(lang="fr_FR")
        text = self._text("report_evaluation_sheet", self._evaluation(pact))
        self._has(text, "Retombées économiques", "30 juin 2026")
        self.assertNotIn("Economic", text)

    def test_two_sheets_print_in_one_tagged_file(self):
        both = self._evaluation(self.pact) | self._evaluation(
            self._in_force(name="Garden")
        )
        content = self._print("report_evaluation_sheet", both)
        self._has(squeeze(" ".join(pdf_text(content))), "Bakery", "Garden")
        root = PdfFileReader(io.BytesIO(content)).trailer["/Root"]
        self.assertIn("/StructTreeRoot", root)

    def test_rich_and_strange_words_come_out_as_text(self):
        evaluation = self._evaluation(self.pact, words="<script>x</script> & ≥ 3 🍞")
        line = self._line(evaluation, self.culture)
        line.write({"holder_value": "<b>bold</b>", "comment": "مرحبا " * 200})
        text = self._text("report_evaluation_sheet", evaluation).replace("\0", "")
        self._has(text, "<script>x</script>", "<b>bold</b>")

    def test_the_text_that_is_signed_says_from_which_step_it_starts(self):
        (term,) = [t for t in self.pact.term_ids if t.indicator_id == self.autonomy]
        values = term._frozen_values()
        self.assertEqual(values["baseline_value"], "1. Needs help at each step")
        self.assertEqual(values["target_value"], "4. Goes ahead alone")
        self.assertEqual(values["rhythm_months"], 6)
        self.assertIn("1. Needs help at each step", self.pact.frozen_json)

    def test_a_set_prints_its_words_and_who_validated_it(self):
        college = self.env["hub.college"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        chosen = self.env["hub.indicator.set"].create(
            {
                "lang": "en_US",
                "indicator_ids": [Command.set((self.autonomy | self.jobs).ids)],
                "validated_on": "2026-06-20",
                "place": "Town hall",
                "college_ids": [Command.set(college.ids)],
                "words": "Agreed by all",
            }
        )
        text = self._text("report_indicator_set", chosen)
        self._has(text, "not validated by the colleges yet")
        chosen.action_validate()
        text = self._text("report_indicator_set", chosen)
        self._has(
            text,
            "Validated on 20 June 2026",
            college.name,
            "Town hall",
            "Agreed by all",
            "Goes ahead alone",
            "A figure (jobs)",
        )

    def test_a_year_prints_its_definition_and_hides_small_groups(self):
        self._filled()
        year = self.env["hub.evaluation.year"].create({"year": 2026, "lang": "en_US"})
        text = self._text("report_evaluation_year", year)
        self._has(
            text,
            "Evaluations of 2026",
            "not shown",
            "fewer than 5 projects",
            "What was counted",
        )

    def test_a_self_evaluation_prints_blank_and_filled_in(self):
        own = self.env["hub.self.evaluation"].create({"year": 2026, "lang": "en_US"})
        text = self._text("report_self_evaluation", own)
        self._has(text, "Without your name", "For the most part", "proud of")
        line = own.line_ids[0]
        for value in "22334":
            own._take_answers({line.id: value})
        own.action_close()
        line.write({"agreed_value": "3", "comment": "A day at the town hall"})
        text = self._text("report_self_evaluation", own)
        self._has(text, "2. In part: 2", "3. For the most part", "A day at the town")

    def test_the_curve_has_a_name_in_the_file(self):
        """For whoever has the document read aloud."""
        content = self._print("report_evaluation_sheet", self._filled())
        root = PdfFileReader(io.BytesIO(content)).trailer["/Root"]
        named, ahead = [], [root["/StructTreeRoot"]]
        while ahead:
            node = ahead.pop()
            node = node.get_object() if hasattr(node, "get_object") else node
            if isinstance(node, list):
                ahead += node
            elif isinstance(node, dict):
                if node.get("/S") == "/Figure":
                    named.append(node.get("/Alt"))
                if "/K" in node:
                    ahead.append(node["/K"])
        self.assertIn("Autonomy", named)
        self.assertEqual(root["/MarkInfo"]["/Marked"], True)
