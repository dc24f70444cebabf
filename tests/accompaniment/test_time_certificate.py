from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ...reports import print_engine
from ..common import HubCommon
from ..reports.test_print_engine import pdf_text, squeeze
from .test_volunteer_hours import HoursMixin


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 12:00:00")
class TestTimeCertificate(HoursMixin, HubCommon):
    """The certificate of a volunteer: validated hours, by year and function."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hours()
        cls.paul.hub_role_ids.date_start = "2025-01-01"
        cls.paul.lang = "en_US"

    def _fill(self):
        lines = (
            self._time(1.5, date="2025-05-02")
            | self._time(2, date="2025-06-02", function="reception")
            | self._time(0.25, date="2026-02-01")
        )
        lines.action_validate()
        self._time(5)

    def test_it_counts_validated_hours_by_year_and_function(self):
        self._fill()
        found = self.paul.with_user(self.users["adviser"])._hub_hours_certificate()
        self.assertEqual(
            found["rows"],
            [
                ["2025", "2 h", "1 h 30", "–", "–", "3 h 30"],
                ["2026", "–", "0 h 15", "–", "–", "0 h 15"],
            ],
        )
        self.assertEqual(found["total"], "3 h 45")
        self.assertEqual(found["first"], "2 May 2025")
        self.assertEqual(found["last"], "1 February 2026")

    def test_paid_time_is_not_certified_as_volunteering(self):
        me = self.users["adviser"].partner_id
        self._time(person=me).action_validate()
        with self.assertRaisesRegex(UserError, "no validated hours"):
            me.with_user(self.users["adviser"]).action_hub_print_hours()

    def test_the_card_shows_the_hours_of_this_year(self):
        self._fill()
        paul = self.paul.with_user(self.users["adviser"])
        self.assertEqual(paul.hub_hours_year, 0.25)
        found = self.hours.search(paul.action_hub_hours()["domain"])
        self.assertEqual(len(found), 4)

    def test_nobody_outside_the_team_prints_it(self):
        self._fill()
        for role in ("board", "sales", "employee"):
            with self.assertRaises(AccessError):
                self.paul.with_user(self.users[role])._hub_hours_certificate()

    def test_it_prints_in_the_language_of_the_person(self):
        if not print_engine.weasyprint_module():
            self.skipTest("WeasyPrint is not installed")
        self._fill()
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.users["adviser"])
            ._render_qweb_pdf("solidarity_hub.report_time_certificate", self.paul.ids)
        )
        [page] = pdf_text(content)
        text = squeeze(page)
        for part in ("Certificate of volunteering", "Paul", "3 h 45", "2 May 2025"):
            self.assertIn(squeeze(part), text)
