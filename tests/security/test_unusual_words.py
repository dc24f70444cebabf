from datetime import date

from odoo.tests import tagged

from ..common import HubCommon
from .common import FullHubMixin

SCRIPT = '<p onclick="x()">Hello<script>alert(1)</script><img src=x onerror="y()"></p>'
NAMES = (
    "Anne-Charlotte " * 20,
    "🌻 Zoé 👩‍🌾",
    "عبد الرحمن بن عوف",
    'O\'Brien "Bob" <b>x</b> & Söhne',
    "=1+1",
    "@SUM(A1)",
    "100 % %s %(name)s",
)


@tagged("post_install", "-at_install")
class TestUnusualWords(FullHubMixin, HubCommon):
    """Real names are long, in any script, and full of signs."""

    def test_rich_text_keeps_no_script(self):
        for model, field in (
            ("hub.pact", "purpose"),
            ("hub.pact", "diagnosis"),
            ("hub.pact", "clauses"),
            ("hub.pact.template", "purpose"),
            ("hub.charter", "body"),
            ("hub.charter", "rules"),
            ("hub.diagnosis", "summary"),
        ):
            with self.subTest(f"{model}.{field}"):
                vals = {"name": "N", field: SCRIPT}
                text = self.env[model].create(vals)[field]
                self.assertIn("Hello", text)
                for bad in ("script", "onerror", "onclick"):
                    self.assertNotIn(bad, text)

    def test_every_rich_text_of_the_hub_is_cleaned(self):
        for name, model in self.env.registry.items():
            if not name.startswith("hub."):
                continue
            for field in model._fields.values():
                if field.type == "html" and not field.compute:
                    with self.subTest(str(field)):
                        self.assertTrue(field.sanitize)

    def test_names_go_through_everything(self):
        for name in NAMES:
            with self.subTest(name), self.cr.savepoint():
                person = self.env["res.partner"].create({"name": name})
                hub = self.env["res.company"].create({"name": name[:50]})
                hub._hub_setup()
                found = self._fill_hub(hub, person, word=name)
                self.assertIn(name.strip(), found["hub.pairing"].display_name)
                found["hub.pact"]._print_reference()
                page = self.env["hub.portal"]._page(person)
                self.assertTrue(page)

    def test_what_a_party_is_called_is_escaped_on_the_checklist_and_in_messages(self):
        bad = "<img src=x onerror=alert(1)>"
        partner = self.env["res.partner"].create({"name": bad})
        found = self._fill_hub(self.company, partner, word=bad)
        pact = found["hub.pact"]
        pact.action_draft()
        pact.action_to_sign()
        pact.party_ids[:1]._sign(date.today(), "paper")
        for message in pact.message_ids | found["crm.lead"].message_ids:
            self.assertNotIn("<img src=x", message.body)
        self.assertNotIn("<img src=x", pact.checklist)
