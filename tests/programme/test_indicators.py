from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...models.review.hub_project_holder import AGE_BANDS
from ..common import HubCommon
from .common import ProgrammeMixin


@tagged("post_install", "-at_install")
class TestIndicators(ProgrammeMixin, HubCommon):
    """Codes of the ESF+, counted from the facts that were noted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_programme()

    def test_the_common_indicators_are_there(self):
        codes = set(self.indicators.mapped("code"))
        wanted = {f"EECO{n:02}" for n in range(1, 20)} | {
            f"EECR{n:02}" for n in range(1, 7)
        }
        self.assertEqual(codes, wanted)

    def test_each_fact_counts_under_its_code(self):
        cases = (
            ({"status": "job_seeker", "months_unemployed": 3}, {"EECO02"}),
            ({"status": "job_seeker", "months_unemployed": 12}, {"EECO02", "EECO03"}),
            ({"status": "inactive"}, {"EECO04"}),
            ({"status": "retired"}, {"EECO04"}),
            ({"status": "student"}, {"EECO04"}),
            ({"status": "employee"}, {"EECO05"}),
            ({"status": "self_employed"}, {"EECO05"}),
            ({"status": "declined"}, set()),
            ({"education": "isced_0_2"}, {"EECO09"}),
            ({"education": "isced_3_4"}, {"EECO10"}),
            ({"education": "isced_5_8"}, {"EECO11"}),
            ({"disability": "yes"}, {"EECO12"}),
            ({"disability": "declined"}, set()),
            ({"origin": "third_country"}, {"EECO13"}),
            ({"origin": "stateless"}, {"EECO13"}),
            ({"origin": "eu"}, set()),
            ({"housing": "homeless"}, {"EECO16"}),
            ({"housing": "precarious"}, {"EECO16"}),
            ({"zone": "rural"}, {"EECO17"}),
            ({"zone": "city_and_rural"}, {"EECO17"}),
            ({"zone": "city_priority"}, set()),
        )
        for facts, codes in cases:
            with self.subTest(facts):
                holder = self._person(facts)
                expected = dict.fromkeys(codes, 1) | {"EECO01": 1}
                self.assertEqual(self._by_code(), expected)
                holder.lead_id.unlink()

    def test_age_is_age_at_entry_and_the_bands_agree_with_what_is_kept(self):
        ages = {
            17: "EECO06",
            18: "EECO07",
            29: "EECO07",
            30: None,
            54: None,
            55: "EECO08",
        }
        for age, code in ages.items():
            with self.subTest(age):
                holder = self._person({}, hub_birth_year=2025 - age)
                expected = {"EECO01": 1} | ({code: 1} if code else {})
                self.assertEqual(self._by_code(), expected)
                band = holder.situation_ids.age_band
                holder._keep_facts()
                self.assertEqual(holder.kept_age_band, band)
                self.assertIn(band, dict(AGE_BANDS))
                holder.lead_id.unlink()

    def test_results_on_leaving_and_six_months_later(self):
        for first, then, codes in (
            ("inactive", "job_seeker", {"EECR01"}),
            ("job_seeker", "student", {"EECR02"}),
            ("student", "student", set()),
            ("job_seeker", "employee", {"EECR04"}),
            ("inactive", "self_employed", {"EECR04"}),
            ("employee", "employee", set()),
        ):
            with self.subTest(f"{first} {then}"):
                holder = self._person({"status": first})
                self._situation(holder, "exit", "2025-06-01", status=then)
                found = {c for c in self._by_code() if c.startswith("EECR")}
                self.assertEqual(found, codes)
                holder.lead_id.unlink()
        holder = self._person({"status": "job_seeker"})
        self._situation(holder, "exit", "2025-06-01", status="job_seeker")
        self._situation(holder, "plus_6", "2025-12-05", status="self_employed")
        self.assertEqual(self._by_code()["EECR05"], 1)
        # the six months are over in December, not before
        self.assertNotIn("EECR05", self._by_code(end="2025-11-30"))

    def test_only_what_is_known_on_the_day_of_the_report_counts(self):
        holder = self._person({"status": "job_seeker"})
        self._situation(holder, "exit", "2025-10-01", status="employee")
        early = self._by_code(as_of=self._day("2025-09-01"))
        self.assertEqual(early, {"EECO01": 1, "EECO02": 1, "EECO07": 0} and early)
        self.assertNotIn("EECR04", early)
        self.assertIn("EECR04", self._by_code(as_of=self._day("2025-10-01")))
        self.assertFalse(self._by_code(as_of=self._day("2025-02-01")))

    def test_who_counts(self):
        """In the period, under the programme, once each; organisations apart."""
        person = self._person({"status": "job_seeker"})
        self._person({"status": "job_seeker"}, entered="2024-12-31")
        other = self.env["hub.programme"].create({"name": "Another"})
        self._person({"status": "job_seeker"}, programme=other)
        again = self._person({"status": "employee"}, entered="2025-08-01")
        again.partner_id = person.partner_id
        self._person(is_company=True)
        gone = self._person({"status": "job_seeker"})
        gone.lead_id.action_archive()
        found = self._by_code()
        self.assertEqual(found["EECO01"], 2)
        self.assertEqual(found["EECO02"], 2)
        self.assertEqual(found["EECO19"], 1)
        self.assertNotIn("EECO05", found)

    def test_figures_survive_when_names_are_taken_away(self):
        for facts, partner in (
            (
                {"status": "job_seeker", "months_unemployed": 14},
                {"hub_gender": "female"},
            ),
            ({"status": "employee", "disability": "yes"}, {"hub_birth_year": 1960}),
            ({"zone": "rural"}, {"hub_birth_year": 2004, "hub_gender": "male"}),
        ):
            holder = self._person(facts, **partner)
            self._situation(holder, "exit", "2025-09-01", status="employee")
        before = self._report_lines()
        self.env["hub.forgetting"]._forget(
            self.env["hub.project.holder"]
            .search([("lead_id.hub_programme_ids", "=", self.programme.id)])
            .partner_id
        )
        self.env.invalidate_all()
        self.assertEqual(self._report_lines(), before)

    def _report_lines(self):
        facts = self.programme._facts()[self.programme.id]
        period = self._day("2025-01-01"), self._day("2025-12-31")
        return {
            i.code: facts.by_gender(i, *period)
            for i in self.indicators
            if not i.is_typed
        }

    def test_conditions_ask_about_noted_facts_only(self):
        indicator = self.indicators[1]
        for text in (
            "[('partner_id.name', 'ilike', 'a')]",
            "[('holder_id', '=', 1)]",
            "[('create_uid', '=', 1)]",
            "__import__('os').system('true')",
            "[('status', '=', ",
            "[('status', 'sounds like', 'x')]",
            "42",
            "[" * 3000,
        ):
            with self.subTest(text), self.assertRaises(ValidationError):
                indicator.entry_condition = text
        indicator.entry_condition = (
            "['|', ('status', '=', 'student'), ('zone', '=', 'rural')]"
        )
        with self.assertRaises(ValidationError):
            indicator.condition = "[('status', '=', 'student')]"
