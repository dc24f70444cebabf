import io
import zipfile

import openpyxl

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..browser import BrowserCase
from ..common import HubUsersMixin
from ..privacy.test_anonymisation import PrivacyMixin
from ..programme.common import ProgrammeMixin


@tagged("post_install", "-at_install")
class TestYearTours(ProgrammeMixin, PrivacyMixin, HubUsersMixin, BrowserCase):
    """Reports to funders, the network, and names over time, in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls.env.ref("base.group_user").implied_ids |= cls.env.ref(
            "solidarity_hub.group_hub_feature_review"
        )

    def _tour(self, url, name, role="coordinator"):
        self.start_tour(url, name, login=f"hub_{role}", timeout=180)

    def test_a_programme_from_its_target_to_the_file_of_the_funder(self):
        self._set_up_programme()
        for _n in range(2):
            person = self._person({"status": "job_seeker"})
            self.env["hub.interview"].create(
                {
                    "lead_id": person.lead_id.id,
                    "kind": "diagnosis",
                    "state": "done",
                    "date_start": "2025-03-02 10:00:00",
                }
            )
        action = self.env.ref("solidarity_hub.hub_programme_action")
        url = f"/odoo/action-{action.id}/{self.programme.id}"
        self._tour(url, "hub_programme_asked")
        report = self.programme.report_ids
        self.assertEqual(str(report.due_on), "2026-04-01")
        self._tour("/odoo/hub-reports", "hub_programme_report")
        self.assertEqual(report.state, "sent")
        self.authenticate("hub_coordinator", "hub_coordinator")
        answer = self.url_open(report.action_book()["url"])
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        cells = [
            str(cell)
            for sheet in book
            for row in sheet.iter_rows(values_only=True)
            for cell in row
            if cell is not None
        ]
        self.assertIn("EECO01", " ".join(cells))
        self.assertIn("One came by post", cells)

    @mute_logger("odoo.http")
    def test_a_coordinator_does_not_see_the_network(self):
        self._tour("/odoo/hub-network", "hub_network_is_for_its_manager")

    def test_a_name_is_proposed_taken_away_and_a_file_handed_out(self):
        self._set_up_privacy()
        self.rows._propose()
        self._tour("/odoo/hub-names", "hub_privacy_names", "manager")
        row = self._row(self.old)
        self.rows._take_away()
        self._tour(f"/odoo/hub-names/{row.id}", "hub_privacy_done", "manager")
        self.assertTrue(self.old.name.startswith("Anonymous person"))
        self.assertEqual(self.recent.name, "Rita Recent")
        self._tour(f"/odoo/contacts/{self.recent.id}", "hub_privacy_file", "manager")
        self.authenticate("hub_manager", "hub_manager")
        answer = self.url_open(self.recent.action_hub_person_file()["url"])
        with zipfile.ZipFile(io.BytesIO(answer.content)) as box:
            self.assertIn("Rita Recent", box.read("data.json").decode())
