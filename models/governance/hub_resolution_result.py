from fractions import Fraction

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ...tools import ballot

ALL = "all"


class HubResolution(models.Model):
    """The result: counted exactly, explained, and frozen when the vote is closed."""

    _inherit = "hub.resolution"

    casting_choice = fields.Selection(
        [("for", "For"), ("against", "Against")],
        string="Casting vote of the chair",
        copy=False,
        help="Asked where exactly half are for and the chair decides.",
    )
    figures = fields.Json(readonly=True, copy=False)

    def action_unanimous(self):
        """Everybody there, in person or by proxy, is for: adopted in one click."""
        self.check_access("write")
        for resolution in self:
            resolution._check_meeting_votes()
            resolution._check_transition("closed")
            if resolution.ballot_ids:
                raise UserError(
                    self.env._(
                        "Votes on “%(name)s” were cast already: close the vote, or"
                        " begin it again.",
                        name=resolution.display_name,
                    )
                )
            resolution._record_interests()
            resolution.line_ids.unlink()
            if resolution.state == "draft":
                resolution.entry = "unanimous"
            resolution._conclude(resolution._votes_of_all(), unanimous=True)

    def action_close_vote(self):
        """Count, explain and freeze."""
        self.check_access("write")
        for resolution in self:
            if resolution.state != "open":
                resolution._check_transition("open")
                raise UserError(
                    self.env._(
                        "Open the vote on “%(name)s” first.",
                        name=resolution.display_name,
                    )
                )
            resolution._conclude(resolution._votes())

    # ------------------------------------------------------------
    # What was said
    # ------------------------------------------------------------

    def _votes_of_all(self):
        votes = {
            college.id or ALL: (count.present + count.represented, 0, 0, 0)
            for college, count in self._counts().items()
            if count.present + count.represented
        }
        if not votes:
            raise UserError(
                self.env._(
                    "Nobody is noted present at %(meeting)s: note who is there first.",
                    meeting=self.meeting_id.display_name,
                )
            )
        return votes

    def _votes(self):
        """``{college id: (for, against, abstentions, blank)}``"""
        if self.entry == "totals_per_college":
            return {
                line.college_id.id or ALL: (
                    line.votes_for,
                    line.votes_against,
                    line.abstentions,
                    line.blanks,
                )
                for line in self.line_ids
            }
        counted = ballot.count_ballots(
            (one.college_id.id or ALL, one.choice, 1) for one in self.ballot_ids
        )
        return {key: (*map(int, sides), 0) for key, sides in counted.items()}

    def _people(self, votes):
        """People by college, as the votes are given: by college, or all together."""
        counts = {college.id or ALL: count for college, count in self._counts().items()}
        # Who voted and left before the end was there.
        for key, number in self._voters_gone().items():
            counts[key] = counts[key]._replace(present=counts[key].present + number)
        if set(votes) == {ALL}:
            counts = {ALL: self.meeting_id._total(counts)}
        return counts

    def _voters_gone(self):
        gone = {}
        moment = self._moment()
        for line in self.ballot_ids.presence_id:
            if not line._voter(moment):
                key = line.college_id.id or ALL
                gone[key] = gone.get(key, 0) + 1
        return gone

    # ------------------------------------------------------------
    # Counting
    # ------------------------------------------------------------

    def _conclude(self, votes, unanimous=False):
        self.ensure_one()
        meeting = self.meeting_id
        # Nobody votes, comes or leaves while it is counted.
        meeting.presence_ids._lock_and_touch()
        if not self.closed_on and meeting._in_session():
            self._unguarded().closed_on = fields.Datetime.now()
        people = self._people(votes)
        known = any(count.present or count.represented for count in people.values())
        if known or not meeting.recorded_afterwards:
            self._check_numbers(votes, people)
        outcome = self._outcome(votes, people, known)
        asked = meeting._quorums(meeting._count(self._moment())) if known else []
        self._settle(self._figures(votes, people, outcome, asked, unanimous))

    def _check_numbers(self, votes, people):
        names = self._college_names()
        for key, sides in votes.items():
            count = people.get(key)
            there = count.present + count.represented if count else 0
            if sum(sides) > there:
                raise ValidationError(
                    self.env._(
                        "“%(name)s”, %(college)s: %(votes)s votes are noted, but"
                        " %(there)s people may vote, in person or by proxy. Correct the"
                        " totals, or who is there.",
                        name=self.display_name,
                        college=names.get(key) or self.env._("all together"),
                        votes=sum(sides),
                        there=there,
                    )
                )

    def _outcome(self, votes, people, known):
        present = {key: one.present + one.represented for key, one in people.items()}
        arguments = {
            "method": self.method,
            "threshold": self._read_part("threshold"),
            "base": self.base,
            "empty_college": self.empty_college,
            "entitled": {key: one.entitled for key, one in people.items()},
            "present": present if known else None,
        }
        sides = {key: (yes, no, a + b) for key, (yes, no, a, b) in votes.items()}
        try:
            outcome = ballot.tally(sides, self._weights(people), **arguments)
            if outcome.reason.code != ballot.TIE:
                return outcome
            casting = self._casting()
            return ballot.tally(
                sides, self._weights(people), casting=casting, **arguments
            )
        except ValueError as error:
            raise ValidationError(
                self.env._(
                    "“%(name)s” cannot be counted: %(error)s",
                    name=self.display_name,
                    error=error,
                )
            ) from error

    def _weights(self, people):
        weights = {
            line.college_id.id: line.weight for line in self.meeting_id.college_ids
        }
        return {key: Fraction(weights.get(key, 0)) for key in people}

    def _casting(self):
        """The vote of the chair, where it decides."""
        meeting = self.meeting_id
        if not meeting.casting_vote or self.secret:
            return None
        if self.entry == "ballots":
            chair = self.ballot_ids.filtered(
                lambda one: one.presence_id.partner_id == meeting.chair_id
            )
            return chair.choice if chair.choice in ("for", "against") else None
        if not self.casting_choice:
            raise UserError(
                self.env._(
                    "“%(name)s”: exactly half are for. Note the casting vote of the"
                    " chair, then close the vote.",
                    name=self.display_name,
                )
            )
        return self.casting_choice

    def _college_names(self):
        names = {line.college_id.id: line.name for line in self.meeting_id.college_ids}
        return names | {ALL: ""}

    # ------------------------------------------------------------
    # Settling
    # ------------------------------------------------------------

    def _settle(self, figures):
        self.ensure_one()
        meeting = self.meeting_id
        if self.secret:
            self._forget_small_colleges(figures)
        day = {"ir_sequence_date": fields.Date.to_string(meeting._day())}
        company = meeting.company_id.with_context(**day)
        self._move(
            "closed",
            result="adopted" if figures["adopted"] else "rejected",
            figures=figures,
            number=company._next_governance_number("hub.resolution"),
            closed_on=self.closed_on or self._moment(),
        )
        self._freeze()
        self._after_decision()

    def _forget_small_colleges(self, figures):
        """Nothing links a person to a choice: only sums that hide everybody stay."""
        self.line_ids.unlink()
        self.line_ids = [
            Command.create(
                {
                    "name": college["name"] or self.env._("All together"),
                    "sequence": number,
                    "votes_for": college["for"],
                    "votes_against": college["against"],
                    "abstentions": college["abstain"],
                    "blanks": college["blank"],
                    "college_id": college.get("id"),
                }
            )
            for number, college in enumerate(figures["colleges"])
        ]
