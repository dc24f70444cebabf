from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PairingCommon

ASKING = "odoo.addons.solidarity_hub.models.common.hub_asking_mixin"


@tagged("post_install", "-at_install")
class TestHolderAsked(PairingCommon):
    """Once a volunteer has said yes, the holder is asked, by one e-mail if possible."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coordinator = cls.users["coordinator"]
        cls.project.user_id = cls.users["adviser"]
        cls.company.write({"email": "hub@example.org", "name": "Hub of Dijon"})
        cls.one = cls._pair(cls.bernard).with_user(cls.coordinator)
        cls.two = cls._pair(cls.chloe).with_user(cls.coordinator)
        (cls.one | cls.two).action_send()

    def mails(self, partner=None):
        return self.env["mail.mail"].search(
            [("recipient_ids", "in", (partner or self.amina).ids)]
        )

    def test_nobody_asks_the_holder_before_a_yes(self):
        self.assertFalse(self.mails())

    def test_the_holder_gets_one_email_once_both_have_answered(self):
        self.one.action_accept(channel="phone")
        self.assertFalse(self.mails(), "Chloé is still to answer")
        self.two.action_accept(channel="phone")
        mail = self.mails()
        self.assertEqual(len(mail), 1)
        for pairing in (self.one, self.two):
            self.assertIn(pairing.volunteer_id.name, mail.body_html)
            self.assertIn(pairing.sudo().holder_token, mail.body_html)
            self.assertNotIn(pairing.sudo().access_token, mail.body_html)

    def test_the_yes_of_one_and_the_no_of_the_other_are_enough(self):
        self.one.action_accept(channel="phone")
        self.two.action_decline(channel="phone")
        mail = self.mails()
        self.assertEqual(len(mail), 1)
        self.assertNotIn("Chloé", mail.body_html)

    def test_the_next_day_the_holder_is_asked_without_the_second_answer(self):
        self.one.action_accept(channel="phone")
        self.env["hub.pairing"]._remind_due()
        self.assertFalse(self.mails(), "an hour is not a day")
        later = fields.Datetime.now() - timedelta(hours=13)
        self.one.sudo().volunteer_answered_on = later
        self.env["hub.pairing"]._remind_due()
        self.assertEqual(len(self.mails()), 1)
        self.assertTrue(self.one.holder_asked_on)
        self.env["hub.pairing"]._remind_due()
        self.assertEqual(len(self.mails()), 1)

    def test_a_coordinator_need_not_wait(self):
        self.one.action_accept(channel="phone")
        self.one.action_remind()
        self.assertEqual(len(self.mails()), 1)

    def test_a_holder_without_email_is_called(self):
        self.amina.email = False
        self.one.action_accept(channel="phone")
        self.two.action_accept(channel="phone")
        call = self.project.activity_ids
        self.assertEqual(len(call), 1, "one call about both")
        self.assertIn("Amina (03 80 00 00 01)", call.summary)
        self.assertIn("Bernard, Chloé", call.note)
        self.assertEqual(call.user_id, self.users["adviser"])
        self.one.action_holder_accept(channel="phone")
        self.assertTrue(call.exists(), "Chloé is still to be talked about")
        self.two.action_holder_accept(channel="phone")
        self.assertFalse(call.exists())

    def test_the_contact_person_is_asked_else_a_holder_with_an_address(self):
        self.amina.email = False
        other = self.env["res.partner"].create(
            {"name": "Samir", "email": "samir@example.org"}
        )
        self.env["hub.project.holder"].create(
            {"lead_id": self.project.id, "partner_id": other.id}
        )
        self.two.action_end(reason="Asked by mistake")
        self.one.action_accept(channel="phone")
        self.assertEqual(len(self.mails(other)), 1)

    def test_agreement_already_given_writes_to_nobody(self):
        self.one.action_activate(channel="phone")
        self.two.action_activate(channel="phone")
        self.assertFalse(self.mails())

    def test_an_agreement_noted_while_proposing_writes_to_nobody(self):
        project = self._create_project("Bakery", self.amina)
        wizard = self.env["hub.pairing.wizard"].with_user(self.coordinator)
        wizard = wizard.create({"lead_id": project.id})
        wizard.write({"first_id": self.denis.id, "second_id": False})
        wizard.write({"first_agreed": True, "holder_agreed": True})
        wizard.action_propose()
        self.assertEqual(project.hub_pairing_ids.state, "active")
        self.assertFalse(self.mails())

    def test_the_links_of_the_holder_are_on_no_record(self):
        self.one.action_accept(channel="phone")
        self.two.action_accept(channel="phone")
        self.assertFalse(self.mails().model)
        everything = (self.one | self.two).sudo().message_ids
        everything |= self.project.message_ids
        for message in everything:
            self.assertNotIn(self.one.sudo().holder_token, message.body)

    def test_no_part_of_the_proposal_tells_who_carries_the_project(self):
        self.project.name = "Café of Amina"
        self.amina.name = "Amina Bensaïd"
        denis = self._pair_third()
        mail = self.mails(denis.volunteer_id)
        parts = [mail.subject, mail.body_html, mail.reply_to, mail.email_from]
        parts += [denis.display_name, denis.volunteer_url]
        for part in parts:
            self.assertNotIn("Amina", part or "")
            self.assertNotIn("Bensaïd", part or "")
            self.assertNotIn("example.org/amina", part or "")
        self.assertIn("hub@example.org", mail.reply_to)

    def _pair_third(self):
        pairing = self._pair(self.denis, role="expert")
        pairing.with_user(self.coordinator).action_send()
        return pairing

    def test_each_reads_in_his_own_language(self):
        if not self.env["res.lang"]._get_data(code="fr_FR"):
            self.env["res.lang"]._activate_lang("fr_FR")
            self.env["ir.module.module"]._load_module_terms(
                ["solidarity_hub"], ["fr_FR"]
            )
        self.amina.lang = "fr_FR"
        self.one.action_accept(channel="phone")
        self.two.action_accept(channel="phone")
        self.assertIn("Bonjour", self.mails().body_html)

    def test_an_email_that_cannot_be_written_costs_no_answer(self):
        template = type(self.env["mail.template"])
        with (
            patch.object(template, "send_mail_batch", side_effect=ZeroDivisionError),
            mute_logger(ASKING),
        ):
            self.one.action_accept(channel="phone")
            self.two.action_accept(channel="phone")
        self.assertEqual(self.two.state, "accepted")
        self.assertIn("Amina", self.project.activity_ids.summary)

    def test_proposing_twice_writes_once(self):
        self.one.action_send()
        self.assertEqual(len(self.mails(self.bernard)), 1)

    def test_nobody_is_asked_for_a_project_that_has_ended(self):
        project = self._create_project("Bakery", self.amina)
        pairing = self._pair(self.denis, project).with_user(self.coordinator)
        project.active = False
        with self.assertRaisesRegex(UserError, "archived"):
            pairing.action_send()
        self.assertFalse(self.mails(self.denis))
