from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import format_date

from ..pairing.hub_pairing import FOLLOWED_STATES
from .hub_interview_presence import ACCOMPANYING

LONGEST = 12
FARTHEST = 731


class HubInterview(models.Model):
    """That people met about a project: when, how long, who was there.

    What was said is a thing apart (``hub.interview.note``), with its own readers.
    """

    _name = "hub.interview"
    _description = "Interview"
    _inherit = ["hub.project.line.mixin"]
    _order = "date_start desc, id desc"

    # History and the notes behind it are not lost with a project.
    lead_id = fields.Many2one(ondelete="restrict")
    author_id = fields.Many2one(
        "res.partner",
        string="Declared by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user.partner_id,
    )
    date_start = fields.Datetime(
        string="Date", required=True, index=True, default=fields.Datetime.now
    )
    duration = fields.Float(string="Duration (hours)", required=True, default=1.0)
    mode = fields.Selection(
        [("in_person", "In person"), ("phone", "By telephone"), ("video", "By video")],
        string="How",
        required=True,
        default="in_person",
    )
    kind = fields.Selection(
        [
            ("reception", "Reception"),
            ("diagnosis", "Diagnosis"),
            ("follow_up", "Follow-up"),
            ("post_creation", "After the creation"),
            ("collective", "Collective"),
        ],
        required=True,
        default="follow_up",
    )
    state = fields.Selection(
        [("planned", "Planned"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        default="planned",
    )
    place = fields.Char()
    guests = fields.Char(
        string="Others who were there",
        help="Names of people who came along and are not in the list; they read"
        " nothing.",
    )
    presence_ids = fields.One2many(
        "hub.interview.presence", "interview_id", string="People present", copy=True
    )
    action_ids = fields.One2many(
        "hub.project.action", "interview_id", string="Next steps", copy=False
    )

    @api.depends("kind", "date_start")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        """Kind and day, never a subject: the name shows where the content must not."""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for interview in self:
            start = interview.date_start
            day = start and fields.Datetime.context_timestamp(interview, start).date()
            interview.display_name = self.env._(
                "%(kind)s, %(day)s",
                kind=labels.get(interview.kind, ""),
                day=format_date(self.env, day) if day else "",
            )

    @api.onchange("lead_id")
    def _onchange_lead_id(self):
        """Whoever declares the interview and the contact person were there, usually."""
        if self.lead_id and not self.presence_ids:
            self.presence_ids = [
                Command.create(vals) for vals in self._usual_presences(self.lead_id)
            ]

    @api.model
    def _usual_presences(self, lead):
        """Values of the lines for the author and the contact person of a project."""
        me = self.env.user.partner_id
        people = [(me, self._own_quality())]
        if lead.partner_id and lead.partner_id != me:
            people.append((lead.partner_id, "holder"))
        return [
            {"partner_id": person.id, "quality": quality} for person, quality in people
        ]

    @api.model
    def _own_quality(self):
        staff = self.env.user.has_group("solidarity_hub.group_hub_adviser")
        return "staff" if staff else "volunteer"

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    @api.constrains("state", "date_start")
    def _check_not_done_in_advance(self):
        now = fields.Datetime.now()
        for interview in self:
            if interview.state == "done" and interview.date_start > now:
                raise ValidationError(
                    self.env._(
                        "“%(interview)s” is still to come: it cannot be marked done."
                        " Leave it planned, or correct its date.",
                        interview=interview.display_name,
                    )
                )

    @api.constrains("state", "date_start")
    def _check_not_far_ahead(self):
        latest = fields.Datetime.now() + timedelta(days=FARTHEST)
        for interview in self.filtered(lambda i: i.date_start > latest):
            raise ValidationError(
                self.env._(
                    "“%(interview)s” is more than two years ahead: correct its date.",
                    interview=interview.display_name,
                )
            )

    @api.constrains("date_start", "lead_id")
    def _check_project_was_there(self):
        # Around midnight whoever received the person may read another day than the hub.
        own_clock = fields.Datetime.context_timestamp
        for interview in self:
            received = interview.lead_id.hub_reception_date
            start = interview.date_start
            days = interview._local_start().date(), own_clock(self, start).date()
            if received and max(days) < received:
                raise ValidationError(
                    self.env._(
                        "“%(interview)s” would be before the person was received, on"
                        " %(received)s. Correct the date, or that of the reception.",
                        interview=interview.display_name,
                        received=format_date(self.env, received),
                    )
                )

    @api.constrains("duration")
    def _check_duration(self):
        for interview in self.filtered(lambda i: not 0 < i.duration <= LONGEST):
            raise ValidationError(
                self.env._(
                    "“%(interview)s”: an interview lasts more than nothing and at most"
                    " %(hours)s hours. Correct the duration; a longer one is several"
                    " interviews.",
                    interview=interview.display_name,
                    hours=LONGEST,
                )
            )

    @api.constrains("presence_ids", "state")
    def _check_somebody_accompanies(self):
        for interview in self.filtered(lambda i: i.state != "cancelled"):
            there = interview.presence_ids.filtered(lambda p: p.quality in ACCOMPANYING)
            if not there:
                raise ValidationError(
                    self.env._(
                        "“%(interview)s”: who received the person? Add at least one"
                        " volunteer or member of the team to the people present.",
                        interview=interview.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """An interview declared without anybody was held by who declares it."""
        me = self.env.user.partner_id
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            if not self.env.su:
                vals["author_id"] = me.id
            if not vals.get("presence_ids"):
                line = {"partner_id": me.id, "quality": self._own_quality()}
                vals["presence_ids"] = [Command.create(line)]
        return super().create(vals_list)

    def write(self, vals):
        if "author_id" in vals and not self.env.su:
            raise UserError(
                self.env._("Who declared an interview is not typed in or changed.")
            )
        result = super().write(vals)
        if "lead_id" in vals:
            self.check_access("write")
        return result

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_done(self):
        """It took place."""
        self.state = "done"

    def action_cancel(self):
        """It does not take place."""
        self.state = "cancelled"

    def action_plan(self):
        """It is to come after all."""
        self.state = "planned"

    @api.model
    def _hub_domain_for(self, partner):
        """Interviews that are somebody's own: declared, attended, on own projects."""
        accompanied = Domain("volunteer_id", "=", partner.id) & Domain(
            "state", "in", list(FOLLOWED_STATES)
        )
        return (
            Domain("author_id", "=", partner.id)
            | Domain("presence_ids.partner_id", "=", partner.id)
            | Domain("lead_id.hub_pairing_ids", "any", accompanied)
        )
