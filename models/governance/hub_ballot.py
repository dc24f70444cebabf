from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..common.hub_answer_mixin import CHANNELS

# A Python object cannot be sent by RPC: only a vote of one's own is marked so.
OWN_VOTE = object()
CHOICES = [("for", "For"), ("against", "Against"), ("abstain", "Abstains")]


class HubBallot(models.Model):
    """An open vote of one seat on one resolution; college and weight as they were.

    Once cast it is neither changed nor deleted: the whole vote may only be begun
    again while it is open.
    """

    _name = "hub.ballot"
    _description = "Vote"
    _order = "resolution_id, id"
    _rec_name = "voter_name"
    _check_company_auto = True

    resolution_id = fields.Many2one(
        "hub.resolution",
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="resolution_id.company_id", store=True, precompute=True, index=True
    )
    presence_id = fields.Many2one(
        "hub.presence",
        string="Seat",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    voter_name = fields.Char(string="Voter", readonly=True)
    college_id = fields.Many2one(
        "hub.college", readonly=True, ondelete="restrict", check_company=True
    )
    college_name = fields.Char(string="As", readonly=True)
    weight = fields.Integer(string="Weight of the college", readonly=True)
    by_presence_id = fields.Many2one(
        "hub.presence",
        string="Cast by",
        readonly=True,
        ondelete="restrict",
        check_company=True,
        help="The holder of the proxy, for somebody who is represented.",
    )
    by_name = fields.Char(string="Proxy held by", readonly=True)
    choice = fields.Selection(CHOICES, required=True)
    cast_on = fields.Datetime(readonly=True)
    channel = fields.Selection(CHANNELS, string="Voted by", readonly=True)
    recorded_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        help="Who noted the vote down; empty when the person voted alone.",
    )

    _once = models.UniqueIndex(
        "(resolution_id, presence_id)",
        "This person has already voted on this resolution.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        seats = self._records_of("hub.presence", "presence_id", vals_list)
        resolutions = self._records_of("hub.resolution", "resolution_id", vals_list)
        # One after the other: two votes of one seat, or a vote and the end of the vote.
        self.env["hub.presence"].union(*seats.values())._lock_and_touch()
        return super().create(
            [
                self._ballot_values(
                    resolutions.get(vals.get("resolution_id")),
                    seats.get(vals.get("presence_id")),
                    vals.get("choice"),
                )
                for vals in vals_list
            ]
        )

    @api.model
    def _records_of(self, model, name, vals_list):
        """``{id: record}``, read together."""
        ids = {vals[name] for vals in vals_list if vals.get(name)}
        return {record.id: record for record in self.env[model].browse(ids).exists()}

    def write(self, vals):
        self.check_access("write")
        if vals:
            raise UserError(
                self.env._(
                    "%(person)s: a vote that was cast no longer changes. While the vote"
                    " on “%(name)s” is open it can be begun again.",
                    person=self[:1].voter_name,
                    name=self[:1].resolution_id.display_name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun_again(self):
        if self and not self.env["hub.resolution"]._is_beginning_again():
            raise UserError(
                self.env._(
                    "%(person)s: a vote that was cast is not deleted.",
                    person=self[:1].voter_name,
                )
            )

    @api.model
    def _ballot_values(self, resolution, line, choice):
        """What is noted with a vote: the rest of what was sent is left out."""
        line = line or self.env["hub.presence"]
        if not resolution:
            raise UserError(self.env._("Say on which resolution the vote is."))
        voter = resolution._check_may_vote(line)
        college = resolution.meeting_id._college_line(line.college_id)
        own = self.env.context.get("hub_own_vote") is OWN_VOTE
        return {
            "resolution_id": resolution.id,
            "presence_id": line.id,
            "voter_name": line.display_name,
            "college_id": line.college_id.id,
            "college_name": college.name or line.college_id.name,
            "weight": college.weight,
            "by_presence_id": voter.id,
            "by_name": voter.display_name if voter != line else False,
            "choice": choice,
            "cast_on": fields.Datetime.now(),
            "channel": "portal" if own else "in_person",
            "recorded_by_id": False if own else self.env.uid,
        }

    def _choice_words(self):
        self.ensure_one()
        return dict(self._fields["choice"]._description_selection(self.env))[
            self.choice
        ]

    @api.model
    def _domain_of_bodies(self, partner):
        """Of the meetings of the bodies in which this person sits."""
        resolutions = self.env["hub.resolution"]._domain_of_bodies(partner)
        return Domain("resolution_id", "any!", resolutions)
