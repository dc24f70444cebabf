from fractions import Fraction

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..browser import BrowserCase
from ..common import HubUsersMixin
from .common import GovernanceMixin


@tagged("post_install", "-at_install")
class TestBoardTour(GovernanceMixin, HubUsersMixin, BrowserCase):
    """A board of fifteen seats in five colleges, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls._set_up_board()
        cls.company.partner_id.lang = "en_US"

    # The tour tries a proxy that is refused.
    @mute_logger("odoo.http")
    def test_a_board_meeting_from_its_convocation_to_its_minutes(self):
        self.start_tour(
            "/odoo/hub-meetings",
            "hub_board_convene",
            login="hub_coordinator",
            timeout=300,
        )
        meeting = self.env["hub.meeting"].search([("body_id", "=", self.body.id)])
        self.assertEqual(len(meeting.presence_ids), 15)
        self.assertEqual(
            {
                line.name: line.proxy_to_id.name
                for line in meeting.presence_ids
                if line.proxy_to_id
            },
            {"Funders 3": "Qualified 1", "Employees 2": "Qualified 2"},
        )
        by_heads, proportional, block = (
            self._resolution(
                meeting,
                name,
                method=method,
                entry=entry,
                agenda_item_id=meeting.agenda_item_ids.id,
            )
            for name, method, entry in (
                ("By heads", "heads", "ballots"),
                ("In proportion", "college_proportional", "totals_per_college"),
                ("As a block", "college_block", "totals_per_college"),
            )
        )
        self.start_tour(
            f"/odoo/hub-meetings/{meeting.id}",
            "hub_board_votes",
            login="hub_coordinator",
            timeout=300,
        )
        self.assertEqual(
            [
                (r.result, Fraction(r.figures["share_for"]))
                for r in (by_heads, proportional, block)
            ],
            [
                ("adopted", Fraction(5, 8)),
                ("rejected", Fraction(1, 2)),
                ("adopted", Fraction(55, 100)),
            ],
        )
        minutes = meeting.minutes_ids
        self.assertEqual((minutes.state, meeting.state), ("approved", "minuted"))
        self.assertTrue(minutes.frozen_hash and minutes.frozen_pdf_id)

    def test_a_member_votes_for_oneself_and_by_proxy(self):
        self.users["board"].partner_id = self.people["funders", 1]
        meeting = self._opened(present=["funders"])
        self._line(meeting, "employees", 2).proxy_to_id = self._line(
            meeting, "funders", 1
        )
        resolution = self._resolution(meeting, "Sign the lease", entry="ballots")
        resolution.action_open_vote()
        self.browser_size = "820x1180"
        self.start_tour(
            "/odoo/my-meetings", "hub_board_member", login="hub_board", timeout=180
        )
        self.assertEqual(
            sorted(resolution.ballot_ids.mapped(lambda b: (b.voter_name, b.choice))),
            [("Employees 2", "against"), ("Funders 1", "for")],
        )
        self.assertEqual(set(resolution.ballot_ids.mapped("channel")), {"portal"})
