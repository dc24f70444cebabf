from odoo.tests import tagged

from ..rpc import RpcCase
from .charter import CharterMixin

TEAM = ("adviser", "coordinator", "manager")
OTHERS = ("volunteer", "board", "finance", "sales", "employee", "portal")


@tagged("post_install", "-at_install")
class TestCharterRights(CharterMixin, RpcCase):
    """Who asks, who notes answers, who sees whom: over RPC, as each role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_charter()
        cls.signature = cls._ask(cls.bernard)
        cls.env.flush_all()
        cls.row = cls.people_rows.search([("partner_id", "=", cls.bernard.id)])

    def _wizard(self, role, model, vals):
        [wizard] = self.assert_allowed(role, model, "create", [vals])
        return wizard

    def test_the_team_asks_and_notes_and_nobody_else_does(self):
        for role in TEAM:
            person = self.env["res.partner"].create({"name": f"Asked by {role}"})
            model = "hub.charter.ask.wizard"
            vals = {"partner_ids": [(6, 0, person.ids)]}
            wizard = self._wizard(role, model, vals)
            self.assert_allowed(role, model, "action_ask", wizard)
            self.env.invalidate_all()
            self.assertEqual(person.hub_signature_ids.asked_by_id, self.users[role])
            model = "hub.charter.answer.wizard"
            wizard = self._wizard(role, model, {"partner_id": person.id})
            self.assert_allowed(role, model, "action_save", wizard)
            self.env.invalidate_all()
            self.assertEqual(person.hub_signature_ids.recorded_by_id, self.users[role])
        for role in OTHERS:
            for model, vals in (
                ("hub.charter.ask.wizard", {"partner_ids": [(6, 0, self.luc.ids)]}),
                ("hub.charter.answer.wizard", {"partner_id": self.luc.id}),
                ("hub.charter.paper.wizard", {"partner_ids": [(6, 0, self.luc.ids)]}),
            ):
                self.assert_refused(role, model, "create", [vals])

    def test_the_list_of_who_has_signed_is_for_the_team(self):
        model = "hub.charter.person"
        for role in TEAM:
            [row] = self.assert_allowed(
                role, model, "read", self.row.ids, ["phone", "state"]
            )
            self.assertEqual(
                (row["phone"], row["state"]), ("06 00 00 00 01", "waiting")
            )
        for role in OTHERS:
            self.assert_refused(role, model, "search_read", [], ["state"])
            for method in ("action_ask", "action_remind", "action_print"):
                self.assert_refused(role, model, method, self.row.ids)

    def test_the_link_is_for_coordinators(self):
        for role in ("adviser", *OTHERS):
            for model, record, name in (
                ("hub.charter.person", self.row, "sign_url"),
                ("hub.charter.signature", self.signature, "sign_url"),
                ("hub.charter.signature", self.signature, "access_token"),
            ):
                self.assert_refused(role, model, "read", record.ids, [name])
        [row] = self.assert_allowed(
            "coordinator", "hub.charter.person", "read", self.row.ids, ["sign_url"]
        )
        self.assertIn(self.signature.access_token, row["sign_url"])

    def test_a_person_reads_the_own_answer_and_no_other(self):
        me = self.users["portal"].partner_id
        mine = self._ask(me)
        for fields in (["answer"], ["asked_on"]):
            self.assert_allowed(
                "portal", "hub.charter.signature", "read", mine.ids, fields
            )
        self.assert_hidden("portal", "hub.charter.signature", self.signature)
        for name in ("access_token", "former_answers", "activity_id", "asked_by_id"):
            self.assert_refused(
                "portal", "hub.charter.signature", "read", mine.ids, [name]
            )
        for method in ("action_remind", "action_cancel_answer", "unlink"):
            self.assert_refused("portal", "hub.charter.signature", method, mine.ids)

    def test_who_refused_is_no_reading_for_the_rest_of_the_house(self):
        self.signature._answer("no", "phone", reason="Zanzibar")
        self._ask(self.bernard)
        self._ask(self.luc)
        for role in ("sales", "employee", "board", "volunteer"):
            messages = self.call(
                role, "mail.message", "search_read", [("body", "ilike", "Zanzibar")]
            )
            self.assertFalse(messages, role)
            activities = self.call(
                role,
                "mail.activity",
                "search_read",
                [("res_model", "=", "hub.charter.signature")],
                ["summary"],
            )
            self.assertFalse(activities, role)

    def test_a_text_that_was_published_is_not_changed_by_an_import(self):
        self.charter._get_external_ids()
        self.env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": "the_charter",
                "model": "hub.charter",
                "res_id": self.charter.id,
            }
        )
        for vals in ({"body": "<p>Other</p>"}, {"rules": "<p>Other</p>"}):
            name, value = next(iter(vals.items()))
            result = self.call(
                "manager",
                "hub.charter",
                "load",
                ["id", name],
                [["__import__.the_charter", value]],
            )
            self.assertFalse(result["ids"])
            self.assertIn("is published", result["messages"][0]["message"])
        self.env.invalidate_all()
        self.assertIn("What is said here", self.charter.body)
