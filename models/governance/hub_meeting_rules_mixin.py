from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .hub_vote_rules_mixin import VOTE_RULES

MEETING_RULES = (
    "notice_days",
    "quorum",
    "college_quorum",
    "quorum_with_proxies",
    "proxies_per_person",
    "blank_proxies",
    "proxy_same_college",
    "casting_vote",
    "second_call_days",
    "fee_required",
    *VOTE_RULES,
)


class HubMeetingRulesMixin(models.AbstractModel):
    """Rules of a body for its meetings, copied to each meeting when it is convened."""

    _name = "hub.meeting.rules.mixin"
    _description = "Rules of meetings"
    _inherit = ["hub.vote.rules.mixin"]

    notice_days = fields.Integer(
        string="Days of notice",
        default=8,
        help="How many days before the meeting people are convened.",
    )
    quorum = fields.Char(
        help="Part of the members who must be there, such as 1/2 or 25 %. Empty: no"
        " quorum.",
    )
    college_quorum = fields.Char(
        string="Quorum of each college",
        help="Part of each college that must be there besides. Empty: none.",
    )
    quorum_with_proxies = fields.Boolean(
        string="Proxies count for the quorum", default=True
    )
    proxies_per_person = fields.Integer(
        string="Proxies per person",
        default=1,
        help="How many proxies one person may hold. 0: nobody may be represented.",
    )
    blank_proxies = fields.Boolean(
        string="Blank proxies accepted",
        help="A proxy without a name is given to somebody at the meeting.",
    )
    proxy_same_college = fields.Boolean(string="Proxies within the college only")
    casting_vote = fields.Boolean(
        string="Casting vote of the chair",
        help="When exactly half are for, the vote of the chair decides.",
    )
    second_call_days = fields.Integer(
        string="Days before a second call",
        default=8,
        help="After a meeting without quorum a second one may be held without quorum,"
        " so many days later at the earliest.",
    )
    fee_required = fields.Boolean(
        string="Paid-up members only",
        help="Whoever has not paid the fee of the year does not vote.",
    )

    _notice_positive = models.Constraint(
        "CHECK(notice_days >= 0)", "Days of notice cannot be negative."
    )
    _proxies_positive = models.Constraint(
        "CHECK(proxies_per_person >= 0)", "The number of proxies cannot be negative."
    )
    _second_call_positive = models.Constraint(
        "CHECK(second_call_days >= 0)",
        "Days before a second call cannot be negative.",
    )

    @api.constrains("quorum", "college_quorum")
    def _check_quorum(self):
        for record in self:
            record._read_part("quorum")
            if record._read_part("college_quorum") and not record.college_ids:
                raise ValidationError(
                    self.env._(
                        "%(record)s has no college: a quorum of each college cannot be"
                        " asked. Add the colleges first, or leave it empty.",
                        record=record.display_name,
                    )
                )

    def _rule_values(self):
        """The rules as they are now, to be copied."""
        self.ensure_one()
        return {name: self[name] for name in MEETING_RULES}
