from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import format_date

from ..common.hub_guard_mixin import OPEN

OPEN_TO_CHANGES = ("draft", "solved")
# What a coordinator chooses before a search.
CHOSEN = {"lead_ids", "partner_ids", "with_warned"}
GUARDED = {
    "date",
    "user_id",
    "company_id",
    "is_cohort",
    "state",
    "stage_text",
    "error",
    "parameters",
    "status",
    "gap",
    "seconds",
    "summary",
    "changed_by_hand",
    "asked_by_id",
    "attempts",
    "solved_on",
}


class HubPairingRun(models.Model):
    """One search for pairs: for one project, or for a whole cohort at once.

    The search for a cohort is kept while it is prepared, computed, looked at and
    proposed: one comes back to it, and nothing is sent before "Propose".
    """

    _name = "hub.pairing.run"
    _description = "Proposal of pairs"
    _inherit = ["hub.guard.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _guarded_fields = frozenset(GUARDED)
    _guarded_given = frozenset({"is_cohort", "company_id"})

    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        string="Searched by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    is_cohort = fields.Boolean(string="For several projects", readonly=True)
    state = fields.Selection(
        [
            ("draft", "To prepare"),
            ("queued", "Waiting"),
            ("solving", "Under way"),
            ("solved", "To look at"),
            ("proposing", "Proposing"),
            ("proposed", "Proposed"),
            ("cancelled", "Dropped"),
        ],
        required=True,
        readonly=True,
        default="draft",
        index=True,
    )
    stage_text = fields.Char(
        string="What is being done",
        readonly=True,
        copy=False,
        help="Where a long search or a long round of proposals stands.",
    )
    error = fields.Text(string="What went wrong", readonly=True, copy=False)
    lead_ids = fields.Many2many(
        "crm.lead",
        string="Projects",
        domain=[("is_hub_project", "=", True)],
        check_company=True,
    )
    partner_ids = fields.Many2many("res.partner", string="People", check_company=True)
    with_warned = fields.Boolean(
        string="Also people who need a reason",
        help="Full, not trained yet, or the charter not signed.",
    )
    parameters = fields.Json(readonly=True)
    status = fields.Selection(
        [
            ("optimal", "Nothing better exists"),
            ("feasible", "Good, perhaps not the best"),
            ("partial", "Not everything was compared"),
        ],
        readonly=True,
        copy=False,
        help="Whether all the possible pairs were compared.",
    )
    gap = fields.Float(
        string="Possible improvement",
        readonly=True,
        copy=False,
        help="How far the result may be from the best one, 0 being the best.",
    )
    seconds = fields.Float(string="Time taken (s)", readonly=True, copy=False)
    summary = fields.Text(string="In short", readonly=True, copy=False)
    changed_by_hand = fields.Boolean(
        readonly=True,
        copy=False,
        help="Pairs were changed since the search: it proves nothing about them.",
    )
    asked_by_id = fields.Many2one(
        "res.users",
        string="Asked by",
        readonly=True,
        copy=False,
        help="For whom the work in the background is done, and who is told.",
    )
    solved_on = fields.Datetime(readonly=True, copy=False)
    attempts = fields.Integer(readonly=True, copy=False)
    line_ids = fields.One2many("hub.pairing.run.line", "run_id", string="Pairs")
    person_ids = fields.One2many(
        "hub.pairing.run.person", "run_id", string="Loads", readonly=True
    )
    pairing_ids = fields.One2many("hub.pairing", "run_id", string="People proposed")
    to_call_ids = fields.Many2many(
        "res.partner",
        string="To be called",
        compute="_compute_to_call_ids",
        help="Asked, and without an e-mail address: call, or copy their link from"
        " the answers into a text message.",
    )

    @api.depends("date", "is_cohort")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for run in self:
            day = format_date(
                self.env, fields.Datetime.context_timestamp(run, run.date)
            )
            run.display_name = (
                self.env._("Cohort of %(date)s", date=day)
                if run.is_cohort
                else self.env._("Proposal of %(date)s", date=day)
            )

    @api.depends("pairing_ids.state", "pairing_ids.volunteer_id.email")
    def _compute_to_call_ids(self):
        for run in self:
            asked = run.pairing_ids.filtered(lambda p: p.state == "sent").volunteer_id
            run.to_call_ids = asked.filtered(lambda partner: not partner.email)

    @api.constrains("lead_ids")
    def _check_lead_ids(self):
        for lead in self.lead_ids.filtered(lambda lead: not lead.is_hub_project):
            raise ValidationError(
                self.env._(
                    "“%(record)s” belongs to sales, not to the hub: choose projects of"
                    " the hub.",
                    record=lead.name,
                )
            )

    @api.model
    def default_get(self, fields):
        vals = super().default_get(fields)
        if vals.get("is_cohort") or self.env.context.get("default_is_cohort"):
            vals = self._prepare_cohort_vals(self.env.company) | vals
        return {name: value for name, value in vals.items() if name in fields}

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [
            self._prepare_cohort_vals(
                self.env["res.company"].browse(vals.get("company_id"))
                or self.env.company
            )
            | vals
            if vals.get("is_cohort")
            else vals
            for vals in vals_list
        ]
        return super().create(vals_list)

    @api.model
    def _prepare_cohort_vals(self, company):
        """All the projects that wait, all the people who may accompany."""
        leads = self.env["crm.lead"].search(
            self.env["crm.lead"]._hub_domain_waiting()
            & Domain("company_id", "=", company.id)
        )
        people = self.env["hub.pairing.engine"]._people_of(company)
        return {
            "lead_ids": [Command.set(leads.ids)],
            "partner_ids": [Command.set(people.ids)],
        }

    def write(self, vals):
        if not CHOSEN & set(vals) or self._written_by_code():
            return super().write(vals)
        self._check_open()
        done = super().write(vals)
        self._follow_choice()
        return done

    def action_cancel(self):
        """Drop this search; what was proposed already stays."""
        self.check_access("write")
        for run in self:
            if not run.is_cohort or run.state in ("proposed", "cancelled"):
                run._raise_not_now()
        self._set_stage("cancelled", False)
        self._forget_activity()

    def _check_open(self):
        """Only what is prepared or looked at can be changed."""
        for run in self:
            if not run.is_cohort or run.state not in OPEN_TO_CHANGES:
                run._raise_not_now()

    def _raise_not_now(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "%(run)s is “%(state)s”: wait until it is ready, or begin a new one.",
                run=self.display_name,
                state=labels[self.state],
            )
        )

    def _set_stage(self, state, text, **vals):
        """Where the run stands, and what is being done in words."""
        self._unguarded().write({"state": state, "stage_text": text, **vals})

    def _written_by_code(self):
        return self.env.context.get("hub_guard") is OPEN
