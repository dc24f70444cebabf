from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..rpc import ACCESS_ERRORS, RpcCase
from .knowledge import KnowledgeMixin

KNOWLEDGE, EXCHANGE, PART = "hub.knowledge", "hub.exchange", "hub.exchange.participant"
MATCH = "hub.knowledge.match"
PHONES = ("06 11 11 11 11", "06 22 22 22 22", "06 33 33 33 33")


@tagged("post_install", "-at_install")
class TestKnowledgeRpc(KnowledgeMixin, RpcCase):
    """Who reads and writes offers, requests and exchanges; the page on a telephone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_knowledge()
        cls._portal_users()
        cls.company.partner_id.phone = "03 80 00 00 00"
        cls.offer = cls._offer(cls.bernard, "Sewing", availability="Thursdays")
        cls.request = cls._request(cls.amina, "Sewing lessons")
        cls.foreign = cls._offer(cls.chloe, "Secretword yoga")
        cls.exchange = cls._exchange(
            [cls.bernard], [cls.chloe], name="Spreadsheets", place="Library"
        )
        cls.lines = cls.exchange.participant_ids.sorted("id")

    @mute_logger("odoo.http")
    def assert_stopped(self, role, model, method, *args):
        with self.assertRaises(JsonRpcException, msg=f"{role} {method}") as refusal:
            self.call(role, model, method, *args)
        stops = ACCESS_ERRORS | {"odoo.exceptions.UserError"}
        self.assertIn(str(refusal.exception), stops)

    def _records(self):
        return [
            (KNOWLEDGE, self.offer, {"name": "x"}),
            (EXCHANGE, self.exchange, {"name": "x"}),
            (PART, self.lines[0], {"review": "x"}),
        ]

    def test_the_coordination_writes(self):
        for role in ("coordinator", "manager"):
            for model, record, vals in self._records():
                self.assert_allowed(role, model, "write", record.ids, vals)
            vals = {"partner_id": self.amina.id, "name": "New", "kind": "request"}
            [new] = self.assert_allowed(role, KNOWLEDGE, "create", [vals])
            self.assert_allowed(role, KNOWLEDGE, "action_close", [new])
            self.assert_allowed(role, KNOWLEDGE, "unlink", [new])
            self.assert_allowed(role, EXCHANGE, "action_done", self.exchange.ids)
            self.assert_allowed(role, EXCHANGE, "action_plan", self.exchange.ids)

    def test_advisers_read(self):
        for model, record, vals in self._records():
            self.assert_allowed("adviser", model, "read", record.ids, ["display_name"])
            self.assert_refused("adviser", model, "write", record.ids, vals)
            self.assert_refused("adviser", model, "unlink", record.ids)
        [match] = self.assert_allowed("adviser", MATCH, "search", [])
        for model, ids, method in (
            (KNOWLEDGE, self.offer.ids, "action_close"),
            (KNOWLEDGE, self.offer.ids, "action_reopen"),
            (EXCHANGE, self.exchange.ids, "action_done"),
            (EXCHANGE, self.exchange.ids, "action_cancel"),
            (EXCHANGE, self.exchange.ids, "action_plan"),
            (MATCH, [match], "action_bring_together"),
        ):
            self.assert_stopped("adviser", model, method, ids)

    def test_board_finance_and_sales_get_nothing(self):
        for role in ("board", "finance", "sales", "employee"):
            for model, record, vals in self._records():
                self.assert_refused(role, model, "read", record.ids, ["company_id"])
                self.assert_refused(role, model, "write", record.ids, vals)
            self.assert_refused(role, MATCH, "search", [])

    def test_people_read_their_own_and_write_nothing_by_request(self):
        for role, own, others in (
            ("bernard", self.offer, self.request | self.foreign),
            ("amina", self.request, self.offer | self.foreign),
        ):
            found = self.assert_allowed(role, KNOWLEDGE, "search", [])
            self.assertEqual(found, own.ids)
            for record in others:
                self.assert_hidden(role, KNOWLEDGE, record)
            self.assert_refused(role, KNOWLEDGE, "write", own.ids, {"name": "x"})
            vals = {"partner_id": own.partner_id.id, "name": "x"}
            self.assert_refused(role, KNOWLEDGE, "create", [vals])
            self.assert_refused(role, KNOWLEDGE, "action_close", own.ids)
            self.assert_refused(role, MATCH, "search", [])
        self.assert_hidden("amina", EXCHANGE, self.exchange)
        self.assert_hidden("amina", PART, self.lines)
        found = self.assert_allowed("bernard", PART, "search", [])
        self.assertEqual(found, self.lines[0].ids)
        self.assert_hidden("bernard", PART, self.lines[1])
        self.assert_refused("bernard", PART, "write", found, {"review": "x"})
        self.assert_stopped("bernard", PART, "write", found, {"minutes": 60})
        self.assert_refused("bernard", EXCHANGE, "action_done", self.exchange.ids)
        self.assert_refused(
            "bernard", EXCHANGE, "read", self.exchange.ids, ["over_limit_reason"]
        )

    def test_a_volunteer_with_an_account_reads_own_only(self):
        me = self.users["volunteer"].partner_id
        mine = self._offer(me, "Yoga")
        found = self.assert_allowed("volunteer", KNOWLEDGE, "search", [])
        self.assertEqual(found, mine.ids)
        self.assert_hidden("volunteer", KNOWLEDGE, self.offer)
        self.assert_hidden("volunteer", EXCHANGE, self.exchange)
        self.assert_refused("volunteer", KNOWLEDGE, "write", mine.ids, {"name": "x"})

    # The page

    def _page(self, role, path="/my/hub", **data):
        login = self.users[role].login
        self.authenticate(login, login + "x" * (8 - len(login)))
        if path == "/my/hub":
            return self.url_open(path).text
        token = self.url_open("/my/hub").text
        token = token.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(path, data=data | {"csrf_token": token}).text

    def _own(self, person):
        self.env.invalidate_all()
        return self.knowledge.search([("partner_id", "=", person.id)])

    def test_the_page_shows_a_possible_meeting_without_the_number(self):
        page = self._page("amina")
        self.assertIn("Bernard R.", page)
        self.assertIn("Thursdays", page)
        self.assertIn("03 80 00 00 00", page)
        for words in (*PHONES, "Bernard Roux", "Secretword", "Spreadsheets"):
            self.assertNotIn(words, page)

    def test_once_brought_together_each_side_sees_the_other_and_the_mediator(self):
        page = self._page("bernard")
        self.assertIn("Spreadsheets", page)
        self.assertIn("Library", page)
        self.assertIn("Chloé Petit", page)
        self.assertIn(PHONES[2], page)
        self.assertIn(self.exchange.mediator_id.name, page)
        self.assertNotIn(PHONES[0], page)

    def test_those_who_learn_in_a_group_do_not_see_each_others_numbers(self):
        self._exchange([self.chloe], [self.amina, self.bernard], name="Group")
        page = self._page("amina")
        self.assertIn(PHONES[2], page)
        self.assertNotIn(PHONES[1], page)

    def test_a_cancelled_exchange_shows_no_number(self):
        self.exchange.action_cancel()
        page = self._page("bernard")
        self.assertNotIn("Spreadsheets", page)
        self.assertNotIn(PHONES[2], page)

    def test_an_offer_is_added_in_a_few_taps_for_oneself_only(self):
        page = self._page(
            "amina",
            "/my/hub/knowledge/add",
            kind="offer",
            name="Baking bread",
            level="beginner",
            format="group",
            availability="Mondays",
            place="",
            partner_id=self.bernard.id,
            company_id="999",
            state="closed",
        )
        self.assertIn("Baking bread", page)
        new = self._own(self.amina) - self.request
        self.assertRecordValues(
            new,
            [
                {
                    "kind": "offer",
                    "name": "Baking bread",
                    "level": "beginner",
                    "format": "group",
                    "availability": "Mondays",
                    "company_id": self.company.id,
                    "state": "open",
                }
            ],
        )

    def test_what_is_not_filled_in_is_said_and_nothing_is_written(self):
        for data in ({"kind": "offer", "name": " "}, {"kind": "x", "name": "Bread"}):
            page = self._page("amina", "/my/hub/knowledge/add", **data)
            self.assertIn("Say in a few words", page)
            self.assertEqual(self._own(self.amina), self.request)

    def test_unknown_choices_are_left_out(self):
        self._page(
            "amina",
            "/my/hub/knowledge/add",
            kind="request",
            name="<b>English</b>",
            level="x",
            format="y",
        )
        new = self._own(self.amina) - self.request
        self.assertEqual((new.level, new.format), (False, "both"))
        self.assertIn("&lt;b&gt;English", self._page("amina"))

    def test_own_offers_are_closed_and_prolonged_those_of_others_are_not(self):
        self._page("amina", f"/my/hub/knowledge/{self.offer.id}/close")
        self._page("amina", f"/my/hub/knowledge/{self.request.id}/close")
        self.env.invalidate_all()
        self.assertEqual((self.offer.state, self.request.state), ("open", "closed"))
        self.request.write(
            {"closed_on": False, "date": "2020-01-01", "valid_until": "2020-02-01"}
        )
        self.assertIn("does it still hold", self._page("amina"))
        self._page("amina", f"/my/hub/knowledge/{self.request.id}/reopen")
        self.env.invalidate_all()
        self.assertEqual(self.request.state, "open")

    def test_words_on_a_done_exchange_are_those_of_whoever_took_part(self):
        mine, theirs = self.lines
        path = "/my/hub/exchange/{}/review"
        self._page("bernard", path.format(mine.id), review="Too early")
        self.env.invalidate_all()
        self.assertFalse(mine.review)
        self.exchange.action_done()
        self._page("bernard", path.format(mine.id), review="It went well")
        self._page("bernard", path.format(theirs.id), review="Not mine")
        self.env.invalidate_all()
        self.assertEqual((mine.review, theirs.review), ("It went well", False))
        self.assertIn("It went well", self._page("bernard"))

    def test_the_balance_shows_where_the_hub_counts(self):
        self.exchange.action_done()
        self.assertNotIn("My balance", self._page("bernard"))
        self.company.hub_exchange_counting = "time"
        self.exchange.action_plan()
        self.exchange.action_done()
        page = self._page("bernard")
        self.assertIn("My balance", page)
        self.assertIn("+ 1 h", page)
        self.assertNotIn(PHONES[2], page)

    def test_without_the_switch_or_a_role_there_is_no_section(self):
        self.bernard.hub_role_ids.date_end = "2021-01-01"
        self.assertNotIn("my_knowledge", self._page("bernard"))
        self.env["res.config.settings"].create(
            {"group_hub_feature_knowledge": False}
        ).execute()
        self.assertNotIn("my_knowledge", self._page("amina"))
