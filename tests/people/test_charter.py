from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from ..common import HubCommon


@freeze_time("2026-03-10")
@tagged("post_install", "-at_install")
class TestCharter(HubCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["res.partner"].create([{"name": "Marie"}, {"name": "Luc"}])
        cls.marie, cls.luc = cls.people
        cls.charter = cls.env["hub.charter"].create(
            {"name": "Our charter", "body": "<p>What is said here stays here.</p>"}
        )

    def _unsigned(self, **kwargs):
        answers = self.people._hub_unsigned_charter(**kwargs)
        return self.people.filtered(lambda person: answers[person])

    def test_nothing_is_asked_before_a_charter_is_published(self):
        self.assertFalse(self._unsigned())

    def test_a_published_charter_without_a_delay_is_to_be_signed_at_once(self):
        self.charter.action_publish()
        self.assertEqual(self._unsigned(), self.people)

    def test_a_delay_leaves_time_to_sign(self):
        self.charter.sign_before = date(2026, 4, 30)
        self.charter.action_publish()
        self.assertFalse(self._unsigned(day=date(2026, 4, 30)))
        self.assertEqual(self._unsigned(day=date(2026, 5, 1)), self.people)

    def test_an_empty_text_is_not_published(self):
        empty = self.env["hub.charter"].create({"name": "Empty", "body": "<p><br></p>"})
        with self.assertRaisesRegex(UserError, "Empty"):
            empty.action_publish()

    def test_a_published_text_no_longer_changes(self):
        self.charter.action_publish()
        with self.assertRaisesRegex(UserError, "new version"):
            self.charter.body = "<p>Something else</p>"
        with self.assertRaises(UserError):
            self.charter.unlink()

    def test_the_date_to_sign_before_may_be_put_off(self):
        self.charter.action_publish()
        self.charter.sign_before = date(2026, 12, 31)
        self.assertFalse(self._unsigned())

    def test_a_new_version_is_signed_again(self):
        self.charter.action_publish()
        self.env["hub.charter.signature"]._sign(self.charter, self.people, "paper")
        self.assertFalse(self._unsigned())
        action = self.charter.action_new_version()
        second = self.env["hub.charter"].browse(action["res_id"])
        self.assertEqual((second.version, second.state), (2, "draft"))
        second.action_publish()
        self.assertEqual(self._unsigned(), self.people)
        self.assertEqual((self.charter.state, second.state), ("former", "current"))

    def test_a_pile_of_paper_is_noted_at_once(self):
        self.charter.action_publish()
        wizard = (
            self.env["hub.charter.paper.wizard"]
            .with_user(self.users["coordinator"])
            .with_context(active_model="res.partner", active_ids=self.people.ids)
            .create({"signed_on": date(2026, 3, 2)})
        )
        wizard.action_sign()
        signatures = self.people.hub_signature_ids
        self.assertEqual(signatures.mapped("answer"), ["yes", "yes"])
        self.assertEqual(set(signatures.mapped("answer_channel")), {"paper"})
        self.assertEqual(signatures[0].answered_on.date(), date(2026, 3, 2))
        self.assertEqual(signatures.recorded_by_id, self.users["coordinator"])
        self.assertEqual(self.people.mapped("hub_charter_signed"), [True, True])

    def test_noting_the_pile_again_changes_nothing(self):
        self.charter.action_publish()
        sign = self.env["hub.charter.signature"]._sign
        sign(self.charter, self.marie, "in_person")
        signed = sign(self.charter, self.people, "paper")
        self.assertEqual(signed.partner_id, self.luc)
        self.assertEqual(self.marie.hub_signature_ids.answer_channel, "in_person")

    def test_a_signature_of_tomorrow_is_refused(self):
        self.charter.action_publish()
        wizard = self.env["hub.charter.paper.wizard"].create(
            {"partner_ids": self.people.ids, "signed_on": date(2026, 3, 11)}
        )
        with self.assertRaises(UserError):
            wizard.action_sign()

    def test_nobody_is_asked_twice_for_one_version(self):
        self.charter.action_publish()
        signature = {"charter_id": self.charter.id, "partner_id": self.marie.id}
        self.env["hub.charter.signature"].create(signature)
        with self.assertRaisesRegex(ValidationError, "Marie"):
            self.env["hub.charter.signature"].create(signature)

    def test_people_who_have_not_signed_are_searchable(self):
        self.charter.action_publish()
        self.env["hub.charter.signature"]._sign(self.charter, self.marie, "paper")
        mine = [("id", "in", self.people.ids)]
        for signed, person in ((True, self.marie), (False, self.luc)):
            found = self.env["res.partner"].search(
                [*mine, ("hub_charter_signed", "=", signed)]
            )
            self.assertEqual(found, person)
            self.assertEqual(person.hub_charter_signed, signed)
