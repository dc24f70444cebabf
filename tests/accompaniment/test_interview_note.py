from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..common import HubCommon
from .common import InterviewMixin

SECRET = "Zanzibar debts"


@tagged("post_install", "-at_install")
class TestInterviewNote(InterviewMixin, HubCommon):
    """Who reads what was said: by having been there, never by rank."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_interviews()
        adviser = cls.users["adviser"].partner_id
        cls.interview = cls._interview((adviser, "staff"), (cls.amina, "holder"))
        cls.note = cls._note(cls.interview, "adviser")

    def _readers(self, note=None):
        """The roles that read the note."""
        note = note or self.note
        found = set()
        for role, user in self.users.items():
            notes = self.env["hub.interview.note"].with_user(user)
            if notes.has_access("read") and notes.search([("id", "=", note.id)]):
                self.assertTrue(note.with_user(user).has_access("read"), role)
                self.assertEqual(note.with_user(user).body, SECRET)
                found.add(role)
            else:
                self.assertFalse(note.with_user(user).has_access("read"), role)
        return found

    def test_author_and_pair_read_and_nobody_else(self):
        self.assertEqual(self._readers(), {"adviser", "volunteer", "bernard"})

    def test_only_those_present_when_the_author_says_so(self):
        self.note.only_present = True
        self.assertEqual(self._readers(), {"adviser"})

    def test_who_was_there_reads_guests_and_holder_do_not(self):
        manager, coordinator = (
            self.users[role].partner_id for role in ("manager", "coordinator")
        )
        interview = self._interview(
            (self.users["adviser"].partner_id, "staff"),
            (manager, "staff"),
            (coordinator, "guest"),
            (self.amina, "holder"),
        )
        note = self._note(interview, "adviser", only_present=True)
        self.assertEqual(self._readers(note), {"adviser", "manager"})

    def test_the_author_names_further_readers(self):
        manager = self.users["manager"].partner_id
        self.note.with_user(self.users["adviser"]).reader_ids = manager
        self.assertIn("manager", self._readers())
        with self.assertRaises(ValidationError):
            self.note.with_user(self.users["adviser"]).reader_ids = self.amina

    def test_being_added_to_the_interview_later_opens_nothing(self):
        coordinator = self.users["coordinator"]
        me = coordinator.partner_id.id
        self.interview.with_user(coordinator).presence_ids = [
            Command.create({"partner_id": me, "quality": "staff"})
        ]
        self.assertNotIn("coordinator", self._readers())
        adviser = self.users["adviser"]
        line = self.interview.presence_ids.filtered(
            lambda p: p.partner_id == coordinator.partner_id
        )
        line.with_user(adviser).quality = "guest"
        line.with_user(adviser).quality = "staff"
        self.assertIn("coordinator", self._readers())

    def test_joining_the_pair_later_opens_nothing_without_the_holder(self):
        self.pair[0].action_end(reason="Moved")
        self.assertEqual(self._readers(), {"adviser", "volunteer"})
        manager = self.users["manager"]
        self.env["hub.role"].create(
            {
                "partner_id": manager.partner_id.id,
                "kind": "employee",
                "trained_on": "2020-01-01",
            }
        )
        self._active(manager.partner_id)
        self.assertEqual(self._readers(), {"adviser", "volunteer"})
        handovers = self.env["hub.interview.handover"]
        vals = {"lead_id": self.project.id, "partner_id": manager.partner_id.id}
        for role in ("manager", "coordinator"):
            with self.assertRaises(AccessError):
                handovers.with_user(self.users[role]).create(vals)
        handover = handovers.with_user(self.users["adviser"]).create(vals)
        self.assertEqual(handover.recorded_by_id, self.users["adviser"])
        self.assertEqual(self._readers(), {"adviser", "volunteer", "manager"})

    def test_a_holder_who_became_a_volunteer_never_reads_notes_on_himself(self):
        self.project.hub_holder_ids = [Command.create({"partner_id": self.chloe.id})]
        note = self._note(self._interview(user=self.users["adviser"]), "volunteer")
        self.project.hub_holder_ids.filtered(
            lambda h: h.partner_id == self.amina
        ).unlink()
        self.env["hub.role"].create({"partner_id": self.amina.id, "kind": "volunteer"})
        self.users["amina"].write(
            {
                "group_ids": [
                    Command.set(self.env.ref("solidarity_hub.group_hub_volunteer").ids)
                ]
            }
        )
        line = note.interview_id.presence_ids.filtered(
            lambda p: p.partner_id == self.amina
        )
        line.quality = "volunteer"
        note.sudo().present_ids |= self.amina
        note.sudo().pair_ids |= self.amina
        self.assertNotIn("amina", self._readers(note))
        self.assertIn("volunteer", self._readers(note))

    def test_the_author_alone_changes_and_deletes(self):
        for role in ("volunteer", "coordinator", "manager"):
            note = self.note.with_user(self.users[role])
            with self.assertRaises(AccessError):
                note.write({"body": "x"})
            with self.assertRaises(AccessError):
                note.unlink()
        self.note.with_user(self.users["adviser"]).body = SECRET + " again"

    def test_readers_are_not_typed_in(self):
        manager = self.users["manager"].partner_id
        adviser = self.note.with_user(self.users["adviser"])
        for name in ("present_ids", "pair_ids"):
            with self.assertRaises(UserError):
                adviser.write({name: [Command.link(manager.id)]})
        with self.assertRaises(UserError):
            adviser.author_id = manager
        note = (
            self.env["hub.interview.note"]
            .with_user(self.users["adviser"])
            .create(
                {
                    "interview_id": self.interview.id,
                    "body": SECRET,
                    "author_id": manager.id,
                    "present_ids": [Command.set(manager.ids)],
                    "only_present": True,
                }
            )
        )
        self.assertEqual(self._readers(note), {"adviser"})

    def test_no_note_on_a_cancelled_interview(self):
        interview = self._interview(state="cancelled")
        with self.assertRaises(ValidationError):
            self._note(interview, "volunteer")
        with self.assertRaises(ValidationError):
            self.interview.state = "cancelled"

    def test_who_was_not_there_writes_no_note(self):
        with self.assertRaises(ValidationError):
            self._note(self.interview, "manager")

    def test_an_interview_with_a_note_stays_on_its_project(self):
        other = self._create_project("Bicycles", self.chloe)
        coordinator = self.interview.with_user(self.users["coordinator"])
        with self.assertRaises(ValidationError):
            coordinator.lead_id = other
        with self.assertRaises(UserError):
            coordinator.unlink()

    def test_the_form_says_who_will_read(self):
        notes = self.env["hub.interview.note"].with_user(self.users["adviser"])
        form = Form(notes.with_context(default_interview_id=self.interview.id))
        self.assertIn(self.nadia.name, form.readers_text)
        form.only_present = True
        self.assertNotIn(self.nadia.name, form.readers_text)
        form.body = SECRET
        note = form.save()
        self.assertEqual(self._readers(note), {"adviser"})

    def test_shared_words_are_all_the_holder_reads(self):
        self.note.with_user(self.users["adviser"]).shared_ids = [
            Command.create({"body": "Bring the estimate"})
        ]
        blocks = self.env["hub.interview.shared"]
        for role, count in (("amina", 1), ("volunteer", 1), ("coordinator", 0)):
            found = blocks.with_user(self.users[role]).search([])
            self.assertEqual(len(found), count, role)
        self.assertNotIn("amina", self._readers())
        with self.assertRaises(AccessError):
            blocks.with_user(self.users["volunteer"]).search([]).body = "x"
        self.project.hub_holder_ids = [Command.create({"partner_id": self.chloe.id})]
        self.assertNotIn(self.chloe, self.note.sudo().shared_ids.partner_ids)

    def test_files_belong_to_the_note_from_its_creation(self):
        adviser = self.users["adviser"]
        files = self.env["ir.attachment"].with_user(adviser)
        file = files.create(
            {"name": "a.txt", "raw": b"x", "res_model": "hub.interview.note"}
        )
        note = self._note(
            self.interview, "adviser", attachment_ids=[Command.set(file.ids)]
        )
        self.assertEqual(file.res_id, note.id)
        self.assertTrue(file.with_user(self.users["volunteer"]).has_access("read"))
        self.assertFalse(file.with_user(self.users["volunteer"]).has_access("write"))
        for role in ("coordinator", "manager", "amina", "sales"):
            self.assertFalse(file.with_user(self.users[role]).has_access("read"), role)
        for vals in ({"public": True}, {"res_id": 0}, {"res_model": "crm.lead"}):
            with self.assertRaises(UserError):
                file.write(vals)

    def test_the_file_of_something_else_is_not_taken(self):
        file = self.env["ir.attachment"].create(
            {
                "name": "a.txt",
                "raw": b"x",
                "res_model": "crm.lead",
                "res_id": self.project.id,
            }
        )
        with self.assertRaises(UserError):
            self._note(
                self.interview, "adviser", attachment_ids=[Command.set(file.ids)]
            )

    def _break_glass(self, role="manager", reason="The person may be in danger"):
        wizard = (
            self.env["hub.break.glass.wizard"]
            .with_user(self.users[role])
            .create({"interview_id": self.interview.id, "reason": reason})
        )
        return wizard.action_open()

    def test_breaking_the_glass_is_for_the_manager_with_a_reason(self):
        with self.assertRaises(AccessError):
            self._break_glass("coordinator")
        with self.assertRaises(UserError):
            self._break_glass(reason="   because   ")
        self.assertFalse(self.env["hub.access.log"].search([]))

    def test_breaking_the_glass_is_logged_announced_and_ends(self):
        self.note.only_present = True
        self._break_glass()
        self.assertEqual(self._readers(), {"adviser", "manager"})
        log = self.env["hub.access.log"].search([])
        self.assertEqual(log.user_id, self.users["manager"])
        self.assertEqual(log.note_id, self.note)
        message = self.env["mail.message"].search(
            [("subject", "=", "A confidential note was opened")]
        )
        self.assertEqual(message.partner_ids, self.users["adviser"].partner_id)
        self.assertIn("in danger", message.body)
        self.assertNotIn(SECRET, message.body)
        for records in (log, log.with_user(self.users["manager"])):
            with self.assertRaises(UserError):
                records.write({"reason": "x"})
            with self.assertRaises(UserError):
                records.unlink()
        with self.assertRaises(AccessError):
            self.note.with_user(self.users["manager"]).body = "x"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hub_access_log SET until = now() - interval '1 hour' WHERE id = %s",
            [log.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self._readers(), {"adviser"})

    @mute_logger("odoo.addons.base.partner.merge")
    def test_merging_contacts_opens_no_note(self):
        """The contact of somebody present, without account, merged with a user's."""
        interview = self._interview((self.denis, "volunteer"))
        note = self._note(interview, "adviser", only_present=True)
        self.note.shared_ids = [Command.create({"body": "Bring the estimate"})]
        manager = self.users["manager"].partner_id
        manager.email = self.denis.email
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard.create({})._merge([self.denis.id, manager.id], self.denis)
        self.env.registry.clear_cache()
        self.assertEqual(self.users["manager"].partner_id, self.denis)
        self.assertEqual(self._readers(note), {"adviser"})
        note.with_user(self.users["adviser"]).reader_ids = self.denis
        self.assertEqual(self._readers(note), {"adviser", "manager"})

    def test_merging_doubles_of_a_reader_keeps_the_right(self):
        double = self.env["res.partner"].create(
            {"name": "Bernard bis", "email": self.bernard.email}
        )
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard.create({})._merge([self.bernard.id, double.id], double)
        self.env.registry.clear_cache()
        self.assertIn("bernard", self._readers())
