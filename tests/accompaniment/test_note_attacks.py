from odoo.tests import tagged
from odoo.tools import mute_logger

from .attacks import BLOCK, NOTE, OUTSIDERS, READERS, SHARED, WORD, NoteAttackCase


@tagged("post_install", "-at_install")
class TestNoteAttacks(NoteAttackCase):
    """What was said in confidence leaves by no door, whoever knocks."""

    # ------------------------------------------------------------
    # The note itself
    # ------------------------------------------------------------

    def test_no_outsider_finds_a_note_by_any_method(self):
        """Not even by counting what contains a word."""
        hidden = [("body", "ilike", WORD)]
        spec = {"body": {}, "attachment_ids": {"fields": {"name": {}}}}
        for role in OUTSIDERS:
            for method, args in (
                ("search", [[]]),
                ("search", [hidden]),
                ("search_count", [hidden]),
                ("search_count", [["!", *hidden]]),
                ("search_read", [[], ["body"]]),
                ("web_search_read", [[], spec]),
                ("name_search", [WORD]),
                ("name_search", [""]),
                ("formatted_read_group", [[], ["body"], ["__count"]]),
                ("formatted_read_group", [[], ["author_id"], ["id:array_agg"]]),
                ("web_read_group", [[], ["body"]]),
                ("read_progress_bar", [[], "body", {"field": "body", "colors": {}}]),
            ):
                with self.subTest(role=role, method=method):
                    answer = self._try(role, NOTE, method, *args)
                    self._assert_silent(answer)
                    if method in {"search", "search_count", "name_search"}:
                        self.assertFalse(answer)
                    if method == "formatted_read_group":
                        self.assertFalse(
                            [row for row in answer or [] if row.get("__count")]
                        )

    def test_no_outsider_reads_or_touches_a_note(self):
        spec = {"body": {}, "shared_ids": {"fields": {"body": {}}}}
        for role in OUTSIDERS:
            for method, args in (
                ("read", [["body"]]),
                ("web_read", [spec]),
                ("export_data", [["body", "attachment_ids/name", "shared_ids/body"]]),
                ("copy", []),
                ("copy_data", []),
                ("onchange", [{}, ["only_present"], spec]),
                ("onchange", [{"only_present": True}, ["only_present"], spec]),
                ("get_metadata", []),
                ("get_formview_action", []),
                ("write", [{"body": "changed"}]),
                ("web_save", [{"body": "changed"}, spec]),
                ("unlink", []),
            ):
                with self.subTest(role=role, method=method):
                    self._assert_silent(
                        self._try(role, NOTE, method, self.note.ids, *args)
                    )
        self.env.invalidate_all()
        self.assertEqual(self.note.body, f"{WORD} debts")

    def test_those_who_may_still_read(self):
        for role in READERS:
            row = self.assert_allowed(role, NOTE, "read", self.note.ids, ["body"])
            self.assertIn(WORD, str(row))
            found = self.call(role, NOTE, "search", [("body", "ilike", WORD)])
            self.assertEqual(found, self.note.ids, role)
            if role != "bernard":
                self._log_in(role)
                answer = self.url_open(f"/web/content/{self.file.id}")
                self.assertIn(WORD, answer.text, role)

    def test_the_holder_reads_what_is_shared_and_only_that(self):
        row = self.assert_allowed("amina", BLOCK, "search_read", [], ["body"])
        self.assertIn(SHARED, str(row))
        self._assert_silent(row, shared=True)
        for method, args in (
            ("web_search_read", [[], {"note_id": {"fields": {"body": {}}}}]),
            ("search_read", [[], []]),
            ("read", [self.block.ids, []]),
            ("export_data", [self.block.ids, ["note_id/body"]]),
            ("formatted_read_group", [[], ["note_id.body"], ["__count"]]),
            ("search_read", [[], ["body"], 0, 10, "note_id.body"]),
        ):
            with self.subTest(method):
                answer = self._try("amina", BLOCK, method, *args)
                self._assert_silent(answer, shared=True)
        for path in ("body", "attachment_ids.name", "author_id.name"):
            found = self._try(
                "amina", BLOCK, "search_count", [(f"note_id.{path}", "ilike", WORD)]
            )
            self.assertFalse(found, path)
        for role in set(OUTSIDERS) - {"amina", "former"}:
            self.assertFalse(self._try(role, BLOCK, "search", []), role)

    # ------------------------------------------------------------
    # Ways round
    # ------------------------------------------------------------

    def test_no_other_model_leads_to_a_note(self):
        """Every relation of every model of the hub, searched on the hidden word."""
        for name, model in self.env.registry.items():
            if model._abstract or not model._auto:
                continue
            for field in model._fields.values():
                if field.comodel_name not in {NOTE, BLOCK} or name in {NOTE, BLOCK}:
                    continue
                domain = [(f"{field.name}.body", "ilike", "i")]
                for role in OUTSIDERS:
                    with self.subTest(role=role, model=name, field=field.name):
                        self.assertFalse(self._try(role, name, "search", domain))
                        row = self._try(
                            role, name, "web_search_read", [], {field.name: {}}
                        )
                        self._assert_silent(row)

    def test_the_log_of_accesses_does_not_lead_to_the_note(self):
        self.env["hub.access.log"].create(
            {
                "note_id": self.note.id,
                "interview_id": self.interview.id,
                "lead_id": self.project.id,
                "user_id": self.users["manager"].id,
                "partner_id": self.users["manager"].partner_id.id,
                "until": "2020-01-01 00:00:00",
                "reason": "Long ago",
            }
        )
        for spec in ({"reason": {}}, {"note_id": {"fields": {"body": {}}}}):
            answer = self._try("manager", "hub.access.log", "web_search_read", [], spec)
            self.assertEqual("Long ago" in str(answer), "reason" in spec)
            self._assert_silent(answer)
        domain = [("note_id.body", "ilike", WORD)]
        self.assertFalse(self._try("manager", "hub.access.log", "search", domain))
        for role in OUTSIDERS:
            for method, args in (
                ("create", [{"note_id": self.note.id}]),
                ("write", [[1], {"until": "2999-01-01"}]),
            ):
                self.assertIsNone(self._try(role, "hub.access.log", method, *args))

    def test_interviews_presences_and_projects_say_nothing(self):
        for role in OUTSIDERS:
            for model in (
                "hub.interview",
                "hub.interview.presence",
                "hub.interview.handover",
                "hub.project.action",
                "crm.lead",
                "calendar.event",
                "mail.message",
                "mail.activity",
                "mail.followers",
            ):
                with self.subTest(role=role, model=model):
                    self._assert_silent(self._try(role, model, "search_read", [], []))

    def test_files_of_a_note_open_for_its_readers_only(self):
        files = "ir.attachment"
        for role in OUTSIDERS:
            for domain in (
                [("id", "=", self.file.id)],
                [("name", "ilike", WORD)],
                [("index_content", "ilike", WORD)],
                [("res_model", "=", NOTE)],
            ):
                self.assertFalse(self._try(role, files, "search", domain), role)
            for method, args in (
                ("read", [["name", "raw", "index_content", "access_token"]]),
                ("write", [{"public": True}]),
                ("write", [{"res_model": "crm.lead", "res_id": self.project.id}]),
                ("generate_access_token", []),
                ("copy", [{"res_model": "res.users", "res_id": 1}]),
                ("unlink", []),
            ):
                answer = self._try(role, files, method, self.file.ids, *args)
                self.assertFalse(answer, f"{role} {method}")
        self.assertFalse(self.file.access_token)
        self.assertTrue(self.file.exists())

    def test_web_addresses_give_nothing(self):
        note, file = self.note.id, self.file.id
        paths = (
            f"/web/content/{file}",
            f"/web/content/{file}?download=1",
            f"/web/image/{file}",
            f"/web/content?model={NOTE}&id={note}&field=body",
            f"/web/content/{NOTE}/{note}/body",
            f"/web/content/{NOTE}/{note}/attachment_ids",
            f"/report/html/solidarity_hub.report_reception_sheet/{note}",
            f"/mail/view?model={NOTE}&res_id={note}",
            f"/odoo/interview-notes/{note}",
            "/my/hub",
        )
        for role in (*OUTSIDERS, None):
            if role:
                self._log_in(role)
            else:
                self.authenticate(None, None)
            for path in paths:
                with self.subTest(role=role, path=path), mute_logger("odoo.http"):
                    answer = self.url_open(path)
                    self._assert_silent(answer.text, shared=path == "/my/hub")

    def test_no_mail_is_rendered_from_a_note(self):
        for role in ("coordinator", "manager", "employee", "colleague"):
            template = self._try(
                role,
                "mail.template",
                "create",
                {
                    "name": role,
                    "model_id": self.env["ir.model"]._get(NOTE).id,
                    "subject": "{{ object.body }}",
                    "body_html": '<p><t t-out="object.body"/></p>',
                    "email_to": "x@example.org",
                },
            )
            template = template[0] if isinstance(template, list) else template
            if not template:
                continue
            self._try(role, "mail.template", "send_mail", template, self.note.id)
            for model, vals in (
                (
                    "mail.template.preview",
                    {
                        "mail_template_id": template,
                        "resource_ref": f"{NOTE},{self.note.id}",
                    },
                ),
                (
                    "mail.compose.message",
                    {
                        "template_id": template,
                        "model": NOTE,
                        "res_ids": str(self.note.ids),
                        "composition_mode": "mass_mail",
                    },
                ),
            ):
                with self.subTest(role=role, model=model):
                    made = self._try(role, model, "create", vals)
                    made = made if isinstance(made, list) else [made]
                    rows = made[0] and self._try(
                        role, model, "read", made, ["subject", "body_html", "body"]
                    )
                    self._assert_silent(rows)
        self.env.invalidate_all()
        mails = self.env["mail.mail"].search([]).mapped("body_html")
        self._assert_silent(mails + self.env["mail.message"].search([]).mapped("body"))

    def test_nobody_opens_a_note_by_the_facts_around_it(self):
        """What coordinators may write does not make them readers."""
        me = self.users["coordinator"].partner_id
        line = [0, 0, {"partner_id": me.id, "quality": "staff"}]
        other = self._create_project("Bicycles", self.chloe)
        for model, method, args in (
            (
                "hub.interview",
                "write",
                [
                    self.interview.ids,
                    {"presence_ids": [line]},
                ],
            ),
            (
                "hub.interview.presence",
                "write",
                [self.interview.presence_ids.ids, {"partner_id": me.id}],
            ),
            ("hub.interview", "write", [self.interview.ids, {"author_id": me.id}]),
            ("hub.interview", "write", [self.interview.ids, {"lead_id": other.id}]),
            (
                "hub.interview.handover",
                "create",
                [{"lead_id": self.project.id, "partner_id": me.id}],
            ),
            ("hub.break.glass.wizard", "create", [{"interview_id": 1, "reason": "x"}]),
            ("ir.rule", "write", [[1], {"active": False}]),
            (NOTE, "write", [self.note.ids, {"reader_ids": [[4, me.id]]}]),
            (
                BLOCK,
                "create",
                [{"note_id": self.note.id, "body": "x"}],
            ),
        ):
            with self.subTest(model=model, method=method):
                self._try("coordinator", model, method, *args)
                found = self._try("coordinator", NOTE, "search", [])
                self.assertFalse(found)
        self.assertEqual(self.note.shared_ids, self.block)

    def test_old_remote_calls_are_no_back_door(self):
        for role in OUTSIDERS:
            user = self.users[role]
            password = user.login + "x" * (8 - len(user.login))
            with mute_logger(
                "odoo.addons.rpc.controllers",
                "odoo.http",
                "odoo.addons.base.models.ir_model",
                "odoo.addons.base.models.ir_rule",
            ):
                for method, args in (
                    ("read", [self.note.ids, ["body"]]),
                    ("search_read", [[["body", "ilike", WORD]], ["body"]]),
                ):
                    try:
                        answer = self.xmlrpc_object.execute_kw(
                            self.env.cr.dbname, user.id, password, NOTE, method, args
                        )
                    except Exception as error:
                        answer = str(error)
                    self._assert_silent(answer)

    def test_breaking_the_glass_over_rpc_is_logged_and_announced(self):
        vals = {"interview_id": self.interview.id, "reason": "In grave danger today"}
        for role in set(OUTSIDERS) - {"manager"}:
            self.assert_refused(role, "hub.break.glass.wizard", "create", vals)
        [wizard] = self.call("manager", "hub.break.glass.wizard", "create", [vals])
        self.assertFalse(self._try("manager", NOTE, "search", []))
        self.assert_allowed("manager", "hub.break.glass.wizard", "action_open", wizard)
        row = self.assert_allowed("manager", NOTE, "read", self.note.ids, ["body"])
        self.assertIn(WORD, str(row))
        log = self.env["hub.access.log"].search([])
        self.assertEqual(log.user_id, self.users["manager"])
        message = self.env["mail.message"].search([("body", "like", "grave danger")])
        self.assertIn(self.users["adviser"].partner_id, message.partner_ids)
        self.assertNotIn(self.amina, message.partner_ids)
        self._assert_silent(message.body)

    # ------------------------------------------------------------
    # Cost
    # ------------------------------------------------------------

    def test_many_notes_cost_as_many_queries_as_one(self):
        user = self.users["volunteer"]
        spec = {"lead_id": {"fields": {"display_name": {}}}, "readers_text": {}}

        def cost():
            notes = self.env[NOTE].with_user(user)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = notes.web_search_read([], spec | {"date_start": {}, "body": {}})
            self.env["hub.interview"].with_user(user).search_fetch([]).mapped(
                "note_count"
            )
            return self.env.cr.sql_log_count - before, found["length"]

        cost()
        few, one = cost()
        for _number in range(5):
            self._note(self._interview(), "volunteer")
        many, six = cost()
        self.assertEqual((one, six), (1, 6))
        self.assertLessEqual(many, few)
