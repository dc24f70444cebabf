from odoo import fields, models
from odoo.exceptions import UserError

from ...reports.print_words import long_date
from ..common.hub_answer_mixin import ANSWERS, CHANNELS


class HubReviewCollege(models.Model):
    """What a college brings to the review of the year: who came, what it says, signed
    by one of its members. Every college is shown, whether it spoke or not."""

    _name = "hub.review.college"
    _description = "College in a review"
    _inherit = [
        "hub.frozen.line.mixin",
        "hub.answer.mixin",
        "hub.personal.link.mixin",
    ]
    _order = "review_id, college_id, id"
    _rec_name = "college_id"
    _check_company_auto = True
    _frozen_parent = "review_id"
    _guarded_fields = frozenset(
        {"answer", "answered_on", "answer_channel", "recorded_by_id", "access_token"}
    )
    _guarded_given = frozenset({"access_token"})

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
    college_id = fields.Many2one(
        "hub.college",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    invited_count = fields.Integer(string="Invited", aggregator=None)
    present_count = fields.Integer(string="Came", aggregator=None)
    contribution = fields.Text(string="What the college says")
    signer_id = fields.Many2one(
        "res.partner",
        string="Signs for the college",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    # A later version of the review is about the same year: what was signed stays.
    answer = fields.Selection(ANSWERS, string="Signature", copy=True)
    answered_on = fields.Datetime(string="Signed on", copy=True)
    answer_channel = fields.Selection(CHANNELS, string="Signed by", copy=True)
    recorded_by_id = fields.Many2one("res.users", copy=True)
    url = fields.Char(
        string="Personal link",
        compute="_compute_url",
        compute_sudo=False,
        groups="solidarity_hub.group_hub_coordinator",
        help="To copy into a text message; it opens without a password.",
    )

    _once = models.UniqueIndex(
        "(review_id, college_id)", "Each college has one line in a review."
    )
    _counts_positive = models.Constraint(
        "CHECK(invited_count >= 0 AND present_count >= 0)",
        "How many were invited or came is not below zero.",
    )

    def _compute_url(self):
        mine = self._filtered_access("write")
        for line in self:
            line.url = line in mine and line._origin.sudo()._link()

    def _portal_path(self):
        return f"/my/hub/review-college/{self.id}"

    def _page_owner(self):
        return self.signer_id

    def write(self, vals):
        if {"contribution", "signer_id", "college_id"} & set(vals):
            self._check_unsigned(vals)
        return super().write(vals)

    def _check_unsigned(self, vals):
        for line in self.filtered(lambda one: one.answer == "yes"):
            changed = any(
                line._fields[name].convert_to_cache(vals[name], line)
                != line._fields[name].convert_to_cache(line[name], line)
                for name in {"contribution", "signer_id", "college_id"} & set(vals)
            )
            if changed:
                raise UserError(
                    self.env._(
                        "“%(college)s” has signed its contribution: take the signature"
                        " back first, then sign again.",
                        college=line.college_id.name,
                    )
                )

    def action_sign(self, channel="paper"):
        """The college has signed on paper, in the meeting or on the telephone.

        :param channel: ``paper``, ``in_person`` or ``phone``
        """
        self.check_access("write")
        if channel not in ("paper", "in_person", "phone"):
            raise UserError(
                self.env._("Say how the college signed: on paper, in person, by phone.")
            )
        self._sign(channel)

    def _sign(self, channel):
        self._check_parent_is_open()
        for line in self:
            if not (line.contribution or "").strip() or not line.signer_id:
                raise UserError(
                    self.env._(
                        "“%(college)s”: write what the college says, and who signs for"
                        " it.",
                        college=line.college_id.name,
                    )
                )
        self._record_answer("yes", channel)

    def action_take_back(self):
        """The contribution changes: it is signed anew afterwards."""
        self.check_access("write")
        self._check_parent_is_open()
        self._reset_answer()

    # ------------------------------------------------------------
    # Personal page of whoever signs
    # ------------------------------------------------------------

    def _portal_values(self):
        """Plain values for the page."""
        self.ensure_one()
        review = self.review_id
        hub = self.env["hub.portal"]._contacts(self.company_id.partner_id)[0]
        if review.state != "draft":
            return {"hub": hub, "stage": "closed"}
        return {
            "hub": hub,
            "stage": "signed" if self.answer == "yes" else "open",
            "name": self.signer_id.name or "",
            "college": self.college_id.name,
            "heading": review.display_name,
            "contribution": self.contribution or "",
            "figures": [
                {"name": line.name, "value": line.value_label}
                for line in review.figure_ids.filtered(lambda one: not one.level)
                if line.value
            ],
        }

    def _portal_sign(self, words):
        """What the member wrote for the college, signed."""
        self.ensure_one()
        if self.review_id.state != "draft" or self.answer == "yes":
            return
        self.contribution = (words or "").strip()[:10000]
        self._sign("portal")

    def _print_signature(self):
        """“Signed by Claire Petit on 3 March 2026”, or that nobody has."""
        if self.answer != "yes":
            return self.env._("No signed contribution.")
        day = fields.Date.context_today(self, self.answered_on)
        return self.env._(
            "Signed for the college by %(name)s on %(date)s.",
            name=self.signer_id.sudo().name,
            date=long_date(self.env, day),
        )

    def _frozen_values(self):
        return {
            "college": self.college_id.name,
            "invited": self.invited_count,
            "came": self.present_count,
            "contribution": self.contribution or "",
            "signer": self.signer_id.name or "",
            "signed_on": self.answered_on,
            "channel": self.answer_channel or "",
        }
