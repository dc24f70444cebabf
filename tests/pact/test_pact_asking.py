from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import PactCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-01-10")
class TestPactAsking(PactCommon):
    """Who is written to, reminded, called, and never twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "hub_reminder_days": 5,
                "hub_reminder_count": 2,
                "email": "hub@example.org",
            }
        )
        cls.amina.email = "amina@example.org"
        cls.bernard.phone = "06 00 00 00 02"
        cls.pact = cls._create_pact(user_id=cls.users["coordinator"].id)
        cls.concerned = cls._party(cls.pact, "concerned")
        cls.volunteer = cls._party(cls.pact, "volunteer")

    def send(self):
        context = self.pact.action_send()["context"]
        wizard = Form(self.env["hub.pact.send.wizard"].with_context(**context)).save()
        return wizard, wizard.action_send()

    def mails(self):
        return self.env["mail.mail"].search([("model", "=", False)])

    def remind(self, day):
        with freeze_time(day), self.enter_registry_test_mode():
            job = self.env.ref("solidarity_hub.ir_cron_hub_pact_remind")
            job.method_direct_trigger()

    def test_who_has_an_address_is_written_to_and_the_others_are_called(self):
        before = self.mails()
        wizard, told = self.send()
        self.assertEqual(wizard.mailed, "Amina Bérenger")
        self.assertEqual(wizard.called, "Bernard Œuvrard")
        self.assertEqual(self.pact.state, "to_sign")
        mail = self.mails() - before
        self.assertEqual(mail.recipient_ids, self.amina)
        self.assertIn(self.concerned.access_token, mail.body_html)
        self.assertNotIn(self.volunteer.access_token, mail.body_html)
        activity = self.pact.activity_ids
        self.assertEqual(activity.user_id, self.users["coordinator"])
        self.assertIn("Bernard Œuvrard (06 00 00 00 02)", activity.summary)
        self.assertNotIn(self.volunteer.access_token, activity.note)
        self.assertIn("Bernard", told["params"]["message"])

    def test_nothing_is_sent_before_send(self):
        before = self.mails()
        self.pact.action_to_sign()
        self.assertEqual(self.mails(), before)
        self.assertFalse(self.pact.activity_ids)

    def test_nobody_is_asked_twice_about_the_same_text(self):
        self.send()
        before = self.mails()
        self.pact.party_ids._send()
        self.assertEqual(self.mails(), before)
        self.assertEqual(self.pact.unasked_count, 0)
        self.pact.goal_ids.name = "Another goal"
        self.pact.party_ids._send()
        self.assertEqual(len(self.mails() - before), 1, "the text has changed")

    def test_an_incomplete_text_is_not_sent(self):
        self.pact.goal_ids.unlink()
        with self.assertRaisesRegex(ValidationError, "goals"):
            self.pact.action_send()

    def test_an_organisation_needs_a_named_person_before_sending(self):
        town = self._add_town(self.pact, representative=False)
        self.assertIn("organisation", self.pact.checklist)
        before = self.mails()
        with self.assertRaisesRegex(ValidationError, "Ville de Dijon"):
            self.send()
        self.assertEqual(self.mails(), before)
        town.write({"representative": "Marie Dupont"})
        self.send()
        self.assertTrue(town.asked_on)

    def test_the_letter_to_an_organisation_goes_to_its_contact(self):
        town = self._add_town(self.pact)
        marie = self.env["res.partner"].create(
            {"name": "Marie", "email": "marie@example.org"}
        )
        town.contact_id = marie
        before = self.mails()
        self.send()
        self.assertEqual((self.mails() - before).recipient_ids, self.amina | marie)

    def test_two_reminders_then_a_call_and_nothing_twice(self):
        self.send()
        before = len(self.mails())
        counts = []
        for day in ("01-12", "01-15", "01-15", "01-18", "01-20", "01-25", "01-26"):
            self.remind(f"2026-{day}")
            counts.append(len(self.mails()) - before)
        self.assertEqual(counts, [0, 1, 1, 1, 2, 2, 2])
        self.assertTrue(self.concerned.to_call)
        self.assertEqual(len(self.pact.activity_ids), 2, "Bernard and Amina")
        self.assertEqual(self.concerned.reminders, 2)

    def test_whoever_signs_on_paper_is_not_reminded(self):
        self.pact.action_to_sign()
        before = self.mails()
        self.remind("2026-02-20")
        self.assertEqual(self.mails(), before)

    def test_an_answer_ends_reminders_and_calls(self):
        self.send()
        self.volunteer._sign(date(2026, 1, 10), "paper")
        self.assertFalse(self.volunteer.to_call)
        self.assertFalse(self.pact.activity_ids)
        self.concerned._decline("phone", "No")
        before = self.mails()
        self.remind("2026-02-20")
        self.assertEqual(self.mails(), before)

    def test_calls_that_are_no_longer_wanted_go_without_a_trace(self):
        self.send()
        self.assertTrue(self.pact.activity_ids)
        before = len(self.pact.message_ids)
        self.pact.action_draft()
        self.assertFalse(self.pact.activity_ids)
        self.assertFalse(self.volunteer.to_call)
        self.env.cr.precommit.run()
        self.assertLessEqual(len(self.pact.message_ids) - before, 1, "the state")

    def test_a_hub_that_reminds_nobody_and_a_text_put_away(self):
        self.send()
        before = self.mails()
        self.pact.active = False
        self.remind("2026-01-20")
        self.pact.active = True
        self.company.hub_reminder_days = 0
        self.remind("2026-01-20")
        self.assertEqual(self.mails(), before)

    def test_remind_now_is_once_a_day(self):
        self.send()
        with self.assertRaisesRegex(UserError, "nobody is to be reminded"):
            self.pact.action_remind()
        with freeze_time("2026-01-11"):
            before = self.mails()
            self.pact.action_remind()
            self.assertEqual(len(self.mails() - before), 1)
            with self.assertRaisesRegex(UserError, "nobody is to be reminded"):
                self.pact.action_remind()

    def test_remind_now_asks_whoever_was_never_asked(self):
        self.pact.action_to_sign()
        before = self.mails()
        self.pact.action_remind()
        self.assertEqual((self.mails() - before).recipient_ids, self.amina)
        self.assertEqual(self.concerned.asked_on, date(2026, 1, 10))
        self.assertFalse(self.concerned.reminders)

    @mute_logger("odoo.addons.solidarity_hub.models.common.hub_asking_mixin")
    def test_an_e_mail_that_cannot_be_written_becomes_a_call(self):
        parties = type(self.concerned)
        with patch.object(parties, "_queue_mails", side_effect=ValueError):
            self.send()
        self.assertTrue(self.concerned.to_call)
        self.assertEqual(len(self.pact.activity_ids), 2)

    @mute_logger("odoo.addons.solidarity_hub.models.common.hub_asking_mixin")
    def test_a_signature_is_not_lost_when_its_copy_cannot_be_sent(self):
        self.pact.action_to_sign()
        parties = type(self.concerned)
        with patch.object(parties, "_send_signed_copy", side_effect=ValueError):
            self.pact.party_ids._sign(date(2026, 1, 10), "paper")
        self.assertEqual(self.pact.state, "in_force")

    def test_a_newcomer_is_asked_and_reminded_as_well(self):
        self.pact.action_to_sign()
        self.pact.party_ids._sign(date(2026, 1, 5), "paper")
        self.town.email = "town@example.org"
        newcomer = self.pact._take_in(
            {
                "partner_id": self.town.id,
                "category": "elected",
                "representative": "Marie",
                "representative_role": "mayor",
            },
            self.pact.party_ids.browse(),
        )
        before = self.mails()
        self.send()
        self.assertIn("joining slip", (self.mails() - before).body_html)
        self.remind("2026-01-16")
        self.assertEqual(newcomer.reminders, 1)
        before = self.mails()
        with freeze_time("2026-01-17"):
            newcomer._sign(date(2026, 1, 17), "paper")
        mail = (self.mails() - before).filtered("attachment_ids")
        self.assertEqual(mail.recipient_ids, self.town)
        self.assertEqual(mail.attachment_ids, newcomer.frozen_pdf_id)

    def test_those_bound_already_are_told_who_joins(self):
        self.pact.action_to_sign()
        self.pact.party_ids._sign(date(2026, 1, 5), "paper")
        newcomer = self.pact._take_in(
            {"partner_id": self.town.id, "category": "elected"},
            self.pact.party_ids.browse(),
        )
        before = self.mails()
        newcomer._sign(date(2026, 1, 10), "paper")
        mail = self.mails() - before
        self.assertEqual(mail.recipient_ids, self.amina)
        self.assertIn("Ville de Dijon", mail.subject)
        self.assertIn(self.concerned.access_token, mail.body_html)

    def test_the_link_is_shown_to_those_only_who_may_write_the_pact(self):
        self.pact.action_to_sign()
        party = self.concerned
        for role, expected in (("coordinator", True), ("adviser", False)):
            url = party.with_user(self.users[role]).signing_url
            self.assertEqual(bool(url), expected, role)
        self.pact.user_id = self.users["adviser"]
        self.env.invalidate_all()
        url = party.with_user(self.users["adviser"]).signing_url
        self.assertIn(party.access_token, url)

    def test_reminders_of_many_come_in_batches(self):
        self.pact.action_to_sign()
        people = self.env["res.partner"].create(
            [{"name": f"P{n}", "email": f"p{n}@example.org"} for n in range(7)]
        )
        self.pact._add_parties([(person, "volunteer", False) for person in people])
        self.pact.party_ids._send()
        parties = self.env["hub.pact.party"]
        with freeze_time(date(2026, 1, 10) + timedelta(days=6)):
            self.assertEqual(parties._remind_due(3), 3)
            self.assertEqual(parties._count_due(), 5, "the seven and Amina")
            self.assertEqual(parties._remind_due(3), 3)
            self.assertEqual(parties._remind_due(3), 2)
            self.assertEqual(parties._remind_due(3), 0)
