from lxml import etree

from odoo import fields
from odoo.tests import tagged

from ..common import HubCommon
from ..security.test_screens import spec_of
from .common import GovernanceMixin

FEW, MANY = 20, 200


@tagged("post_install", "-at_install")
class TestGovernanceQueries(GovernanceMixin, HubCommon):
    """Screens and votes cost as many queries for two hundred voters as for twenty."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_board(seats=1)

    def _assembly(self, number):
        """A meeting of everybody of the volunteers, so many of them, all present."""
        codes = ("volunteers",)
        body = self._create_body(
            codes=codes,
            membership="everyone_of_college",
            name=f"Assembly of {number}",
            proxies_per_person=3,
        )
        people = self.env["res.partner"].create(
            [
                {"name": f"{number} {n}", "email": f"{n}@example.org"}
                for n in range(number)
            ]
        )
        self.env["hub.role"].search([("kind", "=", "volunteer")]).unlink()
        self.env["hub.role"].create(
            [
                {
                    "partner_id": person.id,
                    "kind": "volunteer",
                    "date_start": fields.Date.today(),
                }
                for person in people
            ]
        )
        meeting = self._plan(body)
        meeting._convene()
        meeting.action_open()
        meeting.presence_ids.write({"state": "present"})
        self.env.flush_all()
        self.assertEqual(len(meeting.presence_ids), number)
        return meeting

    def _cost(self, function, *args):
        """Queries of a call, what Odoo remembers read before."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        function(*args)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _reading_cost(self, function, *args):
        """The same for what may be called twice: caches are warm."""
        return min(self._cost(function, *args) for _time in range(2))

    def _form(self, record, xml_id):
        env = self.env(user=self.users["coordinator"])
        view = self.env.ref(f"solidarity_hub.{xml_id}")
        model = env[record._name]
        result = model.get_views([(view.id, "form")])
        arch = etree.fromstring(result["views"]["form"]["arch"])
        spec = spec_of(arch, result["models"][record._name]["fields"])
        return lambda: record.with_env(env).web_read(spec)

    def _ballots_of(self, resolutions):
        return self.env["hub.ballot"].create(
            [
                {
                    "resolution_id": resolution.id,
                    "presence_id": line.id,
                    "choice": "for" if number % 3 else "against",
                }
                for resolution in resolutions
                for number, line in enumerate(resolution.meeting_id.presence_ids)
            ]
        )

    def test_a_vote_costs_the_same_for_few_and_for_many(self):
        costs = {}
        for number in (FEW, MANY):
            meeting = self._assembly(number)
            first = self._resolution(meeting, "Warm-up")
            first.action_unanimous()
            resolution = self._resolution(meeting, entry="ballots")
            resolution.action_open_vote()
            found = {}
            found["form"] = self._reading_cost(
                self._form(meeting, "view_hub_meeting_form")
            )
            found["resolution"] = self._reading_cost(
                self._form(resolution, "view_hub_resolution_form")
            )
            other = self._resolution(meeting, entry="ballots")
            other.action_open_vote()
            self._ballots_of(resolution | other)
            found["close"] = min(
                self._cost(one.action_close_vote) for one in (other, resolution)
            )
            self.assertEqual(resolution.figures["entitled"], number)
            unanimous = self._resolution(meeting, "Unanimous")
            found["unanimous"] = self._cost(unanimous.action_unanimous)
            line = meeting.presence_ids[0].sudo()
            page = line._portal_values
            found["page"] = self._reading_cost(page, line.partner_id)
            costs[number] = found
        self.assertEqual(costs[MANY], costs[FEW])

    def test_ballots_are_written_in_batches(self):
        costs = {}
        for number in (FEW, MANY):
            meeting = self._assembly(number)
            self._resolution(meeting, "Warm-up").action_unanimous()
            resolution = self._resolution(meeting, entry="ballots")
            resolution.action_open_vote()
            costs[number] = self._cost(self._ballots_of, resolution)
        self.assertEqual(costs[MANY], costs[FEW])

    def test_one_vote_costs_the_same_among_few_and_among_many(self):
        costs = {}
        for number in (FEW, MANY):
            meeting = self._assembly(number)
            resolution = self._resolution(meeting, entry="ballots")
            resolution.action_open_vote()
            lines = meeting.presence_ids
            for line in lines[:2]:
                costs[number] = self._cost(
                    lambda line=line, resolution=resolution: resolution.action_vote(
                        "for", line.id
                    )
                )
        self.assertEqual(costs[MANY], costs[FEW])

    def test_lists_cost_the_same_for_few_and_for_many(self):
        env = self.env(user=self.users["coordinator"])
        spec = {
            "display_name": {},
            "entitled_count": {},
            "coming_count": {},
            "represented_count": {},
            "quorum_words": {},
            "state": {},
        }
        decisions = {"display_name": {}, "explanation": {}, "vote_words": {}}
        mandates = {"display_name": {}, "state": {}, "is_ending": {}}
        bodies = {"display_name": {}, "member_count": {}, "meeting_count": {}}

        def read():
            for model, fields_ in (
                ("hub.meeting", spec),
                ("hub.resolution", decisions),
                ("hub.mandate", mandates),
                ("hub.body", bodies),
            ):
                env[model].web_search_read([], fields_)

        def add(number):
            for _n in range(number):
                meeting = self._plan(date="2025-03-03 18:00:00")
                meeting.action_record_past()
                meeting.presence_ids.write({"state": "present"})
                self._resolution(meeting).action_unanimous()
                self._create_body()

        add(2)
        self._cost(read)
        few = self._cost(read)
        add(18)
        self.assertEqual(self._cost(read), few)

    def test_the_personal_page_costs_the_same_for_many_meetings(self):
        person = self.people["volunteers", 1]
        portal = self.env["hub.portal"]
        self._convened()
        self._cost(portal._sections, person)
        few = self._cost(portal._sections, person)
        for _n in range(5):
            self._convened()
        self.assertEqual(self._cost(portal._sections, person), few)
