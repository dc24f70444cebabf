import re
from datetime import date

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import drawing
from .portal import PortalCase


@tagged("post_install", "-at_install")
class TestPactPortalAttacks(PortalCase):
    """What a stranger, an old page or a second tap sends changes nothing."""

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

    @mute_logger("odoo.http")
    def test_somebody_else_who_is_logged_in_sees_nothing(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        self.log_in(stranger)
        for path in ("", "/in-person", "/document"):
            response = self.url_open(f"/my/hub/pact/{self.concerned.id}{path}")
            self.assertEqual(response.status_code, 404)
            self.assertNotIn("Bakery", response.text)

    # In person
