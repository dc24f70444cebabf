from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..common import HubCommon


@tagged("post_install", "-at_install")
@freeze_time("2027-01-15")
class TestSelfEvaluation(HubCommon):
    """The hub looks at itself: many answer without a name, then all agree."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.people = cls.env["res.partner"].create(
            [{"name": f"Person {number}", "lang": "en_US"} for number in range(6)]
        )
        cls.people[0].email = "person@example.org"
        cls.env["hub.role"].create(
            {"partner_id": cls.people[0].id, "kind": "volunteer"}
        )
        cls.record = cls.env["hub.self.evaluation"].create(
            {
                "year": 2026,
                "lang": "en_US",
                "person_ids": [
                    Command.create({"partner_id": person.id}) for person in cls.people
                ],
            }
        )
        cls.field = cls._line("hub_indicator_self_field")
        cls.change = cls._line("hub_indicator_self_change")

    @classmethod
    def _line(cls, xml_id):
        indicator = cls.env.ref(f"solidarity_hub.{xml_id}")
        return cls.record.line_ids.filtered(lambda one: one.indicator_id == indicator)

    def _answer(self, field, change=""):
        self.record._take_answers({self.field.id: field, self.change.id: change})

    def _collect(self, *values):
        self.record.action_open()
        for value in values:
            self._answer(value, f"Words {value}")
        self.record.action_close()

    def test_it_begins_with_the_questions_of_the_hub(self):
        targets = set(self.record.line_ids.indicator_id.mapped("target"))
        self.assertEqual(targets, {"hub"})
        self.assertEqual(len(self.record.line_ids), 8)
        self.assertIn("institutions", self.field.question)

    def test_a_person_is_asked_for_the_college_of_today(self):
        college = self.record.person_ids[0].college_id
        self.assertEqual(college.code, "volunteers")

    def test_those_with_an_address_are_written_to(self):
        message = self.record.action_open()["params"]["message"]
        self.assertIn("Person 1", message)
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertIn(self.record.person_ids[0].sudo().access_token, mail.body_html)
        with self.assertRaisesRegex(UserError, "today"):
            self.record.person_ids.action_ask()

    def test_answers_are_counted_and_not_named(self):
        self._collect("2", "3", "3", "4", "2")
        self.assertEqual(self.record.answer_count, 5)
        self.assertEqual(
            self.field.answers,
            "2. In part: 2\n3. For the most part: 2\n4. Fully: 1",
        )
        self.assertIn("Words 4", self.change.answers)

    def test_nothing_shows_before_the_answers_are_closed(self):
        self.record.action_open()
        for value in "22334":
            self._answer(value)
        self.assertFalse(self.field.answers)

    def test_answers_of_a_few_are_never_shown(self):
        self._collect("2", "3", "3", "4")
        self.assertFalse(self.field.answers)
        self.assertFalse(self.change.answers)

    def test_no_answer_tells_whose_it_is(self):
        self._collect("2", "3", "3", "4", "2")
        answers = self.env["hub.self.evaluation.answer"]
        names = set(answers._fields)
        self.assertFalse(
            names & {"create_uid", "create_date", "write_uid", "write_date"}
        )
        self.assertFalse(
            [n for n, f in answers._fields.items() if f.comodel_name == "res.partner"]
        )
        people = self.env["hub.self.evaluation.person"]
        self.assertNotIn("write_date", people._fields)
        for role in ("adviser", "coordinator", "manager", "board"):
            with self.assertRaises(AccessError):
                answers.with_user(self.users[role]).search([])

    def test_after_the_end_nobody_adds_anything(self):
        self._collect("2", "3", "3", "4", "2")
        with self.assertRaisesRegex(UserError, "answers are in"):
            self._answer("1")
        with self.assertRaisesRegex(UserError, "answers are in"):
            self.record.action_open()

    def test_a_sheet_on_paper_is_typed_in_without_a_name(self):
        coordinator = self.users["coordinator"]
        action = self.record.with_user(coordinator).action_sheet()
        form = Form(
            self.env["hub.self.evaluation.sheet"]
            .with_user(coordinator)
            .with_context(**action["context"])
        )
        with form.line_ids.edit(0) as line:
            line.value = "4"
        sheet = form.save()
        sheet.action_confirm()
        self.assertFalse(sheet.exists())
        self.assertEqual(self.record.answer_count, 1)

    def test_a_wrong_answer_is_not_kept(self):
        with self.assertRaises(ValidationError):
            self._answer("9")
        with self.assertRaisesRegex(UserError, "at least one question"):
            self._answer("")
        self.assertEqual(self.record.answer_count, 0)

    def test_what_is_typed_in_is_guarded(self):
        record = self.record.with_user(self.users["coordinator"])
        for values in (
            {"answer_count": 50},
            {"collecting": "closed"},
            {"person_ids": [Command.update(self.record.person_ids[0].id,
                                           {"has_answered": True})]},
        ):  # fmt: skip
            with self.assertRaisesRegex(UserError, "typed in"):
                record.write(values)

    def _validate(self):
        for line in self.record.line_ids:
            line.agreed_value = "3" if line.kind == "scale" else "We listen more"
        self.change.comment = "A second evening a month"
        colleges = self.env["hub.college"].search(
            [("company_id", "=", self.company.id)]
        )
        self.record.write(
            {"validated_on": "2027-01-14", "college_ids": [Command.set(colleges.ids)]}
        )
        self.record.action_validate()

    def test_what_was_agreed_stays(self):
        self._collect("2", "3", "3", "4", "2")
        with self.assertRaisesRegex(UserError, "a value or words"):
            self.record.action_validate()
        self._validate()
        for part in ("A second evening", "For the most part", "Funders"):
            self.assertIn(part, self.record.frozen_json)
        self.assertNotIn("Person 1", self.record.frozen_json)
        self.assertTrue(self.record.frozen_pdf_id.raw.startswith(b"%PDF"))
        for change in (
            lambda: self.field.write({"agreed_value": "1"}),
            lambda: self.record.write({"words": "x"}),
            self.field.unlink,
            self.record.person_ids[0].unlink,
            self.record.unlink,
        ):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                change()

    def test_the_year_before_is_recalled(self):
        self._collect("2", "3", "3", "4", "2")
        self._validate()
        following = self.env["hub.self.evaluation"].create({"year": 2027})
        line = following.line_ids.filtered(
            lambda one: one.indicator_id == self.field.indicator_id
        )
        self.assertEqual(line.previous_label, "3. For the most part")

    def test_a_year_is_there_once(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            self.env["hub.self.evaluation"].create({"year": 2026})
