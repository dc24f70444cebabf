from odoo.fields import Command
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..rpc import RpcCase
from .common import GovernanceMixin

# Of a board member and of a volunteer: what belongs to own bodies or convocations.
MODELS = (
    "hub.body",
    "hub.body.college",
    "hub.mandate",
    "hub.meeting",
    "hub.meeting.college",
    "hub.presence",
    "hub.agenda.item",
    "hub.resolution",
    "hub.resolution.college",
    "hub.resolution.conflict",
    "hub.ballot",
    "hub.minutes",
    "hub.fee",
)
TEAM = ("adviser", "coordinator", "manager", "finance")
WRITERS = ("coordinator", "manager")
OUTSIDERS = ("sales", "employee", "portal")


@tagged("post_install", "-at_install")
class TestGovernanceRights(GovernanceMixin, RpcCase):
    """Who reads, writes and votes, over RPC: the permission and the refusal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_board()
        cls.member = cls.users["board"]
        cls.member.partner_id = cls.people["funders", 1]
        cls.mine = cls._records(cls.body)
        cls.people_of_mine = dict(cls.people)
        other = cls._create_body(name="Credit committee")
        cls.people.clear()
        for number in (1, 2):
            cls._seat("volunteers", number, other)
        cls.theirs = cls._records(other)
        cls.people.clear()
        cls.people.update(cls.people_of_mine)

    @classmethod
    def _records(cls, body):
        """A record of each kind around a body, with a vote of each entry."""
        meeting = cls._opened(body=body)
        first, second = list(cls.people)[:2]
        by_ballot = cls._resolution(meeting, "By ballot")
        ballots = cls._ballots(by_ballot, {first: "for"})
        by_totals = cls._resolution(
            meeting,
            "By totals",
            entry="totals_per_college",
            conflict_ids=[
                Command.create(
                    {"presence_id": cls._line(meeting, *second).id, "reason": "Own"}
                )
            ],
        )
        by_totals.action_open_vote()
        by_ballot.action_close_vote()
        by_totals.action_close_vote()
        open_vote = cls._resolution(meeting, "Open", entry="ballots")
        open_vote.action_open_vote()
        past = cls._plan(body, date="2025-02-03 18:00:00")
        past.action_record_past()
        minutes = cls.env["hub.minutes"].create({"meeting_id": past.id})
        fee = cls.env["hub.fee"].create(
            {"partner_id": cls.people[first].id, "amount": 20}
        )
        return {
            "hub.body": body,
            "hub.body.college": body.college_ids,
            "hub.mandate": body.mandate_ids,
            "hub.meeting": meeting,
            "hub.meeting.college": meeting.college_ids,
            "hub.presence": meeting.presence_ids,
            "hub.agenda.item": meeting.agenda_item_ids,
            "hub.resolution": by_ballot | by_totals | open_vote,
            "hub.resolution.college": by_totals.line_ids,
            "hub.resolution.conflict": by_totals.conflict_ids,
            "hub.ballot": ballots,
            "hub.minutes": minutes,
            "hub.fee": fee,
        }

    def _open_vote(self):
        return self.mine["hub.resolution"].filtered(lambda r: r.state == "open")

    def test_the_team_and_finance_read_all_of_the_hub(self):
        for role in TEAM:
            for model in MODELS:
                with self.subTest(role=role, model=model):
                    records = self.mine[model] | self.theirs[model]
                    rows = self.assert_allowed(
                        role, model, "read", records.ids, ["display_name"]
                    )
                    self.assertEqual(len(rows), len(records))

    def test_a_board_member_reads_own_bodies_and_no_other(self):
        for model in MODELS:
            if model == "hub.fee":
                continue
            with self.subTest(model):
                mine, theirs = self.mine[model], self.theirs[model]
                self.assert_allowed("board", model, "read", mine.ids, ["display_name"])
                self.assert_hidden("board", model, theirs)

    def test_a_board_member_reads_the_own_fee_only(self):
        own = self.env["hub.fee"].create(
            {"partner_id": self.member.partner_id.id, "amount": 20}
        )
        self.assert_allowed("board", "hub.fee", "read", own.ids, ["amount"])
        self.assert_hidden("board", "hub.fee", self.theirs["hub.fee"])

    def test_when_the_mandate_is_over_the_body_closes_but_what_one_was_at_stays(self):
        self.mandates["funders", 1].write(
            {"date_start": "2024-01-01", "date_end": "2024-12-31"}
        )
        self.assert_hidden("board", "hub.body", self.body)
        meeting = self.mine["hub.meeting"]
        self.assert_allowed("board", "hub.meeting", "read", meeting.ids, ["name"])
        later = self._plan()
        self.assert_hidden("board", "hub.meeting", later)

    def test_outsiders_see_nothing(self):
        for role in OUTSIDERS:
            for model in MODELS:
                with self.subTest(role=role, model=model):
                    self.assert_refused(role, model, "search", [])
                    self.assert_refused(
                        role, model, "read", self.mine[model].ids, ["id"]
                    )

    def test_a_volunteer_reads_own_convocations(self):
        me = self.users["volunteer"]
        me.partner_id = self.people["volunteers", 1]
        meeting = self.mine["hub.meeting"]
        for model in (
            "hub.body",
            "hub.body.college",
            "hub.meeting",
            "hub.meeting.college",
            "hub.agenda.item",
            "hub.resolution",
        ):
            with self.subTest(model):
                self.assert_allowed(
                    "volunteer", model, "read", self.mine[model].ids, ["display_name"]
                )
                self.assert_hidden("volunteer", model, self.theirs[model])
        own = self._line(meeting, "volunteers", 1)
        self.assert_allowed("volunteer", "hub.presence", "read", own.ids, ["name"])
        self.assert_hidden("volunteer", "hub.presence", meeting.presence_ids - own)
        for model in ("hub.mandate", "hub.ballot", "hub.resolution.college", "hub.fee"):
            with self.subTest(model):
                self.assert_refused("volunteer", model, "search", [])
        for name in ("presence_ids",):
            self.assert_refused("volunteer", "hub.meeting", "read", meeting.ids, [name])
        vote = self._open_vote()
        for name in ("ballot_ids", "line_ids", "conflict_ids", "voter_ids"):
            self.assert_refused("volunteer", "hub.resolution", "read", vote.ids, [name])

    def test_only_the_coordination_writes(self):
        for role in ("adviser", "board", "finance", "volunteer"):
            for model in MODELS:
                with self.subTest(role=role, model=model):
                    ids = self.mine[model].ids
                    self.assert_refused(role, model, "write", ids, {"company_id": 1})
                    self.assert_refused(role, model, "unlink", ids)
                    self.assert_refused(role, model, "create", [{}])
        for role in WRITERS:
            item = self.mine["hub.agenda.item"]
            self.assert_allowed(
                role, "hub.agenda.item", "write", item.ids, {"name": role}
            )

    def test_nobody_writes_or_deletes_a_ballot(self):
        ballot = self.mine["hub.ballot"]
        for role in (*TEAM, "board"):
            self.assert_refused(
                role, "hub.ballot", "write", ballot.ids, {"choice": "against"}
            )
            self.assert_refused(role, "hub.ballot", "unlink", ballot.ids)
        self.env.invalidate_all()
        self.assertEqual(ballot.choice, "for")

    def test_buttons_of_the_coordination_are_refused_to_the_board(self):
        meeting, vote = self.mine["hub.meeting"], self._open_vote()
        closed = self.mine["hub.resolution"] - vote
        minutes, fee = self.mine["hub.minutes"], self.mine["hub.fee"]
        calls = [
            ("hub.meeting", meeting, name)
            for name in (
                "action_convene", "action_open", "action_close", "action_cancel",
                "action_send", "action_remind", "action_record_past",
                "action_everybody_present", "action_second_call",
            )
        ]  # fmt: skip
        calls += [
            ("hub.resolution", vote, name)
            for name in (
                "action_open_vote", "action_close_vote", "action_unanimous",
                "action_begin_again", "action_withdraw", "action_draft",
            )
        ]  # fmt: skip
        calls += [
            ("hub.presence", meeting.presence_ids[:1], name)
            for name in (
                "action_present", "action_left", "action_absent", "action_excused",
                "action_expected", "action_fee_paid",
            )
        ]  # fmt: skip
        calls += [
            ("hub.minutes", minutes, name)
            for name in (
                "action_approve", "action_ready", "action_reopen", "action_draft_again",
            )
        ]  # fmt: skip
        calls += [("hub.resolution", closed, "action_done")]
        for model, records, name in calls:
            with self.subTest(f"{model}.{name}"):
                self.assert_refused("board", model, name, records.ids)
        for name in ("action_paid", "action_print_receipt"):
            self.assert_refused("finance", "hub.fee", name, fee.ids)

    def test_a_member_votes_by_rpc_and_not_for_others(self):
        vote, meeting = self._open_vote(), self.mine["hub.meeting"]
        own = self._line(meeting, "funders", 1)
        other = self._line(meeting, "funders", 2)
        self.assert_refused(
            "board", "hub.resolution", "action_vote", vote.ids, "for", other.id
        )
        self.assert_allowed(
            "board", "hub.resolution", "action_vote", vote.ids, "for", own.id
        )
        self.assertEqual(vote.ballot_ids.presence_id, own)
        self.assert_refused(
            "adviser", "hub.resolution", "action_vote", vote.ids, "for", other.id
        )
        theirs = self.theirs["hub.resolution"].filtered(lambda r: r.state == "open")
        self.assert_refused(
            "board",
            "hub.resolution",
            "action_vote",
            theirs.ids,
            "for",
            theirs.meeting_id.presence_ids[0].id,
        )
        self.assert_refused(
            "volunteer", "hub.resolution", "action_vote", vote.ids, "for", own.id
        )
        noted = self.assert_allowed(
            "coordinator", "hub.resolution", "action_vote", vote.ids, "for", other.id
        )
        del noted
        self.env.invalidate_all()
        self.assertEqual(len(vote.ballot_ids), 2)
        self._refused_by_rule(
            "board", "hub.resolution", "action_vote", vote.ids, "against", own.id
        )

    @mute_logger("odoo.http", "odoo.sql_db")
    def _refused_by_rule(self, role, model, method, *args):
        with self.assertRaises(JsonRpcException) as refused:
            self.call(role, model, method, *args)
        self.assertIn(
            str(refused.exception),
            {"odoo.exceptions.ValidationError", "odoo.exceptions.UserError"},
        )

    def test_a_member_answers_for_the_own_seat(self):
        meeting = self._convened()
        own, other = (self._line(meeting, "funders", n) for n in (1, 2))
        self.assert_allowed("board", "hub.presence", "action_coming", own.ids)
        self.assert_refused("board", "hub.presence", "action_coming", other.ids)
        self.assert_allowed(
            "board", "hub.presence", "action_give_proxy", own.ids, holder_id=other.id
        )
        self.env.invalidate_all()
        self.assertEqual(own.proxy_to_id, other)
        self.assertEqual(own.proxy_channel, "portal")
        self.assert_allowed("board", "hub.presence", "action_revoke_proxy", own.ids)
        self.assert_refused(
            "board", "hub.presence", "write", own.ids, {"proxy_to_id": other.id}
        )
        self.assert_refused("finance", "hub.presence", "action_coming", own.ids)

    def test_personal_keys_are_for_the_coordination(self):
        line = self.mine["hub.presence"][:1]
        for name in ("access_token", "link"):
            for role in ("adviser", "board", "finance", "volunteer"):
                with self.subTest(role=role, name=name):
                    self.assert_refused(role, "hub.presence", "read", line.ids, [name])
            self.assert_allowed("coordinator", "hub.presence", "read", line.ids, [name])
        domain = [("access_token", "=like", "%")]
        self.assert_refused("board", "hub.presence", "search", domain)

    def test_the_board_reads_no_discussion_of_the_team(self):
        meeting = self.mine["hub.meeting"]
        message = meeting.message_post(body="Between us")
        rows = self.call("adviser", "mail.message", "read", message.ids, ["body"])
        self.assertIn("Between us", rows[0]["body"])
        for role in ("board", "volunteer", "finance"):
            with self.subTest(role):
                found = self.call(
                    role,
                    "mail.message",
                    "search_read",
                    [("model", "=", "hub.meeting")],
                    ["body"],
                )
                self.assertFalse(found)

    def test_the_mail_with_a_link_is_on_no_record_that_others_read(self):
        meeting = self._convened()
        token = self._line(meeting, "funders", 2).access_token
        for role in ("adviser", "board", "finance", "employee"):
            rows = self.call(
                role, "mail.message", "search_read", [("body", "like", token)], ["id"]
            )
            self.assertFalse(rows, role)

    def test_the_own_page_is_of_whoever_looks(self):
        action = self.assert_allowed("board", "hub.board.home", "action_open")
        spec = {
            name: {"fields": {"display_name": {}}}
            for name in (
                "seat_ids", "proxy_ids", "resolution_ids", "decision_ids",
                "minutes_ids", "document_ids",
            )
        }  # fmt: skip
        [home] = self.assert_allowed(
            "board", "hub.board.home", "web_read", [action["res_id"]], spec
        )
        names = [row["display_name"] for row in home["resolution_ids"]]
        self.assertEqual(names, ["Open"])
        self.assertEqual(len(home["seat_ids"]), 1)
        for role in ("adviser", "finance", "portal", "employee"):
            self.assert_refused(role, "hub.board.home", "action_open")

    def test_files_of_a_meeting_follow_its_rights(self):
        meeting = self.mine["hub.meeting"]
        file = self.env["ir.attachment"].create(
            {
                "name": "budget.txt",
                "raw": b"Budget",
                "res_model": "hub.meeting",
                "res_id": meeting.id,
            }
        )
        other = file.copy({"res_id": self.theirs["hub.meeting"].id})
        self.assert_allowed("board", "ir.attachment", "read", file.ids, ["name"])
        self.assert_refused("board", "ir.attachment", "read", other.ids, ["name"])
        for role in OUTSIDERS:
            self.assert_refused(role, "ir.attachment", "read", file.ids, ["name"])
