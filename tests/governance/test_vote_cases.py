import json
from datetime import timedelta
from fractions import Fraction

from odoo import fields
from odoo.tests import tagged
from odoo.tools import file_open

from ..common import HubCommon
from .common import GovernanceMixin

CODES = {
    "personnes_qualifiees": "qualified",
    "porteurs_createurs": "holders",
    "benevoles": "volunteers",
    "salaries": "employees",
    "financeurs": "funders",
}
RULES = {
    "one_person_one_vote": ("heads", "drop"),
    "college_proportional_drop_empty": ("college_proportional", "drop"),
    "college_proportional_keep_empty": ("college_proportional", "keep"),
    "college_majority_drop_empty": ("college_block", "drop"),
    "college_majority_keep_empty": ("college_block", "keep"),
}


def cases():
    with file_open("solidarity_hub/tests/fixtures/vote_cases.json") as stream:
        return json.load(stream)["cases"]


@tagged("post_install", "-at_install")
class TestVoteCases(GovernanceMixin, HubCommon):
    """Votes with known answers, noted as a hub notes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_board()
        cls.cases = {case["id"]: case for case in cases()}

    def _recorded(self, body=None):
        """A meeting of the past of which only the totals are known."""
        meeting = self._plan(body, date=fields.Datetime.now() - timedelta(days=30))
        meeting.action_record_past()
        return meeting

    def test_colleges_count_as_each_method_says(self):
        found = [c for c in self.cases.values() if c["family"] == "college_vote"]
        self.assertEqual(len(found), 3)
        for line in self.body.college_ids:
            line.weight = 20
        meeting = self._recorded()
        for case in found:
            totals = {
                CODES[name]: votes
                for name, votes in case["votes_for_against_abstain"].items()
            }
            for name, expected in case["outcomes"].items():
                with self.subTest(case=case["id"], rules=name):
                    method, empty = RULES[name]
                    resolution = self._resolution(
                        meeting,
                        method=method,
                        empty_college=empty,
                        threshold=case["threshold"],
                    )
                    self._totals(resolution, totals)
                    figures = resolution.figures
                    self.assertEqual(
                        Fraction(figures["share_for"]), Fraction(expected["share_for"])
                    )
                    self.assertEqual(
                        resolution.result == "adopted", expected["adopted"]
                    )

    def test_published_results_are_printed_to_the_hundredth(self):
        meeting = self._recorded()
        for case in self.cases.values():
            if case["family"] != "weighted_vote":
                continue
            with self.subTest(case["id"]):
                resolution = self._resolution(meeting, case["resolution"])
                votes = case["weighted_for"], case["weighted_against"], 0
                self._totals(resolution, {None: votes})
                self.assertEqual(resolution.result, case["expected"])
                shown = f"{case['computed_pct'][0]:g}0"[:5]
                self.assertIn(shown, resolution.explanation)

    def test_the_holder_of_a_proxy_votes_differently_for_whom_he_represents(self):
        """Weights of 2.6, 3.6 and 4.6: a college of one person each."""
        case = self.cases["vote-openslides-delegation"]
        codes = ("qualified", "holders", "volunteers")
        body = self._create_body(seats=1, codes=codes, quorum=False)
        for code, voter in zip(codes, case["voters"], strict=True):
            line = body.college_ids.filtered(
                lambda one, code=code: one.college_id.code == code
            )
            line.weight = int(Fraction(voter["weight"]) * 10)
            self.people.pop((code, 1))
            self._seat(code, 1, body)
        meeting = self._opened(present=[("qualified", 1), ("holders", 1)], body=body)
        absent = self._line(meeting, "volunteers", 1)
        absent.proxy_to_id = self._line(meeting, "qualified", 1)
        resolution = self._resolution(meeting, method="college_proportional")
        ballots = self._ballots(
            resolution, {("qualified", 1): "for", ("volunteers", 1): "against"}
        )
        expected = case["expected"]
        self.assertEqual(len(ballots), expected["ballots_cast"])
        self.assertEqual(
            Fraction(sum(ballots.mapped("weight")), 10),
            Fraction(expected["weight_valid"]),
        )
        self.assertEqual(ballots[1].by_name, ballots[0].voter_name)
        resolution.action_close_vote()
        figures = resolution.figures
        valid = Fraction(expected["weight_valid"])
        for side in ("for", "against"):
            self.assertEqual(
                Fraction(figures[f"share_{side}"]) * valid,
                Fraction(expected[f"weight_{side}"]),
            )
        self.assertEqual(figures["entitled"], expected["entitled"])

    def test_a_quorum_counts_proxies_where_the_rules_say_so(self):
        case = self.cases["quorum-present-represented"]
        for with_proxies, key in (
            (True, "present_and_represented"),
            (False, "present_only"),
        ):
            with self.subTest(key):
                self.body.write(
                    {"quorum_with_proxies": with_proxies, "quorum": case["quorum"]}
                )
                there = list(self.people)[: case["present"]]
                meeting = self._opened(present=there)
                absent = list(self.people)[case["present"] :]
                for seat, holder in zip(
                    absent[: case["represented_by_valid_proxy"]], there, strict=False
                ):
                    self._line(meeting, *seat).proxy_to_id = self._line(
                        meeting, *holder
                    )
                self.assertEqual(meeting.entitled_count, case["board_seats"])
                counting = case["counting"][key]
                self.assertEqual(meeting.quorum_reached, counting["reached"])
                self.assertIn(f"({counting['count']}, needed: 8)", meeting.quorum_words)

    def test_one_person_has_one_seat_at_any_date(self):
        self.assertIn("mandate-two-colleges", self.cases)
        person = self._person("Odile", "volunteer")
        self.env["hub.role"].create(
            {
                "partner_id": person.id,
                "kind": "holder",
                "date_start": "2015-01-01",
                "date_end": "2018-12-31",
            }
        )
        body = self._create_body()
        vals = {"body_id": body.id, "partner_id": person.id}
        holder = self.env["hub.mandate"].create(
            {
                **vals,
                "college_id": self.colleges["holders"].id,
                "date_start": "2024-01-01",
                "date_end": fields.Date.today() + timedelta(days=40),
            }
        )
        other = {
            **vals,
            "college_id": self.colleges["volunteers"].id,
            "date_start": fields.Date.today(),
        }
        with self.assert_rule("one seat at a time"):
            self.env["hub.mandate"].create(other)
        later = {**other, "date_start": fields.Date.add(holder.date_end, days=1)}
        self.env["hub.mandate"].create(later)
        meeting = self._convened(body)
        self.assertEqual(meeting.presence_ids.college_id, self.colleges["holders"])
        meeting.action_open()
        meeting.presence_ids.action_present()
        resolution = self._resolution(meeting, entry="ballots")
        resolution.action_open_vote()
        ballot = self.env["hub.ballot"].create(
            {
                "resolution_id": resolution.id,
                "presence_id": meeting.presence_ids.id,
                "choice": "for",
            }
        )
        self.assertEqual(ballot.college_id, self.colleges["holders"])
