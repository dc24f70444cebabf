from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import PairingCommon


@tagged("post_install", "-at_install")
class TestPairingAnswers(PairingCommon):
    """Both agree, by whichever channel; then it starts, and one day it ends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coordinator = cls.users["coordinator"]
        cls.pairing = cls._pair(cls.bernard).with_user(cls.coordinator)

    def test_yes_by_telephone_is_noted_with_who_how_and_when(self):
        self.pairing.action_accept(channel="phone", answered_on="2026-03-02")
        self.assertRecordValues(
            self.pairing,
            [
                {
                    "state": "accepted",
                    "volunteer_answer": "yes",
                    "volunteer_answer_channel": "phone",
                    "volunteer_recorded_by_id": self.coordinator.id,
                    "volunteer_answered_on": fields.Datetime.to_datetime("2026-03-02"),
                }
            ],
        )

    def test_it_is_active_once_both_said_yes(self):
        self.pairing.action_accept(channel="phone")
        self.pairing.action_holder_accept(channel="in_person")
        self.assertEqual(self.pairing.state, "active")
        self.assertEqual(self.pairing.date_start, fields.Date.today())

    def test_the_holder_may_answer_first(self):
        self.pairing.action_holder_accept(channel="in_person")
        self.assertEqual(self.pairing.state, "proposed")
        self.pairing.action_accept(channel="phone")
        self.assertEqual(self.pairing.state, "active")

    def test_agreement_already_given_starts_it_at_once(self):
        self.pairing.action_activate(channel="paper", answered_on=date(2026, 2, 1))
        self.assertRecordValues(
            self.pairing,
            [
                {
                    "state": "active",
                    "date_start": date(2026, 2, 1),
                    "volunteer_answer_channel": "paper",
                    "holder_answer_channel": "paper",
                    "holder_recorded_by_id": self.coordinator.id,
                }
            ],
        )

    def test_a_no_of_either_side_declines_it(self):
        self.pairing.action_decline(reason="Too far", channel="phone")
        self.assertEqual(self.pairing.state, "declined")
        self.assertEqual(self.pairing.volunteer_reason, "Too far")
        other = self._pair(self.chloe).with_user(self.coordinator)
        other.action_accept(channel="phone")
        other.action_holder_decline(channel="phone")
        self.assertEqual(other.state, "declined")

    def test_an_answer_is_given_once(self):
        self.pairing.action_accept(channel="phone")
        with self.assertRaisesRegex(UserError, "answer was given before"):
            self.pairing.action_accept(channel="phone")

    def test_nobody_answers_in_the_future(self):
        with self.assertRaisesRegex(UserError, "still to come"):
            self.pairing.action_accept(
                channel="phone", answered_on=fields.Date.today() + timedelta(days=2)
            )

    def test_who_notes_an_answer_says_how_it_was_given(self):
        for channel in (None, "portal"):
            with self.assertRaisesRegex(UserError, "how the answer was given"):
                self.pairing.action_accept(channel=channel)

    def test_an_adviser_notes_no_answer_of_somebody_else(self):
        with self.assertRaises(AccessError):
            self.pairing.with_user(self.users["adviser"]).action_accept(channel="phone")

    def test_a_volunteer_with_an_account_answers_his_own_only(self):
        user = self.users["volunteer"]
        self.env["hub.role"].create(
            {
                "partner_id": user.partner_id.id,
                "kind": "volunteer",
                "date_start": date(2020, 1, 1),
                "trained_on": date(2020, 1, 1),
            }
        )
        own = self._pair(user.partner_id).with_user(user)
        own.action_accept()
        self.assertEqual(own.state, "accepted")
        self.assertEqual(own.volunteer_answer_channel, "portal")
        self.assertFalse(own.volunteer_recorded_by_id)
        with self.assertRaises(AccessError):
            self.pairing.with_user(user).action_accept()
        with self.assertRaises(AccessError):
            own.action_holder_accept(channel="phone")

    def test_a_state_needs_its_answers(self):
        with self.assertRaisesRegex(ValidationError, "an agreement is missing"):
            self.pairing.sudo().write({"state": "active"})

    def test_answers_and_states_are_not_typed_in(self):
        for vals in (
            {"state": "sent"},
            {"volunteer_answer": "yes"},
            {"holder_recorded_by_id": self.users["adviser"].id},
            {"slot": 2},
        ):
            with self.assertRaisesRegex(UserError, "is not typed in"):
                self.pairing.write(vals)

    def test_a_project_says_whether_its_people_are_only_asked(self):
        self.assertTrue(self.project.hub_pair_asked)
        self.pairing.action_accept(channel="phone")
        self.project.invalidate_recordset(["hub_pair_asked"])
        self.assertFalse(self.project.hub_pair_asked)

    def test_what_has_ended_does_not_start_again(self):
        self.pairing.action_end(reason="Moved")
        with self.assertRaisesRegex(UserError, "cannot become"):
            self.pairing.write({"state": "active"})

    def test_ending_keeps_the_row_with_date_and_reason(self):
        self.pairing.action_activate(channel="phone", answered_on=date(2026, 1, 5))
        self.pairing.action_end(reason="Launched", date=date(2026, 6, 5))
        self.assertRecordValues(
            self.pairing,
            [
                {
                    "state": "ended",
                    "date_end": date(2026, 6, 5),
                    "end_reason": "Launched",
                }
            ],
        )
        self.assertFalse(self.project.hub_pair_count)

    def test_ending_the_path_of_a_project_ends_its_pair_too(self):
        self.pairing.action_activate(channel="phone")
        waiting = self._pair(self.chloe)
        wizard = self.env["hub.close.wizard"].with_user(self.users["adviser"])
        self.project.user_id = self.users["adviser"]
        wizard.create({"lead_id": self.project.id, "kind": "training"}).action_close()
        self.assertEqual((self.pairing | waiting).mapped("state"), ["ended", "ended"])
        self.assertIn("path", waiting.end_reason)

    def test_ending_needs_a_reason(self):
        with self.assertRaisesRegex(UserError, "why it ends"):
            self.pairing.action_end(reason=" ")

    def test_it_cannot_end_before_it_started(self):
        self.pairing.action_activate(channel="phone", answered_on=date(2026, 5, 1))
        with self.assertRaisesRegex(UserError, "cannot end on .* before it"):
            self.pairing.action_end(reason="Moved", date=date(2026, 4, 30))

    def test_asking_again_starts_the_answers_anew(self):
        self.pairing.action_decline(channel="phone", reason="No time")
        self.pairing.action_ask_again()
        self.assertRecordValues(
            self.pairing,
            [{"state": "proposed", "volunteer_answer": "waiting", "slot": 1}],
        )

    def test_asking_again_needs_a_free_place(self):
        self.pairing.action_decline(channel="phone")
        self._pair(self.chloe)
        self._pair(self.denis)
        with self.assertRaisesRegex(UserError, "already has its two people"):
            self.pairing.action_ask_again()

    def test_what_was_sent_is_not_deleted_nor_given_to_somebody_else(self):
        self.pairing.action_send()
        with self.assertRaisesRegex(UserError, "part of the history"):
            self.pairing.unlink()
        with self.assertRaisesRegex(UserError, "has gone out"):
            self.pairing.volunteer_id = self.chloe

    def test_the_proposal_names_the_project_and_nobody(self):
        self.pairing.action_send()
        mail = self.env["mail.mail"].search([("model", "=", "hub.pairing")], limit=1)
        self.assertEqual(mail.recipient_ids, self.bernard)
        self.assertIn(self.project.name, mail.body_html)
        self.assertIn(self.pairing.sudo().access_token, mail.body_html)
        self.assertNotIn("Amina", mail.body_html)

    def test_somebody_without_email_is_asked_by_the_link(self):
        self.bernard.email = False
        self.pairing.action_send()
        self.assertEqual(self.pairing.state, "sent")
        self.assertFalse(self.env["mail.mail"].search([("model", "=", "hub.pairing")]))
        self.assertIn(self.pairing.access_token, self.pairing.volunteer_url)

    def test_answers_are_noted_from_the_screen(self):
        action = self.pairing.action_open_answer_wizard()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.coordinator)
            .browse(action["res_id"])
        )
        wizard.who = "both"
        wizard.action_confirm()
        self.assertEqual(self.pairing.state, "active")

    def test_both_agree_whatever_was_ticked_before(self):
        action = self.pairing.action_open_answer_wizard()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.coordinator)
            .browse(action["res_id"])
        )
        wizard.write({"answer": "no", "who": "both"})
        wizard.action_confirm()
        self.assertEqual(self.pairing.state, "active")

    def test_it_is_ended_from_the_screen(self):
        action = self.pairing.action_open_end_wizard()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.coordinator)
            .browse(action["res_id"])
        )
        wizard.reason = "Moved away"
        wizard.action_confirm()
        self.assertEqual(self.pairing.state, "ended")
