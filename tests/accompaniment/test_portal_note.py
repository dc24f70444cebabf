from odoo.fields import Command
from odoo.tests import tagged

from .portal import PortalCase

SECRET = "Zanzibar debts"
NOTE = "hub.interview.note"


@tagged("post_install", "-at_install")
class TestPortalNote(PortalCase):
    """The confidential note on the telephone: who writes it, who reads it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.interview = cls._interview(
            (cls.bernard, "volunteer"), (cls.amina, "holder")
        )
        cls.page = f"/my/hub/interview/{cls.interview.id}"

    def _write(self, path=None, files=None, **values):
        return self._post(
            path or f"{self.page}/note", files=files, **{"body": SECRET, **values}
        )

    def _notes(self):
        return self.env[NOTE].search([])

    def _file(self, name="plan.txt", content=b"Zanzibar plan"):
        return [("files", (name, content, "text/plain"))]

    def test_bernard_writes_goes_on_and_shares_a_sentence(self):
        self._log_in("bernard")
        self.assertIn("Write the confidential note", self._get(self.page).text)
        page = self._write(shared="Bring the estimate").text
        note = self._notes()
        self.assertRecordValues(
            note,
            [{"body": SECRET, "author_id": self.bernard.id, "only_present": False}],
        )
        self.assertEqual(note.present_ids, self.bernard)
        self.assertEqual(note.pair_ids, self.bernard | self.nadia)
        self.assertEqual(note.about_ids, self.amina)
        for word in (SECRET, "Bring the estimate", self.nadia.name):
            self.assertIn(word, page)
        self.assertNotIn("Write the confidential note", page)
        block = note.shared_ids
        form = self._get(f"{self.page}/note").text
        for word in (SECRET, "Bring the estimate"):
            self.assertIn(word, form)
        self._write(
            body=f"{SECRET}, more",
            only_present="1",
            shared="Come at ten",
            **{f"shared_{block.id}": "Bring two estimates"},
        )
        self.assertEqual(self._notes(), note)
        self.assertEqual(note.body, f"{SECRET}, more")
        self.assertTrue(note.only_present)
        self.assertEqual(
            set(note.shared_ids.mapped("body")), {"Bring two estimates", "Come at ten"}
        )
        self._write(**{f"shared_{block.id}": ""})
        self.assertFalse(block.exists())
        self._log_in("amina")
        page = self._get("/my/hub").text
        self.assertNotIn("Zanzibar", page)

    def test_words_for_the_holder_alone_are_a_note_too(self):
        self._log_in("bernard")
        self._write(body="", shared="Bring the estimate")
        self.assertEqual(self._notes().body, "Bring the estimate")
        self.assertEqual(self._notes().shared_ids.partner_ids, self.amina)

    def test_an_empty_form_writes_no_note_and_empties_none(self):
        self._log_in("bernard")
        self._write(body=" ")
        self.assertFalse(self._notes())
        self._write()
        page = self._write(body=" ", shared="").text
        self.assertIn("the note is empty", page)
        self.assertEqual(self._notes().body, SECRET)

    def test_the_colleague_reads_unless_only_those_present(self):
        note = self._as_bernard()
        self._log_in("volunteer")
        self.assertIn(SECRET, self._get(self.page).text)
        note.sudo().only_present = True
        page = self._get(self.page).text
        self.assertNotIn(SECRET, page)
        self.assertIn("Who was there", page)

    def _as_bernard(self, **vals):
        notes = self.env[NOTE].with_user(self.users["bernard"]).sudo()
        note = notes.create({"interview_id": self.interview.id, "body": SECRET, **vals})
        self.assertEqual(note.author_id, self.bernard)
        return note

    def test_each_writes_an_own_note_and_changes_no_other(self):
        self.interview.presence_ids = [
            Command.create({"partner_id": self.nadia.id, "quality": "volunteer"})
        ]
        mine = self._as_bernard()
        self._log_in("volunteer")
        self.assertNotIn(f"{self.page}/file", self._get(self.page).text)
        self._write(body="Timbuktu")
        self.assertEqual(mine.body, SECRET)
        self.assertEqual(len(self._notes()), 2)
        own = self._notes() - mine.with_env(self.env)
        self.assertEqual((own.author_id, own.body), (self.nadia, "Timbuktu"))
        page = self._get(self.page).text
        self.assertIn(SECRET, page)
        self.assertIn("Timbuktu", page)

    def test_readers_and_authors_are_not_taken_from_the_form(self):
        self._log_in("bernard")
        manager = self.users["manager"].partner_id
        self._write(
            author_id=str(manager.id),
            present_ids=str(manager.id),
            reader_ids=str(manager.id),
            lead_id="1",
        )
        note = self._notes()
        self.assertEqual(note.author_id, self.bernard)
        self.assertFalse(note.reader_ids)
        self.assertNotIn(manager, note.present_ids | note.pair_ids)

    def test_no_note_on_what_is_planned_cancelled_or_of_others(self):
        self._log_in("bernard")
        planned = self._appointment()
        cancelled = self._appointment(days=5)
        cancelled.action_cancel()
        theirs = self._interview()
        for interview in (planned, cancelled, theirs):
            path = f"/my/hub/interview/{interview.id}/note"
            self.assertEqual(self._get(path).status_code, 404)
            self.assertEqual(self._write(path).status_code, 404)
        self.assertFalse(self._notes())

    def test_the_holder_writes_no_note(self):
        for role in ("amina", "portal", "coordinator", "manager"):
            self._log_in(role)
            self.assertEqual(self._get(f"{self.page}/note").status_code, 404)
            self.assertEqual(self._write().status_code, 404, role)
        self.assertFalse(self._notes())

    # ------------------------------------------------------------
    # Files
    # ------------------------------------------------------------

    def test_a_file_goes_with_the_note_and_opens_for_its_readers_alone(self):
        self._log_in("bernard")
        page = self._write(files=self._file()).text
        note = self._notes()
        file = note.attachment_ids
        self.assertRecordValues(
            file,
            [
                {
                    "res_model": NOTE,
                    "res_id": note.id,
                    "public": False,
                    "access_token": False,
                    "raw": b"Zanzibar plan",
                }
            ],
        )
        path = f"/my/hub/note/{note.id}/file/{file.id}"
        self.assertIn(path, page)
        for role in ("bernard", "volunteer"):
            self._log_in(role)
            answer = self._get(path)
            self.assertEqual(answer.content, b"Zanzibar plan", role)
            self.assertIn("attachment", answer.headers["Content-Disposition"])
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
        others = ("amina", "portal", "coordinator", "manager", "sales", "adviser", None)
        for role in others:
            self._log_in(role)
            for try_path in (path, f"/web/content/{file.id}", f"/web/image/{file.id}"):
                self.assertNotIn("Zanzibar", self._get(try_path).text, role)
        note.only_present = True
        self._log_in("volunteer")
        self.assertEqual(self._get(path).status_code, 404)

    def test_the_file_of_another_note_is_not_reached_through_the_own(self):
        other = self._interview()
        theirs = self._note(other, "volunteer", only_present=True)
        file = self.env["ir.attachment"].create(
            {"name": "a", "raw": b"Zanzibar", "res_model": NOTE, "res_id": theirs.id}
        )
        theirs.sudo().attachment_ids = file
        mine = self._as_bernard()
        self._log_in("bernard")
        for note in (mine, theirs):
            path = f"/my/hub/note/{note.id}/file/{file.id}"
            self.assertEqual(self._get(path).status_code, 404)
            self.assertEqual(self._post(f"{path}/remove").status_code, 404)
        self.assertTrue(file.exists())

    def test_the_author_alone_takes_a_file_away(self):
        self._log_in("bernard")
        self._write(files=self._file())
        note, file = self._notes(), self._notes().attachment_ids
        path = f"/my/hub/note/{note.id}/file/{file.id}"
        self._log_in("volunteer")
        self.assertNotIn(f"{path}/remove", self._get(self.page).text)
        self.assertEqual(self._post(f"{path}/remove").status_code, 404)
        self.assertTrue(file.exists())
        self._log_in("bernard")
        self.assertIn(f"{path}/remove", self._get(self.page).text)
        self._post(f"{path}/remove")
        self.assertFalse(file.exists())

    def test_a_file_alone_too_many_and_too_large_are_refused(self):
        self._log_in("bernard")
        page = self._write(files=self._file(), body="").text
        self.assertIn("the note is empty", page)
        page = self._write(files=self._file() * 6).text
        self.assertIn("At most 5 files", page)
        self.assertIn(SECRET, page)
        large = self._file(content=b"x" * (20 * 1024 * 1024 + 1))
        page = self._write(files=large).text
        self.assertIn("too large", page)
        self.assertFalse(self._notes())
        self.assertFalse(self.env["ir.attachment"].search([("res_model", "=", NOTE)]))

    def test_a_page_in_a_file_is_never_shown_as_a_page(self):
        self._log_in("bernard")
        script = b"<html><script>alert(1)</script></html>"
        self._write(files=[("files", ("a.html", script, "text/html"))])
        note = self._notes()
        answer = self._get(f"/my/hub/note/{note.id}/file/{note.attachment_ids.id}")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertNotIn("text/html", answer.headers["Content-Type"])
