import io
import json
import zipfile

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .attacks import BLOCK, NOTE, OUTSIDERS, READERS, SHARED, WORD, NoteAttackCase

PRESENCE = "hub.interview.presence"
HANDOVER = "hub.interview.handover"
# Who sees the fact of an interview, with the link of the holder, on the screens.
TEAM = {"coordinator", "manager", "colleague"}


@tagged("post_install", "-at_install")
class TestInterviewAttacks(NoteAttackCase):
    """Pages, links, exports and reports about interviews, tried by everybody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.appointment = cls._interview(
            (cls.bernard, "volunteer"),
            (cls.amina, "holder"),
            date_start=cls._tomorrow(),
            state="planned",
            place="Hidden place",
        )
        cls.line = cls.appointment.presence_ids.filtered(
            lambda line: line.quality == "holder"
        ).with_env(cls.env)
        cls.line._answer_appointment("no", "portal", "Court case")
        cls.token = cls.line.access_token
        cls.asked = (
            cls.env[HANDOVER]
            ._unguarded()
            .create(
                {
                    "lead_id": cls.project.id,
                    "partner_id": cls.nadia.id,
                    "answer": "waiting",
                }
            )
        )
        cls.env.flush_all()

    def _assert_nothing(self, answer):
        """Neither what was said nor a key."""
        self._assert_silent(answer)
        self.assertNotIn(self.token, str(answer))
        self.assertNotIn(self.asked.access_token, str(answer))

    def _paths(self):
        interview, plan = self.interview.id, self.appointment.id
        note, file = self.note.id, self.file.id
        return [
            f"/my/hub/project/{self.project.id}/interviews",
            f"/my/hub/project/{self.project.id}/interview",
            f"/my/hub/project/{self.project.id}/appointment",
            *(
                f"/my/hub/interview/{number}{end}"
                for number in (interview, plan)
                for end in ("", "/declare", "/plan", "/note", "/sheet")
            ),
            f"/my/hub/note/{note}/file/{file}",
            f"/my/hub/handover/{self.asked.id}",
            f"/my/hub/handover/{self.asked.id}?access_token={self.token}",
            f"/my/hub/appointment/{self.line.id}",
            f"/my/hub/appointment/{self.line.id}/calendar",
            f"/my/hub/appointment/{self.line.id}?access_token=x",
            f"/my/hub/appointment/{self.line.id}?access_token={self.asked.access_token}",
        ]

    # ------------------------------------------------------------
    # Web addresses
    # ------------------------------------------------------------

    @mute_logger("odoo.http")
    def test_pages_about_interviews_open_for_nobody_else(self):
        for role in (*OUTSIDERS, None):
            self._log_in(role) if role else self.authenticate(None, None)
            for path in self._paths():
                holder = role == "amina" and (
                    "/appointment/" in path or "/handover/" in path
                )
                with self.subTest(role=role, path=path):
                    answer = self.url_open(path)
                    self._assert_silent(answer.text)
                    if holder:
                        continue
                    self.assertNotIn("Hidden place", answer.text)
                    self.assertNotIn("Court case", answer.text)
                    if role == "former" and not self._is_shut_for_former(path):
                        continue
                    if role or "/appointment/" in path or "/handover/" in path:
                        self.assertEqual(answer.status_code, 404)
                    else:
                        self.assertIn("/web/login", answer.url)

    def _is_shut_for_former(self, path):
        """He was there: that it took place is no news to him."""
        fact = f"/my/hub/interview/{self.interview.id}"
        listed = f"/my/hub/project/{self.project.id}/interviews"
        return path not in (fact, f"{fact}/sheet", listed)

    @mute_logger("odoo.http")
    def test_sending_forms_to_these_pages_changes_nothing(self):
        before = self._state()
        for role in (*OUTSIDERS, None):
            self._log_in(role) if role else self.authenticate(None, None)
            csrf = self._seal()
            for path in (
                f"/my/hub/project/{self.project.id}/interview",
                f"/my/hub/project/{self.project.id}/handover",
                f"/my/hub/interview/{self.interview.id}/declare",
                f"/my/hub/interview/{self.interview.id}/note",
                f"/my/hub/interview/{self.appointment.id}/plan",
                f"/my/hub/interview/{self.appointment.id}/cancel",
                f"/my/hub/interview/{self.appointment.id}/answer/{self.line.id}",
                f"/my/hub/interview/{self.appointment.id}/wish/{self.line.id}",
                f"/my/hub/note/{self.note.id}/file/{self.file.id}/remove",
                f"/my/hub/appointment/{self.line.id}/answer",
                f"/my/hub/handover/{self.asked.id}/answer",
            ):
                if role == "amina" and path.endswith("/answer"):
                    continue
                data = {
                    "csrf_token": csrf,
                    "answer": "yes",
                    "channel": "phone",
                    "body": "changed",
                    "person": str(self.nadia.id),
                    "access_token": "x",
                }
                answer = self.url_open(path, data=data)
                self._assert_silent(answer.text)
        self.env.invalidate_all()
        self.assertEqual(self._state(), before)

    def _seal(self):
        page = self.url_open("/web/login").text if not self.session.uid else ""
        page = page or self.url_open("/my/hub").text
        return page.split('csrf_token: "')[1].split('"')[0]

    def _state(self):
        return (
            self.env["hub.interview"].search([]).mapped("write_date"),
            self.env[NOTE].search([]).mapped("body"),
            self.line.answer,
            self.asked.answer,
            self.file.exists(),
            self.env[HANDOVER].search_count([]),
        )

    @mute_logger("odoo.http", "odoo.addons.web.controllers.export")
    def test_files_made_by_export_hold_nothing(self):
        exports = (
            (NOTE, self.note.ids, ["body", "readers_text", "shared_ids/body"]),
            (NOTE, False, ["body"]),
            (BLOCK, False, ["body", "note_id/body"]),
            (PRESENCE, False, ["partner_id/name", "access_token"]),
            (HANDOVER, False, ["partner_id/name", "access_token"]),
            ("hub.access.log", False, ["reason", "note_id/body"]),
        )
        for role in ("coordinator", "manager", "colleague", "former", "accountant"):
            self._log_in(role)
            for model, ids, names in exports:
                for kind in ("csv", "xlsx"):
                    data = {
                        "model": model,
                        "fields": [{"name": n, "label": n} for n in names],
                        "ids": ids,
                        "domain": [],
                        "import_compat": False,
                        "context": {},
                    }
                    with self.subTest(role=role, model=model, kind=kind):
                        answer = self.url_open(
                            f"/web/export/{kind}",
                            data={"data": json.dumps(data), "csrf_token": self._seal()},
                        )
                        self._assert_nothing(self._text_of(answer))

    def _text_of(self, answer):
        """What a file says, unpacked where it is a workbook."""
        if not answer.content.startswith(b"PK"):
            return answer.text
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            return " ".join(book.read(name).decode() for name in book.namelist())

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_qweb")
    def test_a_reader_exports_what_he_reads(self):
        """The proof that the files of the test before would show it."""
        export = self.env.ref("base.group_allow_export")
        self.users["volunteer"].group_ids += export
        self._log_in("volunteer")
        data = {
            "model": NOTE,
            "fields": [{"name": "body", "label": "body"}],
            "ids": self.note.ids,
            "domain": [],
            "import_compat": False,
            "context": {},
        }
        for kind in ("csv", "xlsx"):
            answer = self.url_open(
                f"/web/export/{kind}",
                data={"data": json.dumps(data), "csrf_token": self._seal()},
            )
            self.assertIn(WORD, self._text_of(answer), kind)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_qweb")
    def test_no_report_prints_a_note_for_somebody_who_does_not_read_it(self):
        reports = self.env["ir.actions.report"].search(
            [("report_name", "like", "solidarity_hub.%")]
        )
        ids = (self.interview.id, self.note.id, self.project.id)
        for role in (*OUTSIDERS, None):
            self._log_in(role) if role else self.authenticate(None, None)
            for report in reports:
                for number in ids:
                    with self.subTest(role=role, report=report.report_name):
                        answer = self.url_open(
                            f"/report/html/{report.report_name}/{number}"
                        )
                        self._assert_silent(answer.text)

    def test_readers_print_and_open_what_is_theirs(self):
        self._log_in("bernard")
        page = self.url_open(f"/my/hub/interview/{self.interview.id}").text
        for word in (WORD, SHARED):
            self.assertIn(word, page)
        answer = self.url_open(f"/my/hub/note/{self.note.id}/file/{self.file.id}")
        self.assertIn(WORD, answer.text)
        for role in set(READERS) - {"bernard"}:
            self._log_in(role)
            page = self.url_open(
                f"/report/html/solidarity_hub.interview_sheet/{self.interview.id}"
            )
            self.assertIn(WORD, page.text, role)

    # ------------------------------------------------------------
    # Over RPC
    # ------------------------------------------------------------

    def test_keys_are_read_found_and_guessed_by_nobody(self):
        key = self.token
        for role in OUTSIDERS:
            for model in (PRESENCE, HANDOVER):
                for method, args in (
                    ("search", [[("access_token", "=", key)]]),
                    ("search_count", [[("access_token", "=like", f"{key[:3]}%")]]),
                    ("search_read", [[], ["access_token"]]),
                    ("formatted_read_group", [[], ["access_token"], ["__count"]]),
                    ("export_data", [self.line.ids, ["access_token"]]),
                    ("read", [self.line.ids, ["access_token"]]),
                    ("search", [[], 0, 1, "access_token"]),
                ):
                    with self.subTest(role=role, model=model, method=method):
                        self.assertIsNone(self._try(role, model, method, *args))
            rows = self._try(role, PRESENCE, "search_read", [], [])
            seen = self.token in str(rows)
            self.assertEqual(seen, role in TEAM, f"{role}: the link, as a link")
            self.assertNotIn(
                self.asked.access_token,
                str(self._try(role, HANDOVER, "search_read", [], [])),
            )

    def test_answers_and_words_of_a_holder_are_for_those_who_see_the_interview(self):
        hidden = [("answer_reason", "ilike", "Court")]
        for role in OUTSIDERS:
            found = self._try(role, PRESENCE, "search", hidden)
            rows = self._try(role, "hub.interview", "search_read", [], ["wish_words"])
            self.assertEqual(bool(found), role in TEAM, role)
            self.assertEqual("Court" in str(rows), role in TEAM, role)

    def test_buttons_pressed_from_outside_do_nothing(self):
        before = self._state()
        later = str(fields.Datetime.now())
        for role in set(OUTSIDERS) - TEAM:
            for model, ids, method, args in (
                (PRESENCE, self.line.ids, "action_note_answer", ["yes", "phone"]),
                (PRESENCE, self.line.ids, "action_accept_wish", []),
                (PRESENCE, self.line.ids, "write", [{"quality": "guest"}]),
                (PRESENCE, self.line.ids, "unlink", []),
                (HANDOVER, self.asked.ids, "action_agree", []),
                (HANDOVER, self.asked.ids, "action_refuse", ["paper"]),
                ("hub.interview", self.appointment.ids, "action_done", []),
                ("hub.interview", self.appointment.ids, "action_cancel", []),
                (
                    "hub.interview",
                    self.appointment.ids,
                    "write",
                    [{"date_start": later}],
                ),
            ):
                with self.subTest(role=role, model=model, method=method):
                    answer = self._try(role, model, method, ids, *args)
                    self.assertIsNone(answer)
            for model, vals in (
                ("hub.appointment.answer.wizard", {"presence_id": self.line.id}),
                (
                    "hub.handover.wizard",
                    {"lead_id": self.project.id, "partner_id": self.nadia.id},
                ),
            ):
                made = self._try(role, model, "create", [vals])
                if made:
                    self._try(role, model, "action_confirm", made)
                    self._try(role, model, "action_ask", made)
        self.env.invalidate_all()
        self.assertEqual(self._state(), before)

    def test_what_cannot_be_is_refused_over_rpc_and_nothing_is_written(self):
        before = self._state(), self.env["hub.interview"].search_count([])
        tomorrow = str(self._tomorrow())
        fact = {"lead_id": self.project.id}
        note = {"interview_id": self.interview.id, "body": "x"}
        self.project.hub_reception_date = "2020-01-01"
        cancelled = self._interview(state="cancelled")
        own = {"partner_id": self.nadia.id, "quality": "volunteer"}
        cancelled.presence_ids = [Command.create(own)]
        for role, model, method, args, word in (
            (
                "volunteer",
                "hub.interview",
                "create",
                [[fact | {"date_start": tomorrow, "state": "done"}]],
                "still to come",
            ),
            (
                "volunteer",
                "hub.interview",
                "create",
                [[fact | {"duration": 13}]],
                "at most 12",
            ),
            (
                "adviser",
                "hub.interview",
                "create",
                [[fact | {"date_start": "2019-12-31 10:00:00"}]],
                "before the person was received",
            ),
            (
                "adviser",
                "hub.interview",
                "create",
                [[fact | {"date_start": "2199-12-31 10:00:00"}]],
                "two years ahead",
            ),
            (
                "volunteer",
                NOTE,
                "create",
                [[note | {"interview_id": cancelled.id}]],
                "was cancelled",
            ),
            ("coordinator", NOTE, "create", [[note]], "those who accompanied"),
            (
                "coordinator",
                "hub.interview",
                "write",
                [self.interview.ids, {"state": "cancelled"}],
                "has a note",
            ),
            (
                "coordinator",
                PRESENCE,
                "write",
                [self.line.ids, {"answer": "yes"}],
                "not typed in",
            ),
            (
                "coordinator",
                PRESENCE,
                "action_note_answer",
                [self.line.ids, "yes", "portal"],
                "for the person alone",
            ),
            (
                "coordinator",
                PRESENCE,
                "action_note_answer",
                [self.line.ids, "no", "phone", "x", "2020-01-01 10:00:00"],
                "still to come",
            ),
        ):
            with self.subTest(method=method, word=word), mute_logger("odoo.http"):
                self.assertIn(word, self._sentence(role, model, method, *args))
        for role in ("amina", "portal"):
            self.assertIsNone(self._try(role, NOTE, "create", [note]))
        cancelled.sudo().unlink()
        self.env.invalidate_all()
        after = self._state(), self.env["hub.interview"].search_count([])
        self.assertEqual(after, before)

    def _sentence(self, role, model, method, *args):
        """What the browser shows of the refusal."""
        self._log_in(role)
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps({"jsonrpc": "2.0", "params": params}),
            headers={"Content-Type": "application/json"},
        ).json()
        return answer["error"]["data"]["message"]

    def test_the_coordination_opens_nothing_for_itself(self):
        """Not by asking, agreeing, naming itself, nor by the key of the holder."""
        me = self.users["coordinator"].partner_id
        for model, method, args in (
            (HANDOVER, "action_agree", [self.asked.ids]),
            (HANDOVER, "action_agree", [self.asked.ids, "portal"]),
            (HANDOVER, "write", [self.asked.ids, {"partner_id": me.id}]),
            (
                HANDOVER,
                "create",
                [
                    {
                        "lead_id": self.project.id,
                        "partner_id": me.id,
                        "answer": "yes",
                        "answer_channel": "paper",
                    }
                ],
            ),
            ("hub.interview", "_notes_of_all", [self.interview.ids]),
            (HANDOVER, "_hand_on", [self.asked.ids]),
            (HANDOVER, "_answer_as_holder", [self.asked.ids, "yes"]),
            (PRESENCE, "_answer_appointment", [self.line.ids, "yes", "portal"]),
            ("hub.portal", "_notes_read", [me.id, self.interview.ids]),
            (NOTE, "_hub_domain_for", [me.id]),
        ):
            with self.subTest(model=model, method=method):
                self.assertIsNone(self._try("coordinator", model, method, *args))
        made = self._try(
            "coordinator",
            "hub.handover.wizard",
            "create",
            [{"lead_id": self.project.id, "partner_id": me.id}],
        )
        self._try("coordinator", "hub.handover.wizard", "action_ask", made)
        self.env.invalidate_all()
        self.assertEqual(self.env[HANDOVER].search([]), self.asked)
        self.assertFalse(self._try("coordinator", NOTE, "search", []))

    # ------------------------------------------------------------
    # E-mails, messages, calendars, activities
    # ------------------------------------------------------------

    def test_what_was_written_to_people_tells_nothing(self):
        # The discussion of a project is its team's own.
        elsewhere = [("model", "not in", ["crm.lead", "hub.pairing"])]
        mails = self.env["mail.mail"].search(elsewhere)
        self.assertTrue(mails)
        text = " ".join(mails.mapped("subject") + mails.mapped("body_html"))
        messages = self.env["mail.message"].search(elsewhere)
        text += " ".join(str(body) for body in messages.mapped("body"))
        for word in (WORD, SHARED, self.project.name, "Court case"):
            self.assertNotIn(word, text)
        models = set(messages.mapped("model")) | set(mails.mapped("model"))
        self.assertFalse({m for m in models if m and m.startswith("hub.interview")})
        for role in set(OUTSIDERS) - {"amina"}:
            for model in ("mail.message", "mail.mail", "mail.notification"):
                rows = self._try(role, model, "search_read", [], [])
                self.assertNotIn(self.token, str(rows), f"{role} {model}")
                self._assert_nothing(rows)

    def test_nothing_of_it_enters_a_calendar_or_a_list_of_things_to_do(self):
        for model in ("calendar.event", "mail.activity"):
            rows = self.env[model].search_read([])
            for word in (WORD, SHARED, "Hidden place", "Court case", self.token):
                self.assertNotIn(word, str(rows), model)

    def test_code_in_a_template_is_for_administrators(self):
        """Who may write it reads the whole database: Odoo keeps it for them."""
        bodies = (
            "<t t-out='object.sudo()._notes_of_all().body'/>",
            "<t t-out=\"object.env['hub.interview.note'].sudo().search([]).body\"/>",
            "<t t-out='object.presence_ids.sudo().access_token'/>",
        )
        model = self.env["ir.model"]._get("hub.interview").id
        for role in ("coordinator", "manager", "colleague"):
            for body in bodies:
                vals = {"name": role, "model_id": model, "body_html": body}
                made = self._try(role, "mail.template", "create", [vals])
                self.assertIsNone(made, f"{role} {body}")

    # ------------------------------------------------------------
    # Merging, and people who change sides
    # ------------------------------------------------------------

    @mute_logger("odoo.addons.base.partner.merge")
    def test_merging_a_contact_who_was_there_with_a_stranger_opens_no_note(self):
        interview = self._interview((self.denis, "volunteer"), (self.amina, "holder"))
        note = (
            self.env[NOTE]
            .with_user(self.users["adviser"])
            .sudo()
            .create(
                {
                    "interview_id": interview.id,
                    "body": f"{WORD} more",
                    "only_present": True,
                }
            )
        )
        stranger = self.users["portal"].partner_id
        stranger.email = self.denis.email
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard.create({})._merge([self.denis.id, stranger.id], self.denis)
        self.env.registry.clear_cache()
        self.assertEqual(self.users["portal"].partner_id, self.denis)
        self._log_in("portal")
        page = self.url_open(f"/my/hub/interview/{interview.id}")
        self.assertNotIn(WORD, page.text)
        self.assertIn(self.denis, note.closed_ids)

    @mute_logger("odoo.addons.base.partner.merge")
    def test_merging_doubles_keeps_the_link_of_the_holder(self):
        double = self.env["res.partner"].create(
            {"name": "Amina bis", "email": self.amina.email}
        )
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard.create({})._merge([self.amina.id, double.id], double)
        self.env.invalidate_all()
        page = self.url_open(
            f"/my/hub/appointment/{self.line.id}?access_token={self.token}"
        )
        self.assertIn("Hidden place", page.text)

    @mute_logger("odoo.http")
    def test_a_former_holder_who_accompanies_the_same_project_reads_nothing_old(self):
        """ "former" joins the pair of the very project he carried."""
        self.pair.filtered(lambda p: p.volunteer_id == self.nadia).action_end(
            reason="Moved"
        )
        self._active(self.former, override_reason="Knows the project")
        self._log_in("former")
        for path in (
            f"/my/hub/interview/{self.interview.id}",
            f"/my/hub/interview/{self.interview.id}/sheet",
            f"/my/hub/note/{self.note.id}/file/{self.file.id}",
            f"/my/hub/project/{self.project.id}/interviews",
        ):
            answer = self.url_open(path)
            self._assert_silent(answer.text)
        self.assertFalse(self._try("former", NOTE, "search", []))
        own = self._interview((self.nadia, "volunteer"), (self.former, "holder"))
        answer = self.url_open(f"/my/hub/interview/{own.id}")
        self.assertEqual(answer.status_code, 404, "he was the holder there")
        new = self._interview((self.former, "volunteer"), (self.amina, "holder"))
        answer = self.url_open(f"/my/hub/interview/{new.id}")
        self.assertEqual(answer.status_code, 200, "what is not about him is his")

    @mute_logger("odoo.http")
    def test_a_volunteer_who_was_replaced_keeps_his_own_and_loses_the_rest(self):
        own = self._interview((self.bernard, "volunteer"), (self.amina, "holder"))
        mine = (
            self.env[NOTE]
            .with_user(self.users["bernard"])
            .sudo()
            .create({"interview_id": own.id, "body": "My own words"})
        )
        self.pair.filtered(lambda p: p.volunteer_id == self.bernard).action_end(
            reason="Moved"
        )
        self._log_in("bernard")
        self.assertEqual(
            self.url_open(f"/my/hub/interview/{self.interview.id}").status_code, 404
        )
        for path in (f"/my/hub/note/{self.note.id}/file/{self.file.id}",):
            self.assertEqual(self.url_open(path).status_code, 404)
        self.assertIn("My own words", self.url_open(f"/my/hub/interview/{own.id}").text)
        found = self._try("bernard", NOTE, "search", [])
        self.assertEqual(found, mine.ids)

    def test_a_portal_user_of_another_hub_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Second hub"})
        company._hub_setup()
        user = new_test_user(
            self.env,
            login="hub_elsewhere",
            groups="base.group_portal",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        self.users["elsewhere"] = user
        self._log_in("elsewhere")
        with mute_logger("odoo.http"):
            for path in self._paths():
                answer = self.url_open(path)
                self.assertEqual(answer.status_code, 404, path)
