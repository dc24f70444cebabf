from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import drawing
from .portal import PortalCase


@tagged("post_install", "-at_install")
class TestPactPortal(PortalCase):
    """Each party reads and signs on a telephone, by a link, without a password."""

    def test_the_page_shows_the_whole_text_and_who_reads_it(self):
        status, page = self.page(self.elected)
        self.assertEqual(status, 200)
        for words in (
            "Bakery",
            self.pact.number,
            "Open the shop",
            "Meet twice a month",
            self.indicator.name,
            "Amina Bérenger",
            "Bernard Œuvrard",
            "Marie Dupont, mayor",
            "in the name of",
            self.pact._text_fingerprint(),
        ):
            self.assertIn(words, page)

    def test_the_page_shows_nothing_else(self):
        self.pact.party_ids[0].contact_id = self.env["res.partner"].create(
            {"name": "Secretword", "email": "helper@example.org"}
        )
        self.pact.message_post(body="Secretword")
        self.elected._decline("phone", "Secretword")
        _status, page = self.page(self.concerned)
        for word in (
            "Secretword",
            "example.org",
            "06 00 00",
            self.elected.access_token,
            self.volunteer.access_token,
        ):
            self.assertNotIn(word, page)

    def test_awkward_words_are_safe_and_readable_on_the_page(self):
        self.amina.name = "محمد بن عبد الله 👩‍🍳"
        self.pact.write(
            {
                "name": "Café 🥐 <script>alert(1)</script> مقهى",
                "purpose": "<p>Why <b onclick='alert(2)'>bold</b>"
                "<script>alert(3)</script>"
                "<img src='x' onerror='alert(4)'/>"
                "<a href='javascript:alert(5)'>link</a></p>",
            }
        )
        self.pact.goal_ids.name = "Long " * 5000 + "<b>end</b> 🎯"
        self.pact.commitment_ids.name = "<img src=x onerror=alert(6)>"
        _status, page = self.page(self.concerned)
        for words in (
            "<bdi>محمد بن عبد الله 👩‍🍳</bdi>",
            "Café 🥐 &lt;script&gt;alert(1)&lt;/script&gt; مقهى",
            "<b>bold</b>",
            "&lt;b&gt;end&lt;/b&gt; 🎯",
            "&lt;img src=x onerror=alert(6)&gt;",
        ):
            self.assertIn(words, page)
        text = page.split("o_hub_pact_text")[1].split("o_hub_sign_box")[0]
        for words in ("onclick", "<script", "onerror='", 'onerror="', "javascript:"):
            self.assertNotIn(words, text)
        self.sign(self.concerned, name="محمد 👩‍🍳 <i>x</i>")
        self.assertEqual(self.concerned.answer, "yes")
        self.assertIn("محمد بن عبد الله 👩‍🍳", self.pact.frozen_json)
        self.assertTrue(self.pact._signed_file())

    def test_the_page_names_nobody_in_its_title_and_is_kept_by_nobody(self):
        address = f"/my/hub/pact/{self.concerned.id}"
        response = self.url_open(
            f"{address}?access_token={self.concerned.access_token}"
        )
        title = response.text.split("<title>")[1].split("</title>")[0]
        self.assertNotIn("Bakery", title)
        self.assertEqual(response.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("no-store", response.headers["Cache-Control"])

    def test_signing_keeps_name_drawing_day_and_fingerprint(self):
        shown = self.fingerprint_on(self.page(self.concerned)[1])
        answer = self.sign(self.concerned, name="Amina B.", fingerprint=shown)
        self.assertTrue(answer["force_refresh"])
        self.env.invalidate_all()
        self.assertRecordValues(
            self.concerned,
            [
                {
                    "answer": "yes",
                    "answer_channel": "portal",
                    "recorded_by_id": False,
                    "signed_by": "Amina B.",
                    "signed_hash": shown,
                    "text_name": "Amina Bérenger",
                }
            ],
        )
        self.assertTrue(self.concerned.signature)
        self.assertEqual(self.pact.frozen_hash, shown, "what was shown is what counts")
        _status, page = self.page(self.concerned)
        self.assertIn("alert-success", page)
        self.assertNotIn("o_hub_sign_box", page)

    def test_the_last_signature_brings_into_force_and_sends_the_document(self):
        for party in self.pact.party_ids:
            self.sign(party)
        self.env.invalidate_all()
        self.assertEqual(self.pact.state, "in_force")
        file = self.pact.file_ids.filtered(lambda file: file.kind == "signed")
        self.assertEqual(len(file), 1)
        mails = self.env["mail.mail"].search(
            [("attachment_ids", "in", file.attachment_id.ids)]
        )
        self.assertEqual(mails.recipient_ids, self.amina | self.bernard | self.town)
        self.assertFalse(mails.filtered("model"), "nobody reads the link of another")
        response = self.url_open(
            f"/my/hub/pact/{self.concerned.id}/document"
            f"?access_token={self.concerned.access_token}"
        )
        self.assertEqual(response.content, file.attachment_id.raw)
        self.assertTrue(self.pact._is_signed_file(response.content))
        self.assertIn("attachment", response.headers["Content-Disposition"])

    def test_before_signing_the_text_can_be_read_as_a_document(self):
        path = f"/my/hub/pact/{self.concerned.id}/document"
        key = f"?access_token={self.concerned.access_token}"
        response = self.url_open(path + key)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertTrue(response.content.startswith(b"%PDF"))
        self.assertFalse(self.pact.frozen_on)
        self.sign(self.volunteer)
        response = self.url_open(path + key)
        self.assertEqual(response.content, self.pact.frozen_pdf_id.raw)

    def test_a_text_taken_back_says_so_and_shows_nothing(self):
        self.sign(self.concerned)
        self.pact._take_back("A word was missing")
        status, page = self.page(self.concerned)
        self.assertEqual(status, 200)
        self.assertIn("written anew", page)
        self.assertNotIn("Open the shop", page)
        self.pact.goal_ids.name = "Open two shops"
        self.pact.action_to_sign()
        _status, page = self.page(self.concerned)
        self.assertIn("Open two shops", page)
        self.sign(self.concerned)
        self.assertEqual(self.concerned.answer, "yes")
        self.assertEqual(self.pact.version, 2)

    def test_people_of_the_hub_find_what_waits_for_them_on_their_own_page(self):
        self.log_in(self.amina)
        page = self.url_open("/my/hub").text
        self.assertIn(f'href="/my/hub/pact/{self.concerned.id}"', page)
        self.assertNotIn(f"/my/hub/pact/{self.volunteer.id}", page)
        page = self.url_open(f"/my/hub/pact/{self.concerned.id}").text
        self.assertIn("Open the shop", page)
        fingerprint = self.fingerprint_on(page)
        answer = self.make_jsonrpc_request(
            f"/my/hub/pact/{self.concerned.id}/sign?fingerprint={fingerprint}",
            {"name": "Amina", "signature": drawing()},
        )
        self.assertEqual(answer["redirect_url"], f"/my/hub/pact/{self.concerned.id}")
        self.assertEqual(self.concerned.answer_channel, "portal")
        page = self.url_open("/my/hub").text
        self.assertIn("my_pacts", page)
        self.assertNotIn("pacts_to_sign", page)

    def test_the_way_back_stands_there_for_whoever_has_an_own_page(self):
        _status, page = self.page(self.concerned)
        self.assertNotIn('href="/my/hub"', page)
        self.log_in(self.amina)
        page = self.url_open(f"/my/hub/pact/{self.concerned.id}").text
        self.assertIn('href="/my/hub"', page)

    def test_whoever_signs_for_an_organisation_finds_it_there_as_well(self):
        marie = self.env["res.partner"].create({"name": "Marie Dupont"})
        self.elected.contact_id = marie
        self.log_in(marie)
        page = self.url_open("/my/hub").text
        self.assertIn(f"/my/hub/pact/{self.elected.id}", page)

    def sign_at_the_table(self, login, party, fingerprint=None):
        self.authenticate(login, login + "x" * (8 - len(login)))
        fingerprint = fingerprint or self.pact._text_fingerprint()
        return self.make_jsonrpc_request(
            f"/my/hub/pact/{party.id}/in-person/sign?fingerprint={fingerprint}",
            {"name": "Amina", "signature": drawing()},
        )

    def test_in_person_the_coordinator_hands_over_the_screen(self):
        party = self.concerned.with_user(self.users["coordinator"])
        url = party.action_sign_here()["url"]
        self.authenticate("hub_coordinator", "hub_coordinator")
        page = self.url_open(url).text
        self.assertIn("Open the shop", page)
        self.assertIn("Back to the pact", page)
        self.assertNotIn('name="reason"', page)
        document = self.url_open(f"{url}/document")
        self.assertTrue(document.content.startswith(b"%PDF"))
        self.sign_at_the_table("hub_coordinator", self.concerned)
        self.assertRecordValues(
            self.concerned,
            [
                {
                    "answer": "yes",
                    "answer_channel": "in_person",
                    "recorded_by_id": self.users["coordinator"].id,
                    "signed_by": "Amina",
                }
            ],
        )

    @mute_logger("odoo.http")
    def test_only_whoever_may_write_the_pact_records_at_the_table(self):
        path = f"/my/hub/pact/{self.concerned.id}/in-person"
        for role in ("adviser", "board", "sales", "portal", "volunteer"):
            with self.subTest(role), self.assertRaises(JsonRpcException):
                self.assert_no_trace(
                    lambda role=role: self.sign_at_the_table(
                        self.users[role].login, self.concerned
                    )
                )
            for page in (path, f"{path}/document"):
                self.assertEqual(self.url_open(page).status_code, 404, role)
        self.pact.user_id = self.users["adviser"]
        self.sign_at_the_table("hub_adviser", self.concerned)
        self.assertEqual(self.concerned.answer, "yes")

    def test_what_is_no_longer_open_is_not_signed_at_the_table(self):
        self.concerned._sign(date(2026, 1, 5), "paper")
        with self.assertRaisesRegex(UserError, "already answered"):
            self.concerned.action_sign_here()
