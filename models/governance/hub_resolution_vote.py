from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .hub_ballot import CHOICES, OWN_VOTE
from .hub_body import READERS

# A Python object cannot be sent by RPC: only “begin again” deletes ballots.
BEGINNING_AGAIN = object()


class HubResolution(models.Model):
    """Voting: who may, and how it is noted."""

    _inherit = "hub.resolution"

    voter_ids = fields.Many2many(
        "hub.presence",
        string="Who votes",
        compute="_compute_voters",
        compute_sudo=True,
        groups=READERS,
    )
    waiting_ids = fields.Many2many(
        "hub.presence",
        string="Still to vote",
        compute="_compute_voters",
        compute_sudo=True,
        groups=READERS,
    )
    my_seat_ids = fields.Many2many(
        "hub.presence",
        string="My votes",
        compute="_compute_my_seats",
        compute_sudo=True,
        groups=READERS,
    )
    vote_count = fields.Integer(
        string="Votes so far", compute="_compute_voters", compute_sudo=True
    )

    @api.depends(
        "state",
        "ballot_ids",
        "conflict_ids",
        "meeting_id.presence_ids.state",
        "meeting_id.presence_ids.proxy_to_id",
    )
    def _compute_voters(self):
        for resolution in self:
            moment = resolution._moment()
            seats = resolution._seats() - resolution._stranded_seats()
            resolution.voter_ids = seats.filtered(
                lambda line, moment=moment: line._voter(moment)
            )
            voted = resolution.ballot_ids.presence_id
            resolution.waiting_ids = resolution.voter_ids - voted
            resolution.vote_count = len(voted)

    @api.depends("voter_ids")
    @api.depends_context("uid")
    def _compute_my_seats(self):
        partner = self.env.user.partner_id
        for resolution in self:
            resolution.my_seat_ids = resolution._seats_waiting(
                lambda voter: voter._sat_in_by(partner)
            )

    def _seats_of(self, seat, partner):
        """The seats for which this one votes now: itself and those represented."""
        return self._seats_waiting(
            lambda voter: voter == seat and voter._sat_in_by(partner)
        )

    def _seats_waiting(self, is_voter):
        """Seats that have not voted yet and whose voter is the one looked for."""
        self.ensure_one()
        if self.state != "open" or self.entry != "ballots":
            return self.env["hub.presence"]
        moment = self._moment()
        waiting = self._seats() - self._stranded_seats() - self.ballot_ids.presence_id
        return waiting.filtered(lambda line: is_voter(line._voter(moment)))

    # ------------------------------------------------------------
    # Opening, voting, beginning again
    # ------------------------------------------------------------

    def action_open_vote(self):
        """Put it to the vote now."""
        self.check_access("write")
        for resolution in self:
            resolution._check_meeting_votes()
            resolution._check_transition("open")
            resolution._record_interests()
            if resolution.entry == "unanimous":
                resolution.entry = "ballots"
            if resolution.secret and resolution.entry == "ballots":
                resolution.entry = "totals_per_college"
            resolution._move("open", opened_on=fields.Datetime.now())
            if resolution.entry == "totals_per_college":
                resolution._prepare_totals()

    def _check_meeting_votes(self):
        """A vote needs a meeting that has begun."""
        for meeting in self.meeting_id:
            if meeting.state not in ("convened", "held") or not meeting.opened_at:
                raise UserError(
                    self.env._(
                        "%(meeting)s has not begun: open it before voting.",
                        meeting=meeting.display_name,
                    )
                )

    def _prepare_totals(self):
        """A line for each college, or one for all together, to be filled."""
        self.ensure_one()
        self.line_ids.unlink()
        meeting = self.meeting_id
        chosen = self.entitled_college_ids
        lines = [
            {"college_id": one.college_id.id, "name": one.name, "sequence": number}
            for number, one in enumerate(meeting.college_ids)
            if not chosen or one.college_id in chosen
        ]
        if not self.totals_by_college or not lines:
            lines = [{"name": self.env._("All together"), "sequence": 0}]
        self.line_ids = [Command.create(vals) for vals in lines]

    def action_begin_again(self, reason=None):
        """The vote so far does not count: it is begun anew; that stays on record."""
        self.check_access("write")
        for resolution in self:
            if resolution.state != "open":
                resolution._check_transition("open")
            count = len(resolution.ballot_ids)
            resolution.sudo().ballot_ids.with_context(
                hub_beginning_again=BEGINNING_AGAIN
            ).unlink()
            resolution.line_ids.unlink()
            resolution._move("draft", opened_on=False)
            resolution.message_post(
                body=Markup("<p>%s</p>")
                % self.env._(
                    "The vote was begun again; %(count)s votes were put aside."
                    " %(reason)s",
                    count=count,
                    reason=reason or "",
                )
            )

    @api.model
    def _is_beginning_again(self):
        return self.env.context.get("hub_beginning_again") is BEGINNING_AGAIN

    def action_vote(self, choice, presence_id):
        """Cast the vote of a seat: one's own, one of which one holds the proxy, or,
        for the coordination, any.

        :param choice: ``for``, ``against`` or ``abstain``
        :param presence_id: the seat
        """
        self.ensure_one()
        line = self.env["hub.presence"].browse(presence_id).exists()
        self.check_access("read")
        partner = self.env.user.partner_id
        return self._cast(line, choice, partner, may_note=self.has_access("write"))

    def _cast(self, line, choice, partner, may_note=False):
        """
        :param partner: who votes
        :param may_note: whether the votes of others may be noted as well
        """
        if choice not in dict(CHOICES):
            raise UserError(self.env._("One votes for, against, or abstains."))
        resolution, line = self.sudo(), line.sudo()
        if line.meeting_id != resolution.meeting_id:
            line = line.browse()
        voter = line and line._voter(resolution._moment())
        own = bool(voter) and voter._sat_in_by(partner)
        if not own and not may_note:
            resolution._check_may_vote(line)
            raise AccessError(
                self.env._(
                    "This is the vote of somebody else, without a proxy for you."
                )
            )
        resolution._check_session(noted=not own)
        ballots = self.env["hub.ballot"].sudo()
        if own:
            ballots = ballots.with_context(hub_own_vote=OWN_VOTE)
        return ballots.create(
            {
                "resolution_id": resolution.id,
                "presence_id": line.id,
                "choice": choice,
            }
        )

    def _cast_from(self, seat, line, choice, partner):
        """Vote from the page of one seat: for itself, or for whom it represents."""
        self.ensure_one()
        if line._voter(self._moment()) != seat:
            self._check_may_vote(line)
            raise UserError(
                self.env._(
                    "%(person)s is not represented from this page.",
                    person=line.display_name,
                )
            )
        return self._cast(line, choice, partner)

    def _check_session(self, noted):
        """Members vote while they sit; what came before is noted by the secretary."""
        if not noted and not self.meeting_id._in_session():
            raise UserError(
                self.env._(
                    "%(meeting)s is over: nobody votes any more.",
                    meeting=self.meeting_id.display_name,
                )
            )
