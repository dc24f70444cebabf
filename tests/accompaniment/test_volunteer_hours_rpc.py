from datetime import date, timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..rpc import ACCESS_ERRORS, RpcCase

MODEL = "hub.volunteer.hours"


@tagged("post_install", "-at_install")
class TestVolunteerHoursRpc(RpcCase):
    """The row "hours" of the table of rights, and the page on a telephone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paul = cls.env["res.partner"].create(
            {"name": "Paul Girard", "email": "paul@example.org"}
        )
        cls.users["paul"] = new_test_user(
            cls.env,
            login="hub_paul_g",
            name="Paul Girard",
            groups="base.group_portal",
            partner_id=cls.paul.id,
        )
        cls.own = {}
        for role in ("paul", "volunteer", "adviser", "portal", "board", "sales"):
            person = cls.users[role].partner_id
            cls.env["hub.role"].create(
                {
                    "partner_id": person.id,
                    "kind": "volunteer",
                    "date_start": "2020-01-01",
                }
            )
            cls.own[role] = cls._line(person)
        cls.theirs = cls.own["paul"]

    @classmethod
    def _line(cls, person, **vals):
        values = {"partner_id": person.id, "name": "Travel", **vals}
        return cls.env[MODEL].create(values)

    def _values(self, person):
        return {"partner_id": person.id, "hours": 0.5, "date": str(date.today())}

    @mute_logger("odoo.http")
    def assert_stopped(self, role, method, *args):
        """Refused, be it for want of rights or by the rule of the button."""
        with self.assertRaises(JsonRpcException, msg=f"{role} {method}") as refusal:
            self.call(role, MODEL, method, *args)
        stops = ACCESS_ERRORS | {"odoo.exceptions.UserError"}
        self.assertIn(str(refusal.exception), stops)

    def test_a_volunteer_adds_and_corrects_own_time_and_sees_no_other(self):
        me = self.users["volunteer"].partner_id
        [new] = self.assert_allowed("volunteer", MODEL, "create", [self._values(me)])
        self.assert_allowed("volunteer", MODEL, "write", [new], {"hours": 1})
        self.assert_allowed("volunteer", MODEL, "unlink", [new])
        self.assert_hidden("volunteer", MODEL, self.theirs)
        for method, args in (
            ("write", [{"hours": 1}]),
            ("unlink", []),
            ("action_draft", []),
        ):
            with self.subTest(method):
                self.assert_stopped("volunteer", method, self.theirs.ids, *args)
        self.assert_refused("volunteer", MODEL, "create", [self._values(self.paul)])
        self.assertTrue(self.theirs.exists())

    def test_only_the_team_validates(self):
        for role in ("volunteer", "finance", "portal", "board", "sales"):
            with self.subTest(role):
                self.assert_stopped(role, "action_validate", self.theirs.ids)
                self.assert_stopped(role, "action_validate", [])
                self.assert_stopped(role, "action_propose", [])
        self.env.invalidate_all()
        self.assertEqual(self.theirs.state, "draft")
        for role in ("adviser", "coordinator", "manager"):
            line = self._line(self.paul, hours=0.25)
            self.assert_allowed(role, MODEL, "action_validate", line.ids)
            self.env.invalidate_all()
            self.assertEqual(line.state, "validated", role)

    def test_an_adviser_writes_own_the_coordination_all(self):
        me = self.users["adviser"].partner_id
        [new] = self.assert_allowed("adviser", MODEL, "create", [self._values(me)])
        self.assert_allowed("adviser", MODEL, "write", [new], {"hours": 1})
        self.assert_allowed("adviser", MODEL, "read", self.theirs.ids, ["hours"])
        self.assert_refused("adviser", MODEL, "write", self.theirs.ids, {"hours": 1})
        self.assert_refused("adviser", MODEL, "create", [self._values(self.paul)])
        for role in ("coordinator", "manager"):
            [new] = self.assert_allowed(
                role, MODEL, "create", [self._values(self.paul)]
            )
            self.assert_allowed(role, MODEL, "write", [new], {"hours": 0.75})
            self.assert_allowed(role, MODEL, "unlink", [new])

    def test_nobody_sets_the_state_by_a_request(self):
        for role in ("volunteer", "adviser", "coordinator", "manager"):
            line = self.own.get(role, self.theirs)
            with self.subTest(role):
                self.assert_stopped(role, "write", line.ids, {"state": "validated"})
        self.env.invalidate_all()
        self.assertEqual(self.theirs.state, "draft")

    def test_finance_reads_and_values_and_writes_nothing(self):
        rows = self.assert_allowed(
            "finance", MODEL, "read", self.theirs.ids, ["hours", "value"]
        )
        self.assertEqual(rows[0]["hours"], 1)
        for name in ("name", "lead_id", "presence_id"):
            self.assert_refused("finance", MODEL, "read", self.theirs.ids, [name])
        self.assert_refused("finance", MODEL, "write", self.theirs.ids, {"hours": 2})
        self.assert_refused("finance", MODEL, "create", [self._values(self.paul)])
        self.assert_refused("finance", MODEL, "unlink", self.theirs.ids)
        self.assert_allowed("finance", "hub.hours.rate", "create", [{"rate": 12}])
        self.env.invalidate_all()
        self.assertEqual(self.theirs.value, 12)

    def test_board_and_sales_get_nothing_even_of_their_own(self):
        for role in ("board", "sales"):
            for line in (self.theirs, self.own[role]):
                self.assert_refused(role, MODEL, "read", line.ids, ["hours"])
                self.assert_refused(role, MODEL, "write", line.ids, {"hours": 2})
            self.assert_refused(role, MODEL, "search", [])
            self.assert_refused(role, "hub.hours.rate", "search", [])

    def test_the_portal_reads_own_and_writes_by_the_page_only(self):
        own = self.own["portal"]
        found = self.assert_allowed("portal", MODEL, "search", [])
        self.assertEqual(found, own.ids)
        self.assert_hidden("portal", MODEL, self.theirs)
        self.assert_refused("portal", MODEL, "write", own.ids, {"hours": 2})
        me = self.users["portal"].partner_id
        self.assert_refused("portal", MODEL, "create", [self._values(me)])
        for name in ("lead_id", "programme_id", "value"):
            self.assert_refused("portal", MODEL, "read", own.ids, [name])

    # The page

    def _page(self, path="/my/hub", **data):
        self.authenticate("hub_paul_g", "hub_paul_g")
        if path == "/my/hub":
            return self.url_open(path)
        return self.url_open(path, data=data | {"csrf_token": self._token()})

    def _token(self):
        page = self.url_open("/my/hub").text
        return page.split('name="csrf_token" value="')[1].split('"')[0]

    def _mine(self):
        self.env.invalidate_all()
        return self.env[MODEL].search([("partner_id", "=", self.paul.id)])

    def test_the_page_shows_the_month_and_adds_time_of_oneself(self):
        self.assertIn("1 h", self._page().text)
        other = self.users["volunteer"].partner_id
        answer = self._page(
            "/my/hub/time/add",
            hours="1.5",
            date=str(date.today()),
            function="network",
            name="Preparation",
            partner_id=other.id,
            state="validated",
        )
        self.assertIn("2 h 30", answer.text)
        new = self._mine() - self.theirs
        self.assertEqual(
            (new.hours, new.function, new.name, new.state),
            (1.5, "network", "Preparation", "draft"),
        )

    def test_the_page_says_what_is_wrong_and_writes_nothing(self):
        tomorrow = fields.Date.to_string(date.today() + timedelta(days=2))
        for hours, day, words in (
            ("24", str(date.today()), "24"),
            ("1", tomorrow, "still to come"),
            ("1", "2019-12-31", "begins on"),
            ("-1", str(date.today()), "How long"),
            ("nan", str(date.today()), "How long"),
            ("x", "y", "How long"),
        ):
            with self.subTest(hours=hours, day=day):
                answer = self._page("/my/hub/time/add", hours=hours, date=day)
                self.assertEqual(answer.status_code, 200)
                self.assertIn(words, answer.text)
                self.assertEqual(self._mine(), self.theirs)

    def test_the_page_takes_back_own_additions_only(self):
        other = self.own["volunteer"]
        self._page(f"/my/hub/time/{other.id}/remove")
        self.assertTrue(other.exists())
        validated = self._line(self.paul)
        validated.action_validate()
        self._page(f"/my/hub/time/{validated.id}/remove")
        self._page(f"/my/hub/time/{self.theirs.id}/remove")
        self.assertEqual(self._mine(), validated)

    def test_the_page_of_somebody_without_a_role_has_no_time(self):
        self._page()
        values = {"hours": "1", "date": str(date.today()), "csrf_token": self._token()}
        self.paul.hub_role_ids.write({"date_end": "2020-02-01"})
        self.assertNotIn("/my/hub/time/add", self.url_open("/my/hub").text)
        self.url_open("/my/hub/time/add", data=values)
        self.assertEqual(self._mine(), self.theirs)
