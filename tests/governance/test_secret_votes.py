import json

from odoo.tests import tagged

from ..common import HubCommon
from .common import CODES, GovernanceMixin


@tagged("post_install", "-at_install")
class TestSecretVotes(GovernanceMixin, HubCommon):
    """A secret vote leaves nothing that links a person to a choice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_board()

    def _secret(self, meeting, totals, **vals):
        resolution = self._resolution(meeting, secret=True, **vals)
        return self._totals(resolution, totals)

    def _rows(self):
        """Everything the database holds about resolutions, presences and messages."""
        self.env.flush_all()
        found = {}
        for table in (
            "hub_resolution",
            "hub_resolution_college",
            "hub_ballot",
            "hub_presence",
            "mail_message",
            "mail_tracking_value",
        ):
            self.env.cr.execute(f"SELECT to_jsonb(t) FROM {table} t")  # noqa: S608
            found[table] = [row[0] for row in self.env.cr.fetchall()]
        return found

    def test_no_ballot_is_taken(self):
        resolution = self._resolution(self._opened(), secret=True, entry="ballots")
        resolution.action_open_vote()
        self.assertEqual(resolution.entry, "totals_per_college")
        with self.assert_rule("not entered one by one"):
            self._ballots(resolution, {("funders", 1): "for"})

    def test_it_stays_secret_once_opened(self):
        resolution = self._resolution(self._opened(), secret=True)
        resolution.action_open_vote()
        with self.assert_rule("neither its text nor its rules"):
            resolution.secret = False

    def test_one_line_for_all_by_heads(self):
        resolution = self._secret(self._opened(), {None: (8, 5, 1)})
        self.assertEqual(resolution.line_ids.mapped("name"), ["All together"])
        self.assertFalse(resolution._print_by_college())
        self.assertIn("8 for, 5 against", resolution.explanation)

    def test_colleges_of_fewer_than_three_voters_are_put_together(self):
        """One employee, two funders: together they are three."""
        meeting = self._opened(
            present=[*CODES[:3], ("employees", 1), ("funders", 1), ("funders", 2)]
        )
        resolution = self._secret(
            meeting,
            {
                "qualified": (2, 1, 0),
                "holders": (3, 0, 0),
                "volunteers": (1, 2, 0),
                "employees": (0, 1, 0),
                "funders": (1, 1, 0),
            },
            method="college_proportional",
        )
        names = resolution.line_ids.mapped("name")
        self.assertEqual(names[-1], "Employees, Funders")
        self.assertEqual(len(names), 4)
        pooled = resolution.line_ids[-1]
        self.assertEqual((pooled.votes_for, pooled.votes_against), (1, 2))
        self.assertEqual(resolution.result, "adopted")
        rows = self._rows()
        said = json.dumps(rows["hub_resolution"] + rows["hub_resolution_college"])
        self.assertNotIn('"Employees"', said)
        self.assertNotIn('"Funders"', said)
        self.assertFalse(
            [row for row in rows["hub_resolution_college"] if row["voters"]]
            if "voters" in (rows["hub_resolution_college"] or [{}])[0]
            else []
        )
        # The exact shares would tell the hidden numbers: they are not kept.
        self.assertIsNone(resolution.figures["share_for"])
        self.assertNotIn("%", resolution.explanation)
        shown = resolution._print_by_college()
        self.assertEqual([one["share"] for one in shown], [""] * 4)

    def test_one_small_college_is_put_together_with_the_next(self):
        meeting = self._opened(present=[*CODES[:4], ("funders", 1)])
        resolution = self._secret(
            meeting,
            {
                "qualified": (2, 1, 0),
                "holders": (3, 0, 0),
                "volunteers": (2, 1, 0),
                "employees": (1, 2, 0),
                "funders": (1, 0, 0),
            },
            method="college_block",
        )
        names = resolution.line_ids.mapped("name")
        self.assertNotIn("Funders", names)
        self.assertEqual(len(names), 4)
        [pooled] = [name for name in names if ", " in name]
        self.assertIn("Funders", pooled)

    def test_nothing_is_hidden_where_all_are_numerous(self):
        resolution = self._secret(
            self._opened(),
            dict.fromkeys(CODES, (2, 1, 0)),
            method="college_proportional",
        )
        self.assertEqual(len(resolution.line_ids), 5)
        self.assertIn("66.67%", resolution.explanation)

    def test_an_empty_college_is_not_a_small_one(self):
        resolution = self._secret(
            self._opened(present=CODES[:4]),
            dict.fromkeys(CODES[:4], (2, 1, 0)),
            method="college_proportional",
        )
        self.assertEqual(len(resolution.line_ids), 5)

    def test_no_casting_vote_in_secret(self):
        self.body.casting_vote = True
        resolution = self._secret(self._opened(), {None: (5, 5, 0)})
        self.assertEqual(resolution.result, "rejected")

    def test_no_trace_of_persons_remains(self):
        meeting = self._opened(present=[*CODES[:3], ("employees", 1), ("funders", 1)])
        before = self._rows()
        resolution = self._secret(
            meeting,
            {
                "qualified": (3, 0, 0),
                "holders": (3, 0, 0),
                "volunteers": (2, 1, 0),
                "employees": (0, 1, 0),
                "funders": (1, 0, 0),
            },
            method="college_proportional",
        )
        after = self._rows()
        self.assertFalse(
            [r for r in after["hub_ballot"] if r not in before["hub_ballot"]]
        )
        stamps = [row["write_date"] for row in after["hub_presence"]]
        self.assertEqual(
            len(set(stamps)), len({r["write_date"] for r in before["hub_presence"]})
        )
        people = [p.name for p in self.people.values()]
        told = [
            row
            for table in ("hub_resolution", "hub_resolution_college")
            for row in after[table]
            if row not in before[table]
        ]
        said = json.dumps(told)
        for name in people:
            self.assertNotIn(name, said)
        messages = [
            row["body"] or ""
            for row in after["mail_message"]
            if row["model"] == "hub.resolution" and row["res_id"] == resolution.id
        ]
        for name in people:
            self.assertNotIn(name, "".join(messages))
        content = json.loads(resolution.frozen_json)
        self.assertEqual(content["ballots"], [])
