import base64
from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import PactCommon, drawing


@tagged("post_install", "-at_install")
@freeze_time("2026-01-10")
class TestPactJoining(PactCommon):
    """A newcomer signs a slip alone; a party leaves, and the text stays as it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pact = cls._pact_in_force(user_id=cls.users["coordinator"].id)
        cls.form = cls.env["hub.pact.join.wizard"].with_context(
            **cls.pact.action_take_in()["context"]
        )

    def join(self, **values):
        form = Form(self.form)
        form.partner_id = self.town
        form.category = "elected"
        form.representative = "Marie Dupont"
        form.representative_role = "mayor"
        for name, value in values.items():
            form[name] = value
        form.save().action_confirm()
        return self._party(self.pact, "elected")

    def leave(self, party, left_on="2026-01-10", letter=None):
        context = party.action_leave()["context"]
        form = Form(self.env["hub.pact.leave.wizard"].with_context(**context))
        form.left_on = left_on
        form.reason = "Moved away"
        if letter:
            form.letter = base64.b64encode(letter)
        wizard = form.save()
        wizard.letter_name = "letter.pdf"
        wizard.action_confirm()
        return wizard

    def test_the_newcomer_signs_alone_and_nothing_else_changes(self):
        before = self.pact.frozen_json, self.pact.frozen_hash, self.pact.frozen_pdf_id
        newcomer = self.join(joining_commitment="Ten hours a month")
        self.assertEqual(self.pact._present_parties(), self.pact.party_ids)
        self.assertEqual(self.pact.awaited_count, 1)
        newcomer._sign(date(2026, 1, 8), "paper")
        self.assertEqual(newcomer.joined_on, date(2026, 1, 8))
        self.assertEqual(self.pact.state, "in_force")
        after = self.pact.frozen_json, self.pact.frozen_hash, self.pact.frozen_pdf_id
        self.assertEqual(after, before)
        self.assertIn("Ten hours a month", newcomer.frozen_json)
        self.assertIn(self.pact.frozen_hash, newcomer.frozen_json)
        mark = self.pact._fingerprint(newcomer.frozen_json.encode())
        self.assertEqual(newcomer.frozen_hash, mark)

    def test_the_slip_is_a_document_of_its_own_that_verifies(self):
        newcomer = self.join()
        newcomer._sign(date(2026, 1, 8), "paper")
        file = self.pact.file_ids.filtered(lambda file: file.kind == "slip")
        self.assertEqual(file.party_id, newcomer)
        self.assertEqual(file.attachment_id, newcomer.frozen_pdf_id)
        self.assertTrue(self.pact._is_signed_file(newcomer.frozen_pdf_id.raw))

    def test_what_the_slip_says_is_closed_by_the_signature(self):
        newcomer = self.join()
        newcomer.joining_commitment = "Still open"
        newcomer._sign(date(2026, 1, 8), "paper")
        for values in (
            {"joining_commitment": "Forged"},
            {"representative": "Forged"},
            {"category": "company"},
            {"partner_id": self.amina.id},
            {"joined_on": "2025-01-01"},
            {"frozen_hash": "0" * 64},
            {"frozen_json": "{}"},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                newcomer.write(values)
        with self.assertRaises(UserError):
            newcomer.unlink()

    def test_the_slip_prints_before_and_after_its_signature(self):
        newcomer = self.join()
        action = newcomer.action_print_slip()
        self.assertEqual(action["report_name"], "solidarity_hub.joining_slip")
        with self.assertRaisesRegex(UserError, "not a joining slip"):
            self.pact.party_ids[0].action_print_slip()

    def test_a_party_of_today_does_not_join_twice(self):
        with self.assertRaisesRegex(ValidationError, "already a party"):
            self.join(partner_id=self.amina)

    def test_whoever_left_may_come_back_by_a_slip(self):
        party = self._party(self.pact, "volunteer")
        self.leave(party)
        back = self.join(partner_id=self.bernard)
        back._sign(date(2026, 1, 10), "paper")
        self.assertEqual(back.answer, "yes")

    def test_leaving_keeps_day_reason_letter_and_signature(self):
        party = self._party(self.pact, "volunteer")
        frozen = self.pact.frozen_json
        self.leave(party, letter=b"I leave")
        self.assertRecordValues(
            party,
            [
                {
                    "left_on": date(2026, 1, 10),
                    "left_reason": "Moved away",
                    "signed_on": date(2026, 1, 5),
                }
            ],
        )
        message = self.pact.message_ids.filtered("attachment_ids")[:1]
        self.assertIn("Moved away", message.body)
        self.assertEqual(message.attachment_ids.raw, b"I leave")
        self.assertEqual(self.pact.frozen_json, frozen)
        self.assertNotIn(party, self.pact._present_parties())

    def test_leaving_later_still_counts_until_then(self):
        self.join()._sign(date(2026, 1, 8), "paper")
        party = self._party(self.pact, "volunteer")
        self.leave(party, "2026-02-01")
        self.assertIn(party, self.pact._present_parties())
        with freeze_time("2026-02-01"):
            self.assertNotIn(party, self.pact._present_parties())

    def test_fewer_than_two_kinds_left_is_told_before_and_after(self):
        party = self._party(self.pact, "volunteer")
        wizard = self.leave(party)
        self.assertTrue(wizard.lacks_kinds)
        activity = self.pact.activity_ids
        self.assertEqual(activity.user_id, self.users["coordinator"])
        self.assertIn("two kinds", activity.summary)

    def test_with_two_kinds_left_nobody_is_alarmed(self):
        self.join()._sign(date(2026, 1, 8), "paper")
        wizard = self.leave(self._party(self.pact, "volunteer"))
        self.assertFalse(wizard.lacks_kinds)
        self.assertFalse(self.pact.activity_ids)

    def test_leaving_is_not_typed_in_and_never_before_joining(self):
        party = self._party(self.pact, "volunteer")
        for values in ({"left_on": "2026-01-10"}, {"left_reason": "x"}):
            with self.assertRaisesRegex(UserError, "not typed in"):
                party.with_user(self.users["coordinator"]).write(values)
        with self.assertRaisesRegex(ValidationError, "before joining"):
            party._leave(date(2026, 1, 4), "Too early")
        newcomer = self.join()
        with self.assertRaisesRegex(UserError, "not bound"):
            newcomer._leave(date(2026, 1, 10), "Has not joined")
        party._leave(date(2026, 1, 10), "Once")
        with self.assertRaisesRegex(UserError, "not bound"):
            party._leave(date(2026, 1, 10), "Twice")

    def test_parties_are_counted_month_by_month_over_all_versions(self):
        with freeze_time("2026-03-20"):
            self.join()._sign(date(2026, 2, 10), "paper")
            self.leave(self._party(self.pact, "volunteer"), "2026-03-15")
            counts = [
                (month["count"], month["kinds"]) for month in self.pact._party_months()
            ]
            self.assertEqual(counts, [(2, 2), (3, 3), (2, 2)])
            amendment = self.env["hub.pact"].browse(self.pact.action_amend()["res_id"])
            amendment.joint_interview_on = "2026-03-18"
            amendment.action_to_sign()
            amendment.party_ids._sign(date(2026, 3, 20), "paper")
            self.assertEqual(
                [month["count"] for month in amendment._party_months()], [2, 3, 2]
            )

    def test_kinds_present_and_missing_are_told(self):
        pact = self._create_pact(form="local_pact")
        self.assertEqual(
            pact.missing_kinds,
            "Elected representative, Institution, Business, Association,"
            " Resource person",
        )
        self._add_town(pact)
        self.assertNotIn("Elected", pact.missing_kinds)
        self.assertIn("Elected representative: 1", pact.completeness)
        self.assertIn("missing", pact.completeness)
        contract = self._create_pact()
        self.assertEqual(contract.missing_kinds, "Solidarity hub")

    def test_a_meeting_tells_who_took_part_by_kind(self):
        pact = self._create_pact(form="local_pact")
        pact.meeting_ids = [
            Command.create(
                {"date": "2026-01-02", "party_ids": [Command.set(pact.party_ids.ids)]}
            )
        ]
        self.assertEqual(
            pact.meeting_ids.present_summary, "Person concerned (1), Volunteer (1)"
        )
        pact.action_draft()
        pact.action_to_sign()
        pact.party_ids._sign(date(2026, 1, 5), "paper")
        for values in ({"agreed": "Forged"}, {"date": "2026-01-03"}, {"place": "x"}):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                pact.meeting_ids.write(values)
        pact.meeting_ids = [Command.create({"date": "2026-01-10", "agreed": "New"})]
        later = pact.meeting_ids.filtered(lambda meeting: meeting.agreed == "New")
        later.place = "Town hall"
        self.assertNotIn("Town hall", pact.frozen_json)

    def test_a_signature_drawn_on_the_screen_of_the_coordinator_is_of_one_party(self):
        pact = self._create_pact()
        pact.action_to_sign()
        context = pact.action_record_signatures()["context"]
        wizards = self.env["hub.pact.sign.wizard"].with_context(**context)
        both = wizards.create({"channel": "in_person", "signature": drawing()})
        with self.assertRaisesRegex(UserError, "of one party"):
            both.action_confirm()
        form = Form(wizards)
        form.party_ids = self._party(pact, "concerned")
        self.assertEqual(form.signed_by, "Amina Bérenger")
        form.channel = "in_person"
        form.signature = drawing()
        form.signed_on = "2026-01-10"
        form.save().action_confirm()
        party = self._party(pact, "concerned")
        self.assertTrue(party.signature)
        self.assertEqual(party.signed_by, "Amina Bérenger")

    def test_paper_printed_before_the_text_changed_is_told(self):
        pact = self._create_pact()
        pact.action_to_sign()
        wizards = self.env["hub.pact.sign.wizard"]
        self.assertFalse(wizards.create({"pact_id": pact.id}).has_changed)
        pact.action_print()
        printed = wizards.create({"pact_id": pact.id})
        self.assertFalse(printed.has_changed)
        pact.goal_ids.name = "Another goal"
        later = wizards.create({"pact_id": pact.id})
        self.assertTrue(later.has_changed)
        self.assertNotEqual(later.fingerprint, printed.fingerprint)
