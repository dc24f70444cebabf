from datetime import date

from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..rpc import RpcCase
from .common import FullHubMixin

WORD = "Secretword"
OUTSIDERS = ("sales", "employee", "finance", "board", "portal")


@tagged("post_install", "-at_install")
class TestLeaks(FullHubMixin, RpcCase):
    """What a person told reaches nobody by a side door, over RPC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.someone = cls.env["res.partner"].create({"name": f"{WORD} volunteer"})
        cls.found = cls._fill_hub(cls.company, cls.someone)
        cls.lead, cls.pact = cls.found["crm.lead"], cls.found["hub.pact"]
        cls.pact.action_draft()
        cls.pact.action_to_sign()
        cls.pact.party_ids._sign(date.today(), "paper")
        cls.lead.message_post(body=f"{WORD} message", message_type="comment")
        cls.lead.activity_schedule(
            "mail.mail_activity_data_meeting",
            summary=f"{WORD} activity",
            user_id=cls.users["manager"].id,
        )
        cls.env["ir.attachment"].create(
            {
                "name": f"{WORD}.txt",
                "raw": WORD.encode(),
                "res_model": "crm.lead",
                "res_id": cls.lead.id,
            }
        )

    def _try(self, role, model, method, *args, **kwargs):
        """What the role gets, or nothing when it is refused."""
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_model"):
            try:
                return self.call(role, model, method, *args, **kwargs)
            except JsonRpcException:
                return None

    def test_no_outsider_finds_a_project_by_any_method(self):
        domain = [("id", "=", self.lead.id)]
        for role in OUTSIDERS:
            for method, args, kwargs in (
                ("search_read", [domain], {"fields": ["name"]}),
                ("search", [domain], {}),
                ("name_search", [WORD], {}),
                ("web_search_read", [domain, {"name": {}}], {}),
                ("formatted_read_group", [domain, ["name"], ["__count"]], {}),
                ("search_count", [domain], {}),
            ):
                with self.subTest(role=role, method=method):
                    result = self._try(role, "crm.lead", method, *args, **kwargs)
                    found = result and (
                        not isinstance(result, dict) or result["records"]
                    )
                    self.assertFalse(found)
            for method, args in (
                ("read", [["name"]]),
                ("web_read", [{"name": {}}]),
                ("export_data", [["name"]]),
                ("write", [{"name": "x"}]),
                ("unlink", []),
                ("message_post", []),
                ("copy", []),
                ("action_hub_close", []),
                ("action_hub_write_contract", []),
                ("get_formview_action", []),
            ):
                with self.subTest(role=role, method=method):
                    result = self._try(role, "crm.lead", method, self.lead.ids, *args)
                    self.assertNotIn(WORD, str(result))
        self.assertEqual(self.lead.name, f"{WORD} project")

    def test_what_a_project_writes_is_for_those_who_see_it(self):
        for role in OUTSIDERS:
            for model, column, names in (
                ("mail.message", "model", ["body", "record_name", "subject"]),
                ("mail.activity", "res_model", ["summary", "res_name", "note"]),
                ("ir.attachment", "res_model", ["name"]),
            ):
                for thing in ("crm.lead", "hub.pact", "hub.role", "hub.pairing"):
                    with self.subTest(role=role, model=model, thing=thing):
                        rows = self._try(
                            role,
                            model,
                            "search_read",
                            [(column, "=", thing), ("res_id", "!=", False)],
                            names,
                        )
                        self.assertNotIn(WORD, str(rows))

    def test_the_board_reads_no_message_of_a_pact(self):
        ids = self.pact.message_ids.ids
        self.assertTrue(ids)
        for method, args in (("read", [["body"]]), ("message_format", [])):
            rows = self._try("board", "mail.message", method, ids, *args)
            self.assertNotIn(f"{WORD} holder", str(rows))
        rows = self._try("board", "hub.pact", "read", self.pact.ids, ["message_ids"])
        self.assertFalse(rows and rows[0].get("message_ids"))

    def test_the_board_reads_no_name_of_a_project(self):
        for model in ("hub.pact", "hub.diagnosis", "hub.diagnosis.line", "hub.need"):
            names = self._try("board", model, "fields_get", [], ["type"]) or {}
            for name in names:
                with self.subTest(model=model, field=name):
                    rows = self._try("board", model, "search_read", [], [name])
                    self.assertNotIn(f"{WORD} project", str(rows))
                    self.assertNotIn(f"{WORD} holder", str(rows))

    def test_the_board_prints_no_pact(self):
        self.authenticate("hub_board", "hub_board")
        reports = ("local_pact", "accompaniment_contract", "evaluation_terms")
        for report in (*reports, "amendment"):
            for kind in ("html", "pdf"):
                with mute_logger("odoo.http"):
                    answer = self.url_open(
                        f"/report/{kind}/solidarity_hub.report_{report}/{self.pact.id}"
                    )
                self.assertNotEqual(answer.status_code, 200, f"{report} {kind}")
                self.assertNotIn(f"{WORD} holder", answer.text)

    def test_no_outsider_prints_anything(self):
        for role in ("sales", "employee", "finance", "portal"):
            login = self.users[role].login
            self.authenticate(login, login + "x" * (8 - len(login)))
            for report, record in (
                ("local_pact", self.pact),
                ("amendment", self.pact),
                ("joining_slip", self.pact.party_ids[0]),
            ):
                with mute_logger("odoo.http"):
                    answer = self.url_open(
                        f"/report/html/solidarity_hub.report_{report}/{record.id}"
                    )
                self.assertNotIn(WORD, answer.text, f"{role} {report}")

    def test_followers_of_people_of_the_hub_are_not_listed(self):
        self.pact.message_subscribe(self.someone.ids)
        self.found["hub.role"].message_subscribe(self.someone.ids)
        for role in ("sales", "employee", "finance"):
            rows = self._try(
                role,
                "mail.followers",
                "search_read",
                [("res_model", "=like", "hub.%")],
                ["partner_id"],
            )
            self.assertFalse(rows, role)

    def test_an_appointment_never_names_a_project(self):
        event = self.env["calendar.event"].create(
            {
                "name": "Busy",
                "start": "2026-03-02 10:00:00",
                "stop": "2026-03-02 11:00:00",
            }
        )
        event.opportunity_id = self.lead
        self.assertFalse(event.opportunity_id)
        rows = self._try(
            "employee", "calendar.event", "read", event.ids, ["opportunity_id"]
        )
        self.assertNotIn(WORD, str(rows))

    def test_an_appointment_for_a_task_does_not_take_the_name_of_the_project(self):
        activity = self.lead.activity_ids[:1]
        action = self.call(
            "manager", "mail.activity", "action_create_calendar_event", activity.ids
        )
        self.assertNotIn(WORD, str(action["context"].get("default_name")))
        event = self.env["calendar.event"].create(
            {
                "name": "Appointment",
                "start": "2026-03-02 10:00:00",
                "stop": "2026-03-02 11:00:00",
                "res_model_id": self.env["ir.model"]._get("crm.lead").id,
                "res_id": self.lead.id,
                "activity_ids": [(6, 0, activity.ids)],
            }
        )
        rows = self._try(
            "employee", "calendar.event", "search_read", [("id", "=", event.id)]
        )
        self.assertNotIn(WORD, str(rows))

    def test_nobody_asked_learns_who_carries_the_project_before_the_yes(self):
        me = self.users["volunteer"].partner_id
        self.env["hub.role"].create(
            {"partner_id": me.id, "kind": "volunteer", "trained_on": "2020-01-01"}
        )
        pairing = self.env["hub.pairing"].create(
            {
                "lead_id": self.lead.id,
                "volunteer_id": me.id,
                "override_reason": "Charter comes with the first meeting",
            }
        )
        pairing.action_send()
        spec = {
            "lead_id": {
                "fields": {
                    "partner_id": {"fields": {"display_name": {}}},
                    "email_from": {},
                    "hub_holder_ids": {},
                }
            }
        }
        for method, args in (
            ("web_read", [pairing.ids, spec]),
            ("web_search_read", [[], spec]),
            ("formatted_read_group", [[], ["lead_id.partner_id"], ["__count"]]),
            ("search_read", [[], ["lead_id", "message_ids"]]),
            ("export_data", [pairing.ids, ["lead_id/partner_id/name"]]),
        ):
            with self.subTest(method):
                rows = self._try("volunteer", "hub.pairing", method, *args)
                self.assertNotIn(f"{WORD} holder", str(rows))
        for domain in (
            [("lead_id.partner_id.name", "ilike", WORD)],
            [("lead_id.hub_holder_ids.partner_id.name", "ilike", WORD)],
            [("lead_id.description", "ilike", WORD)],
        ):
            with self.subTest(domain=domain):
                self.assertFalse(
                    self._try("volunteer", "hub.pairing", "search", domain)
                )

    def test_sensitive_answers_are_not_guessed_by_searching(self):
        self.found["hub.situation"].disability = "yes"
        for role in ("volunteer", *OUTSIDERS):
            for model, path in (
                ("crm.lead", "hub_holder_ids.situation_ids.disability"),
                ("hub.project.holder", "situation_ids.disability"),
                ("res.partner", "hub_holder_ids.situation_ids.disability"),
                ("res.partner", "hub_role_ids.kind"),
                ("res.partner", "hub_pairing_ids.state"),
                ("res.users", "hub_birth_year"),
                ("res.users", "partner_id.hub_gender"),
            ):
                with self.subTest(role=role, path=path):
                    found = self._try(role, model, "search", [(path, "!=", False)])
                    self.assertFalse(found)

    def test_every_field_of_the_hub_on_a_contact_is_for_advisers(self):
        for model in ("res.partner", "res.users"):
            for name, field in self.env[model]._fields.items():
                if name.startswith("hub_"):
                    self.assertIn("group_hub_adviser", field.groups or "", name)
        for role in ("sales", "employee", "portal"):
            names = self._try(role, "res.partner", "fields_get", [], ["type"]) or {}
            self.assertFalse([name for name in names if name.startswith("hub_")])

    def test_a_salesperson_works_as_before(self):
        """Also whole-record calls, which read fields that the addon added."""
        [lead] = self.assert_allowed(
            "sales", "crm.lead", "create", [{"name": "Sale", "type": "opportunity"}]
        )
        row = self.assert_allowed("sales", "crm.lead", "read", [lead])[0]
        self.assertEqual(row["name"], "Sale")
        self.assert_allowed("sales", "crm.lead", "search_read", [("id", "=", lead)])
        self.assert_allowed("sales", "crm.lead", "copy", [lead])
        self.assert_allowed("sales", "crm.lead", "action_set_lost", [lead])
        self.assert_allowed("sales", "crm.lead", "action_unarchive", [lead])
        self.assert_allowed("sales", "crm.lead", "action_set_won_rainbowman", [lead])
        [partner] = self.env["res.partner"].create({"name": "Customer"}).ids
        names = ["name", "opportunity_count", "opportunity_ids", "meeting_count"]
        rows = self.assert_allowed("sales", "res.partner", "read", [partner], names)
        self.assertEqual(rows[0]["opportunity_count"], 0)
        self.assert_allowed("sales", "crm.stage", "search_read", [])
        self.assert_allowed("sales", "crm.team", "search_read", [])
        self.assert_allowed("sales", "crm.activity.report", "search_read", [])
        self.assert_allowed("employee", "res.partner", "read", [partner], ["name"])
        self.assert_allowed("employee", "calendar.event", "search_read", [])
