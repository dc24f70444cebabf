from lxml import etree

from odoo.fields import Command
from odoo.tests import tagged

from ..common import spec_of
from .common import PactCommon


@tagged("post_install", "-at_install")
class TestPactQueries(PactCommon):
    """Pages and screens cost as many queries for twenty as for one or two."""

    def _people(self, number):
        return self.env["res.partner"].create(
            [{"name": f"P{n}", "email": f"p{n}@example.org"} for n in range(number)]
        )

    def _pact_of(self, number):
        """A local pact with so many parties and commitments, open to signature."""
        kinds = ("concerned", "volunteer", "elected", "company")
        pact = self._create_pact(
            form="local_pact",
            user_id=self.users["coordinator"].id,
            party_ids=[
                Command.create({"partner_id": person.id, "category": kinds[n % 4]})
                for n, person in enumerate(self._people(number))
            ],
            goal_ids=[Command.create({"name": f"Goal {n}"}) for n in range(number)],
            commitment_ids=[
                Command.create({"name": f"Deed {n}", "category": kinds[n % 4]})
                for n in range(number)
            ],
            meeting_ids=[Command.create({"date": "2026-01-02"})],
        )
        pact.meeting_ids.party_ids = pact.party_ids
        pact.action_draft()
        pact.action_to_sign()
        return pact

    def _cost(self, function):
        """Queries of a second run: the first fills what Odoo remembers of itself."""
        function()
        costs = []
        for _time in range(2):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            function()
            costs.append(self.cr.sql_log_count - before)
        return min(costs)

    def assert_same(self, few, many):
        self.assertEqual(self._cost(many), self._cost(few))

    def test_the_page_of_a_party(self):
        few, many = self._pact_of(2), self._pact_of(20)
        self.assert_same(few.party_ids[0]._page_values, many.party_ids[0]._page_values)
        for pact in (few, many):
            pact.party_ids[0]._sign(pact.date_start, "paper")
        self.assert_same(few.party_ids[1]._page_values, many.party_ids[1]._page_values)

    def test_the_own_page_of_a_person(self):
        one, busy = self._people(2)
        for person, number in ((one, 2), (busy, 20)):
            for index in range(number):
                pact = self._create_pact(
                    party_ids=[
                        Command.create({"partner_id": partner.id, "category": category})
                        for partner, category in (
                            (person, "concerned"),
                            (self.bernard, "volunteer"),
                        )
                    ]
                )
                pact.action_to_sign()
                if index % 2:
                    self._party(pact, "concerned")._sign(pact.date_start, "paper")
        page = self.env["hub.portal"]._page
        self.assert_same(lambda: page(one), lambda: page(busy))

    def _read(self, xml_id, kind, records):
        env = self.env(user=self.users["coordinator"])
        action = env["ir.actions.actions"]._for_xml_id(f"solidarity_hub.{xml_id}")
        model = env[action["res_model"]].with_context(bin_size=True)
        views = [view for view in action["views"] if view[1] == kind]
        found = model.get_views(views)
        arch = etree.fromstring(found["views"][kind]["arch"])
        spec = spec_of(arch, found["models"][model._name]["fields"])
        # as a list finds them, all at once
        return lambda: model.browse(records.ids).web_read(spec)

    def test_the_form_of_a_pact(self):
        few, many = self._pact_of(2), self._pact_of(20)
        self.assert_same(
            self._read("hub_pact_action", "form", few),
            self._read("hub_pact_action", "form", many),
        )

    def test_the_lists(self):
        for xml_id, name in (
            ("hub_pact_action", None),
            ("hub_pact_party_action", "party_ids"),
            ("hub_pact_commitment_action", "commitment_ids"),
        ):
            many = self.env["hub.pact"].union(*[self._pact_of(3) for _n in range(7)])
            few = many[:1]
            if name:
                few, many = few[name], many[name]
            with self.subTest(xml_id):
                self.assert_same(
                    self._read(xml_id, "list", few), self._read(xml_id, "list", many)
                )

    def test_finding_who_is_to_be_reminded(self):
        parties = self.env["hub.pact.party"]
        self._pact_of(2).party_ids._send()
        few = self._cost(parties._count_due)
        self._pact_of(20).party_ids._send()
        self.assertEqual(self._cost(parties._count_due), few)
