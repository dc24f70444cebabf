from datetime import timedelta

from odoo import fields


class CharterMixin:
    """A charter in force, two volunteers, a holder, and whoever coordinates."""

    @classmethod
    def _set_up_charter(cls):
        cls.signatures = cls.env["hub.charter.signature"]
        cls.people_rows = cls.env["hub.charter.person"]
        cls.env["hub.charter"].search([]).active = False
        cls.bernard, cls.luc, cls.amina = cls.env["res.partner"].create(
            [
                {
                    "name": "Bernard",
                    "email": "bernard@example.org",
                    "phone": "06 00 00 00 01",
                    "lang": "en_US",
                },
                {"name": "Luc", "phone": "06 00 00 00 02"},
                {"name": "Amina", "email": "amina@example.org"},
            ]
        )
        cls.env["hub.role"].create(
            [
                {
                    "partner_id": person.id,
                    "kind": "volunteer",
                    "date_start": "2020-01-01",
                    "trained_on": "2020-01-01",
                }
                for person in (cls.bernard, cls.luc)
            ]
        )
        cls.project = cls.env["crm.lead"].create(
            {"name": "Bakery", "is_hub_project": True, "partner_id": cls.amina.id}
        )
        cls.charter = cls.env["hub.charter"].create(
            {
                "name": "Our charter",
                "body": "<p>What is said here stays here.</p>",
                "rules": "<p>Whoever cannot come calls.</p>",
            }
        )
        cls.charter.action_publish()

    @classmethod
    def _ask(cls, *people, role="coordinator", charter=None):
        partners = cls.env["res.partner"].concat(*people)
        asked = cls.signatures.with_user(cls.users[role])._ask(
            charter or cls.charter, partners
        )
        return asked.with_env(cls.env)

    @classmethod
    def _state(cls, person):
        cls.env.flush_all()
        cls.env.invalidate_all()
        row = cls.people_rows.search([("partner_id", "=", person.id)])
        return row.state

    @staticmethod
    def _days_pass(signatures, days=5):
        """Everything noted happened so many days earlier."""
        for signature in signatures.sudo():
            for name in ("asked_on", "reminded_on"):
                if signature[name]:
                    signature[name] -= timedelta(days=days)

    def _mails(self, *people):
        ids = [person.id for person in people]
        domain = [("recipient_ids", "in", ids)] if ids else []
        return self.env["mail.mail"].search(domain)

    @staticmethod
    def _today():
        return fields.Date.today()
