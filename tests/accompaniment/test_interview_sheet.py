from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal import PortalCase

SECRET = "Zanzibar debts"
SHEET = "solidarity_hub.interview_sheet"


@tagged("post_install", "-at_install")
class TestInterviewSheet(PortalCase):
    """The printed sheet: the fact for the team, the note for its readers alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.interview = cls._interview(
            (cls.bernard, "volunteer"),
            (cls.amina, "holder"),
            place="Library",
            guests="Mme Durand",
            action_ids=[Command.create({"name": "Ask the bank"})],
        )
        notes = cls.env["hub.interview.note"].with_user(cls.users["bernard"]).sudo()
        cls.note = notes.create(
            {
                "interview_id": cls.interview.id,
                "body": SECRET,
                "shared_ids": [Command.create({"body": "Bring the estimate"})],
            }
        )

    def _html(self, role, interview=None):
        reports = self.env["ir.actions.report"].with_user(self.users[role])
        ids = (interview or self.interview).ids
        return reports._render_qweb_html(SHEET, ids)[0].decode()

    def test_the_team_prints_the_fact(self):
        for role in ("adviser", "coordinator", "manager"):
            page = self._html(role)
            for word in ("Library", "Bernard", "Amina", "Mme Durand", "Ask the bank"):
                self.assertIn(word, page, role)
            for word in ("Zanzibar", "estimate", "onfidential"):
                self.assertNotIn(word, page, role)

    def test_a_reader_prints_the_note_marked_confidential(self):
        page = self._html("volunteer")
        for word in (SECRET, "Bring the estimate", "Confidential", "Written by"):
            self.assertIn(word, page)
        self.note.only_present = True
        page = self._html("volunteer")
        self.assertNotIn("Zanzibar", page)
        self.assertNotIn("onfidential", page)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_qweb")
    def test_nobody_else_prints_anything_by_any_address(self):
        roles = ("amina", "board", "finance", "sales", "employee", "portal")
        for role in (*roles, "bernard", None):
            self._log_in(role)
            for kind in ("html", "pdf", "text"):
                answer = self._get(f"/report/{kind}/{SHEET}/{self.interview.id}")
                for word in ("Zanzibar", "Library", "Mme Durand"):
                    self.assertNotIn(word, answer.text, f"{role} {kind}")
        for role in ("coordinator", "manager", "adviser"):
            self._log_in(role)
            answer = self._get(f"/report/html/{SHEET}/{self.interview.id}")
            self.assertIn("Library", answer.text)
            self.assertNotIn("Zanzibar", answer.text, role)

    def test_breaking_the_glass_prints_for_a_day_and_is_on_record(self):
        self.assertNotIn("Zanzibar", self._html("manager"))
        wizard = (
            self.env["hub.break.glass.wizard"]
            .with_user(self.users["manager"])
            .create(
                {"interview_id": self.interview.id, "reason": "In grave danger now"}
            )
        )
        wizard.action_open()
        self.assertIn("Zanzibar", self._html("manager"))
        self.assertEqual(len(self.env["hub.access.log"].search([])), 1)

    def test_several_sheets_in_one_print_are_each_for_the_reader(self):
        other = self._interview(
            (self.users["adviser"].partner_id, "staff"), (self.amina, "holder")
        )
        self._note(other, "adviser", body="Timbuktu", only_present=True)
        page = self._html("volunteer", self.interview | other)
        self.assertIn("Zanzibar", page)
        self.assertNotIn("Timbuktu", page)

    def test_bernard_prints_it_from_his_telephone_as_a_real_file(self):
        self._log_in("bernard")
        answer = self._get(f"/my/hub/interview/{self.interview.id}/sheet")
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertTrue(answer.content.startswith(b"%PDF"))
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertFalse(
            self.env["ir.attachment"].search(
                [
                    ("mimetype", "=", "application/pdf"),
                    ("res_model", "=", "hub.interview"),
                ]
            )
        )
