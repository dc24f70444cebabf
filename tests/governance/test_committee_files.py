from lxml import etree

from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..common import spec_of
from ..rpc import RpcCase
from .committee import CommitteeMixin

LOAN = "hub.loan"
# What stays with those who work with loans.
NEVER = (
    "hub.loan.decision.member",
    "hub.loan.schedule",
    "hub.loan.instalment",
    "hub.loan.agreement",
    "hub.loan.signature",
    "hub.loan.change",
    "hub.loan.reminder",
    "hub.loan.share",
    "hub.loan.product",
    "hub.contribution",
)


@tagged("post_install", "-at_install")
class TestCommitteeFiles(CommitteeMixin, RpcCase):
    """Members of a credit committee read the files they are called to decide, until
    the decision, those in conflict not at all: over HTTP, granted and refused."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_committee()
        cls.volunteer = cls.users["volunteer"]
        cls.volunteer.partner_id = cls.people["volunteers", 1]
        cls.adviser = cls.users["adviser"]
        cls.adviser.partner_id = cls.people["employees", 1]
        for role in ("board", "volunteer", "adviser"):
            # Whoever exports gets what he or she reads, and no more.
            cls.users[role].group_ids |= cls.env.ref("base.group_allow_export")
        cls.association = cls.env["res.partner"].create(
            {"name": "Les Ateliers", "is_company": True}
        )
        cls.loan = cls._applied(
            condition_ids=[Command.create({"name": "Lease signed"})],
            tranche_ids=[Command.create({"amount": 6000, "date": "2026-12-01"})],
        )
        cls.env["hub.loan.guarantee"].create(
            {"loan_id": cls.loan.id, "partner_id": cls.association.id, "percent": 40}
        )
        cls.env["hub.loan.decision"].create(
            {"loan_id": cls.loan.id, "result": "adjourned", "motive": "Figures"}
        ).action_record()
        cls.paper = cls.env["ir.attachment"].create(
            {
                "name": "plan.txt",
                "raw": b"Business plan",
                "res_model": LOAN,
                "res_id": cls.loan.id,
            }
        )
        cls.resolution = cls._put_to_vote(cls.loan)

    def _parts(self):
        loan = self.loan
        return {
            "hub.loan.decision": loan.decision_ids,
            "hub.loan.condition": loan.condition_ids,
            "hub.loan.tranche": loan.tranche_ids,
            "hub.loan.guarantee": loan.guarantee_ids,
        }

    def assert_reads(self, role):
        found = self.assert_allowed(role, LOAN, "search", [("id", "=", self.loan.id)])
        self.assertEqual(found, self.loan.ids, role)
        names = ["name", "amount", "instruction", "preview", "lead_title"]
        [row] = self.assert_allowed(role, LOAN, "read", found, names)
        self.assertIn("conventions are signed", row["instruction"])
        for model, records in self._parts().items():
            self.assertTrue(records, model)
            rows = self.assert_allowed(
                role, model, "read", records.ids, ["display_name"]
            )
            self.assertEqual(len(rows), len(records), model)
        papers = [("id", "=", self.paper.id)]
        self.assertTrue(self.call(role, "ir.attachment", "search", papers))
        [row] = self.assert_allowed(
            role, "ir.attachment", "read", self.paper.ids, ["raw"]
        )
        self.assertTrue(row["raw"])

    def assert_reads_not(self, role):
        """By none of the ways in which a record is come by."""
        own = [("id", "=", self.loan.id)]
        self.assert_hidden(role, LOAN, self.loan)
        for model, records in self._parts().items():
            self.assert_hidden(role, model, records)
        name = self.loan.name
        self.assertFalse(self.call(role, LOAN, "name_search", name))
        self.assertFalse(self.call(role, LOAN, "search_count", own))
        groups = self.call(role, LOAN, "formatted_read_group", own, ["state"])
        self.assertFalse(groups)
        result = self.call(role, LOAN, "web_search_read", own, {"amount": {}})
        self.assertFalse(result["records"])
        for method, *args in (
            ("export_data", ["amount"]),
            ("web_read", {"amount": {}}),
            ("action_decide",),
        ):
            self.assert_refused(role, LOAN, method, self.loan.ids, *args)
        papers = [("id", "=", self.paper.id)]
        self.assertFalse(self.call(role, "ir.attachment", "search", papers))
        self.assert_refused(
            role, "ir.attachment", "read", self.paper.ids, ["raw", "name"]
        )
        words = self.call(
            role, "hub.resolution", "read", self.resolution.ids, ["subject_words"]
        )
        self.assertFalse(words[0]["subject_words"])

    # From the convocation to the decision

    def test_the_file_is_read_from_the_convocation_to_the_decision(self):
        own = [("id", "=", self.loan.id)]
        for role in ("board", "volunteer", "adviser"):
            self.assertFalse(self.call(role, LOAN, "search", own), "not yet convened")
        self.meeting.action_convene()
        for role in ("board", "volunteer", "adviser"):
            with self.subTest(role):
                self.assert_reads(role)
        self._begin()
        self.resolution.entry = "ballots"
        self.resolution.action_open_vote()
        self.assert_reads("board")
        self.resolution.action_close_vote()
        for role in ("board", "volunteer", "adviser"):
            with self.subTest(role):
                self.assert_reads_not(role)

    def test_the_ways_to_a_list(self):
        self.meeting.action_convene()
        own = [("id", "=", self.loan.id)]
        self.assertTrue(self.call("board", LOAN, "name_search", self.loan.name))
        [group] = self.call("board", LOAN, "formatted_read_group", own, ["state"])
        self.assertEqual(group["state"], "submitted")
        rows = self.assert_allowed(
            "board", LOAN, "export_data", self.loan.ids, ["name", "amount"]
        )
        self.assertEqual(rows["datas"][0][0], self.loan.name)

    def test_once_the_decision_is_written_down_the_file_is_closed(self):
        self.meeting.action_convene()
        self.loan.action_back_to_draft()
        self.assert_reads_not("board")
        self.loan.action_submit()
        self.assert_reads("board")
        self.resolution.action_withdraw()
        self.assert_reads_not("board")

    def test_a_meeting_that_does_not_take_place_closes_the_file(self):
        self.meeting.action_convene()
        self.meeting.action_cancel()
        self.assert_reads_not("board")

    # Those who are not called

    def test_a_member_of_another_body_reads_nothing(self):
        self.meeting.action_convene()
        stranger = self._person("Stranger", "funder")
        self.member.partner_id = stranger
        self.assert_hidden("board", LOAN, self.loan)
        other = self._create_body(name="Bureau", codes=("funders",))
        self.env["hub.mandate"].create(
            {
                "body_id": other.id,
                "partner_id": stranger.id,
                "college_id": self.colleges["funders"].id,
                "date_start": "2024-01-01",
            }
        )
        self._convened(other)
        self.assert_hidden("board", LOAN, self.loan)

    def test_whoever_lost_the_seat_reads_nothing(self):
        self.meeting.action_convene()
        self._line(self.meeting, "funders", 1).exclusion_reason = "Resigned"
        self.assert_reads_not("board")

    def test_whose_mandate_ended_before_the_convocation_reads_nothing(self):
        self.mandates["funders", 1].write({"date_end": "2024-12-31"})
        self.meeting.action_convene()
        self.assert_hidden("board", LOAN, self.loan)

    def test_whose_mandate_ended_after_the_convocation_reads_nothing(self):
        self.meeting.action_convene()
        self.assert_reads("board")
        self.mandates["funders", 1].action_end()
        self.mandates["funders", 1].date_end = "2025-12-31"
        self.assert_reads_not("board")

    def test_whose_college_does_not_vote_reads_nothing(self):
        self.resolution.entitled_college_ids = self.colleges["employees"]
        self.meeting.action_convene()
        self.assert_reads_not("board")
        self.assert_reads("adviser")

    def test_outsiders_read_nothing(self):
        self.meeting.action_convene()
        for role in ("sales", "employee", "portal"):
            for model in (LOAN, *self._parts()):
                with self.subTest(role=role, model=model):
                    self.assert_refused(role, model, "search", [])

    def test_the_committee_of_another_hub_reads_nothing(self):
        self.meeting.action_convene()
        second = self.env["res.company"].create({"name": "Second hub"})
        second._hub_setup()
        self.users["second"] = new_test_user(
            self.env,
            "hub_second",
            groups="solidarity_hub.group_hub_board",
            company_id=second.id,
            company_ids=[Command.set(second.ids)],
            partner_id=self.people["qualified", 1].id,
        )
        self.assert_hidden("second", LOAN, self.loan)
        for model, records in self._parts().items():
            self.assert_hidden("second", model, records)

    # Those in conflict

    def test_a_conflict_closes_the_file(self):
        self.meeting.action_convene()
        seat = self._line(self.meeting, "funders", 1)
        self.resolution.conflict_ids = [
            Command.create({"presence_id": seat.id, "reason": "Lends as well"})
        ]
        self.assert_reads_not("board")
        self.assert_reads("volunteer")

    def test_whom_it_concerns_does_not_read_it(self):
        self.meeting.action_convene()
        person = self.member.partner_id
        lead = self.env["crm.lead"].create(
            {"name": "Oven", "is_hub_project": True, "partner_id": person.id}
        )
        neutral = self.loan.partner_id
        for name, values in {
            "borrower": {"partner_id": person.id},
            "another borrower": {"co_borrower_ids": [Command.set(person.ids)]},
            "project holder": {"lead_id": lead.id},
        }.items():
            with self.subTest(name):
                self.loan.write(values)
                self.assert_reads_not("board")
                self.assertTrue(self.resolution._hub_in_conflict(self.member))
            self.loan.write(
                {
                    "partner_id": neutral.id,
                    "co_borrower_ids": [Command.clear()],
                    "lead_id": False,
                }
            )
        self.assert_reads("board")

    def test_who_speaks_for_the_borrower_does_not_read_it(self):
        self.meeting.action_convene()
        self.loan.partner_id = self.association
        self.assert_reads("board")
        mandate = self.mandates["funders", 1]
        mandate.represented_id = self.association
        self.assert_reads_not("board")
        self.assertTrue(self.resolution._hub_in_conflict(self.member))
        mandate.represented_id = False
        self.assert_reads("board")
        self.member.partner_id.parent_id = self.association
        self.assert_reads_not("board")
        self.assertTrue(self.resolution._hub_in_conflict(self.member))

    # What stays closed all the same

    def test_members_write_nothing(self):
        self.meeting.action_convene()
        for role in ("board", "volunteer"):
            self.assert_refused(role, LOAN, "write", self.loan.ids, {"purpose": "x"})
            self.assert_refused(role, LOAN, "unlink", self.loan.ids)
            self.assert_refused(role, LOAN, "create", [{}])
            for model, records in self._parts().items():
                mine = records.with_user(self.users[role])
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(mine.has_access(operation), (role, model))
            for button in (
                "action_approve",
                "action_back_to_draft",
                "action_cancel",
                "action_decide",
                "action_refuse",
                "action_sign",
                "action_submit",
            ):
                with self.subTest(role=role, button=button):
                    self.assert_refused(role, LOAN, button, self.loan.ids)

    def test_keys_and_books_stay_with_those_who_work_with_loans(self):
        self.meeting.action_convene()
        for role in ("board", "volunteer"):
            for name in ("access_token", "portal_url"):
                with self.subTest(role=role, name=name):
                    self.assert_refused(role, LOAN, "read", self.loan.ids, [name])
            for model in NEVER:
                with self.subTest(role=role, model=model):
                    self.assert_refused(role, model, "search", [])
            self.assert_refused(role, LOAN, "action_loan_book")

    def test_what_the_team_says_is_not_read(self):
        self.meeting.action_convene()
        message = self.loan.message_post(body="Between us")
        self.loan.activity_schedule(
            "mail.mail_activity_data_todo",
            summary="Call her brother",
            user_id=self.users["finance"].id,
        )
        own = [("model", "=", LOAN), ("res_id", "=", self.loan.id)]
        for role in ("board", "volunteer"):
            found = self.call(role, "mail.message", "search", own)
            self.assertFalse(found, role)
            self.assert_refused(role, "mail.message", "read", message.ids, ["body"])
            for name in ("activity_summary", "activity_ids"):
                self.assert_refused(role, LOAN, "read", self.loan.ids, [name])
            domain = [("res_model", "=", LOAN)]
            self.assertFalse(self.call(role, "mail.activity", "search", domain))
        for role in ("finance", "coordinator"):
            rows = self.call(role, "mail.message", "read", message.ids, ["body"])
            self.assertIn("Between us", rows[0]["body"])

    # The screen

    def test_the_page_of_a_member_leads_to_the_file(self):
        self.meeting.action_convene()
        action = self.assert_allowed("board", "hub.board.home", "action_open")
        spec = {"resolution_ids": {"fields": {"subject_words": {}}}}
        [home] = self.call(
            "board", "hub.board.home", "web_read", [action["res_id"]], spec
        )
        [card] = home["resolution_ids"]
        self.assertEqual(card["subject_words"], self.loan.display_name)
        for role in ("board", "volunteer"):
            action = self.assert_allowed(
                role, "hub.resolution", "action_open_subjects", self.resolution.ids
            )
            self.assertEqual(action["res_id"], self.loan.id)
            self._open_file(role)

    def _open_file(self, role):
        """As a browser opens it: nothing to press, nothing that is refused."""
        views = self.assert_allowed(
            role, LOAN, "get_views", [(False, "form"), (False, "list")]
        )
        arch = etree.fromstring(views["views"]["form"]["arch"])
        self.assertFalse(arch.findall(".//button"))
        self.assertFalse(arch.findall(".//chatter"))
        self.assertEqual(arch.get("edit"), "0")
        for found in (arch, etree.fromstring(views["views"]["list"]["arch"])):
            spec = spec_of(found, views["models"][LOAN]["fields"], views["models"])
            [row] = self.assert_allowed(role, LOAN, "web_read", self.loan.ids, spec)
            self.assertEqual(row["id"], self.loan.id)

    def test_those_who_work_with_loans_keep_their_form(self):
        for role in ("finance", "coordinator", "adviser"):
            views = self.call(role, LOAN, "get_views", [(False, "form")])
            arch = etree.fromstring(views["views"]["form"]["arch"])
            self.assertTrue(arch.findall(".//chatter"), role)

    # The page of a convocation, without an account

    def _url(self, line, rest=""):
        return f"/my/hub/convocation/{line.id}{rest}?access_token={line.access_token}"

    def test_a_member_without_an_account_reads_it_by_the_own_link(self):
        self.meeting.action_convene()
        line = self._line(self.meeting, "qualified", 1)
        rest = f"/file/{self.resolution.id}"
        page = self.url_open(self._url(line))
        self.assertIn(f"{line.access_url}{rest}", page.text)
        page = self.url_open(self._url(line, rest))
        self.assertEqual(page.status_code, 200)
        for words in ("Amina", "conventions are signed", "An oven", "40 %"):
            self.assertIn(words, page.text)
        self.assertNotIn(self.loan.sudo().access_token, page.text)
        paper = self._url(line, f"{rest}/paper/{self.paper.id}")
        self.assertEqual(self.url_open(paper).content, b"Business plan")
        self.assertEqual(self._status(line, rest, key="wrong"), 404)
        other = self.env["ir.attachment"].create(
            {"name": "x", "raw": b"x", "res_model": LOAN, "res_id": 0}
        )
        self.assertEqual(self._status(line, f"{rest}/paper/{other.id}"), 404)

    def _status(self, line, rest, key=None):
        self.env.flush_all()
        url = self._url(line, rest)
        if key:
            url = url.replace(line.access_token, key)
        return self.url_open(url).status_code

    def test_the_page_is_closed_to_whoever_it_concerns(self):
        self.meeting.action_convene()
        line = self._line(self.meeting, "qualified", 1)
        rest = f"/file/{self.resolution.id}"
        paper = f"{rest}/paper/{self.paper.id}"
        self.loan.partner_id = line.partner_id
        self.env.flush_all()
        self.assertNotIn(rest, self.url_open(self._url(line)).text)
        self.assertEqual(self._status(line, rest), 404)
        self.assertEqual(self._status(line, paper), 404)
        self.assertEqual(
            self._status(self._line(self.meeting, "holders", 1), rest), 200
        )

    def test_the_page_is_closed_after_the_decision(self):
        self._begin()
        line = self._line(self.meeting, "qualified", 1)
        rest = f"/file/{self.resolution.id}"
        self.assertEqual(self._status(line, rest), 200)
        self.resolution.action_unanimous()
        self.assertEqual(self._status(line, rest), 404)
        self.assertEqual(self._status(line, f"{rest}/paper/{self.paper.id}"), 404)

    def test_the_seat_of_another_body_opens_nothing(self):
        self.meeting.action_convene()
        other = self._create_body(name="Bureau", codes=("holders",))
        self._seat("holders", 9, other)
        line = self._line(self._convened(other), "holders", 9)
        self.assertEqual(self._status(line, f"/file/{self.resolution.id}"), 404)

    # Cost

    def _cost(self, role):
        env = self.env(user=self.users[role])
        spec = {name: {} for name in ("amount", "lead_title", "preview_text", "state")}
        spec["guarantee_ids"] = {"fields": {"percent": {}}}
        costs = []
        for _time in range(2):
            self.env.invalidate_all()
            # The time zone may be known already.
            env.user.mapped("tz")
            before = self.cr.sql_log_count
            rows = env[LOAN].web_search_read([], spec, limit=80)
            costs.append(self.cr.sql_log_count - before)
        return rows["length"], min(costs)

    def _more(self, number):
        more = self.env[LOAN].union(
            *(self._applied(partner_id=self.denis.id) for _number in range(number))
        )
        self.env["hub.loan.guarantee"].create(
            [
                {"loan_id": loan.id, "partner_id": self.association.id, "percent": 40}
                for loan in more
            ]
        )
        self._put_to_vote(more)
        self.env.flush_all()

    def test_twenty_loans_cost_as_many_queries_as_two(self):
        self.meeting.action_convene()
        self._more(1)
        count, few = self._cost("board")
        self.assertEqual(count, 2)
        self._more(18)
        self.assertEqual(self._cost("board"), (20, few))
