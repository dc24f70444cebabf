from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from .common import AttackCase


@tagged("post_install", "-at_install")
class TestAnswersByHand(AttackCase):
    """Answers, states and frozen texts are never typed in over RPC."""

    def _pact_to_sign(self, **values):
        pact = self._create_pact(**values)
        pact.action_to_sign()
        return pact

    # Pairs

    def test_a_pair_is_not_created_active(self):
        vals = {"lead_id": self.project.id, "volunteer_id": self.me.id}
        agreed = {"volunteer_answer": "yes", "holder_answer": "yes"}
        for more in (
            {"state": "active", **agreed},
            {"state": "accepted", "volunteer_answer": "yes"},
            {"volunteer_recorded_by_id": self.users["manager"].id},
        ):
            with self.subTest(more), self.assert_nothing_written():
                for role in ("coordinator", "manager"):
                    self.assert_rule(role, "hub.pairing", "create", [{**vals, **more}])

    def test_the_answers_of_a_pair_are_not_typed_in(self):
        pairing = self._pair(self.me)
        agreed = {"volunteer_answer": "yes", "holder_answer": "yes"}
        for vals in (
            {"state": "active", **agreed},
            {"state": "accepted", "volunteer_answer": "yes"},
            {"volunteer_answer": "no"},
            {"holder_answered_on": "2020-01-01 00:00:00"},
            {"volunteer_answer_channel": "portal"},
            {"holder_recorded_by_id": self.users["manager"].id},
            {"state": "declined"},
            {"state": "ended"},
            {"slot": 2},
        ):
            with self.subTest(vals), self.assert_nothing_written(pairing):
                for role in ("coordinator", "manager"):
                    self.assert_rule(role, "hub.pairing", "write", pairing.ids, vals)

    def test_an_import_does_not_make_a_pair_active(self):
        result = self.assert_allowed(
            "coordinator",
            "hub.pairing",
            "load",
            ["lead_id/.id", "volunteer_id/.id", "state", "volunteer_answer"],
            [[str(self.project.id), str(self.me.id), "accepted", "yes"]],
        )
        self.assertFalse(result["ids"])
        self.assertFalse(
            self.env["hub.pairing"].search([("volunteer_id", "=", self.me.id)])
        )

    def test_an_expert_does_not_become_a_third_of_the_pair(self):
        self._pair(self.volunteer_b)
        self._pair(self.chloe)
        expert = self._pair(self.denis, role="expert")
        with self.assert_nothing_written(expert):
            self.assert_rule(
                "coordinator", "hub.pairing", "write", expert.ids, {"role": "pair"}
            )

    def test_an_expert_who_joins_the_pair_takes_a_free_place(self):
        self._pair(self.volunteer_b)
        expert = self._pair(self.denis, role="expert")
        self.assert_allowed(
            "coordinator", "hub.pairing", "write", expert.ids, {"role": "pair"}
        )
        self.env.invalidate_all()
        self.assertEqual(expert.slot, 2)

    def test_the_buttons_still_note_answers(self):
        pairing = self._pair(self.me)
        self.assert_allowed("coordinator", "hub.pairing", "action_send", pairing.ids)
        self.assert_allowed(
            "coordinator", "hub.pairing", "action_accept", pairing.ids, channel="phone"
        )
        self.assert_allowed(
            "manager",
            "hub.pairing",
            "action_holder_accept",
            pairing.ids,
            channel="in_person",
        )
        self.env.invalidate_all()
        self.assertEqual(pairing.state, "active")
        self.assertEqual(pairing.volunteer_recorded_by_id, self.users["coordinator"])
        self.assert_allowed(
            "coordinator", "hub.pairing", "action_end", pairing.ids, reason="Done"
        )

    # Charter

    def test_a_charter_is_not_signed_by_typing(self):
        charter = self.env["hub.charter"].create({"body": "<p>Text</p>"})
        charter.action_publish()
        signature = self.env["hub.charter.signature"].create(
            {"charter_id": charter.id, "partner_id": self.volunteer_b.id}
        )
        new = {"charter_id": charter.id, "partner_id": self.chloe.id}
        for vals in (
            {"answer": "yes", "answer_channel": "portal"},
            {"answered_on": "2020-01-01 00:00:00"},
            {"recorded_by_id": self.users["manager"].id},
        ):
            for role in ("adviser", "coordinator"):
                model = "hub.charter.signature"
                with self.subTest(vals), self.assert_nothing_written(signature):
                    self.assert_rule(role, model, "write", signature.ids, vals)
                    self.assert_rule(role, model, "create", [{**new, **vals}])

    def test_paper_signatures_are_noted_by_the_wizard(self):
        charter = self.env["hub.charter"].create({"body": "<p>Text</p>"})
        charter.action_publish()
        wizard = self.assert_allowed(
            "adviser",
            "hub.charter.paper.wizard",
            "create",
            [{"charter_id": charter.id, "partner_ids": [(6, 0, self.chloe.ids)]}],
        )
        self.assert_allowed(
            "adviser", "hub.charter.paper.wizard", "action_sign", wizard
        )
        self.assertEqual(charter.signature_ids.recorded_by_id, self.users["adviser"])

    def test_a_published_charter_is_not_opened_again(self):
        charter = self.env["hub.charter"].create({"body": "<p>Text</p>"})
        charter.action_publish()
        for vals in ({"published_on": False}, {"published_on": "2020-01-01"}):
            with self.assert_nothing_written(charter):
                self.assert_rule("manager", "hub.charter", "write", charter.ids, vals)

    # Diagnosis

    def test_a_shared_diagnosis_is_not_opened_again(self):
        diagnosis = self.env["hub.diagnosis"].create(
            {"name": "Valley", "line_ids": [Command.create({"name": "A mill"})]}
        )
        diagnosis.action_share()
        with self.assert_nothing_written(diagnosis):
            self.assert_rule(
                "manager", "hub.diagnosis", "write", diagnosis.ids, {"state": "draft"}
            )

    # Pacts

    def test_a_pact_is_not_created_in_force(self):
        vals = {"name": "P", "form": "local_pact", "lang": "en_US"}
        for more in (
            {"parent_id": self._create_pact().id},
            {"in_force_from": "2026-01-01"},
            {"closed_on": "2026-01-01", "close_reason": "ended"},
        ):
            with self.subTest(more), self.assert_nothing_written():
                self.assert_rule("manager", "hub.pact", "create", [{**vals, **more}])
        for state in ("in_force", "to_sign", "closed"):
            [new] = self.assert_allowed(
                "manager", "hub.pact", "create", [{**vals, "state": state}]
            )
            self.assertEqual(self.env["hub.pact"].browse(new).state, "concertation")

    def test_what_says_that_a_pact_is_in_force_is_not_typed_in(self):
        pact = self._pact_to_sign()
        for vals in (
            {"in_force_from": "2026-01-01"},
            {"closed_on": "2026-01-01"},
            {"close_reason": "completed"},
            {"number": "P1"},
            {"version": 7},
            {"printed_on": "2020-01-01"},
            {"frozen_on": "2020-01-01 00:00:00"},
            {"frozen_hash": "0" * 64},
            {"frozen_json": "{}"},
        ):
            with self.subTest(vals), self.assert_nothing_written(pact):
                self.assert_rule("manager", "hub.pact", "write", pact.ids, vals)

    def test_in_force_by_hand_obeys_the_rules_and_is_dated(self):
        pact = self._pact_to_sign()
        with self.assert_nothing_written(pact):
            self.assert_rule(
                "manager", "hub.pact", "write", pact.ids, {"state": "in_force"}
            )
        for party in pact.party_ids[:2]:
            party._sign(date(2026, 1, 5), "paper")
        self.assertEqual(pact.state, "in_force")
        other = self._pact_to_sign(
            party_ids=[
                Command.create({"partner_id": partner.id, "category": category})
                for partner, category in (
                    (self.amina, "concerned"),
                    (self.bernard, "volunteer"),
                    (self.town, "institution"),
                )
            ]
        )
        other.party_ids[:2]._sign(date(2026, 1, 5), "paper")
        self.assert_allowed(
            "manager", "hub.pact", "write", other.ids, {"state": "in_force"}
        )
        self.env.invalidate_all()
        self.assertEqual(other.in_force_from, date(2026, 1, 5))

    def test_a_pact_is_closed_with_its_day(self):
        pact = self._pact_to_sign()
        pact.party_ids._sign(date(2026, 1, 5), "paper")
        self.assert_allowed(
            "manager", "hub.pact", "write", pact.ids, {"state": "closed"}
        )
        self.env.invalidate_all()
        self.assertTrue(pact.closed_on)

    def test_the_concertation_of_a_signed_pact_stays(self):
        meeting = {"date": "2026-01-02", "place": "Town hall", "agreed": "Yes"}
        pact = self._pact_to_sign(meeting_ids=[Command.create(meeting)])
        pact.party_ids._sign(date(2026, 1, 5), "paper")
        ids = pact.meeting_ids.ids
        with self.assert_nothing_written(pact, pact.meeting_ids):
            self.assert_rule("manager", "hub.pact.meeting", "unlink", ids)
            self.assert_rule(
                "manager", "hub.pact.meeting", "write", ids, {"date": "2030-01-01"}
            )

    def test_the_signed_file_is_neither_changed_nor_deleted(self):
        pact = self._pact_to_sign()
        pact.party_ids._sign(date(2026, 1, 5), "paper")
        file = pact.frozen_pdf_id
        self.assertTrue(file)
        for vals in (
            {"raw": "eA=="},
            {"datas": "eA=="},
            {"res_id": pact.copy().id},
            {"res_field": False},
            {"name": "other.pdf"},
        ):
            for role in ("adviser", "coordinator", "manager"):
                with self.subTest(vals), self.assert_nothing_written(file):
                    self.assert_rule(role, "ir.attachment", "write", file.ids, vals)
        with self.assert_nothing_written(file):
            self.assert_rule("manager", "ir.attachment", "unlink", file.ids)

    def test_a_scan_of_a_signature_stays(self):
        pact = self._pact_to_sign()
        party = self._party(pact, "concerned")
        party._sign(date(2026, 1, 5), "paper", scan=b"c2Nhbg==", scan_name="a.pdf")
        scan = self.env["ir.attachment"].search(
            [
                ("res_model", "=", party._name),
                ("res_id", "=", party.id),
                ("res_field", "=", "scan"),
            ]
        )
        self.assertTrue(scan)
        with self.assert_nothing_written(scan):
            self.assert_rule(
                "manager", "ir.attachment", "write", scan.ids, {"datas": "eA=="}
            )
            self.assert_rule("manager", "ir.attachment", "unlink", scan.ids)
