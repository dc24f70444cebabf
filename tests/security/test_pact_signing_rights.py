from datetime import date

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AttackCase


@tagged("post_install", "-at_install")
class TestPactSigningRights(AttackCase):
    """Signing and what surrounds it, over RPC, as each role; what is refused changes
    nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls._create_pact(name="Mine", user_id=cls.users["adviser"].id)
        cls.theirs = cls._create_pact(name="Theirs", user_id=cls.users["manager"].id)
        (cls.mine | cls.theirs).action_to_sign()
        cls.current = cls._pact_in_force(
            name="Current", user_id=cls.users["manager"].id
        )

    def _wizard(self, role, model, **values):
        [wizard] = self.assert_allowed(
            role, f"hub.pact.{model}.wizard", "create", [values]
        )
        return f"hub.pact.{model}.wizard", [wizard]

    # What an adviser may do with a pact he follows, and not with another's

    def test_an_adviser_asks_and_reminds_for_a_pact_he_follows(self):
        self.assert_allowed("adviser", "hub.pact", "action_send", self.mine.ids)
        model, ids = self._wizard("adviser", "send", pact_id=self.mine.id)
        self.assert_allowed("adviser", model, "action_send", ids)
        self.mine.invalidate_recordset()
        self.assertTrue(all(self.mine.party_ids.mapped("asked_on")))

    def test_an_adviser_does_not_ask_for_the_pact_of_another(self):
        parties = self.theirs.party_ids
        model, ids = self._wizard("adviser", "send", pact_id=self.theirs.id)
        with self.assert_nothing_written(self.theirs, parties):
            self.assert_refused("adviser", model, "action_send", ids)
            for method in (
                "action_remind",
                "action_renew_link",
                "action_ask_again",
                "action_sign_here",
            ):
                ids = parties[:1].ids
                self.assert_refused("adviser", "hub.pact.party", method, ids)

    def test_an_adviser_notes_nothing_on_the_pact_of_another(self):
        party, current = self.theirs.party_ids[0], self.current.party_ids[0]
        attempts = (
            ("refuse", {"party_id": party.id, "reason": "x"}),
            ("leave", {"party_id": current.id, "reason": "x"}),
            (
                "join",
                {
                    "pact_id": self.current.id,
                    "partner_id": self.town.id,
                    "category": "elected",
                },
            ),
        )
        for name, values in attempts:
            model, ids = self._wizard("adviser", name, **values)
            with self.assert_nothing_written(party, current):
                self.assert_refused("adviser", model, "action_confirm", ids)

    def test_parties_of_another_pact_are_not_slipped_in(self):
        for name, method, values in (
            ("send", "action_send", {}),
            ("sign", "action_confirm", {"signed_on": "2026-01-05"}),
        ):
            model, ids = self._wizard(
                "adviser",
                name,
                pact_id=self.mine.id,
                party_ids=[Command.set(self.theirs.party_ids.ids)],
                **values,
            )
            with self.assert_nothing_written(self.theirs, self.theirs.party_ids):
                self.assert_rule("adviser", model, method, ids)

    def test_amending_renewing_and_ending_the_pact_of_another_is_refused(self):
        for method in ("action_amend", "action_renew", "action_end", "action_complete"):
            with self.assert_nothing_written(self.current):
                self.assert_refused("adviser", "hub.pact", method, self.current.ids)

    # Keys and documents

    def test_the_key_of_a_party_is_read_by_nobody_who_could_not_record_it(self):
        party = self.mine.party_ids[0]
        token = party.access_token
        for role in ("adviser", "volunteer", "board", "finance", "portal", "sales"):
            self.assert_refused(
                role, "hub.pact.party", "read", party.ids, ["access_token"]
            )
        [row] = self.assert_allowed(
            "adviser", "hub.pact.party", "read", party.ids, ["signing_url"]
        )
        self.assertIn(token, row["signing_url"])
        [row] = self.assert_allowed(
            "adviser",
            "hub.pact.party",
            "read",
            self.theirs.party_ids[0].ids,
            ["signing_url"],
        )
        self.assertFalse(row["signing_url"])
        found = self.call(
            "coordinator", "hub.pact.party", "search", [("access_token", "=", token)]
        )
        self.assertEqual(found, party.ids)

    def test_documents_are_kept_and_not_made_by_hand(self):
        file = self.current.file_ids[:1]
        attachment = file.attachment_id
        with self.assert_nothing_written(file, attachment):
            for role in ("manager", "coordinator", "adviser"):
                self.assert_rule(
                    role, "hub.pact.file", "write", file.ids, {"file_hash": "0" * 64}
                )
                self.assert_refused(role, "hub.pact.file", "unlink", file.ids)
                self.assert_rule(
                    role,
                    "hub.pact.file",
                    "create",
                    [{"pact_id": self.current.id, "kind": "signed"}],
                )
                self.assert_rule(
                    role, "ir.attachment", "write", attachment.ids, {"raw": "x"}
                )
                self.assert_rule(role, "ir.attachment", "unlink", attachment.ids)
        for role in ("board", "finance", "sales", "portal", "volunteer"):
            self.assert_refused(role, "hub.pact.file", "search_read", [], ["name"])

    # What follows from what people do is not typed in

    def test_what_follows_from_signing_is_not_typed_in(self):
        party, signed = self.mine.party_ids[0], self.current.party_ids[0]
        for record, values in (
            (party, {"signed_on": "2026-01-05"}),
            (party, {"signed_by": "Amina"}),
            (party, {"signed_hash": "0" * 64}),
            (party, {"signature": "iVBORw0KGgo="}),
            (party, {"answer": "yes"}),
            (party, {"joined_on": "2026-01-05"}),
            (party, {"replaces_id": self.mine.party_ids[1].id}),
            (party, {"text_name": "Forged"}),
            (party, {"asked_on": "2026-01-05"}),
            (party, {"to_call": True}),
            (party, {"frozen_hash": "0" * 64}),
            (signed, {"signed_on": False}),
            (signed, {"left_on": "2026-01-06"}),
            (signed, {"left_reason": "Forged"}),
            (signed, {"text_name": "Forged"}),
            (signed, {"voided_signature": False}),
            (signed, {"representative": "Forged"}),
        ):
            for role in ("manager", "adviser"):
                pact = record.pact_id
                if role == "adviser" and pact != self.mine:
                    continue
                with (
                    self.subTest(role=role, values=values),
                    self.assert_nothing_written(record, pact),
                ):
                    self.assert_rule(
                        role, "hub.pact.party", "write", record.ids, values
                    )

    def test_the_key_is_not_chosen_by_who_wants_to_sign_for_somebody(self):
        party = self.mine.party_ids[0]
        values = {"access_token": "00000000-0000-4000-8000-000000000000"}
        with self.assert_nothing_written(party):
            self.assert_refused("adviser", "hub.pact.party", "write", party.ids, values)
            self.assert_rule("manager", "hub.pact.party", "write", party.ids, values)

    def test_what_the_pact_keeps_is_not_typed_in(self):
        for values in (
            {"signed_pdf_id": False},
            {"printed_hash": "0" * 64},
            {"renewal_asked_on": "2026-01-01"},
            {"in_force_from": "2020-01-01"},
            {"version": 9},
            {"parent_id": self.mine.id},
            {"frozen_json": "{}"},
        ):
            with self.subTest(values), self.assert_nothing_written(self.current):
                self.assert_rule(
                    "manager", "hub.pact", "write", self.current.ids, values
                )

    def test_import_signs_for_nobody_and_changes_no_closed_text(self):
        records = {
            "test.party": self.mine.party_ids[0],
            "test.signed": self.current.party_ids[0],
            "test.goal": self.current.goal_ids,
            "test.deed": self.current.commitment_ids,
            "test.meeting": self.current,
        }
        for xml_id, record in records.items():
            module, name = xml_id.split(".")
            self.env["ir.model.data"].create(
                {
                    "module": module,
                    "name": name,
                    "model": record._name,
                    "res_id": record.id,
                }
            )
        for model, names, row in (
            ("hub.pact.party", ["id", "answer"], ["test.party", "Yes"]),
            ("hub.pact.party", ["id", "signed_on"], ["test.party", "2026-01-05"]),
            ("hub.pact.party", ["id", "left_on"], ["test.signed", "2026-01-06"]),
            ("hub.pact.party", ["id", "representative"], ["test.signed", "Forged"]),
            ("hub.pact.goal", ["id", "name"], ["test.goal", "Forged"]),
            ("hub.pact.commitment", ["id", "name"], ["test.deed", "Forged"]),
            ("hub.pact", ["id", "clauses"], ["test.meeting", "Forged"]),
            ("hub.pact", ["id", "goal_ids/name"], ["test.meeting", "Forged"]),
        ):
            with (
                self.subTest(names=names, row=row),
                self.assert_nothing_written(*records.values()),
            ):
                result = self.call("manager", model, "load", names, [row])
                self.assertTrue(result["messages"])
                self.assertFalse(result["ids"])

    # Coming into force

    def test_nothing_brings_a_pact_into_force_too_early(self):
        one_kind = self._create_pact(user_id=self.users["adviser"].id)
        one_kind.action_to_sign()
        third = self.env["hub.pact.party"].create(
            {
                "pact_id": one_kind.id,
                "partner_id": self.town.id,
                "category": "concerned",
            }
        )
        self._party(one_kind, "concerned")._sign(date(2026, 1, 5), "paper")
        self.assertTrue(third.signed_on, "two signatures, one kind")
        one = self._create_pact(user_id=self.users["adviser"].id)
        one.action_to_sign()
        self._party(one, "volunteer")._sign(date(2026, 1, 5), "paper")
        unsigned = self.mine
        for pact in (one_kind, one, unsigned):
            with self.assert_nothing_written(pact, pact.party_ids):
                for method, args in (
                    ("action_in_force", []),
                    ("write", [{"state": "in_force"}]),
                ):
                    self.assert_rule("adviser", "hub.pact", method, pact.ids, *args)

    @mute_logger("odoo.http")
    def test_a_text_that_lost_a_section_is_not_signed(self):
        self.mine.goal_ids.unlink()
        model, ids = self._wizard(
            "adviser", "sign", pact_id=self.mine.id, signed_on="2026-01-05"
        )
        with self.assert_nothing_written(self.mine, self.mine.party_ids):
            self.assert_rule("adviser", model, "action_confirm", ids)
        self.assertFalse(self.mine.frozen_on)

    def test_nobody_signs_twice_nor_after_a_refusal_over_rpc(self):
        first, second = self.mine.party_ids
        first._sign(date(2026, 1, 5), "paper")
        second._decline("phone", "No")
        for party in (first, second):
            model, ids = self._wizard(
                "adviser",
                "sign",
                pact_id=self.mine.id,
                signed_on="2026-01-05",
                party_ids=[Command.set(party.ids)],
            )
            with self.assert_nothing_written(self.mine, self.mine.party_ids):
                self.assert_rule("adviser", model, "action_confirm", ids)

    def test_whoever_is_no_adviser_reaches_none_of_the_buttons(self):
        for role in ("volunteer", "board", "finance", "sales", "portal", "employee"):
            for model, ids, methods in (
                (
                    "hub.pact",
                    self.current.ids,
                    (
                        "action_amend",
                        "action_renew",
                        "action_end",
                        "action_remind",
                    ),
                ),
                (
                    "hub.pact.party",
                    self.mine.party_ids.ids,
                    ("action_remind", "action_renew_link", "action_ask_again"),
                ),
                (
                    "hub.pact.commitment",
                    self.current.commitment_ids.ids,
                    ("action_done",),
                ),
            ):
                for method in methods:
                    with (
                        self.subTest(role=role, method=method),
                        self.assert_nothing_written(self.current),
                    ):
                        self.assert_refused(role, model, method, ids)
