import re
from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from ..common import HubUsersMixin
from .common import PactFactory, PactPages, drawing


class PortalCase(PactPages, PactFactory, HubUsersMixin, HttpCase):
    """A contract of three parties, sent to be signed by personal links."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_pacts()
        cls.company.email = "hub@example.org"
        cls.amina.write(
            {
                "email": "amina@example.org",
                "phone": "06 00 00 00 01",
                "street": "1 Secretword street",
            }
        )
        cls.bernard.write({"email": "bernard@example.org", "city": "Secretword"})
        cls.town.write({"email": "town@example.org", "street": "2 Secretword street"})
        cls.pact = cls._create_pact(user_id=cls.users["coordinator"].id)
        cls.elected = cls._add_town(cls.pact)
        cls.concerned = cls._party(cls.pact, "concerned")
        cls.volunteer = cls._party(cls.pact, "volunteer")
        cls.pact.action_to_sign()

    def assert_no_trace(self, act):
        """Nothing of the pact changes, nobody is written to, nothing is to do."""

        def stored():
            self.env.cr.precommit.run()
            self.env.invalidate_all()
            # the counter only says in which order signatures came
            names = set(self.pact._fields) - {"signature_lock", "write_date"}
            plain = [
                name
                for name in names
                if self.pact._fields[name].store
                and self.pact._fields[name].type not in ("one2many", "binary")
            ]
            answers = ["answer", "signed_on", "signed_by", "answer_reason", "text_name"]
            return (
                self.pact.read(sorted(plain)),
                self.pact.party_ids.read(answers),
                self.env["mail.mail"].search_count([]),
                self.env["hub.pact.file"].search_count([]),
                len(self.pact.activity_ids),
                len(self.pact.message_ids),
            )

        before = stored()
        result = act()
        self.assertEqual(stored(), before)
        return result


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

    def test_the_page_names_nobody_in_its_title_and_is_kept_by_nobody(self):
        address = f"/my/hub/pact/{self.concerned.id}"
        response = self.url_open(
            f"{address}?access_token={self.concerned.access_token}"
        )
        title = response.text.split("<title>")[1].split("</title>")[0]
        self.assertNotIn("Bakery", title)
        self.assertEqual(response.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("no-store", response.headers["Cache-Control"])

    @staticmethod
    def without_key(page):
        """The page without its own address, and what a session brings."""
        for part in (r"/my/hub/pact/[^\"]*", r"csrf_token: \"\w+\""):
            page = re.sub(part, "", page)
        return page

    @mute_logger("odoo.http")
    def test_a_wrong_a_foreign_and_an_old_key_get_the_answer_of_a_missing_page(self):
        old = self.concerned.access_token
        self.concerned.action_renew_link()
        other = self._create_pact(name="Another")
        other.action_to_sign()
        last = self.env["hub.pact.party"].search([], order="id desc", limit=1)
        missing = self.url_open(f"/my/hub/pact/{last.id + 99}?access_token={old}")
        missing = self.without_key(missing.text)
        for token in (
            "x",
            "",
            old,
            self.volunteer.access_token,
            self._party(other, "concerned").access_token,
        ):
            for path in ("", "/document"):
                status, page = self.page(self.concerned, token=token, path=path)
                self.assertEqual(status, 404)
                self.assertNotIn("Bakery", page)
                if not path:
                    self.assertEqual(self.without_key(page), missing)

    @mute_logger("odoo.http")
    def test_nobody_signs_or_declines_with_the_key_of_another(self):
        fingerprint = self.pact._text_fingerprint()
        for token in ("x", "", self.volunteer.access_token):
            with self.assertRaises(JsonRpcException):
                self.assert_no_trace(
                    lambda key=token: self.sign(
                        self.concerned, token=key, fingerprint=fingerprint
                    )
                )
            answer = self.assert_no_trace(
                lambda key=token: self.decline(self.concerned, token=key)
            )
            self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.concerned.answer, "waiting")

    @mute_logger("odoo.http")
    def test_a_draft_has_no_page_yet(self):
        draft = self._create_pact(name="Unfinished")
        status, page = self.page(self._party(draft, "concerned"))
        self.assertEqual(status, 404)
        self.assertNotIn("Unfinished", page)

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

    def test_a_text_changed_since_is_not_signed_and_the_new_one_is_shown(self):
        shown = self.fingerprint_on(self.page(self.concerned)[1])
        self.pact.goal_ids.name = "Open the shop in spring"
        answer = self.assert_no_trace(
            lambda: self.sign(self.concerned, fingerprint=shown)
        )
        self.assertIn("has changed", answer["message"])
        page = self.url_open(answer["redirect_url"]).text
        self.assertIn("nothing was signed", page)
        self.assertIn("in spring", page)
        self.sign(self.concerned, fingerprint=self.fingerprint_on(page))
        self.assertEqual(self.concerned.answer, "yes")

    def test_whatever_a_page_shows_changes_the_fingerprint(self):
        project = self.env["crm.lead"].create({"name": "P", "is_hub_project": True})
        changes = (
            {"name": "Other"},
            {"purpose": "<p>why</p>"},
            {"clauses": "<p>rule</p>"},
            {"diagnosis": "<p>state</p>"},
            {"date_end": "2026-06-30"},
            {"next_review_on": "2026-05-05"},
            {"joint_interview_on": "2025-12-21"},
            {"territory_id": self.env["hub.territory"].create({"name": "T"}).id},
            {"lead_ids": [Command.set(project.ids)]},
            {"is_open": True},
            {"meeting_ids": [Command.create({"date": "2025-11-11", "place": "Hall"})]},
            {"goal_ids": [Command.create({"name": "More"})]},
        )
        seen = {self.pact._text_fingerprint()}
        for values in changes:
            self.pact.write(values)
            seen.add(self.pact._text_fingerprint())
        lines = (
            (self.pact.commitment_ids, {"due": "2026-03-03"}),
            (self.pact.commitment_ids, {"level": "region"}),
            (self.pact.term_ids, {"target": "A lot"}),
            (self.elected, {"representative": "Paul"}),
            (self.elected, {"representative_role": "deputy"}),
            (self.amina, {"name": "Amina B."}),
            (self.town, {"city": "Beaune"}),
        )
        for record, values in lines:
            record.write(values)
            seen.add(self.pact._text_fingerprint())
        self.assertEqual(len(seen), 1 + len(changes) + len(lines))

    def test_the_fingerprint_does_not_depend_on_who_asks_nor_in_which_language(self):
        expected = self.pact._text_fingerprint()
        for role in ("adviser", "manager"):
            for lang in ("en_US", "fr_FR"):
                self.env.invalidate_all()
                pact = self.pact.with_user(self.users[role]).with_context(lang=lang)
                self.assertEqual(pact._text_fingerprint(), expected)

    def test_signing_twice_changes_nothing(self):
        self.sign(self.concerned)
        shown = self.pact.frozen_hash
        answer = self.assert_no_trace(
            lambda: self.sign(self.concerned, fingerprint=shown, name="Again")
        )
        self.assertIn("already answered", answer["error"])

    def test_a_no_needs_a_reason_and_is_not_followed_by_a_signature(self):
        page = self.assert_no_trace(lambda: self.decline(self.elected, "  ")).text
        self.assertIn("why you do not sign", page)
        self.decline(self.elected, "No <b>mandate</b>")
        self.assertEqual(self.elected.answer, "no")
        self.assertEqual(self.elected.answer_reason, "No <b>mandate</b>")
        status, page = self.page(self.elected)
        self.assertEqual(status, 200)
        self.assertNotIn("Open the shop", page, "whoever declined has nothing to read")
        shown = self.pact._text_fingerprint()
        answer = self.assert_no_trace(
            lambda: self.sign(self.elected, fingerprint=shown)
        )
        self.assertIn("declined", answer["error"])
        self.assert_no_trace(lambda: self.decline(self.elected, "Again"))

    def test_drawings_that_are_none_are_refused_in_a_sentence(self):
        shown = self.pact._text_fingerprint()
        for data, words in (
            ("", "could not be read"),
            ("not base64!", "could not be read"),
            ("QUJD", "could not be read"),
            ("PHN2Zy8+", "could not be read"),
            (drawing(ink=None), "draw your signature"),
            (drawing(ink="white"), "draw your signature"),
            (drawing(5000, 10), "could not be read"),
            ("A" * 1_000_001, "too large"),
        ):
            with self.subTest(data[:20]):
                answer = self.assert_no_trace(
                    lambda data=data: self.sign(
                        self.concerned, fingerprint=shown, signature=data
                    )
                )
                self.assertIn(words, answer["error"])
        answer = self.assert_no_trace(
            lambda: self.sign(self.concerned, fingerprint=shown, name="  ")
        )
        self.assertIn("write your name", answer["error"])

    def test_an_organisation_without_a_named_person_does_not_sign(self):
        self.elected.representative_role = False
        shown = self.pact._text_fingerprint()
        answer = self.assert_no_trace(
            lambda: self.sign(self.elected, fingerprint=shown)
        )
        self.assertIn("Ville de Dijon", answer["error"])

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

    def test_a_text_given_up_or_ended_is_not_signed(self):
        self.pact.action_cancel()
        status, page = self.page(self.concerned)
        self.assertEqual(status, 200)
        self.assertNotIn("Open the shop", page)
        shown = self.pact._text_fingerprint()
        answer = self.assert_no_trace(
            lambda: self.sign(self.concerned, fingerprint=shown)
        )
        self.assertIn("not open to signature", answer["error"])
        other = self._pact_in_force()
        other.party_ids[0]._leave(date(2026, 1, 20), "Moved away")
        other.action_end()
        self.assertIn("You left", self.page(other.party_ids[0])[1])

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

    def test_whoever_signs_for_an_organisation_finds_it_there_as_well(self):
        marie = self.env["res.partner"].create({"name": "Marie Dupont"})
        self.elected.contact_id = marie
        self.log_in(marie)
        page = self.url_open("/my/hub").text
        self.assertIn(f"/my/hub/pact/{self.elected.id}", page)

    @mute_logger("odoo.http")
    def test_somebody_else_who_is_logged_in_sees_nothing(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        self.log_in(stranger)
        for path in ("", "/in-person", "/document"):
            response = self.url_open(f"/my/hub/pact/{self.concerned.id}{path}")
            self.assertEqual(response.status_code, 404)
            self.assertNotIn("Bakery", response.text)

    # In person

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
        for role in ("adviser", "board", "sales", "portal", "volunteer"):
            with self.subTest(role), self.assertRaises(JsonRpcException):
                self.assert_no_trace(
                    lambda role=role: self.sign_at_the_table(
                        self.users[role].login, self.concerned
                    )
                )
        self.pact.user_id = self.users["adviser"]
        self.sign_at_the_table("hub_adviser", self.concerned)
        self.assertEqual(self.concerned.answer, "yes")

    def test_what_is_no_longer_open_is_not_signed_at_the_table(self):
        self.concerned._sign(date(2026, 1, 5), "paper")
        with self.assertRaisesRegex(UserError, "already answered"):
            self.concerned.action_sign_here()
