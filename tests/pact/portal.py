from odoo.tests import HttpCase

from ..common import HubUsersMixin
from .common import PactFactory, PactPages


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
