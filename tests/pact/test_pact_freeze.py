import base64
from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import PactCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-01-10")
class TestPactFreeze(PactCommon):
    """The first signature closes the text."""

    def setUp(self):
        super().setUp()
        self.pact = self._create_pact()
        self.pact.party_ids = [
            Command.create({"partner_id": self.town.id, "category": "elected"})
        ]
        self.pact.action_to_sign()
        self._party(self.pact, "concerned")._sign(date(2026, 1, 5), "paper")

    def test_first_signature_keeps_text_fingerprint_and_document(self):
        self.assertTrue(self.pact.frozen_on)
        self.assertIn("Open the shop", self.pact.frozen_json)
        self.assertEqual(len(self.pact.frozen_hash), 64)
        document = self.pact.frozen_pdf_id.raw
        self.assertTrue(document.startswith(b"%PDF"))
        self.assertTrue(self.pact._is_signed_file(document))
        self.assertFalse(self.pact._is_signed_file(document + b" "))

    def test_text_no_longer_changes(self):
        for values in (
            {"name": "Another name"},
            {"purpose": "<p>other</p>"},
            {"date_end": "2030-01-01"},
            {"goal_ids": [Command.clear()]},
            {"goal_ids": [Command.create({"name": "One more"})]},
            {"commitment_ids": [Command.create({"name": "x", "category": "hub"})]},
            {"frozen_hash": "0" * 64},
            {"frozen_on": False},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                self.pact.write(values)

    def test_lines_no_longer_change(self):
        for write in (
            lambda: self.pact.goal_ids.write({"name": "x"}),
            self.pact.goal_ids.unlink,
            lambda: self.pact.term_ids.write({"target": "x"}),
            lambda: self.pact.commitment_ids.write({"name": "x"}),
            lambda: self.pact.party_ids.write({"category": "company"}),
            lambda: self._party(self.pact, "elected").unlink(),
            lambda: self.env["hub.pact.party"].create(
                {
                    "pact_id": self.pact.id,
                    "partner_id": self.company.partner_id.id,
                    "category": "hub",
                }
            ),
        ):
            with self.assertRaises(UserError):
                write()

    def test_import_does_not_change_the_text(self):
        self.env["ir.model.data"].create(
            {
                "module": "test",
                "name": "pact",
                "model": "hub.pact",
                "res_id": self.pact.id,
            }
        )
        result = self.env["hub.pact"].load(["id", "name"], [["test.pact", "Forged"]])
        self.assertTrue(result["messages"])
        self.pact.invalidate_recordset()
        self.assertEqual(self.pact.name, "Bakery")

    def test_what_becomes_of_a_commitment_is_still_followed(self):
        self.pact.commitment_ids.state = "done"
        self.pact.next_review_on = "2026-06-01"
        self.assertEqual(self.pact.commitment_ids.state, "done")

    def test_signature_is_not_typed_in(self):
        party = self._party(self.pact, "elected")
        for values in (
            {"signed_on": "2026-01-05"},
            {"answer": "yes"},
            {"scan": b"eA=="},
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(UserError, "Record signatures"),
            ):
                party.write(values)
        with self.assertRaisesRegex(UserError, "Record signatures"):
            self._create_pact(
                party_ids=[
                    Command.create(
                        {
                            "partner_id": self.town.id,
                            "category": "elected",
                            "signed_on": "2026-01-05",
                        }
                    )
                ]
            )

    def test_nobody_signs_twice_nor_in_the_future(self):
        with self.assertRaisesRegex(UserError, "already answered"):
            self._party(self.pact, "concerned")._sign(date(2026, 1, 6), "paper")
        with self.assertRaisesRegex(UserError, "future"):
            self._party(self.pact, "elected")._sign(date(2026, 1, 11), "paper")

    def test_draft_is_not_signed(self):
        draft = self._create_pact()
        with self.assertRaisesRegex(UserError, "not open to signature"):
            draft.party_ids[0]._sign(date(2026, 1, 5), "paper")

    def test_signed_pact_is_not_deleted(self):
        with self.assertRaises(UserError):
            self.pact.unlink()

    def test_taking_the_text_back_voids_signatures_visibly(self):
        party = self._party(self.pact, "concerned")
        wizard = self.env["hub.pact.take.back.wizard"].create(
            {"pact_id": self.pact.id, "reason": "The address was wrong"}
        )
        self.assertIn("Amina", wizard.signed_names)
        wizard.action_confirm()
        self.assertEqual(self.pact.state, "draft")
        self.assertEqual(self.pact.version, 2)
        self.assertFalse(self.pact.frozen_on)
        self.assertFalse(party.signed_on)
        self.assertEqual(party.answer, "waiting")
        self.assertIn("The address was wrong", party.voided_signature)
        self.assertIn("2026-01-05", party.voided_signature)
        history = " ".join(self.pact.message_ids.mapped("body"))
        self.assertIn("Amina", history)
        self.assertIn("The address was wrong", history)
        self.pact.goal_ids.name = "Open the shop in spring"

    def test_what_was_signed_once_is_not_deleted_after_it_was_taken_back(self):
        self.pact._take_back("A mistake")
        with self.assertRaisesRegex(UserError, "documents are kept"):
            self.pact.unlink()

    def test_a_text_of_an_earlier_version_of_the_addon_is_still_read(self):
        early = '{"form":"accompaniment_contract","lang":"en_US","name":"Early",' + (
            '"parties":[{"name":"Amina"}],"terms":[{"indicator":"Autonomy"}],'
            '"commitments":[{"text":"Meet"}],"meetings":[{"date":"2020-01-02"}]}'
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hub_pact SET frozen_json = %s WHERE id = %s", (early, self.pact.id)
        )
        self.env.invalidate_all()
        text = self.pact._reading()
        self.assertEqual(text["name"], "Early")
        self.assertEqual(text["parties"][0]["name"], "Amina")
        self.assertEqual(text["meetings"], [["2 January 2020"]])

    def test_signed_text_does_not_go_back_to_draft_silently(self):
        with self.assertRaisesRegex(UserError, "Take the text back"):
            self.pact.action_draft()

    def test_pact_in_force_is_amended_not_taken_back(self):
        (self.pact.party_ids - self._party(self.pact, "concerned"))._sign(
            date(2026, 1, 6), "paper"
        )
        self.assertEqual(self.pact.state, "in_force")
        with self.assertRaisesRegex(UserError, "write an amendment"):
            self.pact._take_back("too late")

    def test_newcomer_joins_a_pact_in_force_and_signs_alone(self):
        (self.pact.party_ids - self._party(self.pact, "concerned"))._sign(
            date(2026, 1, 6), "paper"
        )
        newcomer = self.env["hub.pact.party"].create(
            {
                "pact_id": self.pact.id,
                "partner_id": self.company.partner_id.id,
                "category": "hub",
            }
        )
        self.assertEqual(newcomer.joined_on, date(2026, 1, 10))
        before = self.pact.frozen_hash
        newcomer._sign(date(2026, 1, 10), "paper")
        self.assertEqual(self.pact.frozen_hash, before)
        with self.assertRaises(UserError):
            newcomer.category = "company"

    def test_paper_signatures_of_several_parties_are_recorded_at_once(self):
        action = self.pact.action_record_signatures()
        form = Form(self.env["hub.pact.sign.wizard"].with_context(**action["context"]))
        self.assertEqual(len(form.party_ids), 2)
        form.signed_on = "2026-01-08"
        form.scan = base64.b64encode(b"page")
        form.save().action_confirm()
        waiting = self.pact.party_ids - self._party(self.pact, "concerned")
        self.assertEqual(set(waiting.mapped("signed_on")), {date(2026, 1, 8)})
        self.assertEqual(waiting[0]._scan_file()[1], b"page")
        self.assertEqual(waiting.recorded_by_id, self.env.user)
        self.assertEqual(self.pact.state, "in_force")

    def test_refusal_does_not_block_the_others_and_a_person_settles_it(self):
        self._party(self.pact, "elected")._decline("phone", "No mandate")
        self._party(self.pact, "volunteer")._sign(date(2026, 1, 6), "paper")
        self.assertEqual(self.pact.state, "to_sign")
        self.assertEqual(self.pact.open_refusals, "Ville de Dijon")
        self.assertIn("declined to sign", self.pact.activity_ids[-1:].summary)
        self.pact.action_in_force()
        self.assertEqual(self.pact.state, "in_force")
