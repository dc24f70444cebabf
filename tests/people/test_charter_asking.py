from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import HubCommon
from .charter import CharterMixin


@tagged("post_install", "-at_install")
class TestCharterAsking(CharterMixin, HubCommon):
    """Many are asked at once; whoever does not answer is reminded, then called."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_charter()
        cls.coordinator = cls.users["coordinator"]
        cls.env["mail.mail"].search([]).unlink()

    def _job(self):
        self.env.flush_all()
        return self.signatures._remind_due()

    def _wizard(self, role="coordinator", **context):
        wizards = self.env["hub.charter.ask.wizard"].with_user(self.users[role])
        return Form(wizards.with_context(**context))

    # Whom

    def test_all_volunteers_and_all_holders_are_asked_by_two_ticks(self):
        with self._wizard() as form:
            form.volunteers = True
            self.assertLessEqual({self.bernard, self.luc}, set(form.partner_ids))
            self.assertNotIn(self.amina, form.partner_ids)
            form.holders = True
            self.assertIn(self.amina, form.partner_ids)
            form.volunteers = False
            self.assertNotIn(self.luc, form.partner_ids)
            form.volunteers = True
        wizard = form.record
        wizard.action_ask()
        for person in (self.bernard, self.luc, self.amina):
            self.assertEqual(self._state(person), "waiting", person.name)
        self.assertEqual(len(self._mails(self.bernard, self.amina)), 2)

    def test_a_holder_whose_project_has_ended_is_not_proposed(self):
        self.project.hub_phase = "closed"
        with self._wizard() as form:
            form.holders = True
            self.assertNotIn(self.amina, form.partner_ids)

    def test_people_selected_in_a_list_are_asked(self):
        someone = self.env["res.partner"].create({"name": "A guest"})
        form = self._wizard(
            active_model="res.partner", active_ids=(someone | self.bernard).ids
        )
        self.assertEqual(set(form.partner_ids), {someone, self.bernard})
        self.assertEqual((form.to_mail_count, form.to_call_count), (1, 1))
        form.save().action_ask()
        self.assertEqual(self._state(someone), "waiting")

    def test_whoever_has_no_address_is_listed_with_telephone_and_link(self):
        form = self._wizard(default_partner_ids=(self.luc | self.bernard).ids)
        action = form.save().action_ask()["params"]
        self.assertIn("E-mails on their way: 1.", action["message"])
        calls = self.people_rows.with_user(self.coordinator)
        found = calls.search(action["next"]["domain"])
        self.assertEqual(found.partner_id, self.luc)
        self.assertEqual(found.phone, "06 00 00 00 02")
        token = found.signature_id.access_token
        self.assertIn(f"access_token={token}", found.sign_url)
        call = found.signature_id.activity_id
        self.assertEqual(call.user_id, self.coordinator)
        self.assertIn("Luc (06 00 00 00 02)", call.summary)
        self.assertIn("no e-mail", call.note)

    def test_asking_again_writes_to_nobody_twice(self):
        self._ask(self.bernard)
        again = self._wizard(default_partner_ids=self.bernard.ids)
        self.assertEqual(again.done_count, 1)
        action = again.save().action_ask()
        self.assertEqual(len(self._mails(self.bernard)), 1)
        self.assertIn("left as they were: 1", action["params"]["message"])

    def test_whoever_signed_is_left_alone(self):
        self.signatures._sign(self.charter, self.bernard, "paper")
        self.assertFalse(self._ask(self.bernard))
        self.assertFalse(self._mails(self.bernard))
        self.assertEqual(self._state(self.bernard), "signed")

    def test_whoever_refused_is_asked_again_and_the_refusal_stays_on_record(self):
        signature = self._ask(self.bernard)
        signature._answer("no", "portal", reason="Too long")
        self.assertEqual(self._state(self.bernard), "refused")
        form = self._wizard()
        form.volunteers = True
        self.assertNotIn(self.bernard, form.partner_ids)
        self.assertEqual(self._ask(self.bernard), signature)
        self.assertEqual(self._state(self.bernard), "waiting")
        self.assertIn("Too long", signature.former_answers)
        self.assertEqual(len(self._mails(self.bernard)), 2)
        signature._answer("yes", "portal", signed_name="Bernard P.")
        self.assertEqual(self._state(self.bernard), "signed")
        self.assertEqual(signature.signed_name, "Bernard P.")

    def test_nobody_is_asked_to_sign_a_draft_or_a_former_version(self):
        draft = self.charter.copy()
        with self.assertRaisesRegex(ValidationError, "still a draft"):
            self._ask(self.bernard, charter=draft)
        draft.action_publish()
        form = self._wizard(
            default_charter_id=self.charter.id, default_partner_ids=self.bernard.ids
        )
        with self.assertRaisesRegex(UserError, "not the version to sign today"):
            form.save().action_ask()

    def test_an_empty_choice_says_so(self):
        with self.assertRaisesRegex(UserError, "Nobody is chosen"):
            self._wizard().save().action_ask()

    def test_a_publication_proposes_to_ask_everybody_and_sends_nothing(self):
        self.signatures._sign(self.charter, self.bernard | self.luc, "paper")
        second = self.charter.copy({"rules": "<p>New</p>"})
        action = second.with_user(self.coordinator).action_publish()
        self.assertFalse(self._mails())
        form = self._wizard(**action["context"])
        self.assertEqual(form.charter_id, second)
        self.assertLessEqual(
            {self.bernard, self.luc, self.amina}, set(form.partner_ids)
        )
        self.assertEqual(self._state(self.bernard), "not_asked")

    def test_advisers_ask_too_and_nobody_else(self):
        self._wizard("adviser", default_partner_ids=self.luc.ids).save().action_ask()
        self.assertEqual(self._state(self.luc), "waiting")
        for role in ("volunteer", "board", "finance", "sales", "employee", "portal"):
            with self.assertRaises(AccessError):
                self._ask(self.bernard, role=role)

    # Reminders

    def test_nobody_is_reminded_before_the_days_of_the_settings(self):
        signature = self._ask(self.bernard)
        self._days_pass(signature, 4)
        self._job()
        self.assertEqual(len(self._mails(self.bernard)), 1)
        self._days_pass(signature, 1)
        self._job()
        self._job()
        self.assertEqual(len(self._mails(self.bernard)), 2)
        self.assertEqual(
            (signature.reminders, signature.reminded_on), (1, self._today())
        )

    def test_after_two_reminders_the_coordinator_calls_once(self):
        signature = self._ask(self.bernard)
        for _time in range(5):
            self._days_pass(signature)
            self._job()
        self.assertEqual(len(self._mails(self.bernard)), 3)
        self.assertTrue(signature.to_call)
        self.assertEqual(len(signature.activity_ids), 1)
        self.assertEqual(signature.activity_ids.user_id, self.coordinator)
        self.assertIn("no answer to the e-mails", signature.activity_ids.note)
        # A call that somebody has dropped does not come back.
        signature.activity_ids.unlink()
        self._days_pass(signature)
        self.assertFalse(self._job())
        self.assertFalse(signature.activity_ids)

    def test_a_yes_and_a_no_end_reminders_and_calls(self):
        for answer in ("yes", "no"):
            with self.subTest(answer), self.env.cr.savepoint() as savepoint:
                signatures = self._ask(self.bernard, self.luc)
                self.assertTrue(signatures.activity_ids)
                signatures._answer(answer, "phone")
                self.assertFalse(signatures.activity_ids)
                self._days_pass(signatures)
                self.assertFalse(self._job())
                savepoint.rollback()
                self.env.invalidate_all()

    def test_nobody_is_reminded_of_a_version_that_was_replaced(self):
        signatures = self._ask(self.bernard, self.luc)
        self.charter.copy().action_publish()
        self.assertFalse(signatures.activity_ids)
        self._days_pass(signatures)
        self.assertFalse(self._job())

    def test_nobody_is_reminded_whose_part_in_the_hub_is_over(self):
        def archived():
            self.bernard.active = False

        def ended():
            self.bernard.hub_role_ids.date_end = "2021-01-01"

        signature = self._ask(self.bernard)
        self._days_pass(signature)
        for change in (archived, ended):
            with self.subTest(change.__name__), self.env.cr.savepoint() as savepoint:
                change()
                self.assertFalse(self._job())
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertEqual(self._job(), 1)

    def test_a_former_volunteer_who_carries_a_project_is_reminded(self):
        self.env["hub.role"].create(
            {
                "partner_id": self.amina.id,
                "kind": "volunteer",
                "date_start": "2020-01-01",
                "date_end": "2021-01-01",
            }
        )
        self._days_pass(self._ask(self.amina))
        self.assertEqual(self._job(), 1)

    def test_a_hub_may_do_without_reminders(self):
        self.company.hub_reminder_days = 0
        self._days_pass(self._ask(self.bernard), 90)
        self.assertFalse(self._job())

    def test_remind_now_is_for_impatient_coordinators(self):
        signature = self._ask(self.bernard)
        self._days_pass(signature, 1)
        rows = self.people_rows.with_user(self.coordinator)
        row = rows.search([("partner_id", "=", self.bernard.id)])
        action = row.action_remind()
        self.assertIn("1", action["params"]["message"])
        with self.assertRaisesRegex(UserError, "Nobody is to be reminded today"):
            row.action_remind()
        self.assertFalse(self._job())
        self.assertEqual(len(self._mails(self.bernard)), 2)

    def test_remind_now_names_whom_to_call(self):
        signature = self._ask(self.luc)
        self._days_pass(signature, 1)
        action = signature.with_user(self.coordinator).action_remind()
        self.assertIn("Luc", action["params"]["message"])
        self.assertEqual(len(signature.activity_ids), 1)

    def test_a_mail_that_cannot_be_written_becomes_a_call(self):
        queue = type(self.signatures)._queue_mails

        def broken(signatures, xml_id):
            if self.amina in signatures.partner_id:
                raise ValueError
            return queue(signatures, xml_id)

        with (
            patch.object(type(self.signatures), "_queue_mails", broken),
            mute_logger("odoo.addons.solidarity_hub.models.common.hub_asking_mixin"),
        ):
            signatures = self._ask(self.amina, self.bernard)
        self.assertEqual(len(self._mails(self.bernard)), 1)
        called = signatures.filtered("to_call")
        self.assertEqual(called.partner_id, self.amina)
        self.assertIn("could not be written", called.activity_ids.note)

    def test_the_mail_gives_the_link_and_stands_on_no_record(self):
        signature = self._ask(self.bernard)
        mail = self._mails(self.bernard)
        self.assertIn(signature.access_token, mail.body_html)
        self.assertFalse(mail.model or mail.res_id)

    def test_the_scheduled_job_goes_through_batch_after_batch(self):
        self._days_pass(self._ask(self.bernard, self.amina))
        cron = self.env.ref("solidarity_hub.ir_cron_hub_charter_remind")
        module = "odoo.addons.solidarity_hub.models.common.hub_reminder_mixin"
        with patch(f"{module}.BATCH", 1), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(len(self._mails(self.bernard, self.amina)), 4)

    def test_asking_and_reminding_cost_the_same_for_few_and_for_many(self):
        def measure(number):
            people = self.env["res.partner"].create(
                [
                    {
                        "name": f"Person {number} {index}",
                        "email": index % 2 and f"p{number}{index}@example.org",
                    }
                    for index in range(number)
                ]
            )
            found = []
            for step in (
                lambda: self._ask(people),
                lambda: self._days_pass(people.hub_signature_ids),
                self._job,
                lambda: self.people_rows.search([]).mapped("phone"),
                lambda: people.hub_signature_ids._answer("yes", "phone"),
            ):
                self.env.flush_all()
                self.env.invalidate_all()
                start = self.env.cr.sql_log_count
                step()
                self.env.flush_all()
                found.append(self.env.cr.sql_log_count - start)
            del found[1]
            return found

        measure(2)
        few, many = measure(4), measure(20)
        for less, more in zip(few, many, strict=True):
            self.assertLessEqual(more, less + 1, f"{few} {many}")

    # By hand

    def test_counters_and_whose_signature_it_is_are_not_typed_in(self):
        signature = self._ask(self.bernard)
        other = self.charter.copy()
        other.action_publish()
        for vals in (
            {"reminders": 3},
            {"asked_on": "2020-01-01"},
            {"to_call": True},
            {"access_token": "mine"},
            {"partner_id": self.luc.id},
            {"charter_id": other.id},
            {"signed_name": "X"},
        ):
            with self.assertRaisesRegex(UserError, "is not typed in"):
                signature.with_user(self.users["manager"]).write(vals)

    def test_an_answer_stays_on_record(self):
        signature = self._ask(self.bernard)
        signature._answer("yes", "portal", signed_name="B")
        with self.assertRaisesRegex(UserError, "stays on record"):
            signature.with_user(self.coordinator).unlink()

    def test_an_answer_noted_by_mistake_is_taken_back_visibly(self):
        signature = self._ask(self.bernard)
        signature._answer("yes", "paper")
        with self.assertRaises(AccessError):
            signature.with_user(self.users["adviser"]).action_cancel_answer()
        signature.with_user(self.coordinator).action_cancel_answer()
        self.assertEqual(self._state(self.bernard), "waiting")
        self.assertIn("Yes", signature.former_answers)

    def test_signatures_older_than_the_links_get_a_key_each(self):
        signatures = self._ask(self.bernard, self.luc)
        self.env.flush_all()
        self.env.cr.execute("UPDATE hub_charter_signature SET access_token = NULL")
        self.env.invalidate_all()
        self.assertFalse(any(s._token_opens(None) for s in signatures))
        self.signatures._init_column("access_token")
        self.env.invalidate_all()
        tokens = set(signatures.mapped("access_token"))
        self.assertEqual(len(tokens - {False}), 2)

    def test_links_are_for_coordinators(self):
        signature = self._ask(self.bernard)
        for role in ("adviser", "volunteer", "board"):
            with self.assertRaises(AccessError):
                signature.with_user(self.users[role]).read(["sign_url"])
            with self.assertRaises(AccessError):
                signature.with_user(self.users[role]).read(["access_token"])
        self.assertTrue(signature.with_user(self.coordinator).read(["sign_url"]))
