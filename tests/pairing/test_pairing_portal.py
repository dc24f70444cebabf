from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import HubUsersMixin
from .common import PairingMixin


@tagged("post_install", "-at_install")
class TestPairingPortal(PairingMixin, HubUsersMixin, HttpCase):
    """Volunteers and holders answer on a telephone, with or without an account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_pairing()
        cls.pairing = cls._pair(cls.bernard)
        cls.pairing.action_send()
        cls.page = f"/my/hub/pairing/{cls.pairing.id}"
        cls.token = cls.pairing.access_token

    def read(self, path, **query):
        response = self.url_open(
            path + "?" + "&".join(f"{name}={value}" for name, value in query.items())
        )
        return response.status_code, response.text

    def answer(self, side, answer, token, reason=""):
        suffix = "/holder" if side == "holder" else ""
        page = self.url_open(f"{self.page}{suffix}?access_token={token}").text
        csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(
            f"{self.page}/{side}/answer",
            data={
                "csrf_token": csrf,
                "access_token": token,
                "answer": answer,
                "reason": reason,
            },
        )

    def test_the_link_shows_the_project_but_nobody_before_the_yes(self):
        status, page = self.read(self.page, access_token=self.token)
        self.assertEqual(status, 200)
        self.assertIn(self.project.name, page)
        self.assertIn(self.law.name, page)
        self.assertNotIn("Amina", page)
        self.assertNotIn("03 80 00 00 01", page)

    def test_a_title_that_names_the_holder_waits_for_the_yes(self):
        self.project.name = "Projet d'AMINA"
        self.project.hub_activity_id = self.env["hub.activity"].create(
            {"name": "Cafés"}
        )
        _status, page = self.read(self.page, access_token=self.token)
        self.assertNotIn("AMINA", page)
        self.assertIn("Cafés", page)
        self.assertNotIn("AMINA", self.pairing.display_name)
        page = self.answer("volunteer", "yes", self.token).text
        self.assertIn("AMINA", page)

    @mute_logger("odoo.http")
    def test_a_wrong_link_and_a_wrong_number_tell_nothing(self):
        last = self.env["hub.pairing"].search([], order="id desc", limit=1).id
        answers = {
            self.read(self.page, access_token="x"),
            self.read(self.page),
            self.read(f"/my/hub/pairing/{last + 99}", access_token=self.token),
            self.read(f"{self.page}/holder", access_token=self.token),
        }
        self.assertEqual({status for status, _page in answers}, {404})
        for _status, page in answers:
            self.assertNotIn(self.project.name, page)

    def test_yes_by_the_link_shows_whom_to_call(self):
        page = self.answer("volunteer", "yes", self.token).text
        self.assertRecordValues(
            self.pairing,
            [
                {
                    "state": "accepted",
                    "volunteer_answer_channel": "portal",
                    "volunteer_recorded_by_id": False,
                }
            ],
        )
        self.assertIn("Amina", page)
        self.assertIn('href="tel:0380000001"', page)

    def test_no_by_the_link_keeps_the_reason(self):
        page = self.answer("volunteer", "no", self.token, reason="Too far").text
        self.assertEqual(self.pairing.state, "declined")
        self.assertEqual(self.pairing.volunteer_reason, "Too far")
        self.assertNotIn("Amina", page)

    def test_answering_twice_changes_nothing(self):
        self.answer("volunteer", "yes", self.token)
        self.pairing.invalidate_recordset()
        self.url_open(self.page, data={})
        self.assertEqual(self.pairing.state, "accepted")
        with self.assertRaises(IndexError, msg="no buttons any more"):
            self.answer("volunteer", "no", self.token)

    def test_the_holder_learns_the_name_after_the_yes_and_answers(self):
        token = self.pairing.holder_token
        _status, page = self.read(f"{self.page}/holder", access_token=token)
        self.assertNotIn("Bernard", page)
        self.pairing.action_accept(channel="phone")
        _status, page = self.read(f"{self.page}/holder", access_token=token)
        self.assertIn("Bernard", page)
        self.assertNotIn("06 00 00 00 00", page)
        page = self.answer("holder", "yes", token).text
        self.assertEqual(self.pairing.state, "active")
        self.assertIn('href="tel:0600000000"', page)

    @mute_logger("odoo.http")
    def test_the_link_of_the_volunteer_does_not_answer_for_the_holder(self):
        self.pairing.action_accept(channel="phone")
        csrf = self.url_open(f"{self.page}?access_token={self.token}").text
        self.assertNotIn('value="no"', csrf)
        response = self.url_open(
            f"{self.page}/holder/answer",
            data={"answer": "yes", "access_token": self.token},
        )
        self.assertGreaterEqual(response.status_code, 400)
        self.assertEqual(self.pairing.state, "accepted")

    def test_after_the_end_the_link_shows_no_name(self):
        self.pairing.action_activate(channel="phone")
        self.pairing.action_end(reason="Launched")
        _status, page = self.read(self.page, access_token=self.token)
        self.assertNotIn("Amina", page)

    def test_a_volunteer_finds_proposals_and_projects_on_one_page(self):
        self.log_in(self.bernard)
        _status, page = self.read("/my/hub")
        self.assertIn(f'href="{self.page}"', page)
        self.assertNotIn("Amina", page)
        self.pairing.action_accept(channel="phone")
        _status, page = self.read("/my/hub")
        self.assertIn("Amina", page)
        self.assertIn("tel:0380000001", page)

    def test_what_is_not_proposed_yet_shows_nowhere(self):
        self._pair(self.chloe)
        self.log_in(self.chloe)
        _status, page = self.read("/my/hub")
        self.assertNotIn(self.project.name, page)

    def test_a_holder_finds_the_people_and_the_next_step(self):
        self.pairing.action_activate(channel="phone")
        self.env["hub.project.action"].create(
            {
                "lead_id": self.project.id,
                "name": "See the bank",
                "date_due": "2030-01-02",
            }
        )
        self.log_in(self.amina)
        _status, page = self.read("/my/hub")
        self.assertIn("Bernard", page)
        self.assertIn("tel:0600000000", page)
        self.assertIn("See the bank", page)

    def test_a_holder_sees_no_project_of_somebody_else(self):
        other = self._create_project("Bakery", self.denis)
        self._active(self.chloe, other)
        self.log_in(self.amina)
        _status, page = self.read("/my/hub")
        self.assertNotIn("Bakery", page)
        self.assertNotIn("Chloé", page)

    def test_the_home_page_counts_what_there_is(self):
        count = self.env["hub.portal"]._count
        neighbour = self.env["res.partner"].create({"name": "Neighbour"})
        self.assertEqual(count(self.denis), count(self.bernard) - 1)
        self.assertEqual(count(neighbour), 0)
        self.log_in(self.bernard)
        self.assertIn("/my/hub", self.read("/my")[1])

    def post(self, side, answer, token, pairing=None):
        """A click on a page that was opened earlier."""
        page = f"/my/hub/pairing/{(pairing or self.pairing).id}"
        csrf = self.url_open("/web/login").text.split('csrf_token: "')[1].split('"')[0]
        response = self.url_open(
            f"{page}/{side}/answer",
            data={"csrf_token": csrf, "access_token": token, "answer": answer},
        )
        self.pairing.invalidate_recordset()
        return response

    def assert_no_trace(self, action):
        """Nothing of the pair changes, nobody is written to, nothing is to do."""
        names = ["state", "volunteer_answer", "holder_answer", "volunteer_reason"]

        def stored():
            self.env.cr.precommit.run()
            self.env.invalidate_all()
            return (
                self.pairing.read(names),
                self.env["mail.mail"].search_count([]),
                len(self.project.activity_ids),
                len(self.project.message_ids | self.pairing.message_ids),
            )

        before = stored()
        response = action()
        self.assertEqual(stored(), before)
        return response

    def test_a_second_device_answers_otherwise_and_changes_nothing(self):
        self.answer("volunteer", "yes", self.token)
        page = self.assert_no_trace(lambda: self.post("volunteer", "no", self.token))
        self.assertIn("You said yes", page.text)

    def test_two_clicks_are_one_answer(self):
        self.answer("volunteer", "no", self.token)
        page = self.assert_no_trace(lambda: self.post("volunteer", "no", self.token))
        self.assertIn("Your no is noted", page.text)

    def test_an_answer_to_what_was_withdrawn_leaves_no_trace(self):
        self.pairing.action_end(reason="Found somebody else")
        page = self.assert_no_trace(lambda: self.post("volunteer", "yes", self.token))
        self.assertIn("no longer waits", page.text)
        self.assertNotIn("Amina", page.text)
        self.assertNotIn("Found somebody else", page.text)

    def test_an_answer_about_a_project_put_away_leaves_no_trace(self):
        self.project.active = False
        page = self.assert_no_trace(lambda: self.post("volunteer", "yes", self.token))
        self.assertIn("no longer waits", page.text)

    def test_who_was_replaced_learns_nothing_and_changes_nothing(self):
        self.pairing.action_activate(channel="phone")
        self.pairing.action_end(reason="Replaced")
        self._active(self.chloe)
        page = self.assert_no_trace(lambda: self.post("volunteer", "no", self.token))
        self.assertNotIn("Chloé", page.text)
        self.assertNotIn("Amina", page.text)

    @mute_logger("odoo.http")
    def test_the_link_of_one_answers_for_nobody_else(self):
        self.pairing.action_accept(channel="phone")
        other = self._pair(self.chloe)
        other.action_send()
        attempts = [
            ("holder", self.token, self.pairing),
            ("volunteer", self.pairing.holder_token, self.pairing),
            ("volunteer", self.token, other),
            ("holder", self.pairing.holder_token, other),
            ("elsewhere", self.token, self.pairing),
        ]
        for side, token, pairing in attempts:
            response = self.assert_no_trace(
                lambda s=side, t=token, p=pairing: self.post(s, "yes", t, p)
            )
            self.assertEqual(response.status_code, 404)
        self.assertEqual(other.state, "sent")

    def test_the_holder_is_not_asked_before_the_yes_of_the_volunteer(self):
        page = self.assert_no_trace(
            lambda: self.post("holder", "yes", self.pairing.holder_token)
        )
        self.assertIn("Nobody waits for your answer", page.text)
        self.assertNotIn("Bernard", page.text)

    def test_the_holder_says_no_and_reads_that_it_is_noted(self):
        self.pairing.action_accept(channel="phone")
        page = self.answer("holder", "no", self.pairing.holder_token, reason="No").text
        self.assertEqual(self.pairing.state, "declined")
        self.assertIn("Your no is noted", page)
        page = self.read(self.page, access_token=self.token)[1]
        self.assertIn("does not take place", page)
        self.assertNotIn("Amina", page)

    def test_the_holder_goes_from_one_person_to_the_other(self):
        other = self._pair(self.chloe)
        other.action_send()
        (self.pairing | other).action_accept(channel="phone")
        page = self.answer("holder", "yes", self.pairing.holder_token).text
        self.assertIn("Chloé", page)
        self.assertIn(other.holder_token, page)

    def test_both_agreed_and_all_find_names_and_telephones(self):
        other = self._active(self.chloe)
        self.pairing.action_activate(channel="phone")
        page = self.read(self.page, access_token=self.token)[1]
        for word in ("Amina", "tel:0380000001", "Chloé", "tel:0600000000"):
            self.assertIn(word, page)
        page = self.read(f"{self.page}/holder", access_token=other.holder_token)
        self.assertEqual(page[0], 404, "each link opens its own page")
        page = self.read(
            f"/my/hub/pairing/{other.id}/holder", access_token=other.holder_token
        )[1]
        self.assertIn("tel:0600000000", page)

    def test_the_page_names_nobody_in_its_title_or_address(self):
        self.project.name = "Projet d'AMINA"
        response = self.url_open(f"{self.page}?access_token={self.token}")
        title = response.text.split("<title>")[1].split("</title>")[0]
        self.assertNotIn("AMINA", title.upper())
        self.assertNotIn("AMINA", response.url.upper())

    def test_a_no_by_the_link_tells_the_adviser_and_not_the_volunteer(self):
        self.project.user_id = self.users["adviser"]
        page = self.answer("volunteer", "no", self.token, reason="Too far").text
        self.assertEqual(self.project.activity_ids.user_id, self.users["adviser"])
        self.assertIn("Next:", self.project.activity_ids.note)
        self.assertNotIn("Next:", page)
        self.assertNotIn("Chloé", page)

    def test_a_yes_by_the_link_writes_to_the_holder(self):
        self.answer("volunteer", "yes", self.token)
        mail = self.env["mail.mail"].search([("recipient_ids", "in", self.amina.ids)])
        self.assertEqual(len(mail), 1)
        self.assertIn(self.pairing.holder_token, mail.body_html)

    def log_in(self, partner):
        login = f"portal_{partner.id}"
        new_test_user(
            self.env, login, groups="base.group_portal", partner_id=partner.id
        )
        self.authenticate(login, login + "x" * (8 - len(login)))
