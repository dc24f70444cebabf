from datetime import date

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..rpc import RpcCase
from .common import PactFactory


@tagged("post_install", "-at_install")
class TestPactRights(PactFactory, RpcCase):
    """The row "pacts" of the table of rights, cell by cell."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_pacts()
        adviser = cls.users["adviser"]
        cls.mine = cls._create_pact(name="Mine", user_id=adviser.id)
        cls.other = cls._create_pact(name="Other", user_id=cls.users["coordinator"].id)
        cls.current = cls._create_pact(name="Current", user_id=cls.users["manager"].id)
        cls.current.action_to_sign()
        cls.current.party_ids._sign(date(2026, 1, 5), "paper")

    def test_adviser_reads_all_and_writes_what_he_follows(self):
        names = self.assert_allowed(
            "adviser", "hub.pact", "search_read", [], ["name", "checklist"]
        )
        self.assertLessEqual({"Mine", "Other"}, {row["name"] for row in names})
        values = {"next_review_on": "2026-06-01"}
        self.assert_allowed("adviser", "hub.pact", "write", self.mine.ids, values)
        self.assert_refused("adviser", "hub.pact", "write", self.other.ids, values)
        goals = "hub.pact.goal"
        self.assert_allowed(
            "adviser", goals, "write", self.mine.goal_ids.ids, {"name": "x"}
        )
        self.assert_refused(
            "adviser", goals, "write", self.other.goal_ids.ids, {"name": "x"}
        )
        self.assert_refused("adviser", "hub.pact", "unlink", self.mine.ids)

    def test_adviser_follows_a_pact_through_his_project(self):
        project = self.env["crm.lead"].create(
            {
                "name": "Bakery",
                "is_hub_project": True,
                "user_id": self.users["adviser"].id,
            }
        )
        self.other.lead_ids = project
        self.assert_allowed(
            "adviser",
            "hub.pact",
            "write",
            self.other.ids,
            {"next_review_on": "2026-06-01"},
        )

    def test_adviser_sends_to_signature_and_records_signatures(self):
        self.assert_allowed("adviser", "hub.pact", "action_to_sign", self.mine.ids)
        wizard = self.assert_allowed(
            "adviser",
            "hub.pact.sign.wizard",
            "create",
            [{"pact_id": self.mine.id, "signed_on": "2026-01-05"}],
        )
        self.assert_allowed("adviser", "hub.pact.sign.wizard", "action_confirm", wizard)
        self.mine.invalidate_recordset()
        self.assertEqual(self.mine.state, "in_force")

    def test_adviser_does_not_sign_what_another_follows(self):
        self.other.action_to_sign()
        wizard = self.assert_allowed(
            "adviser",
            "hub.pact.sign.wizard",
            "create",
            [{"pact_id": self.other.id, "signed_on": "2026-01-05"}],
        )
        self.assert_refused("adviser", "hub.pact.sign.wizard", "action_confirm", wizard)

    def test_coordinator_and_manager_write_all(self):
        for role in ("coordinator", "manager"):
            self.assert_allowed(
                role,
                "hub.pact",
                "write",
                self.mine.ids,
                {"next_review_on": "2026-06-01"},
            )
            self.assert_allowed(
                role,
                "hub.pact.template",
                "write",
                self._template().ids,
                {"sequence": 1},
            )

    def test_adviser_does_not_configure(self):
        template = self._template().ids
        self.assert_refused(
            "adviser", "hub.pact.template", "write", template, {"sequence": 1}
        )
        self.assert_refused(
            "adviser", "hub.indicator", "write", self.indicator.ids, {"sequence": 1}
        )

    def test_board_reads_which_pacts_are_in_force_and_no_more(self):
        rows = self.assert_allowed(
            "board",
            "hub.pact",
            "search_read",
            [],
            ["name", "party_summary", "date_end"],
        )
        self.assertIn("Current", {row["name"] for row in rows})
        self.assertNotIn("Mine", {row["name"] for row in rows})
        self.assert_hidden("board", "hub.pact", self.mine)
        for name in ("party_ids", "goal_ids", "lead_ids", "diagnosis", "frozen_json"):
            self.assert_refused("board", "hub.pact", "read", self.current.ids, [name])
        self.assert_refused(
            "board", "hub.pact.party", "search_read", [], ["partner_id"]
        )
        values = {"next_review_on": "2026-06-01"}
        self.assert_refused("board", "hub.pact", "write", self.current.ids, values)

    def test_board_does_not_read_the_signed_document(self):
        found = self.assert_allowed(
            "board",
            "ir.attachment",
            "search",
            [("res_model", "=", "hub.pact"), ("res_field", "!=", "x")],
        )
        self.assertNotIn(self.current.frozen_pdf_id.id, found)

    def test_volunteer_reads_the_pact_that_is_his_own(self):
        volunteer = self.users["volunteer"].partner_id
        own = self._create_pact(
            party_ids=[
                Command.create({"partner_id": volunteer.id, "category": "volunteer"})
            ]
        )
        self.assert_allowed(
            "volunteer", "hub.pact", "read", own.ids, ["name", "purpose"]
        )
        self.assert_allowed(
            "volunteer", "hub.pact.goal", "read", own.goal_ids.ids, ["name"]
        )
        self.assert_refused(
            "volunteer", "hub.pact.party", "read", own.party_ids.ids, ["access_token"]
        )
        self.assert_refused("volunteer", "hub.pact", "write", own.ids, {"name": "x"})
        self.assert_hidden("volunteer", "hub.pact", self.mine)
        self.assert_hidden("volunteer", "hub.pact.goal", self.mine.goal_ids)

    def test_the_others_read_nothing(self):
        for role in ("finance", "sales", "employee", "portal"):
            for model in (
                "hub.pact",
                "hub.pact.party",
                "hub.pact.goal",
                "hub.pact.term",
            ):
                self.assert_refused(role, model, "search_read", [], ["id"])

    def test_second_hub_sees_nothing_of_the_first(self):
        second = self.env["res.company"].create({"name": "Second hub"})
        second._hub_setup()
        self.users["manager"].write(
            {"company_ids": [Command.set(second.ids)], "company_id": second.id}
        )
        self.assert_hidden("manager", "hub.pact", self.mine)
        self.assert_hidden("manager", "hub.pact.goal", self.mine.goal_ids)
        self.assert_hidden("manager", "hub.pact.party", self.mine.party_ids)

    @mute_logger("odoo.http")
    def test_text_is_not_changed_over_rpc_after_the_first_signature(self):
        for model, ids, values in (
            ("hub.pact", self.current.ids, {"name": "x"}),
            ("hub.pact", self.current.ids, {"frozen_on": False}),
            ("hub.pact.goal", self.current.goal_ids.ids, {"name": "x"}),
            ("hub.pact.party", self.current.party_ids.ids, {"signed_on": "2020-01-01"}),
        ):
            with self.subTest(model), self.assertRaisesRegex(Exception, "UserError"):
                self.call(
                    "manager",
                    model,
                    "write",
                    ids,
                    values,
                    context={"hub_freezing": True, "hub_signing": True},
                )

    def _template(self):
        return self.env.ref("solidarity_hub.hub_pact_template_contract")
