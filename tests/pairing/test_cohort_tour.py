from odoo.fields import Command
from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import HubUsersMixin
from .common import PairingMixin


@tagged("post_install", "-at_install")
class TestCohortTour(HubUsersMixin, PairingMixin, BrowserCase):
    """Three projects and their people, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls.env.ref("base.group_user").implied_ids = [
            Command.link(cls.env.ref(f"solidarity_hub.group_hub_feature_{part}").id)
            for part in ("pairing", "cohort")
        ]
        cls._set_up_cohort()

    @classmethod
    def _set_up_cohort(cls):
        skills = cls.env["hub.skill"].create(
            [{"name": f"{name} of the cohort"} for name in ("Books", "Law", "Sales")]
        )
        cls.books, cls.law, cls.sales = skills
        cls.accounting = cls.books
        holders = cls.env["res.partner"].create(
            [{"name": f"Holder {number}"} for number in range(3)]
        )
        phase = cls.env["crm.stage"].search([("hub_phase", "=", "diagnosis")], limit=1)
        wanted = {"Bakery": cls.books | cls.law, "Repair café": cls.books | cls.sales}
        wanted["Gardens"] = cls.law | cls.sales
        cls.cohort = cls.env["crm.lead"]
        for holder, (name, needed) in zip(holders, wanted.items(), strict=True):
            lead = cls._create_project(name, holder, needed)
            lead.stage_id = phase
            cls.cohort |= lead
        for number, skill in enumerate([*skills, *skills, *skills]):
            cls._create_volunteer(f"Volunteer{number}", {skill: 2}, capacity=1)

    def _pairings(self, lead):
        return lead.hub_pairing_ids.filtered(lambda p: p.state != "declined")

    def test_a_cohort_is_paired_and_a_free_place_is_filled(self):
        self.start_tour(
            "/odoo/solidarity-hub", "hub_cohort", login="hub_coordinator", timeout=300
        )
        run = self.env["hub.pairing.run"].search([("is_cohort", "=", True)], limit=1)
        self.assertEqual(run.state, "proposed")
        self.assertEqual(run.lead_ids, self.cohort)
        pairings = self.cohort.hub_pairing_ids
        self.assertEqual(len(pairings.volunteer_id), 6, "nobody is there twice")
        self.assertEqual(set(pairings.mapped("state")), {"sent"})
        cafe = run.line_ids.filtered(lambda line: line.lead_id.name == "Repair café")
        self.assertTrue(cafe.excluded_ids)
        self.assertFalse(cafe.excluded_ids & cafe.lead_id.hub_pairing_ids.volunteer_id)

        gone = cafe.lead_id.hub_pairing_ids[0]
        stays = cafe.lead_id.hub_pairing_ids[1]
        url = gone.volunteer_url.replace(gone.get_base_url(), "")
        self.authenticate(None, None)
        self.start_tour(url, "hub_cohort_decline", timeout=180)
        gone.invalidate_recordset()
        self.assertEqual(gone.state, "declined")
        self.assertEqual(gone.volunteer_reason, "I move house this autumn")

        self.start_tour(
            f"/odoo/hub-projects/{cafe.lead_id.id}",
            "hub_cohort_fill",
            login="hub_coordinator",
            timeout=300,
        )
        there = self._pairings(cafe.lead_id)
        self.assertEqual(len(there), 2)
        self.assertIn(stays, there)
        self.assertNotIn(gone.volunteer_id, there.volunteer_id)
        accepted = there.filtered(lambda p: p.volunteer_answer == "yes")
        self.assertEqual(len(accepted), 1)
        self.assertEqual(accepted.volunteer_answer_channel, "phone")
