from datetime import date

from odoo.tests import tagged

from ..common import HubCommon
from .common import REPORTS, FullHubMixin


@tagged("post_install", "-at_install")
class TestMergeEverything(FullHubMixin, HubCommon):
    """Merging two contacts loses no row, and what was signed still verifies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.volunteer, cls.double = cls.env["res.partner"].create(
            [{"name": "Zoé Martin"}, {"name": "Zoe Martin"}]
        )
        cls.one = cls._fill_hub(cls.company, cls.volunteer)
        cls.env["hub.charter"].search([]).sign_before = "2999-01-01"
        cls.two = cls._fill_hub(cls.company, cls.double, word="Otherword")
        for found in (cls.one, cls.two):
            pact = found["hub.pact"]
            pact.action_draft()
            pact.action_to_sign()
            pact.party_ids._sign(date.today(), "paper")

    def _merge(self, *partners):
        ids = [partner.id for partner in partners]
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(ids, partners[0])
        self.env.invalidate_all()

    def _frozen(self, found):
        pact = found["hub.pact"]
        return pact.frozen_json, pact.frozen_hash, pact.frozen_pdf_id.raw

    def _rows(self):
        models = (set(self.one) | set(self.two)) - set(REPORTS)
        return {
            name: self.env[name].with_context(active_test=False).search([]).ids
            for name in models
        }

    def test_merging_volunteers_keeps_every_row(self):
        rows = self._rows()
        frozen = self._frozen(self.one), self._frozen(self.two)
        self._merge(self.volunteer, self.double)
        self.assertEqual(self._rows(), rows)
        self.assertEqual((self._frozen(self.one), self._frozen(self.two)), frozen)
        for found in (self.one, self.two):
            self.assertEqual(found["hub.pairing"].volunteer_id, self.volunteer)
            self.assertIn(self.volunteer, found["hub.pact.party"].partner_id)
            self.assertIn(self.volunteer, found["hub.role"].partner_id)
            self.assertEqual(found["hub.charter.signature"].partner_id, self.volunteer)
            pact = found["hub.pact"]
            self.assertEqual(
                pact.frozen_hash, pact._fingerprint(pact.frozen_json.encode())
            )
            self.assertTrue(pact._is_signed_file(pact.frozen_pdf_id.raw))
            self.assertFalse(pact._is_signed_file(b"another file"))

    def test_what_was_agreed_still_verifies(self):
        before = [self._agreed(found) for found in (self.one, self.two)]
        self._merge(self.volunteer, self.double)
        self.assertEqual([self._agreed(f) for f in (self.one, self.two)], before)
        for found in (self.one, self.two):
            evaluation = found["hub.evaluation"]
            people = evaluation.person_ids.partner_id
            self.assertIn(self.volunteer, people)
            self.assertEqual(
                evaluation.frozen_hash,
                evaluation._fingerprint(evaluation.frozen_json.encode()),
            )

    def test_without_names_what_was_signed_and_agreed_still_verifies(self):
        """Everything personal of all contacts is emptied, as anonymisation does."""
        before = [(self._frozen(f), self._agreed(f)) for f in (self.one, self.two)]
        people = self.env["res.partner"].union(
            *(
                found[model].partner_id
                for found in (self.one, self.two)
                for model in ("hub.pact.party", "hub.evaluation.person", "hub.role")
            )
        )
        personal = ("email", "phone", "street", "street2", "zip", "city", "comment")
        people.write({"name": "", "type": "other", **dict.fromkeys(personal, False)})
        self.env.flush_all()
        self.env.invalidate_all()
        after = [(self._frozen(f), self._agreed(f)) for f in (self.one, self.two)]
        self.assertEqual(after, before)
        for found in (self.one, self.two):
            pact, evaluation = found["hub.pact"], found["hub.evaluation"]
            self.assertEqual(pact._text_fingerprint(), pact.frozen_hash)
            self.assertTrue(pact._is_signed_file(pact.signed_pdf_id.raw))
            self.assertTrue(
                self.env["hub.pact.file"]._verify_content(pact.frozen_pdf_id.raw)
            )
            self.assertEqual(
                evaluation._fingerprint(evaluation.frozen_json.encode()),
                evaluation.frozen_hash,
            )
            content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
                "solidarity_hub.report_accompaniment_contract", pact.ids
            )
            self.assertTrue(content.startswith(b"%PDF"))

    def _agreed(self, found):
        evaluation = found["hub.evaluation"]
        return (
            evaluation.frozen_json,
            evaluation.frozen_hash,
            evaluation.frozen_pdf_id.raw,
            evaluation.line_ids.mapped("agreed_value"),
        )

    def test_merging_holder_and_volunteer_of_one_evaluation_keeps_both_views(self):
        holder = self.one["hub.project.holder"].partner_id
        views = self.one["hub.evaluation.view"]
        self._merge(holder, self.volunteer)
        self.assertEqual(views.mapped("value"), ["1", "2"])
        self.assertEqual(self.one["hub.evaluation.person"].partner_id, holder)

    def test_merging_a_holder_with_a_volunteer_keeps_every_row(self):
        """A merge is never refused: what is now wrong is for a person to settle."""
        holder = self.one["hub.project.holder"].partner_id
        rows = self._rows()
        self._merge(holder, self.volunteer)
        self.assertEqual(self._rows(), rows)
        self.assertEqual(self.one["crm.lead"].partner_id, holder)
        self.assertEqual(self.one["hub.situation"].partner_id, holder)

    def test_merging_two_towns_keeps_roles_and_parties(self):
        towns = [
            found["hub.role"].filtered(lambda r: r.kind == "institution").partner_id
            for found in (self.one, self.two)
        ]
        rows = self._rows()
        self._merge(*towns)
        self.assertEqual(self._rows(), rows)
        for found in (self.one, self.two):
            self.assertIn(towns[0], found["hub.pact.party"].partner_id)
            self.assertEqual(found["hub.opinion"].partner_id, towns[0])

    def test_what_was_merged_can_still_be_worked_with(self):
        self._merge(self.volunteer, self.double)
        for found in (self.one, self.two):
            found["hub.pairing"].action_end(reason="Moved")
            found["hub.pact"].action_end()
            self.assertEqual(found["hub.pact"].state, "closed")
        self.volunteer.write({"phone": "1", "hub_birth_year": 1960})
