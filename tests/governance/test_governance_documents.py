from datetime import timedelta
from io import BytesIO

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from ..common import HubUsersMixin
from .common import CODES, GovernanceMixin

# The word of the watermark, as its spaced letters are read.
DRAFT = "DRAFT"


@tagged("post_install", "-at_install")
class TestGovernanceDocuments(GovernanceMixin, HubUsersMixin, HttpCase):
    """Convocation, proxy, lists, minutes, registers and receipts, in both languages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls._set_up_board()
        cls.mandates["qualified", 1].office = "chair"
        cls.mandates["employees", 1].office = "secretary"
        bank = cls._person("Savers' bank", "funder", is_company=True)
        cls.mandates["funders", 2].represented_id = bank

    def _text(self, report, records):
        content, _kind = (
            self.env["ir.actions.report"]
            .sudo()
            ._render_qweb_pdf(
                self.env.ref(f"solidarity_hub.report_{report}"), records.ids
            )
        )
        self.assertTrue(content.startswith(b"%PDF"))
        pages = PdfFileReader(BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    def assert_says(self, report, records, *words):
        text = self._text(report, records)
        for word in words:
            self.assertIn(word, text, report)
        return text

    def _past(self, **vals):
        meeting = self._plan(
            date=fields.Datetime.now() - timedelta(days=30),
            agenda_item_ids=[
                Command.create(
                    {
                        "name": "Fund",
                        "notes": "<p>Karim presents it.</p>",
                        "description": "<p>Five thousand euros</p>",
                    }
                )
            ],
            **vals,
        )
        meeting.action_record_past()
        for code in CODES[:4]:
            for number in (1, 2, 3):
                self._line(meeting, code, number).action_present()
        self._line(meeting, "funders", 2).proxy_to_id = self._line(
            meeting, "qualified", 1
        )
        resolution = self._resolution(
            meeting,
            "Open a fund",
            method="college_proportional",
            agenda_item_id=meeting.agenda_item_ids.id,
        )
        self._totals(resolution, dict.fromkeys(CODES[:4], (2, 1, 0)))
        return meeting

    def test_the_convocation_carries_agenda_rules_and_a_blank_proxy(self):
        meeting = self._plan(document_ids=False)
        item = meeting.agenda_item_ids
        self._resolution(
            meeting, "Sign the lease", agenda_item_id=item.id, threshold="2/3"
        )
        self.assertIn(DRAFT, self._text("convocation", meeting))
        meeting.action_convene()
        text = self.assert_says(
            "convocation",
            meeting,
            "Convocation",
            "Maison des associations",
            "Fund for first purchases",
            "Sign the lease",
            "at least 2/3 of the votes cast",
            "Quorum: 1/2 of the members",
            "Proxy",
            "good for proxy",
        )
        self.assertNotIn(DRAFT, text)
        self.assertNotIn("Qualified 2", text)
        self.body.proxies_per_person = 0
        without = self._convened()
        self.assertNotIn("good for proxy", self._text("convocation", without))

    def test_a_letter_names_the_person_and_the_college(self):
        meeting = self._convened()
        line = self._line(meeting, "funders", 2)
        line.partner_id.write({"street": "3 rue Basse", "city": "Dijon"})
        self.assert_says(
            "convocation_letter",
            line,
            "Funders 2",
            "3 rue Basse",
            "Savers' bank",
            "good for proxy",
        )
        self.assert_says("blank_proxy", line, "I, the undersigned", "Funders 2")

    def test_a_letter_is_written_in_the_language_of_the_person(self):
        line = self._line(self._convened(), "funders", 2)
        line.partner_id.lang = "fr_FR"
        self.assert_says(
            "convocation_letter", line, "Ordre du jour", "bon pour pouvoir"
        )

    def test_the_list_to_sign_tells_who_holds_which_proxy(self):
        meeting = self._convened()
        self._line(meeting, "funders", 1).action_give_proxy(
            holder_id=self._line(meeting, "holders", 1).id
        )
        self._line(meeting, "employees", 2).action_not_coming()
        self.assert_says(
            "meeting_attendance",
            meeting,
            "Attendance list",
            "Project holders and creators",
            "proxy to Holders 1",
            "excused",
            "Signature",
        )

    def test_members_of_a_body_without_colleges_are_no_guests(self):
        bureau = self._create_body(name="Bureau", codes=())
        member = self._person("Member of the bureau", "volunteer")
        self.env["hub.mandate"].create(
            {
                "body_id": bureau.id,
                "partner_id": member.id,
                "date_start": "2024-01-01",
            }
        )
        meeting = self._convened(bureau)
        guest = self._person("Invited expert", "qualified")
        self.env["hub.presence"].create(
            {"meeting_id": meeting.id, "partner_id": guest.id, "voting": False}
        )
        groups = {name: who.mapped("name") for name, who in meeting._print_people()}
        self.assertEqual(
            groups,
            {
                "": ["Member of the bureau"],
                "Guests, without a vote": ["Invited expert"],
            },
        )

    def test_minutes_tell_who_was_there_and_the_votes(self):
        meeting = self._past()
        minutes = self.env["hub.minutes"].create({"meeting_id": meeting.id})
        text = self.assert_says(
            "minutes",
            minutes,
            DRAFT,
            "Chaired by Qualified 1.",
            "Minutes by Employees 1.",
            "12 of 15 members present, 1 represented.",
            "Represented by Qualified 1",
            "Karim presents it.",
            "Adopted: 8 for, 4 against, no abstention",
            "66.67% for",
            "Funders (weight 20)",
        )
        self.assertNotIn("Expected", text)
        minutes.approval_note = "By all in writing"
        minutes.action_approve()
        pages = PdfFileReader(BytesIO(minutes.frozen_pdf_id.raw)).pages
        text = " ".join(" ".join(p.extract_text() for p in pages).split())
        self.assertNotIn(DRAFT, text)
        self.assertIn(minutes.frozen_hash, text.replace(" ", ""))
        self.assertIn("By all in writing", text)

    def test_minutes_are_written_in_the_language_of_the_meeting(self):
        meeting = self._past(lang="fr_FR")
        minutes = self.env["hub.minutes"].create({"meeting_id": meeting.id})
        self.assert_says(
            "minutes",
            minutes,
            "Procès-verbal",
            "Qui était là",
            "Adoptée : 8 pour, 4 contre, aucune abstention",
            "66,67 % pour",
            "Présidence : Qualified 1.",
        )

    def test_in_print_a_secret_vote_puts_small_colleges_together(self):
        meeting = self._past()
        resolution = self._resolution(
            meeting, "Secret", method="college_block", secret=True
        )
        self._totals(
            resolution,
            {
                **dict.fromkeys(CODES[:4], (3, 0, 0)),
                "funders": (0, 1, 0),
            },
        )
        minutes = self.env["hub.minutes"].create({"meeting_id": meeting.id})
        text = self._text("minutes", minutes)
        self.assertRegex(text, r"\w[\w ]+, Funders \(weight")

    def test_registers_list_past_and_present(self):
        self.mandates["funders", 3].date_end = fields.Date.today() - timedelta(days=1)
        self.assert_says(
            "mandate_register",
            self.body,
            "Register of mandates",
            "Funders 3",
            "Savers' bank",
            "Chair",
            "2 seats of 3 filled",
        )
        minutes = self.env["hub.minutes"].create({"meeting_id": self._past().id})
        minutes.approval_note = "In writing"
        minutes.action_approve()
        self.assert_says(
            "minutes_register", self.body, minutes.number, "Approved on", "In writing"
        )

    def test_a_receipt_in_both_languages(self):
        member = self.people["funders", 1]
        fee = self.env["hub.fee"].create(
            {
                "partner_id": member.id,
                "amount": 25,
                "year": 2026,
                "paid_on": "2026-03-01",
                "means": "cheque",
            }
        )
        fee.action_print_receipt()
        self.assert_says(
            "fee_receipt",
            fee,
            fee.number,
            "Funders 1",
            "1 March 2026",
            "2026",
            "Cheque",
        )
        member.lang = "fr_FR"
        self.assert_says(
            "fee_receipt", fee, "Reçu de cotisation", "1er mars 2026", "Chèque"
        )

    def test_a_hundred_letters_are_one_print(self):
        meeting = self._convened()
        for person in self.people.values():
            person.email = False
        action = meeting.action_print_letters()
        self.assertEqual(len(action["context"]["active_ids"]), 15)
        with self.assert_rule("no letter is needed"):
            self.people["funders", 1].email = "a@example.org"
            meeting.presence_ids.partner_id.email = "a@example.org"
            meeting.action_print_letters()

    @mute_logger("odoo.http")
    def test_only_whom_they_concern_print_them(self):
        meeting = self._convened()
        minutes = self.env["hub.minutes"].create({"meeting_id": self._past().id})
        fee = self.env["hub.fee"].create(
            {"partner_id": self.people["funders", 1].id, "amount": 25}
        )
        documents = {
            "convocation": meeting,
            "meeting_attendance": meeting,
            "convocation_letter": meeting.presence_ids[:1],
            "minutes": minutes,
            "mandate_register": self.body,
            "fee_receipt": fee,
        }
        for role in ("sales", "employee", "portal", "volunteer", "board"):
            login = self.users[role].login
            self.authenticate(login, login + "x" * (8 - len(login)))
            for name, record in documents.items():
                with self.subTest(role=role, document=name):
                    answer = self.url_open(
                        f"/report/html/solidarity_hub.report_{name}/{record.id}"
                    )
                    self.assertNotIn("Funders 1", answer.text)
                    self.assertNotIn("Fund for first purchases", answer.text)
        self.authenticate("hub_coordinator", "hub_coordinator")
        for name, record in documents.items():
            answer = self.url_open(
                f"/report/html/solidarity_hub.report_{name}/{record.id}"
            )
            self.assertEqual(answer.status_code, 200, name)
        self.assertIn("Funders 1", answer.text)

    def test_without_the_engine_documents_are_still_complete(self):
        meeting = self._convened()
        report = self.env.ref("solidarity_hub.report_convocation")
        html = self.env["ir.actions.report"]._render_qweb_html(report, meeting.ids)[0]
        self.assertIn(b"Fund for first purchases", html)
