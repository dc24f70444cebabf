from odoo import fields, models
from odoo.exceptions import ValidationError


class HubResolution(models.Model):
    """Who may vote, and at which moment that is looked at."""

    _inherit = "hub.resolution"

    def _moment(self):
        """The moment at which presence counts: of a past meeting the one noted, else
        its beginning; of a meeting under way, now."""
        self.ensure_one()
        meeting = self.meeting_id
        if self.closed_on or self.voted_at:
            return self.voted_at or self.closed_on
        if meeting._in_session():
            return fields.Datetime.now()
        return meeting.opened_at or meeting.date or fields.Datetime.now()

    def _seats(self):
        """The seats that count here: entitled, of an entitled college, no conflict."""
        self.ensure_one()
        colleges = self.entitled_college_ids
        return (
            self.meeting_id.presence_ids.filtered(
                lambda line: (
                    line.entitled and (not colleges or line.college_id in colleges)
                )
            )
            - self._left_seats()
        )

    def _left_seats(self):
        return self.conflict_ids.presence_id

    def _stranded_seats(self):
        """Seats whose proxy holder left the vote: entitled, but without a voter."""
        moment, left = self._moment(), self._left_seats()
        return self._seats().filtered(lambda line: line._voter(moment) & left)

    def _counts(self):
        """People by college at the moment of the vote."""
        self.ensure_one()
        seats, stranded = self._seats(), self._stranded_seats()
        counts = self.meeting_id._count(self._moment(), seats - stranded)
        for line in stranded:
            count = counts[line.college_id]
            counts[line.college_id] = count._replace(entitled=count.entitled + 1)
        colleges = self.entitled_college_ids
        return {
            college: count
            for college, count in counts.items()
            if not colleges or college in colleges
        }

    def _check_may_vote(self, line):
        """The seat from which this one votes now, or why it does not vote."""
        self.ensure_one()
        refusal = self._vote_refusal(line)
        if refusal:
            raise ValidationError(
                self.env._(
                    "“%(name)s”: the vote of %(person)s is not taken, because"
                    " %(reason)s.",
                    name=self.display_name,
                    person=line.display_name or "?",
                    reason=refusal,
                )
            )
        return line._voter(self._moment())

    def _vote_refusal(self, line):
        """Why this seat does not vote now, as the end of a sentence; or nothing."""
        env = self.env
        if self.state != "open":
            return env._("the vote is not open")
        if self.entry != "ballots" or self.secret:
            return env._("votes are not entered one by one here")
        if not line or line.meeting_id != self.meeting_id or not line.voting:
            return env._("there is no seat for this person at the meeting")
        if not line.entitled:
            return line.exclusion_reason or env._("the fee of the year is not paid")
        colleges = self.entitled_college_ids
        if colleges and line.college_id not in colleges:
            return env._("the college does not vote on this")
        if line in self._left_seats():
            return env._("the person left this vote for a conflict of interest")
        voter = line._voter(self._moment())
        if not voter:
            return line._absence_words(self._moment())
        if voter in self._left_seats():
            return env._(
                "%(holder)s, who holds the proxy, left this vote for a conflict of"
                " interest",
                holder=voter.name,
            )
        people = self.ballot_ids.presence_id.partner_id
        if line in self.ballot_ids.presence_id or line.partner_id in people:
            return env._("the person has already voted")
        return None
