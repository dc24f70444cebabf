from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import HubCommon
from .common import GovernanceMixin


@tagged("post_install", "-at_install")
class TestProxies(GovernanceMixin, HubCommon):
    """Who represents whom: limited, revocable, visible, void without its holder."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_board()
        cls.meeting = cls._convened()
        cls.a, cls.b, cls.c = (cls._line(cls.meeting, "funders", n) for n in (1, 2, 3))
        cls.other = cls._line(cls.meeting, "volunteers", 1)

    def test_a_proxy_is_given_by_who_is_not_coming(self):
        self.a.action_give_proxy(holder_id=self.b.id, channel="phone")
        self.assertEqual(self.a.proxy_to_id, self.b)
        self.assertEqual(self.a.answer, "no")
        self.assertEqual(self.a.state, "represented")
        self.assertEqual(self.a.proxy_channel, "phone")
        self.assertEqual(self.b.proxy_from_ids, self.a)
        self.assertIn(
            "Funders 1 gives a proxy to Funders 2",
            "".join(self.meeting.message_ids.mapped("body")),
        )

    def test_a_proxy_is_taken_back(self):
        self.a.action_give_proxy(holder_id=self.b.id)
        self.a.action_revoke_proxy()
        self.assertFalse(self.a.proxy_to_id)
        self.assertEqual(self.a.state, "excused")
        self.assertIn("takes back", "".join(self.meeting.message_ids.mapped("body")))
        self.a.action_give_proxy(holder_id=self.c.id)
        self.assertEqual(self.a.proxy_to_id, self.c)

    def test_whoever_comes_after_all_needs_no_proxy(self):
        self.a.action_give_proxy(holder_id=self.b.id)
        self.a.action_coming()
        self.assertFalse(self.a.proxy_to_id)
        self.assertEqual((self.a.answer, self.a.state), ("yes", "expected"))

    def test_nobody_holds_more_proxies_than_the_rules_allow(self):
        self.a.proxy_to_id = self.b
        with self.assert_rule("would hold 2 proxies, and 1 at most"):
            self.c.proxy_to_id = self.b
        with self.assert_rule("would hold 2 proxies"):
            (self.c | self.other).write(
                {"proxy_to_id": self._line(self.meeting, "volunteers", 2).id}
            )

    def test_proxies_do_not_go_round(self):
        self.a.proxy_to_id = self.b
        with self.assert_rule("proxies do not go round"):
            self.b.proxy_to_id = self.a
        with self.assert_rule("proxies do not go round"):
            self.c.proxy_to_id = self.a
        with self.assert_rule("another member"):
            self.c.proxy_to_id = self.c

    def test_whoever_will_not_be_there_holds_no_proxy(self):
        self.b.action_not_coming()
        with self.assert_rule("will not be there"):
            self.a.proxy_to_id = self.b
        self.c.action_absent()
        with self.assert_rule("will not be there"):
            self.a.proxy_to_id = self.c

    def test_a_proxy_is_void_when_its_holder_is_not_there(self):
        self.a.proxy_to_id = self.b
        self.meeting.action_open()
        self.other.action_present()
        self.assertEqual(self.meeting.represented_count, 0)
        self.b.action_absent()
        self.assertIn("void", self.a.proxy_note)
        self.assertEqual(self.meeting.represented_count, 0)
        resolution = self._resolution(self.meeting)
        with self.assert_rule("who holds the proxy, is not there"):
            self._ballots(resolution, {("funders", 1): "for"})
        self.b.action_present()
        self.assertEqual(self.meeting.represented_count, 1)
        self.assertFalse(self.a.proxy_note)

    def test_a_holder_who_gives_a_proxy_in_turn_voids_the_one_received(self):
        self.a.proxy_to_id = self.b
        self.b.action_give_proxy(holder_id=self.c.id)
        self.meeting.action_open()
        self.c.action_present()
        self.assertEqual(self.meeting.represented_count, 1)
        self.assertIn("void", self.a.proxy_note)

    def test_coming_in_person_leaves_the_proxy_aside(self):
        self.a.proxy_to_id = self.b
        self.meeting.action_open()
        (self.a | self.b).action_present()
        self.assertIn("came in person", self.a.proxy_note)
        self.assertEqual(
            (self.meeting.present_count, self.meeting.represented_count), (2, 0)
        )

    def test_whoever_leaves_may_give_a_proxy(self):
        self.meeting.action_open()
        (self.a | self.b).action_present()
        self.a.action_left()
        self.a.departure = fields.Datetime.now() - timedelta(minutes=1)
        self.assertEqual(self.meeting.represented_count, 0)
        self.a.proxy_to_id = self.b
        self.assertEqual(self.a.state, "present")
        self.meeting.invalidate_recordset()
        self.assertEqual(
            (self.meeting.present_count, self.meeting.represented_count), (1, 1)
        )

    def test_a_meeting_without_proxies_takes_none(self):
        self.body.proxies_per_person = 0
        meeting = self._convened()
        with self.assert_rule("allow no proxies"):
            self._line(meeting, "funders", 1).proxy_to_id = self._line(
                meeting, "funders", 2
            )

    def test_a_proxy_stays_within_the_college_where_the_rules_say_so(self):
        self.body.proxy_same_college = True
        meeting = self._convened()
        giver = self._line(meeting, "funders", 1)
        with self.assert_rule("within the college"):
            giver.proxy_to_id = self._line(meeting, "volunteers", 1)
        giver.proxy_to_id = self._line(meeting, "funders", 2)

    def test_a_blank_proxy_counts_once_it_is_given_to_somebody(self):
        with self.assert_rule("blank proxies are not accepted"):
            self.a.action_give_proxy()
        self.body.blank_proxies = True
        meeting = self._convened()
        giver = self._line(meeting, "funders", 1)
        giver.action_give_proxy()
        self.assertEqual((giver.state, giver.proxy_blank), ("represented", True))
        self.assertIn("blank", giver.proxy_note)
        meeting.action_open()
        holder = self._line(meeting, "funders", 2)
        holder.action_present()
        self.assertEqual(meeting.represented_count, 0)
        giver.proxy_to_id = holder
        self.assertFalse(giver.proxy_blank)
        self.assertEqual(meeting.represented_count, 1)

    def test_represented_by_nobody_is_refused(self):
        with self.assert_rule("say by whom"):
            self.a.state = "represented"

    def test_a_proxy_of_another_meeting_is_refused(self):
        meeting = self._convened()
        with self.assert_rule("another member who votes here"):
            self.a.proxy_to_id = self._line(meeting, "funders", 2)

    def test_a_guest_gives_and_holds_no_proxy(self):
        guest = self.env["hub.presence"].create(
            {
                "meeting_id": self.meeting.id,
                "partner_id": self.env["res.partner"].create({"name": "Guest"}).id,
                "voting": False,
            }
        )
        with self.assert_rule("another member"):
            self.a.proxy_to_id = guest
        with self.assert_rule("has no vote gives no proxy"):
            guest.proxy_to_id = self.a

    def test_after_the_meeting_nobody_answers_any_more(self):
        self.meeting.action_open()
        self.meeting.action_close()
        for call in (
            self.a.action_coming,
            lambda: self.a.action_give_proxy(holder_id=self.b.id),
            self.a.action_revoke_proxy,
        ):
            with self.assert_rule("waits for no answer"):
                call()

    def test_nobody_answers_for_somebody_else(self):
        board = self.users["board"]
        board.partner_id = self.people["funders", 2]
        with self.assertRaises(AccessError):
            self.a.with_user(board).action_coming()
        with self.assertRaises(AccessError):
            self.a.with_user(board).action_give_proxy(holder_id=self.b.id)
        with self.assertRaises(AccessError):
            self.b.with_user(board).write({"proxy_to_id": self.a.id})
        self.b.with_user(board).action_coming()
        self.assertEqual(self.b.answer_channel, "portal")
        self.assertFalse(self.b.recorded_by_id)

    def test_an_answer_by_telephone_says_who_noted_it(self):
        self.a.with_user(self.users["coordinator"]).action_not_coming()
        self.assertEqual(self.a.answer_channel, "phone")
        self.assertEqual(self.a.recorded_by_id, self.users["coordinator"])

    def test_the_substitute_answers_and_sits(self):
        substitute = self._person("Stand-in", "funder")
        self.mandates["funders", 1].substitute_id = substitute
        meeting = self._convened()
        line = self._line(meeting, "funders", 1)
        self.assertEqual(line.substitute_id, substitute)
        board = self.users["board"]
        board.partner_id = substitute
        line.with_user(board).action_coming()
        meeting.action_open()
        line.write({"by_substitute": True})
        line.action_present()
        self.assertTrue(line._sat_in_by(substitute))
        self.assertFalse(line._sat_in_by(line.partner_id))

    def test_answers_and_proxies_are_not_typed_in(self):
        user = self.users["coordinator"]
        for vals in (
            {"answer": "yes"},
            {"name": "Somebody"},
            {"partner_id": self.people["funders", 3].id},
            {"college_id": self.colleges["volunteers"].id},
            {"voting": False},
            {"fee_missing": True},
            {"proxy_channel": "portal"},
        ):
            with self.subTest(vals), self.assert_rule("is not typed in"):
                self.a.with_user(user).write(vals)
