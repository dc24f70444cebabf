from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .hub_body import READERS
from .hub_vote_rules_mixin import VOTE_RULES

STATES = [
    ("draft", "To be voted"),
    ("open", "Vote open"),
    ("closed", "Decided"),
    ("withdrawn", "Withdrawn"),
]
TRANSITIONS = {
    "draft": {"open", "closed", "withdrawn"},
    "open": {"draft", "closed"},
    "closed": set(),
    "withdrawn": {"draft"},
}
# Closed when the vote is opened: nobody votes on a text that changes meanwhile.
TEXT = {"name", "text", "meeting_id", "entitled_college_ids"}
RULES = {"entry", "secret", "totals_by_college", *VOTE_RULES}


class HubResolution(models.Model):
    """A text put to the vote: what is decided, how it is counted, what came out.

    Simplest first: adopted unanimously in one click; totals typed; ballots one by one.
    """

    _name = "hub.resolution"
    _description = "Resolution"
    _inherit = [
        "hub.meeting.line.mixin",
        "hub.guard.mixin",
        "hub.vote.rules.mixin",
        "hub.frozen.mixin",
        "hub.team.thread.mixin",
        "mail.activity.mixin",
    ]
    _order = "meeting_date desc, meeting_id, sequence, id"
    _rec_names_search = ["name", "number"]
    _guarded_fields = frozenset(
        {
            "state",
            "result",
            "figures",
            "number",
            "opened_on",
            "closed_on",
            "body_id",
            "meeting_date",
            "done_on",
        }
    )
    _after_minutes = frozenset(
        {"owner_id", "due_on", "done_on", "activity_ids", "message_ids"}
    )

    agenda_item_id = fields.Many2one(
        "hub.agenda.item",
        string="Item of the agenda",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('meeting_id', '=', meeting_id)]",
        check_company=True,
    )
    body_id = fields.Many2one(
        related="meeting_id.body_id", store=True, precompute=True, index=True
    )
    meeting_date = fields.Datetime(
        related="meeting_id.date", string="Date", store=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    number = fields.Char(readonly=True, copy=False, index="trigram")
    name = fields.Char(string="Resolution", required=True, tracking=True)
    text = fields.Html(string="Full text")
    entry = fields.Selection(
        [
            ("unanimous", "Unanimously, in one click"),
            ("totals_per_college", "Totals typed"),
            ("ballots", "Ballots one by one"),
        ],
        string="How votes are entered",
        required=True,
        default="unanimous",
    )
    secret = fields.Boolean(
        string="Secret vote",
        help="The secretary types what came out of the ballot box. Nobody's choice is"
        " recorded anywhere.",
    )
    totals_by_college = fields.Boolean(
        string="Totals by college",
        compute="_compute_totals_by_college",
        store=True,
        readonly=False,
        precompute=True,
        help="Type the totals of each college, not of all together.",
    )
    method = fields.Selection(
        compute="_compute_rules", store=True, readonly=False, precompute=True
    )
    threshold = fields.Char(
        compute="_compute_rules", store=True, readonly=False, precompute=True
    )
    base = fields.Selection(
        compute="_compute_rules", store=True, readonly=False, precompute=True
    )
    empty_college = fields.Selection(
        compute="_compute_rules", store=True, readonly=False, precompute=True
    )
    entitled_college_ids = fields.Many2many(
        "hub.college",
        string="Only these colleges vote",
        check_company=True,
        help="Empty: all of them.",
    )
    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default="draft",
        index=True,
        tracking=True,
    )
    result = fields.Selection(
        [("adopted", "Adopted"), ("rejected", "Rejected")],
        readonly=True,
        copy=False,
        tracking=True,
    )
    opened_on = fields.Datetime(string="Vote opened", readonly=True, copy=False)
    closed_on = fields.Datetime(string="Vote closed", readonly=True, copy=False)
    voted_at = fields.Datetime(
        string="Moment of the vote",
        copy=False,
        help="For a meeting recorded afterwards: who was there at this moment votes."
        " Empty: the beginning of the meeting.",
    )
    line_ids = fields.One2many(
        "hub.resolution.college", "resolution_id", groups=READERS
    )
    ballot_ids = fields.One2many("hub.ballot", "resolution_id", groups=READERS)
    conflict_ids = fields.One2many(
        "hub.resolution.conflict", "resolution_id", groups=READERS
    )
    meeting_state = fields.Selection(
        related="meeting_id.state", string="State of the meeting"
    )
    has_colleges = fields.Boolean(compute="_compute_has_colleges")

    @api.depends("meeting_id")
    def _compute_rules(self):
        """As the meeting was convened, or as the body is today."""
        for resolution in self:
            meeting = resolution.meeting_id
            planned = meeting.state == "planned"
            source = meeting.body_id if planned else meeting
            for name in VOTE_RULES:
                resolution[name] = source[name] or resolution[name]

    @api.depends("method", "secret")
    def _compute_totals_by_college(self):
        for resolution in self:
            resolution.totals_by_college = resolution.method != "heads"

    @api.depends("meeting_id.college_ids", "meeting_id.body_id.college_ids")
    def _compute_has_colleges(self):
        for resolution in self:
            meeting = resolution.meeting_id
            resolution.has_colleges = bool(
                meeting.college_ids or meeting.body_id.college_ids
            )

    @api.depends("number", "name")
    def _compute_display_name(self):
        for resolution in self:
            resolution.display_name = " ".join(
                filter(None, [resolution.number, resolution.name])
            )

    @api.constrains("agenda_item_id", "meeting_id")
    def _check_agenda_item(self):
        for resolution in self.filtered("agenda_item_id"):
            if resolution.agenda_item_id.meeting_id != resolution.meeting_id:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” and its item of the agenda belong to two meetings.",
                        name=resolution.display_name,
                    )
                )

    # ------------------------------------------------------------
    # What may change
    # ------------------------------------------------------------

    @api.onchange("agenda_item_id")
    def _onchange_agenda_item_id(self):
        if self.agenda_item_id:
            self.meeting_id = self.agenda_item_id.meeting_id

    @api.model_create_multi
    def create(self, vals_list):
        items = self.env["hub.agenda.item"]
        return super().create(
            [
                {
                    "meeting_id": items.browse(
                        vals.get("agenda_item_id")
                    ).meeting_id.id,
                    **vals,
                }
                for vals in vals_list
            ]
        )

    def write(self, vals):
        if (TEXT | RULES) & set(vals):
            self._check_still_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_voted(self):
        self._check_still_draft()

    def _check_still_draft(self):
        for resolution in self.filtered(
            lambda r: r.state not in ("draft", "withdrawn")
        ):
            raise UserError(
                self.env._(
                    "The vote on “%(name)s” is open or over: neither its text nor its"
                    " rules change any more. While it is open, the vote can be begun"
                    " again.",
                    name=resolution.display_name,
                )
            )

    def _check_transition(self, target):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for resolution in self:
            if target not in TRANSITIONS[resolution.state]:
                raise UserError(
                    self.env._(
                        "“%(name)s” is “%(state)s”: it cannot become “%(target)s”.",
                        name=resolution.display_name,
                        state=labels[resolution.state],
                        target=labels[target],
                    )
                )

    def _move(self, target, **vals):
        self._check_transition(target)
        self._unguarded().write(dict(vals, state=target))

    def action_open_record(self):
        """The resolution with its text and the votes."""
        self.ensure_one()
        return self._get_records_action()

    def action_withdraw(self):
        """Not put to the vote after all."""
        self.check_access("write")
        self._move("withdrawn")

    def action_draft(self):
        """Put it to the vote after all."""
        self.check_access("write")
        if any(resolution.state == "open" for resolution in self):
            raise UserError(
                self.env._("The vote is open: begin it again, or close it.")
            )
        self._move("draft")

    def _carry_over(self, copied, meeting=None):
        """The same resolution for a second call, unless it is settled: it decides on
        the same records."""
        if self.state not in ("draft", "open"):
            return
        again = self.copy(
            {
                "meeting_id": (meeting or copied.meeting_id).id,
                "agenda_item_id": copied.id,
            }
        )
        for records in self._subjects():
            records.resolution_id = again

    @api.model
    def _hub_domain_for(self, partner):
        """Resolutions of the meetings of this person."""
        return self._domain_of_bodies(partner)
