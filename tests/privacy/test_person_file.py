import io
import json
import zipfile

import openpyxl
from markupsafe import Markup

from odoo.tests import HttpCase, new_test_user, tagged

from ..common import HubCommon, HubUsersMixin
from ..security.common import FullHubMixin

WORD = "Qwxyzab"
NOTE = "Said in confidence by somebody else"


@tagged("post_install", "-at_install")
class TestPersonFile(FullHubMixin, HubCommon):
    """Everything held about a person, and nothing that others keep for themselves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.volunteer = cls.env["res.partner"].create({"name": "Vera Volunteer"})
        cls.found = cls._fill_hub(cls.company, cls.volunteer, word=WORD)
        cls.person = cls.found["crm.lead"].partner_id
        cls.found["hub.interview.note"].sudo().body = NOTE
        cls.env["ir.attachment"].create(
            {
                "name": "../letter?.txt",
                "raw": b"A letter",
                "res_model": "res.partner",
                "res_id": cls.person.id,
            }
        )
        cls.person.message_post(body=Markup("<p>Called on Monday</p>"))
        files = cls.env["hub.person.file"].with_user(cls.users["manager"])
        cls.content = files._content(cls.person.with_user(cls.users["manager"]))
        cls.archive = zipfile.ZipFile(io.BytesIO(cls.content))
        cls.data = json.loads(cls.archive.read("data.json"))

    def test_every_record_that_names_the_person_is_handed_out(self):
        titles = set(self.data)
        for model in (
            "crm.lead",
            "hub.charter.signature",
            "hub.follow.up",
            "hub.outcome",
            "hub.pact.party",
            "hub.pairing",
            "hub.project.holder",
            "hub.role",
            "hub.situation",
            "event.registration",
            "hub.interview.shared",
        ):
            if not self.found.get(model) and model != "event.registration":
                continue
            title = self.env["ir.model"]._get(model).name
            if model == "hub.charter.signature":
                continue  # the volunteer's
            self.assertIn(title, titles, model)
        contact = self.data["Contact"][0]
        self.assertEqual(contact["Name"], self.person.name)

    def test_the_notes_of_others_are_not_handed_out(self):
        for name in self.archive.namelist():
            self.assertNotIn(NOTE.encode(), self.archive.read(name), name)
        self.assertNotIn(NOTE, json.dumps(self.data))
        for model in ("hub.interview.note", "hub.access.log", "hub.conflict"):
            self.assertNotIn(self.env["ir.model"]._get(model).name, self.data)

    def test_no_key_of_a_link_is_handed_out(self):
        text = json.dumps(self.data)
        pairing = self.found["hub.pairing"].sudo()
        for key in (pairing.holder_token, pairing.access_token):
            self.assertTrue(key)
            self.assertNotIn(key, text)

    def test_messages_and_files_are_handed_out(self):
        texts = [message["Text"] for message in self.data["Messages"]]
        self.assertIn("Called on Monday", texts)
        letters = [n for n in self.archive.namelist() if n.endswith("letter_.txt")]
        self.assertEqual(len(letters), 1)
        self.assertTrue(letters[0].startswith("files/"))
        self.assertNotIn("../", "".join(self.archive.namelist()).replace("_", ""))

    def test_the_spreadsheet_says_the_same(self):
        book = openpyxl.load_workbook(io.BytesIO(self.archive.read("data.xlsx")))
        self.assertEqual(len(book.sheetnames), len(self.data))
        rows = list(book["Contact"].iter_rows(min_row=4, values_only=True))
        self.assertEqual(rows[0][0], self.person.name)

    def test_another_hub_is_not_in_it(self):
        second = self.env["res.company"].create({"name": "Second hub"})
        second._hub_setup()
        self.env["hub.role"].create(
            {
                "partner_id": self.person.id,
                "kind": "funder",
                "date_start": "2026-01-01",
                "company_id": second.id,
            }
        )
        files = self.env["hub.person.file"].with_user(self.users["manager"])
        tables = files._tables(self.person.with_user(self.users["manager"]))
        roles = next(
            t for t in tables if t[0] == self.env["ir.model"]._get("hub.role").name
        )
        self.assertNotIn("Solidarity funder", str(roles[2]))


@tagged("post_install", "-at_install")
class TestPersonFileDoor(HubUsersMixin, HttpCase):
    """The file is the manager's to hand out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls.person = cls.env["res.partner"].create({"name": "Paul"})
        cls.url = f"/solidarity_hub/person/{cls.person.id}/file"

    def test_only_the_manager_gets_it(self):
        for role in (
            "coordinator",
            "adviser",
            "board",
            "finance",
            "volunteer",
            "portal",
        ):
            login = self.users[role].login
            self.authenticate(login, login + "x" * (8 - len(login)))
            self.assertEqual(self.url_open(self.url).status_code, 404, role)
        self.authenticate("hub_manager", "hub_manager")
        answer = self.url_open(self.url)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/zip")
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_a_contact_of_another_company_or_none_tells_nothing(self):
        second = self.env["res.company"].create({"name": "Second hub"})
        theirs = self.env["res.partner"].create({"name": "X", "company_id": second.id})
        self.authenticate("hub_manager", "hub_manager")
        for number in (theirs.id, 99999999):
            url = f"/solidarity_hub/person/{number}/file"
            self.assertEqual(self.url_open(url).status_code, 404)

    def test_without_a_login_there_is_no_file(self):
        self.authenticate(None, None)
        self.assertNotEqual(
            self.url_open(self.url).headers["Content-Type"], "application/zip"
        )
        new_test_user(self.env, login="plain_user_x", groups="base.group_user")
        self.authenticate("plain_user_x", "plain_user_x")
        self.assertEqual(self.url_open(self.url).status_code, 404)
