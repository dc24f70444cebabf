from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import PactCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-01-10")
class TestPactRefusal(PactCommon):
    """One declines: the others may sign, and a person settles what becomes of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pact = cls._create_pact(user_id=cls.users["coordinator"].id)
        cls.elected = cls._add_town(cls.pact)
        cls.concerned = cls._party(cls.pact, "concerned")
        cls.volunteer = cls._party(cls.pact, "volunteer")
        cls.deed = cls.env["hub.pact.commitment"].create(
            {
                "pact_id": cls.pact.id,
                "name": "Let the shop at a low rent",
                "party_id": cls.elected.id,
            }
        )
        cls.county = cls.env["res.partner"].create(
            {"name": "Département", "is_company": True}
        )
        cls.pact.action_to_sign()

    def replace(self, party, **values):
        action = party.action_replace()
        form = Form(self.env["hub.pact.join.wizard"].with_context(**action["context"]))
        form.partner_id = self.county
        if self.county.is_company:
            form.representative = "Anne Petit"
            form.representative_role = "president"
        for name, value in values.items():
            form[name] = value
        form.save().action_confirm()
        return self.pact.party_ids.filtered(lambda p: p.partner_id == self.county)

    def refuse(self, party, reason="No budget"):
        action = party.action_refuse()
        form = Form(
            self.env["hub.pact.refuse.wizard"].with_context(**action["context"])
        )
        form.reason = reason
        form.save().action_confirm()

    def test_a_refusal_is_noted_with_channel_reason_and_who_noted_it(self):
        self.refuse(self.elected)
        self.assertRecordValues(
            self.elected,
            [
                {
                    "answer": "no",
                    "answer_channel": "phone",
                    "answer_reason": "No budget",
                    "recorded_by_id": self.env.uid,
                }
            ],
        )
        activity = self.pact.activity_ids
        self.assertEqual(activity.user_id, self.users["coordinator"])
        self.assertIn("Ville de Dijon", activity.summary)

    def test_before_the_first_signature_the_text_names_the_replacement(self):
        self.refuse(self.elected)
        before = self.pact._text_fingerprint()
        self.assertNotIn("Ville de Dijon", str(self.pact._text()["parties"]))
        with self.assertRaisesRegex(ValidationError, "those who declined were to do"):
            self.concerned._sign(date(2026, 1, 9), "paper")
        newcomer = self.replace(self.elected)
        self.assertFalse(newcomer.joined_on)
        self.assertEqual(self.deed.party_id, newcomer)
        self.assertEqual(newcomer.category, "elected")
        self.assertIn("Département", self.pact._text_json())
        self.assertNotEqual(self.pact._text_fingerprint(), before)
        (self.concerned | self.volunteer | newcomer)._sign(date(2026, 1, 9), "paper")
        self.assertEqual(self.pact.state, "in_force")
        self.assertEqual(newcomer.signed_hash, self.pact.frozen_hash)

    def test_after_a_signature_the_replacement_joins_by_a_slip_of_its_own(self):
        self.concerned._sign(date(2026, 1, 5), "paper")
        text = self.pact.frozen_json
        self.refuse(self.elected)
        newcomer = self.replace(self.elected, joining_commitment="A room for free")
        self.assertEqual(newcomer.joined_on, date(2026, 1, 10))
        self.assertEqual(newcomer.replaces_id, self.elected)
        slip = newcomer._slip()
        self.assertEqual(slip["pact"]["fingerprint"], self.pact.frozen_hash)
        self.assertEqual(slip["replaces"], "Ville de Dijon")
        self.assertEqual(slip["taken_over"], ["Let the shop at a low rent"])
        self.assertEqual(slip["brings"], "A room for free")
        self.volunteer._sign(date(2026, 1, 6), "paper")
        self.assertEqual(self.pact.state, "to_sign", "the replacement is awaited")
        newcomer._sign(date(2026, 1, 9), "paper")
        self.assertEqual(self.pact.state, "in_force")
        self.assertEqual(self.pact.frozen_json, text, "nobody signed another text")
        self.assertEqual(newcomer.signed_hash, newcomer.frozen_hash)
        self.assertNotEqual(newcomer.frozen_hash, self.pact.frozen_hash)
        self.assertEqual(self.deed._carrier(), newcomer)
        self.assertEqual(self.deed.party_id, self.elected, "the text stays")

    def test_the_pact_does_not_come_into_force_by_itself_without_who_declined(self):
        self.concerned._sign(date(2026, 1, 5), "paper")
        self.refuse(self.elected)
        self.volunteer._sign(date(2026, 1, 6), "paper")
        self.assertEqual(self.pact.state, "to_sign")
        self.assertEqual(self.pact.open_refusals, "Ville de Dijon")
        self.pact.action_in_force()
        self.assertEqual(self.pact.state, "in_force")

    def test_a_replacement_that_declines_as_well_leaves_the_place_open(self):
        self.concerned._sign(date(2026, 1, 5), "paper")
        self.refuse(self.elected)
        newcomer = self.replace(self.elected)
        self.refuse(newcomer, "Nor we")
        self.volunteer._sign(date(2026, 1, 6), "paper")
        self.assertEqual(self.pact.open_refusals, "Ville de Dijon")
        self.county = self.env["res.partner"].create({"name": "Région"})
        again = self.replace(self.elected)
        again._sign(date(2026, 1, 9), "paper")
        self.assertEqual(self.pact.state, "in_force")

    def test_only_who_declined_is_replaced_and_only_once(self):
        with self.assertRaisesRegex(UserError, "not to be replaced"):
            self.concerned.action_replace()
        self.refuse(self.elected)
        self.replace(self.elected)
        with self.assertRaisesRegex(UserError, "not to be replaced"):
            self.elected.action_replace()

    def test_nobody_joins_a_signed_text_before_it_is_in_force(self):
        self.concerned._sign(date(2026, 1, 5), "paper")
        wizard = self.env["hub.pact.join.wizard"].create(
            {
                "pact_id": self.pact.id,
                "partner_id": self.county.id,
                "category": "elected",
            }
        )
        with self.assertRaisesRegex(UserError, "not in force yet"):
            wizard.action_confirm()
        for vals in (
            {},
            {"joined_on": "2026-01-10"},
            {"replaces_id": self.elected.id},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                self.env["hub.pact.party"].create(
                    {
                        "pact_id": self.pact.id,
                        "partner_id": self.county.id,
                        "category": "elected",
                        **vals,
                    }
                )

    def test_the_party_of_another_pact_is_not_replaced_here(self):
        other = self._create_pact()
        other.action_to_sign()
        other.party_ids[0]._decline("phone", "No")
        wizard = self.env["hub.pact.join.wizard"].create(
            {
                "pact_id": self.pact.id,
                "replaces_id": other.party_ids[0].id,
                "partner_id": self.county.id,
                "category": "elected",
            }
        )
        with self.assertRaisesRegex(ValidationError, "not a party"):
            wizard.action_confirm()

    def test_who_thinks_again_is_asked_again_and_the_no_stays_on_record(self):
        self.concerned._sign(date(2026, 1, 5), "paper")
        self.refuse(self.elected)
        self.elected.action_ask_again()
        self.assertEqual(self.elected.answer, "waiting")
        self.assertIn("No budget", self.elected.voided_signature)
        self.elected._sign(date(2026, 1, 8), "paper")
        with self.assertRaisesRegex(UserError, "not to be asked again"):
            self.elected.action_ask_again()

    def test_who_declined_before_the_text_was_closed_is_not_in_it(self):
        self.refuse(self.elected)
        self.deed.party_id = self.volunteer
        self.concerned._sign(date(2026, 1, 5), "paper")
        self.assertFalse(self.elected.text_name)
        self.elected.action_ask_again()
        with self.assertRaisesRegex(UserError, "take the text back"):
            self.elected._sign(date(2026, 1, 8), "paper")

    def test_taking_the_text_back_opens_everything_again(self):
        self.concerned._sign(date(2026, 1, 5), "paper")
        self.refuse(self.elected)
        newcomer = self.replace(self.elected)
        newcomer._sign(date(2026, 1, 9), "paper")
        slip = self.pact.file_ids.filtered(lambda file: file.kind == "slip")
        self.pact._take_back("The rent was wrong")
        self.assertEqual(newcomer.answer, "waiting")
        self.assertFalse(newcomer.joined_on or newcomer.frozen_on)
        self.assertIn("rent was wrong", newcomer.voided_signature)
        self.assertTrue(slip.voided_on)
        self.assertIn("Département", self.pact._text_json())
        self.assertNotIn("Ville de Dijon", str(self.pact._text()["parties"]))
        self.pact.action_to_sign()
        (self.concerned | self.volunteer | newcomer)._sign(date(2026, 1, 10), "paper")
        self.assertEqual(self.pact.state, "in_force")
        self.assertEqual(self.pact.version, 2)
        self.assertEqual(newcomer.signed_hash, self.pact.frozen_hash)

    def test_a_refusal_without_a_reason_is_refused(self):
        with self.assertRaisesRegex(UserError, "why you do not sign"):
            self.elected._decline("phone", " ")

    def test_the_document_strikes_out_who_declined_and_shows_who_came(self):
        self.concerned._sign(date(2026, 1, 5), "paper")
        self.refuse(self.elected)
        newcomer = self.replace(self.elected)
        signing = self.pact._print_signing()
        self.assertIn(self.elected, signing)
        self.assertIn("not a party", self.elected._print_declined())
        newcomer._sign(date(2026, 1, 9), "paper")
        self.assertIn(newcomer, self.pact._print_signing())
        self.assertIn("In the place of Ville de Dijon", newcomer._print_notes())
