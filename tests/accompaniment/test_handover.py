from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .portal import PortalCase

SECRET = "Zanzibar debts"
HANDOVER = "hub.interview.handover"


@tagged("post_install", "-at_install")
class TestHandover(PortalCase):
    """Bernard leaves, Denis takes over: Amina decides what Denis reads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.interview = cls._interview(
            (cls.bernard, "volunteer"), (cls.amina, "holder")
        )
        notes = cls.env["hub.interview.note"].with_user(cls.users["bernard"]).sudo()
        cls.note, cls.closed = notes.create(
            [
                {"interview_id": cls.interview.id, "body": SECRET},
                {
                    "interview_id": cls.interview.id,
                    "body": f"Closed {SECRET}",
                    "only_present": True,
                },
            ]
        )
        cls.pair.filtered(lambda p: p.volunteer_id == cls.bernard).action_end(
            reason="Moved"
        )
        cls._active(cls.denis)
        cls.users["denis"] = new_test_user(
            cls.env,
            login="hub_denis",
            name=cls.denis.name,
            groups="base.group_portal",
            partner_id=cls.denis.id,
        )
        cls.list = f"/my/hub/project/{cls.project.id}/interviews"
        cls.handovers = cls.env[HANDOVER]

    def _ask(self, asker=None):
        return self.handovers._ask(self.project, self.denis, asker or self.bernard)

    def _reads(self):
        """The notes that Denis reads on his telephone."""
        self._log_in("denis")
        page = self._get(f"/my/hub/interview/{self.interview.id}").text
        self.assertIn("Who was there", page)
        self.assertNotIn(f"Closed {SECRET}", page, "for those present, whoever agreed")
        return SECRET in page

    def test_bernard_asks_amina_agrees_denis_reads(self):
        self.assertFalse(self._reads())
        self._log_in("bernard")
        page = self._get(self.list).text
        self.assertIn("Denis", page)
        page = self._post(
            f"/my/hub/project/{self.project.id}/handover", person=str(self.denis.id)
        )
        self.assertIn("has not answered yet", page.text)
        handover = self.handovers.search([])
        self.assertRecordValues(
            handover,
            [
                {
                    "answer": "waiting",
                    "asked_by_id": self.bernard.id,
                    "answered_on": False,
                }
            ],
        )
        self.assertFalse(self._reads(), "a question opens nothing")
        self._log_in("amina")
        page = self._get("/my/hub").text
        self.assertIn("May", page)
        self.assertIn("Denis", page)
        page = self._post(f"{handover._portal_path()}/answer", answer="yes").text
        self.assertIn("Your agreement is noted", page)
        self.assertRecordValues(
            handover,
            [{"answer": "yes", "answer_channel": "portal", "recorded_by_id": False}],
        )
        self.assertTrue(handover.answered_on)
        self.assertTrue(self._reads())
        message = self.env["mail.message"].search(
            [("subject", "=", "Notes that you wrote were handed on")]
        )
        self.assertEqual(message.partner_ids, self.bernard)
        self.assertNotIn("Zanzibar", message.body)

    def test_a_no_is_a_no(self):
        handover = self._ask()
        self._log_in("amina")
        self._post(f"{handover._portal_path()}/answer", answer="no")
        self.assertEqual(handover.answer, "no")
        self.assertFalse(self._reads())
        self._post(f"{handover._portal_path()}/answer", answer="yes")
        self.assertEqual(handover.answer, "no", "Denis answers for nobody")
        self._log_in("bernard")
        self.assertIn("The holder said no", self._get(self.list).text)
        again = self._post(
            f"/my/hub/project/{self.project.id}/handover", person=str(self.denis.id)
        )
        self.assertEqual(again.status_code, 404)

    def test_amina_answers_by_the_link_of_her_e_mail(self):
        handover = self._ask()
        mail = self.env["mail.mail"].search([("subject", "like", "your agreement")])
        self.assertEqual(mail.recipient_ids, self.amina)
        token = handover.sudo().access_token
        self.assertIn(token, mail.body_html)
        self.assertFalse(mail.model)
        for word in ("Zanzibar", self.project.name, "Denis"):
            self.assertNotIn(word, mail.body_html)
        self._log_in(None)
        page = self._get(f"{handover._portal_path()}?access_token={token}").text
        self.assertIn("Denis", page)
        self.assertNotIn(self.project.name, page)
        answer_path = f"{handover._portal_path()}/answer"
        self._post(answer_path, answer="yes", access_token=token)
        self.assertEqual(handover.answer, "yes")
        self.assertTrue(self._reads())

    def test_nobody_else_answers_in_her_name(self):
        handover = self._ask()
        other = (
            self.handovers.sudo()
            ._unguarded()
            .create(
                {
                    "lead_id": self._create_project("B", self.chloe).id,
                    "partner_id": self.nadia.id,
                    "answer": "waiting",
                }
            )
        )
        tokens = ("", "x", other.access_token)
        for role in ("denis", "bernard", "volunteer", "coordinator", "manager", None):
            self._log_in(role)
            for token in tokens:
                page = self._get(f"{handover._portal_path()}?access_token={token}")
                self.assertEqual(page.status_code, 404, role)
                self.assertNotIn("accompanies you now", page.text)
                path = f"{handover._portal_path()}/answer"
                page = self._post(path, answer="yes", access_token=token)
                self.assertEqual(page.status_code, 404, role)
        self.assertEqual(handover.answer, "waiting")
        self.assertFalse(self._reads())

    def test_nobody_of_the_team_holds_the_key(self):
        handover = self._ask()
        for role in ("adviser", "coordinator", "manager"):
            record = handover.with_user(self.users[role])
            with self.assertRaises(AccessError):
                record.read(["access_token"])
            with self.assertRaises(AccessError):
                record.search([("access_token", "like", "a%")])
            self.assertNotIn(handover.sudo().access_token, str(record.search_read([])))
            mails = self.env["mail.message"].with_user(self.users[role])
            found = mails.search([("subject", "like", "your agreement")])
            self.assertFalse(found, role)

    def test_who_reads_no_note_does_not_ask_on_the_telephone(self):
        for role in ("denis", "amina", "portal"):
            self._log_in(role)
            page = self._post(
                f"/my/hub/project/{self.project.id}/handover",
                person=str(self.denis.id),
            )
            self.assertEqual(page.status_code, 404, role)
        self._log_in("bernard")
        for person in (self.chloe, self.amina, self.users["manager"].partner_id):
            page = self._post(
                f"/my/hub/project/{self.project.id}/handover", person=str(person.id)
            )
            self.assertEqual(page.status_code, 404, person.name)
        self.assertFalse(self.handovers.search([]))

    def test_the_team_asks_from_its_own_screen_and_learns_nothing_of_notes(self):
        coordinator = self.users["coordinator"]
        wizards = self.env["hub.handover.wizard"].with_user(coordinator)
        form = Form(wizards)
        form.lead_id = self.project
        self.assertEqual(form.partner_id, self.denis)
        wizard = form.save()
        self.assertEqual(wizard.sudo().successor_ids, self.nadia | self.denis)
        self.note.unlink()
        self.closed.unlink()
        wizard.invalidate_recordset()
        self.assertEqual(
            wizard.sudo().successor_ids, self.nadia | self.denis, "no oracle"
        )
        wizard.action_ask()
        handover = self.handovers.search([])
        self.assertEqual(handover.asked_by_id, coordinator.partner_id)
        with self.assertRaises(UserError):
            wizard.action_ask()
        for method in ("action_agree", "action_refuse"):
            with self.assertRaises(AccessError):
                getattr(handover.with_user(coordinator), method)()
        self.assertEqual(handover.answer, "waiting")

    def test_an_agreement_by_telephone_is_noted_by_who_reads_or_the_manager(self):
        handover = self._ask()
        with self.assertRaises(UserError):
            handover.with_user(self.users["manager"]).action_agree(channel="portal")
        handover.with_user(self.users["manager"]).action_agree(channel="phone")
        self.assertRecordValues(
            handover,
            [
                {
                    "answer": "yes",
                    "answer_channel": "phone",
                    "recorded_by_id": self.users["manager"].id,
                }
            ],
        )
        self.assertTrue(self._reads())
        with self.assertRaises(UserError):
            handover.with_user(self.users["manager"]).action_refuse()

    def test_a_question_or_an_answer_is_not_typed_in(self):
        manager = self.users["manager"]
        vals = {"lead_id": self.project.id, "partner_id": self.denis.id}
        handovers = self.handovers.with_user(manager)
        for more in ({"asked_by_id": self.bernard.id}, {"access_token": "mine"}):
            with self.assertRaises(UserError):
                handovers.create(vals | more)
        with self.assertRaises(UserError):
            handovers.create(vals | {"answer_channel": "portal"})
        # Whatever answer is sent: what is noted is an agreement, by who sent it.
        made = handovers.create(vals | {"answer": "waiting", "recorded_by_id": False})
        self.assertRecordValues(made, [{"answer": "yes", "recorded_by_id": manager.id}])
        for write in ({"answer": "no"}, {"partner_id": self.chloe.id}):
            with self.assertRaises(UserError):
                made.write(write)
        with self.assertRaises(AccessError):
            handovers.with_user(self.users["coordinator"]).create(
                vals | {"answer": "waiting"}
            )

    def test_whoever_was_there_from_the_beginning_is_not_asked_about(self):
        self.project.hub_pairing_ids.sudo().date_start = (
            fields.Date.today() - timedelta(days=9)
        )
        self.assertFalse(self.handovers._successors(self.project))
        with self.assertRaises(UserError):
            self._ask()

    def test_after_leaving_in_turn_denis_reads_no_more(self):
        handover = self._ask()
        handover._answer_as_holder("yes")
        self.assertTrue(self._reads())
        self._active_pairing(self.denis).action_end(reason="Ill")
        self._log_in("denis")
        page = self._get(f"/my/hub/interview/{self.interview.id}")
        self.assertEqual(page.status_code, 404)

    def _active_pairing(self, person):
        return self.project.hub_pairing_ids.filtered(
            lambda p: p.volunteer_id == person and p.state == "active"
        )
