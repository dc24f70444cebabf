from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...reports.print_words import long_date

TODO = "mail.mail_activity_data_todo"
# What becomes of a proposal goes on after the review is published.
FOLLOWED = frozenset(
    {
        "follow_up",
        "responsible_id",
        "deadline",
        "activity_id",
        "follow_up_words",
        "meeting_id",
        "resolution_id",
    }
)


class HubReviewPoint(models.Model):
    """What the review found, and what it proposes: a proposal becomes something to do,
    or is put to the vote of those who decide."""

    _name = "hub.review.point"
    _description = "Finding or proposal of a review"
    _inherit = ["hub.guard.mixin", "hub.frozen.line.mixin"]
    _order = "review_id, kind, sequence, id"
    _rec_name = "text"
    _check_company_auto = True
    _frozen_parent = "review_id"
    _frozen_open_fields = FOLLOWED
    _guarded_fields = frozenset({"follow_up", "activity_id", "resolution_id"})

    review_id = fields.Many2one(
        "hub.annual.review",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="review_id.company_id", store=True, precompute=True, index=True
    )
    year = fields.Integer(
        related="review_id.year", store=True, precompute=True, aggregator=None
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("strength", "What went well"),
            ("difficulty", "What was difficult"),
            ("proposal", "Proposal"),
        ],
        required=True,
        default="strength",
    )
    text = fields.Text(string="In words", required=True)
    college_id = fields.Many2one(
        "hub.college",
        string="Said by",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Empty: all together.",
    )
    follow_up = fields.Selection(
        [
            ("open", "Nothing decided"),
            ("action", "Something to do"),
            ("vote", "To be put to the vote"),
            ("dropped", "Not followed"),
        ],
        string="What becomes of it",
        required=True,
        readonly=True,
        default="open",
        copy=True,
    )
    responsible_id = fields.Many2one(
        "res.users",
        string="Who sees to it",
        ondelete="set null",
        domain=[("share", "=", False)],
    )
    deadline = fields.Date(string="By")
    follow_up_words = fields.Text(string="What came of it")
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=True, ondelete="set null", index=True
    )
    progress = fields.Selection(
        [("none", "-"), ("waiting", "Waiting"), ("late", "Late"), ("done", "Done")],
        compute="_compute_progress",
        compute_sudo=True,
    )

    @api.depends("activity_id.active", "follow_up", "deadline")
    def _compute_progress(self):
        today = fields.Date.context_today(self)
        for point in self:
            waits = point.follow_up in ("action", "vote")
            if not waits:
                point.progress = "none"
            elif not point.activity_id.active:
                point.progress = "done"
            else:
                late = point.deadline and point.deadline < today
                point.progress = "late" if late else "waiting"

    @api.constrains("kind", "follow_up")
    def _check_proposal(self):
        for point in self:
            if point.kind != "proposal" and point.follow_up != "open":
                raise ValidationError(
                    self.env._(
                        "“%(text)s” is a finding: only a proposal becomes something to"
                        " do.",
                        text=point.text,
                    )
                )

    def action_plan(self):
        """The proposal becomes something to do, by somebody, until a day."""
        self.check_access("write")
        for point in self:
            point._check_can_follow()
            if not point.responsible_id or not point.deadline:
                raise UserError(
                    self.env._(
                        "“%(text)s”: say who sees to it, and until when.",
                        text=point.text,
                    )
                )
            point._follow("action", point.responsible_id)

    def action_drop(self):
        """The proposal is not followed; it stays in the review."""
        self.check_access("write")
        self._check_can_follow()
        self.activity_id.sudo().unlink()
        self._unguarded().write({"follow_up": "dropped"})

    def action_reopen(self):
        """Decide anew what becomes of it."""
        self.check_access("write")
        self.activity_id.sudo().filtered("active").unlink()
        self._unguarded().write({"follow_up": "open", "activity_id": False})

    def _check_can_follow(self):
        for point in self:
            if point.kind != "proposal":
                point._check_proposal_kind()
            if point.follow_up != "open":
                raise UserError(
                    self.env._(
                        "“%(text)s”: what becomes of it is decided. Take the decision"
                        " back first.",
                        text=point.text,
                    )
                )

    def _check_proposal_kind(self):
        raise UserError(
            self.env._(
                "“%(text)s” is a finding. Write a proposal that answers it.",
                text=self.text,
            )
        )

    def _follow(self, follow_up, user):
        self.ensure_one()
        if user.share or self.company_id not in user.company_ids:
            raise UserError(
                self.env._(
                    "%(user)s has no account in this hub: choose somebody of the team.",
                    user=user.name,
                )
            )
        activity = self.review_id.sudo().activity_schedule(
            TODO,
            date_deadline=self.deadline or fields.Date.context_today(self),
            summary=self.text[:200],
            note=self.text,
            user_id=user.id,
        )
        self._unguarded().write({"follow_up": follow_up, "activity_id": activity.id})

    def _print_follow_up(self):
        """“Something to do: Claire Petit, by 3 March 2026”."""
        if self.kind != "proposal" or self.follow_up == "open":
            return ""
        becomes = self._fields["follow_up"]._description_selection(self.env)
        name = self.follow_up == "action" and self.responsible_id.sudo().name
        by = self.deadline and self.env._(
            "by %(date)s", date=long_date(self.env, self.deadline)
        )
        parts = ", ".join(filter(None, [name, by]))
        return ": ".join(filter(None, [dict(becomes)[self.follow_up], parts]))

    def _frozen_values(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return {
            "kind": kinds[self.kind],
            "text": self.text,
            "college": self.college_id.name or "",
        }
