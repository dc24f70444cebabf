from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..common.hub_answer_mixin import ANSWERS, CHANNELS

OPEN_STATES = ("proposed", "sent", "accepted", "active")
# A place is taken from the proposal on; people follow a project from their yes on.
FOLLOWED_STATES = ("accepted", "active")
TRANSITIONS = {
    "proposed": {"sent", "accepted", "active", "declined", "ended"},
    "sent": {"proposed", "accepted", "active", "declined", "ended"},
    "accepted": {"active", "declined", "ended"},
    "active": {"ended"},
    # People change their mind: asked again, the answers start anew.
    "declined": {"proposed"},
    "ended": set(),
}
PLACES = (1, 2)


class HubPairing(models.Model):
    """One person beside one project: from the proposal to the end of the road together.

    A project is accompanied by two people, each with a place of his own; an expert or
    an observer comes besides. Both volunteer and holder agree before it starts.
    """

    _name = "hub.pairing"
    _description = "Accompaniment of a project by a person"
    _inherit = ["hub.guard.mixin", "hub.asking.mixin", "mail.thread", "portal.mixin"]
    _order = "slot, id"
    _check_company_auto = True

    lead_id = fields.Many2one(
        "crm.lead",
        string="Project",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_hub_project", "=", True)],
        check_company=True,
        # Its title may name the holder: volunteers read "title" instead.
        groups="solidarity_hub.group_hub_adviser",
    )
    company_id = fields.Many2one(
        related="lead_id.company_id", store=True, precompute=True, index=True
    )
    volunteer_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    role = fields.Selection(
        [("pair", "Pair"), ("expert", "One-off expertise"), ("observer", "Observer")],
        string="Part taken",
        required=True,
        default="pair",
    )
    slot = fields.Integer(string="Place", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("proposed", "To propose"),
            ("sent", "Proposed"),
            ("accepted", "Accepted"),
            ("declined", "Declined"),
            ("active", "Under way"),
            ("ended", "Ended"),
        ],
        required=True,
        readonly=True,
        default="proposed",
        index=True,
        tracking=True,
    )
    rhythm = fields.Char(
        default=lambda self: self.env._("About one meeting a month, two hours"),
        help="Told to the volunteer with the proposal.",
    )

    volunteer_answer = fields.Selection(
        ANSWERS, required=True, default="waiting", copy=False, readonly=True
    )
    volunteer_answered_on = fields.Datetime(copy=False, readonly=True)
    volunteer_answer_channel = fields.Selection(
        CHANNELS, string="Volunteer answered by", copy=False, readonly=True
    )
    volunteer_recorded_by_id = fields.Many2one(
        "res.users",
        string="Volunteer's answer noted by",
        copy=False,
        readonly=True,
        help="Who noted the answer down; empty when the person answered alone.",
    )
    volunteer_reason = fields.Text(
        string="Volunteer's reason", copy=False, readonly=True
    )
    holder_answer = fields.Selection(
        ANSWERS, required=True, default="waiting", copy=False, readonly=True
    )
    holder_answered_on = fields.Datetime(copy=False, readonly=True)
    holder_answer_channel = fields.Selection(
        CHANNELS, string="Holder answered by", copy=False, readonly=True
    )
    holder_recorded_by_id = fields.Many2one(
        "res.users",
        string="Holder's answer noted by",
        copy=False,
        readonly=True,
        help="Who noted the answer down; empty when the person answered alone.",
    )
    holder_reason = fields.Text(
        copy=False, readonly=True, groups="solidarity_hub.group_hub_adviser"
    )

    date_start = fields.Date(string="Since", copy=False, tracking=True)
    date_end = fields.Date(string="Until", copy=False, tracking=True)
    end_reason = fields.Text(string="Why it ended", copy=False)
    locked = fields.Boolean(
        string="Fixed", help="Stays when pairs are looked for again."
    )
    override_reason = fields.Text(
        string="Reason for choosing all the same",
        copy=False,
        groups="solidarity_hub.group_hub_adviser",
        help="Needed when somebody is full, not trained or has not signed the charter.",
    )
    score = fields.Integer(
        string="Needs covered (of 1000)",
        readonly=True,
        copy=False,
        aggregator=False,
        groups="solidarity_hub.group_hub_adviser",
        help="What the two cover together of the skills needed; 1000: all of them.",
    )
    explanation = fields.Json(
        readonly=True, copy=False, groups="solidarity_hub.group_hub_adviser"
    )
    run_id = fields.Many2one(
        "hub.pairing.run",
        string="Proposal",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="solidarity_hub.group_hub_adviser",
    )
    run_line_id = fields.Many2one(
        "hub.pairing.run.line",
        string="Line of the cohort",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="solidarity_hub.group_hub_adviser",
    )
    volunteer_phone = fields.Char(
        related="volunteer_id.phone", string="Volunteer's telephone"
    )

    _place_uniq = models.UniqueIndex(
        "(lead_id, slot) WHERE role = 'pair'"
        " AND state IN ('proposed', 'sent', 'accepted', 'active')",
        "This place beside the project was taken in the meantime. Open the project"
        " again to see who is there.",
    )
    _place_is_1_or_2 = models.Constraint(
        "CHECK(role != 'pair' OR COALESCE(slot, 0) IN (1, 2))",
        "A pair has two places beside a project, not a third one.",
    )
    _dates_in_order = models.Constraint(
        "CHECK(date_end >= date_start)",
        "The accompaniment cannot end before it started: correct one of the two dates.",
    )

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    @api.constrains("lead_id")
    def _check_lead_is_a_project(self):
        for pairing in self.filtered(lambda p: not p.lead_id.is_hub_project):
            raise ValidationError(
                self.env._(
                    "“%(record)s” belongs to sales, not to the hub: choose a project"
                    " of the hub.",
                    record=pairing.lead_id.name,
                )
            )

    @api.constrains("lead_id", "volunteer_id", "role")
    def _check_eligibility(self):
        for pairing in self.filtered(lambda p: p.state in OPEN_STATES):
            verdict = self.env["hub.pairing.eligibility"]._verdict_of(pairing)
            verdict.raise_refusal(self.env, pairing.lead_id, pairing.volunteer_id)
            if not (pairing.sudo().override_reason or "").strip():
                verdict.raise_warning(self.env, pairing.lead_id, pairing.volunteer_id)

    @api.constrains("state", "volunteer_answer", "holder_answer")
    def _check_answers_support_state(self):
        for pairing in self:
            needed = {
                "accepted": pairing.volunteer_answer == "yes",
                "active": pairing.volunteer_answer == pairing.holder_answer == "yes",
            }
            if not needed.get(pairing.state, True):
                raise ValidationError(
                    self.env._(
                        "%(pairing)s cannot be “%(state)s”: an agreement is missing."
                        " Note the answers of both down first.",
                        pairing=pairing.display_name,
                        state=pairing._state_label(),
                    )
                )

    # ------------------------------------------------------------
    # Creating and writing
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._lock_places(
            {vals.get("lead_id") for vals in vals_list},
            {vals.get("volunteer_id") for vals in vals_list},
        )
        taken = {}
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            if vals.get("role", "pair") == "pair" and not vals.get("slot"):
                vals["slot"] = self._take_place(
                    vals, taken.setdefault(vals.get("lead_id"), set())
                )
        return super().create(vals_list)

    def write(self, vals):
        if {"lead_id", "volunteer_id"} & set(vals):
            self._check_still_to_propose()
            self._lock_places(
                {vals.get("lead_id")} | set(self.lead_id.ids),
                {vals.get("volunteer_id")} | set(self.volunteer_id.ids),
            )
        if "state" in vals:
            self._check_transition(vals["state"])
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        for pairing in self.filtered(lambda p: p.state != "proposed"):
            raise UserError(
                self.env._(
                    "%(pairing)s is part of the history of the project: end it with its"
                    " reason instead of deleting it.",
                    pairing=pairing.display_name,
                )
            )

    def _check_still_to_propose(self):
        for pairing in self.filtered(lambda p: p.state != "proposed"):
            raise UserError(
                self.env._(
                    "%(pairing)s: the proposal has gone out. End it and choose somebody"
                    " else instead of changing the names.",
                    pairing=pairing.display_name,
                )
            )

    def _check_transition(self, state):
        for pairing in self:
            if state != pairing.state and state not in TRANSITIONS[pairing.state]:
                labels = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(pairing)s is “%(state)s” and cannot become “%(new)s”. Start"
                        " a new accompaniment if they work together again.",
                        pairing=pairing.display_name,
                        state=pairing._state_label(),
                        new=labels.get(state, state),
                    )
                )

    def _state_label(self):
        self.ensure_one()
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _format_day(self, day):
        return format_date(self.env, day)

    @api.model
    def _hub_domain_for(self, partner):
        """The places this person fills or is asked to fill."""
        return Domain("volunteer_id", "=", partner.id)
