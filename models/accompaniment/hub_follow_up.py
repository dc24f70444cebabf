from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

MONTHS = {"m06": 6, "m12": 12, "m36": 36, "m60": 60}
MOMENTS = [
    ("m06", "After 6 months"),
    ("m12", "After one year"),
    ("m36", "After three years"),
    ("m60", "After five years"),
]
# How long asking still tells how things stood that day; then the next moment is near.
MONTHS_TO_ASK = {"m06": 6, "m12": 12, "m36": 12, "m60": 12}
FINDINGS = [
    ("active", "Alive"),
    ("transferred", "Taken over by somebody else"),
    ("stopped", "Stopped"),
    ("unknown", "Not known"),
]
ALIVE = ("active", "transferred")
STATES = [
    ("planned", "To come"),
    ("due", "To call"),
    ("missed", "Not asked in time"),
    ("done", "Answered"),
    ("unknown", "Lost contact"),
    ("closed", "No longer to ask"),
]
GUARDED = {
    "lead_id",
    "kind",
    "outcome_id",
    "moment",
    "start_on",
    "planned_on",
    "until_on",
    "is_closed",
    "tries",
    "last_try_on",
    "told_on",
    "activity_id",
}


class HubFollowUp(models.Model):
    """A look back at what a path led to: planned months ahead, asked on the telephone.

    After an activity was created: is it alive, who works there? After another exit:
    where does the person stand six months later? It ends nothing by itself.
    """

    _name = "hub.follow.up"
    _description = "Follow-up"
    _inherit = ["hub.guard.mixin", "hub.project.line.mixin", "hub.asking.mixin"]
    _guarded_fields = frozenset(GUARDED)
    _order = "planned_on, id"

    kind = fields.Selection(
        [("activity", "After the creation"), ("exit", "After the exit")],
        string="What about",
        required=True,
        readonly=True,
        default="activity",
    )
    # What was answered stays when the outcome is found to be wrong.
    outcome_id = fields.Many2one(
        "hub.outcome",
        string="Activity created",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    moment = fields.Selection(MOMENTS, required=True, readonly=True)
    start_on = fields.Date(string="Since", required=True, readonly=True)
    planned_on = fields.Date(string="Planned on", required=True, readonly=True)
    until_on = fields.Date(
        string="To ask before",
        required=True,
        readonly=True,
        help="Later an answer would no longer tell how things stood that day.",
    )
    is_closed = fields.Boolean(
        string="Stopped before",
        readonly=True,
        help="The activity had stopped before that day: there is nothing to ask.",
    )
    state = fields.Selection(STATES, compute="_compute_state", search="_search_state")

    # Whom to call
    partner_id = fields.Many2one(
        related="lead_id.partner_id", string="Contact person", help="Whom to call."
    )
    phone = fields.Char(related="partner_id.phone")
    user_id = fields.Many2one(related="lead_id.user_id", string="Adviser in charge")

    # The answer
    done_on = fields.Date(string="Answer of")
    channel = fields.Selection(
        [
            ("phone", "Telephone"),
            ("in_person", "In person"),
            ("video", "By video"),
            ("written", "E-mail or letter"),
            ("other", "Public register or another person"),
        ],
        string="How",
    )
    asked_by_id = fields.Many2one("res.users", string="Asked by")
    alive = fields.Selection(FINDINGS, string="Is the activity alive?")
    stopped_on = fields.Date(string="Stopped on", help="As far as it is known.")
    alive_quantity = fields.Integer(
        string="Of them alive",
        aggregator=None,
        help="Where one line of outcome counts several activities. Empty: all of them.",
    )
    own_jobs = fields.Integer(
        string="Holders who work there", help="People who live from their own activity."
    )
    salaried_jobs = fields.Integer(string="Salaried people")
    jobs = fields.Integer(string="People at work", compute="_compute_jobs", store=True)
    jobs_fte = fields.Float(string="Full-time equivalent", digits=(6, 2))
    currency_id = fields.Many2one(related="company_id.currency_id")
    turnover = fields.Monetary(
        string="Turnover of the year",
        aggregator=None,
        groups="solidarity_hub.group_hub_adviser",
        help="Only if the person wishes to say.",
    )
    words = fields.Text(
        string="In words",
        groups="solidarity_hub.group_hub_adviser",
        help="The whole team reads this: nothing confidential.",
    )

    _outcome_moment_uniq = models.UniqueIndex(
        "(outcome_id, moment) WHERE outcome_id IS NOT NULL",
        "This follow-up is planned already.",
    )
    _lead_exit_uniq = models.UniqueIndex(
        "(lead_id, moment) WHERE kind = 'exit'",
        "The look back after the exit is planned already.",
    )
    _jobs_positive = models.Constraint(
        "CHECK(own_jobs >= 0 AND salaried_jobs >= 0 AND jobs_fte >= 0)",
        "People at work are never fewer than none.",
    )

    @api.depends("moment", "lead_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["moment"]._description_selection(self.env))
        for follow_up in self:
            name, moment = follow_up.lead_id.name, labels.get(follow_up.moment, "")
            follow_up.display_name = f"{name or ''}: {moment.lower()}"

    @api.depends("done_on", "alive", "is_closed", "planned_on", "until_on")
    def _compute_state(self):
        today = self._today()
        for follow_up in self:
            if follow_up.done_on:
                lost = follow_up.alive == "unknown"
                follow_up.state = "unknown" if lost else "done"
            elif follow_up.is_closed:
                follow_up.state = "closed"
            elif not follow_up.planned_on or follow_up.planned_on > today:
                follow_up.state = "planned"
            else:
                follow_up.state = "due" if follow_up.until_on > today else "missed"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(
            self._domain_state(state) for state, _label in STATES if state in value
        )

    @api.model
    def _domain_state(self, state):
        today = self._today()
        done = Domain("done_on", "!=", False)
        lost = Domain("alive", "=", "unknown")
        closed = Domain("is_closed", "=", True)
        come = Domain("planned_on", "<=", today)
        late = Domain("until_on", "<=", today)
        still_open = ~done & ~closed
        return {
            "done": done & ~lost,
            "unknown": done & lost,
            "closed": ~done & closed,
            "planned": still_open & ~come,
            "due": still_open & come & ~late,
            "missed": still_open & late,
        }[state]

    @api.depends("own_jobs", "salaried_jobs")
    def _compute_jobs(self):
        for follow_up in self:
            follow_up.jobs = follow_up.own_jobs + follow_up.salaried_jobs

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    @api.constrains("done_on", "alive", "kind")
    def _check_answer(self):
        today = self._today()
        for follow_up in self:
            if follow_up.done_on and follow_up.done_on > today:
                raise ValidationError(
                    self.env._(
                        "“%(follow_up)s”: an answer is not noted before it is given.",
                        follow_up=follow_up.display_name,
                    )
                )
            if follow_up.kind == "exit":
                # An exit is told by the situation of the person; or nobody answers.
                consistent = not follow_up.alive or (
                    follow_up.alive == "unknown" and follow_up.done_on
                )
            else:
                consistent = bool(follow_up.alive) == bool(follow_up.done_on)
            if not consistent:
                raise ValidationError(
                    self.env._(
                        "“%(follow_up)s”: the day it was asked and whether the activity"
                        " is alive are noted together (“not known” is an answer too).",
                        follow_up=follow_up.display_name,
                    )
                )

    @api.constrains("stopped_on", "alive", "start_on", "done_on")
    def _check_stopped_on(self):
        for follow_up in self.filtered("stopped_on"):
            end = follow_up.done_on or self._today()
            if (
                follow_up.alive != "stopped"
                or not follow_up.start_on <= follow_up.stopped_on <= end
            ):
                raise ValidationError(
                    self.env._(
                        "“%(follow_up)s”: the day on which the activity stopped lies"
                        " between its creation (%(start)s) and the day it was asked,"
                        " and is given for an activity that has stopped only.",
                        follow_up=follow_up.display_name,
                        start=format_date(self.env, follow_up.start_on),
                    )
                )

    @api.constrains("alive_quantity", "outcome_id")
    def _check_alive_quantity(self):
        for follow_up in self.filtered("alive_quantity"):
            created = follow_up.outcome_id.quantity
            if not 0 <= follow_up.alive_quantity <= created:
                raise ValidationError(
                    self.env._(
                        "“%(follow_up)s”: %(count)s activities were created, so no more"
                        " are alive.",
                        follow_up=follow_up.display_name,
                        count=created,
                    )
                )

    @api.model
    def _hub_domain_for(self, partner):
        """The follow-ups of the projects that somebody accompanies."""
        leads = self.env["crm.lead"]._hub_domain_for(partner)
        return Domain("lead_id", "any", leads)

    @api.model
    def _dates(self, moment, start):
        """The days of a follow-up, from the day of the creation or of the exit."""
        planned = start + relativedelta(months=MONTHS[moment])
        return {
            "start_on": start,
            "planned_on": planned,
            "until_on": planned + relativedelta(months=MONTHS_TO_ASK[moment]),
        }
