from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..rpc import RpcCase
from .common import PairingMixin


@tagged("post_install", "-at_install")
class TestPairingRights(PairingMixin, RpcCase):
    """The pairing row of the table of rights, cell by cell, over RPC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_pairing()
        cls.me = cls.users["volunteer"].partner_id
        cls.env["hub.role"].create(
            {
                "partner_id": cls.me.id,
                "kind": "volunteer",
                "date_start": "2020-01-01",
                "trained_on": "2020-01-01",
            }
        )
        cls.own = cls._pair(cls.me)
        cls.other = cls._pair(cls.bernard)

    def test_volunteers_read_and_answer_their_own(self):
        found = self.assert_allowed("volunteer", "hub.pairing", "search", [])
        self.assertEqual(found, self.own.ids)
        self.assert_refused(
            "volunteer", "hub.pairing", "read", self.other.ids, ["state"]
        )
        self.assert_refused(
            "volunteer", "hub.pairing", "write", self.own.ids, {"rhythm": "x"}
        )
        self.assert_refused("volunteer", "hub.pairing", "action_accept", self.other.ids)
        self.assert_refused("volunteer", "hub.pairing", "unlink", self.own.ids)
        self.assert_allowed("volunteer", "hub.pairing", "action_accept", self.own.ids)
        self.assertEqual(self.own.state, "accepted")

    def test_volunteers_read_the_project_from_their_yes_on(self):
        lead = [("id", "=", self.project.id)]
        self.assertFalse(self.assert_allowed("volunteer", "crm.lead", "search", lead))
        self.own.action_accept(channel="phone")
        self.assertTrue(self.assert_allowed("volunteer", "crm.lead", "search", lead))
        self.own.action_end(reason="Moved")
        self.assertFalse(self.assert_allowed("volunteer", "crm.lead", "search", lead))

    def test_volunteers_read_no_name_before_their_yes(self):
        self.project.name = "Project of Amina"
        self.assert_refused(
            "volunteer", "hub.pairing", "read", self.own.ids, ["lead_id"]
        )
        names = ["title", "display_name"]
        row = self.assert_allowed(
            "volunteer", "hub.pairing", "read", self.own.ids, names
        )
        self.assertNotIn("Amina", str(row))
        self.own.action_accept(channel="phone")
        row = self.assert_allowed(
            "volunteer", "hub.pairing", "read", self.own.ids, names
        )
        self.assertIn("Amina", str(row))

    def test_volunteers_open_their_screens(self):
        views = [(False, "list"), (False, "form"), (False, "kanban"), (False, "search")]
        found = self.assert_allowed("volunteer", "hub.pairing", "get_views", views)
        fields = found["models"]["hub.pairing"]["fields"]
        self.assertNotIn("lead_id", fields)
        self.assert_allowed(
            "volunteer",
            "hub.pairing",
            "web_search_read",
            [],
            {name: {} for name in fields},
        )

    @mute_logger("odoo.http")
    def test_nobody_but_coordinators_reads_the_links(self):
        for role in ("volunteer", "adviser"):
            self.assert_refused(
                role, "hub.pairing", "read", self.own.ids, ["access_token"]
            )
            self.assert_refused(
                role, "hub.pairing", "read", self.own.ids, ["holder_token"]
            )
        row = self.assert_allowed(
            "coordinator", "hub.pairing", "read", self.own.ids, ["volunteer_url"]
        )
        self.assertIn(self.own.access_token, row[0]["volunteer_url"])

    def test_reminding_and_asking_the_next_is_for_coordinators(self):
        self.own.action_send()
        self.other.action_decline(channel="phone")
        rows = [
            ("hub.pairing", "action_remind", self.own),
            ("hub.pairing", "action_ask_next", self.other),
            ("hub.pairing", "action_choose_next", self.other),
            ("crm.lead", "action_hub_ask_next", self.project),
        ]
        for role in ("adviser", "volunteer", "board", "finance", "sales", "portal"):
            for model, method, record in rows:
                self.assert_refused(role, model, method, record.ids)

    def test_volunteers_read_nothing_of_what_is_done_about_the_holder(self):
        self.own.action_accept(channel="phone")
        for name in (
            "holder_asked_on",
            "holder_to_call",
            "holder_contact_id",
            "next_words",
            "freed_text",
        ):
            self.assert_refused(
                "volunteer", "hub.pairing", "read", self.own.ids, [name]
            )

    def test_declined_people_are_not_proposed_again_over_rpc(self):
        self.other.action_decline(channel="phone")
        vals = {"lead_id": self.project.id, "volunteer_id": self.bernard.id}
        with self.assertRaises(JsonRpcException) as caught, mute_logger("odoo.http"):
            self.call("coordinator", "hub.pairing", "create", [vals])
        self.assertEqual(str(caught.exception), "odoo.exceptions.ValidationError")
        for sent in ({"state": "sent"}, {"volunteer_asked_on": "2020-01-01"}):
            with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
                self.call("coordinator", "hub.pairing", "write", self.other.ids, sent)
        self.assertEqual(self.other.state, "declined")

    def test_advisers_read_all_and_write_nothing(self):
        self.assert_allowed("adviser", "hub.pairing", "read", self.own.ids)
        self.assert_refused(
            "adviser", "hub.pairing", "write", self.own.ids, {"rhythm": "x"}
        )
        self.assert_refused("adviser", "hub.pairing", "create", [{}])
        self.assert_refused(
            "adviser", "hub.pairing", "action_end", self.own.ids, reason="x"
        )
        self.assert_refused(
            "adviser", "hub.pairing", "action_activate", self.own.ids, channel="phone"
        )
        self.assert_refused("adviser", "crm.lead", "action_hub_pair", self.project.ids)
        self.assert_refused("adviser", "hub.pairing", "action_send", self.own.ids)

    def test_coordinators_and_managers_write(self):
        for role, rhythm in (("coordinator", "a"), ("manager", "b")):
            self.assert_allowed(
                role, "hub.pairing", "write", self.own.ids, {"rhythm": rhythm}
            )
            self.assertEqual(self.own.rhythm, rhythm)
        self.assert_allowed("coordinator", "hub.pairing", "action_send", self.own.ids)
        self.assert_allowed(
            "coordinator",
            "hub.pairing",
            "action_activate",
            self.own.ids,
            channel="phone",
        )
        self.own.invalidate_recordset()
        self.assertEqual(self.own.state, "active")

    def test_everybody_else_sees_nothing(self):
        for role in ("board", "finance", "sales", "employee", "portal"):
            self.assert_refused(role, "hub.pairing", "search", [])
            self.assert_refused(role, "hub.pairing", "read", self.own.ids, ["state"])
            self.assert_refused(role, "hub.pairing", "action_accept", self.own.ids)
            self.assert_refused(role, "hub.pairing.wizard", "create", [{}])

    def test_loads_are_for_the_team_only(self):
        self.assert_allowed("adviser", "res.partner", "read", self.me.ids, ["hub_load"])
        for role in ("sales", "employee", "board", "volunteer"):
            self.assert_refused(role, "res.partner", "read", self.me.ids, ["hub_load"])

    def test_another_hub_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Other hub"})
        company._hub_setup()
        self.users["coordinator"].write(
            {"company_ids": [(6, 0, company.ids)], "company_id": company.id}
        )
        self.assert_hidden("coordinator", "hub.pairing", self.own)
