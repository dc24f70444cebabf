from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from ..common import HubCommon
from .evaluation import EvaluationFactory


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01")
class TestEvaluation(EvaluationFactory, HubCommon):
    """Two views, then what was agreed, then nothing changes any more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_evaluations()
        cls.pact = cls._in_force()

    def setUp(self):
        super().setUp()
        self.evaluation = self._evaluation(self.pact)

    def _fill(self, evaluation=None):
        evaluation = evaluation or self.evaluation
        for indicator, value in (
            (self.autonomy, "3"),
            (self.jobs, "1.5"),
            (self.culture, "A bread evening"),
            (self.open_shop, "yes"),
        ):
            self._line(evaluation, indicator).write(
                {
                    "holder_value": value,
                    "volunteers_value": value,
                    "agreed_value": value,
                }
            )

    # Who takes part

    def test_holder_and_pair_take_part(self):
        self.evaluation.action_open()
        self.assertEqual(self.evaluation.state, "under_way")
        people = {p.partner_id: p.side for p in self.evaluation.person_ids}
        self.assertEqual(
            people,
            {
                self.amina: "holder",
                self.bernard: "volunteers",
                self.rachid: "volunteers",
            },
        )

    def test_the_pair_of_today_takes_part_and_not_that_of_the_signature(self):
        project = self.env["crm.lead"].create(
            {"name": "Bakery", "is_hub_project": True, "partner_id": self.amina.id}
        )
        chloe = self.env["res.partner"].create({"name": "Chloé"})
        self.env["hub.role"].create(
            {"partner_id": chloe.id, "kind": "volunteer", "trained_on": "2020-01-01"}
        )
        pairing = self.env["hub.pairing"].create(
            {"lead_id": project.id, "volunteer_id": chloe.id}
        )
        pairing.action_activate(channel="phone")
        pact = self._in_force(lead_ids=[Command.set(project.ids)])
        evaluation = self._evaluation(pact)
        evaluation.action_open()
        self.assertEqual(evaluation._side("volunteers").partner_id, chloe)

    def _local_pact(self, other):
        """In force; the hub itself is a party of it."""
        pact = self._create_pact(
            form="local_pact",
            meeting_ids=[Command.create({"date": "2025-12-20"})],
            party_ids=[
                Command.create({"partner_id": partner.id, "category": category})
                for partner, category in (
                    (self.amina, "concerned"),
                    (other, "elected"),
                    (self.company.partner_id, "hub"),
                )
            ],
        )
        pact.action_draft()
        pact.action_to_sign()
        pact.party_ids._sign(date(2026, 1, 1), "paper")
        return pact

    def test_under_a_pact_of_a_territory_the_other_parties_take_part(self):
        evaluation = self._evaluation(self._local_pact(self.town))
        evaluation.action_open()
        self.assertEqual(evaluation._side("holder").partner_id, self.amina)
        self.assertEqual(evaluation._side("volunteers").partner_id, self.town)

    # What is told to the team

    def test_a_newcomer_takes_part_once_the_slip_is_signed(self):
        pact = self._local_pact(self.rachid)
        slip = {"partner_id": self.town.id, "category": "elected"}
        signs = {"representative": "Marie Dupont", "representative_role": "mayor"}
        newcomer = pact._take_in({**slip, **signs}, pact.party_ids.browse())
        self.assertNotIn((self.town, "volunteers"), pact._evaluation_people())
        newcomer._sign(date(2026, 2, 1), "paper")
        self.assertIn((self.town, "volunteers"), pact._evaluation_people())

    def test_the_adviser_types_three_columns(self):
        adviser = self.users["adviser"]
        self.pact.user_id = adviser
        form = Form(self.evaluation.with_user(adviser))
        for index in range(len(self.evaluation.line_ids)):
            with form.line_ids.edit(index) as line:
                value = {"scale": "2", "number": "3", "text": "Fine", "yes_no": "no"}
                line.holder_value = value[line.kind]
                line.volunteers_value = value[line.kind]
                line.agreed_value = value[line.kind]
        form.entry_channel = "paper"
        form.save()
        self.assertEqual(self.evaluation.state, "under_way")
        self.assertTrue(self.evaluation.ready_to_agree)
        people = self.evaluation.person_ids
        self.assertEqual(set(people.mapped("given_channel")), {"paper"})
        self.assertEqual(people.given_by_id, adviser)
        self.assertEqual(
            self.evaluation.line_ids.mapped("agreed_label"),
            ["2. Needs help for the hard steps", "3 jobs", "Fine", "No"],
        )

    def test_a_value_has_the_form_of_its_indicator(self):
        for indicator, wrong in (
            (self.autonomy, "5"),
            (self.autonomy, "Goes ahead alone"),
            (self.autonomy, "0"),
            (self.jobs, "three"),
            (self.jobs, "1e5"),
            (self.jobs, "nan"),
            (self.jobs, "٣"),
            (self.open_shop, "maybe"),
            (self.culture, "x" * 2001),
        ):
            line = self._line(self.evaluation, indicator)
            for name in ("holder_value", "volunteers_value", "agreed_value"):
                with (
                    self.subTest(value=wrong, name=name),
                    self.assertRaisesRegex(ValidationError, indicator.name),
                    self.cr.savepoint(),
                ):
                    line.write({name: wrong})
        self.assertFalse(self.evaluation.line_ids.view_ids)

    def test_figures_are_kept_as_numbers(self):
        self._fill()
        figures = self.evaluation.line_ids.mapped("agreed_figure")
        self.assertEqual(figures, [3.0, 1.5, 0.0, 1.0])

    def test_a_comma_typed_on_the_telephone_is_understood(self):
        self.assertEqual(self.jobs._read_value(" 1 200,5 "), "1200.5")

    def test_where_the_pair_differs_each_is_named(self):
        self.evaluation.action_open()
        line = self._line(self.evaluation, self.jobs)
        self._person(self.evaluation, self.bernard)._note_values(
            {line.id: "1"}, "portal"
        )
        self._person(self.evaluation, self.rachid)._note_values(
            {line.id: "2"}, "portal"
        )
        self.assertFalse(line.volunteers_value)
        self.assertEqual(
            line.volunteers_label, "1 jobs (Bernard Œuvrard) / 2 jobs (Rachid Amrani)"
        )

    def test_the_team_does_not_change_what_somebody_said_alone(self):
        self.evaluation.action_open()
        line = self._line(self.evaluation, self.jobs)
        self._person(self.evaluation, self.amina)._note_values({line.id: "1"}, "portal")
        self.assertFalse(line.holder_open)
        with self.assertRaisesRegex(UserError, "Amina Bérenger gave their view"):
            line.holder_value = "5"
        line.invalidate_recordset()
        self.assertEqual(line.holder_value, "1")
        self._person(self.evaluation, self.bernard)._note_values(
            {line.id: "2"}, "portal"
        )
        line.volunteers_value = "3"
        said = {v.person_id.partner_id: v.value for v in line.view_ids}
        self.assertEqual(said, {self.amina: "1", self.bernard: "2", self.rachid: "3"})

    # Agreement

    def test_it_is_not_agreed_before_both_sides_have_spoken(self):
        line = self._line(self.evaluation, self.autonomy)
        line.write({"holder_value": "2", "agreed_value": "2"})
        with self.assertRaisesRegex(ValidationError, "Pair and other parties") as error:
            self.evaluation.action_agree()
        self.assertIn("Economic effects", str(error.exception))
        with self.assertRaises(ValidationError):
            self.evaluation.person_ids._agree("paper")
        self.assertEqual(set(self.evaluation.person_ids.mapped("answer")), {"waiting"})

    def test_a_comment_may_say_why_nothing_was_agreed(self):
        self._fill()
        self._line(self.evaluation, self.jobs).write(
            {"agreed_value": False, "comment": "Too early to tell"}
        )
        self.assertTrue(self.evaluation.ready_to_agree)

    def _agree_by_wizard(self, **values):
        action = self.evaluation.action_agree()
        wizard = self.env["hub.evaluation.agree.wizard"].with_context(
            **action["context"]
        )
        wizard = wizard.create(values)
        wizard.action_confirm()
        return wizard

    def test_the_last_yes_closes_it(self):
        self._fill()
        amina = self._person(self.evaluation, self.amina)
        self._agree_by_wizard(
            person_ids=[Command.set(amina.ids)], channel="phone", agreed_on="2026-06-29"
        )
        self.assertEqual(self.evaluation.state, "under_way")
        self.assertEqual(amina.answer_channel, "phone")
        self.assertEqual(amina.recorded_by_id, self.env.user)
        wizard = self._agree_by_wizard(agreed_on="2026-06-30")
        self.assertEqual(len(wizard.person_ids), 2)
        self.assertEqual(self.evaluation.state, "agreed")
        self.assertEqual(self.evaluation.date, date(2026, 6, 30))

    def test_nobody_agrees_in_the_future(self):
        self._fill()
        with self.assertRaisesRegex(UserError, "future"):
            self._agree_by_wizard(agreed_on="2026-07-02")

    def test_whoever_is_excused_is_not_waited_for(self):
        self._fill()
        self._person(self.evaluation, self.rachid).excused = True
        wizard = self._agree_by_wizard()
        self.assertEqual(wizard.person_ids.partner_id, self.amina | self.bernard)
        self.assertEqual(self.evaluation.state, "agreed")

    def test_one_side_alone_does_not_agree(self):
        self._fill()
        for partner in (self.bernard, self.rachid):
            self._person(self.evaluation, partner).excused = True
        with self.assertRaises(ValidationError):
            self.evaluation.action_agree()

    def test_another_value_needs_another_yes(self):
        self._fill()
        amina = self._person(self.evaluation, self.amina)
        amina._agree("phone")
        self._line(self.evaluation, self.jobs).agreed_value = "1.5"
        self.assertEqual(amina.answer, "yes", "nothing changed")
        self._line(self.evaluation, self.jobs).agreed_value = "2"
        self.assertEqual(amina.answer, "waiting")
        amina._agree("phone")
        self.evaluation.words = "The oven came late"
        self.assertEqual(amina.answer, "waiting")

    # What was agreed

    def test_what_was_agreed_is_kept_with_its_fingerprint_and_its_sheet(self):
        self._fill()
        self._agree_by_wizard()
        evaluation = self.evaluation
        for part in ("Amina Bérenger", "A bread evening", "Asks when needed"):
            self.assertIn(part, evaluation.frozen_json)
        self.assertEqual(
            evaluation.frozen_hash,
            evaluation._fingerprint(evaluation.frozen_json.encode()),
        )
        self.assertTrue(evaluation.frozen_pdf_id.raw.startswith(b"%PDF"))

    def test_what_was_agreed_does_not_change(self):
        self._fill()
        self._agree_by_wizard()
        evaluation, line = self.evaluation, self.evaluation.line_ids[0]
        person = evaluation.person_ids[0]
        for change in (
            lambda: evaluation.write({"words": "x"}),
            lambda: evaluation.write({"date": "2026-07-01"}),
            lambda: evaluation.write({"state": "planned"}),
            lambda: evaluation.write({"active": False}),
            lambda: evaluation.write({"frozen_hash": "0"}),
            lambda: evaluation.write({"line_ids": [Command.delete(line.id)]}),
            lambda: line.write({"agreed_value": "1"}),
            lambda: line.write({"holder_value": "1"}),
            lambda: line.write({"comment": "x"}),
            line.unlink,
            lambda: person.write({"excused": True}),
            person.unlink,
            lambda: person.sudo()._note_values({line.id: "1"}, "portal"),
            line.view_ids[0].sudo().unlink,
            lambda: line.view_ids[0].sudo().write({"value": "1"}),
            lambda: self.env["hub.evaluation.line"].create(
                {
                    "evaluation_id": evaluation.id,
                    "indicator_id": self.appropriation.id,
                }
            ),
            lambda: self.env["hub.evaluation.person"].create(
                {"evaluation_id": evaluation.id, "partner_id": self.town.id}
            ),
            evaluation.unlink,
        ):
            with (
                self.assertRaisesRegex(UserError, "stays as it is|given their|given a"),
                self.cr.savepoint(),
            ):
                change()
        self.assertEqual(
            evaluation.frozen_json,
            evaluation._canonical_json(evaluation._frozen_payload()),
        )

    def test_an_import_does_not_change_it(self):
        self._fill()
        self._agree_by_wizard()
        self.env["ir.model.data"].create(
            {
                "module": "test",
                "name": "evaluation",
                "model": "hub.evaluation",
                "res_id": self.evaluation.id,
            }
        )
        result = self.env["hub.evaluation"].load(
            ["id", "words"], [["test.evaluation", "Forged"]]
        )
        self.assertTrue(result["messages"])
        self.assertFalse(self.evaluation.words)

    def test_state_and_answers_are_not_typed_in(self):
        self._fill()
        for record, values in (
            (self.evaluation, {"state": "agreed"}),
            (self.evaluation, {"planned_on": "2026-01-01"}),
            (self.evaluation.person_ids[0], {"answer": "yes"}),
            (self.evaluation.person_ids[0], {"given_channel": "portal"}),
            (self.evaluation.person_ids[0], {"comment": "Forged"}),
        ):
            record = record.with_user(self.users["coordinator"])
            with self.subTest(values), self.assertRaisesRegex(UserError, "typed in"):
                record.write(values)

    def test_views_that_were_given_are_not_deleted_with_the_evaluation(self):
        self._fill()
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.evaluation.unlink()
        with self.assertRaisesRegex(UserError, "Excused"):
            self._person(self.evaluation, self.amina).unlink()

    # Indicators

    def test_an_indicator_in_use_keeps_its_meaning(self):
        self._fill()
        step = self.autonomy.step_ids[0]
        for change in (
            lambda: self.autonomy.write({"kind": "number"}),
            lambda: self.autonomy.write(
                {"step_ids": [Command.create({"name": "Even further"})]}
            ),
            step.unlink,
            lambda: step.write({"sequence": 99}),
        ):
            with self.assertRaisesRegex(UserError, "has been used"):
                change()
        step.name = "Needs help at every step"
        self.autonomy.question = "What does the person do alone?"

    def test_a_scale_has_two_steps_at_least(self):
        with self.assertRaisesRegex(ValidationError, "two steps"):
            self.env["hub.indicator"].create(
                {"name": "x", "dimension": "social", "kind": "scale"}
            )
        with self.assertRaisesRegex(ValidationError, "dimension"):
            self.env["hub.indicator"].create({"name": "x", "kind": "number"})

    # Progress

    def test_progress_shows_start_each_look_and_the_target(self):
        pact = self._in_force(
            self._term(
                self.autonomy, baseline_value="1", target_value="4", rhythm_months=6
            ),
            self._term(self.jobs, rhythm_months=6),
        )
        self._agreed(pact, "2026-03-01", {self.autonomy: "2", self.jobs: "0"})
        second = self._agreed(pact, "2026-06-30", {self.autonomy: "3", self.jobs: "2"})
        curves = {series["name"]: series for series in second.progress}
        autonomy, jobs = curves["Autonomy"], curves["Economic effects"]
        self.assertEqual([p["value"] for p in autonomy["points"]], [1, 2, 3])
        self.assertEqual([p["start"] for p in autonomy["points"]], [True, False, False])
        self.assertEqual((autonomy["low"], autonomy["high"]), (1, 4))
        self.assertEqual(autonomy["target"], 4)
        self.assertEqual([p["value"] for p in jobs["points"]], [0, 2])
        self.assertIsNone(jobs["target"])
        self.assertEqual(self._line(second, self.jobs).previous_label, "0 jobs")

    def test_the_sheet_of_the_first_does_not_show_the_second(self):
        first = self._agreed(self.pact, "2026-03-01", {self.jobs: "0"})
        self._agreed(self.pact, "2026-06-30", {self.jobs: "2"})
        first.invalidate_recordset()
        curves = {series["name"]: series for series in first.progress}
        self.assertEqual(
            [p["value"] for p in curves["Economic effects"]["points"]], [0]
        )

    def test_a_typed_start_is_part_of_the_signed_text(self):
        with self.assertRaises(UserError):
            self.pact.term_ids[0].baseline_value = "2"
        with self.assertRaisesRegex(ValidationError, "cannot be chosen"):
            self._create_pact(term_ids=[self._term(self.autonomy, baseline_value="9")])
