from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..governance.hub_body import READERS

RESULTS = [
    ("agreed", "Agreed"),
    ("conditions", "Agreed on conditions"),
    ("adjourned", "Adjourned"),
    ("refused", "Refused"),
]
LEAST_MEMBERS = 2


class HubLoanDecision(models.Model):
    """What a committee decided on a loan, who sat there and who withdrew."""

    _name = "hub.loan.decision"
    _description = "Decision on a loan"
    _inherit = ["hub.guard.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _guarded_fields = frozenset({"recorded_on", "recorded_by_id", "resolution_id"})

    loan_id = fields.Many2one(
        "hub.loan", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="loan_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="loan_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    committee = fields.Char(help="e.g. Loan committee of March.")
    presenter_id = fields.Many2one(related="loan_id.user_id", string="Presented by")
    member_ids = fields.One2many(
        "hub.loan.decision.member", "decision_id", string="Members"
    )
    result = fields.Selection(RESULTS, required=True, default="agreed")
    amount = fields.Monetary(
        compute="_compute_from_loan",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    periods = fields.Integer(
        string="Instalments",
        compute="_compute_from_loan",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    grace_periods = fields.Integer(
        string="Of which grace",
        compute="_compute_from_loan",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    valid_until = fields.Date(
        compute="_compute_valid_until",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    condition_ids = fields.One2many(
        "hub.loan.condition",
        "decision_id",
        string="Conditions",
        help="What must be there before the loan is paid out.",
    )
    motive = fields.Text(string="Reasons", help="In words the borrower may read.")
    resolution_id = fields.Many2one(
        "hub.resolution",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        groups=READERS,
        help="The vote of the committee, where there was one.",
    )
    vote_words = fields.Char(
        related="loan_id.resolution_id.explanation", string="The vote", groups=READERS
    )
    recorded_on = fields.Datetime(copy=False, readonly=True)
    recorded_by_id = fields.Many2one("res.users", copy=False, readonly=True)

    @api.depends("loan_id.name", "date", "result")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["result"]._description_selection(self.env))
        for decision in self:
            day = format_date(self.env, decision.date) if decision.date else ""
            words = [decision.loan_id.name, day, labels.get(decision.result)]
            decision.display_name = " ".join(filter(None, words))

    @api.depends("loan_id")
    def _compute_from_loan(self):
        for decision in self:
            for name in ("amount", "periods", "grace_periods"):
                decision[name] = decision.loan_id[name]

    @api.depends("date", "loan_id")
    def _compute_valid_until(self):
        for decision in self:
            months = decision.loan_id.product_id.validity_months or 6
            day = decision.date
            decision.valid_until = day and fields.Date.add(day, months=months)

    def _agreed_terms(self):
        """What the loan becomes by this decision, as values to write."""
        self.ensure_one()
        loan = self.loan_id
        names = ("amount", "periods", "grace_periods")
        return {name: self[name] for name in names if self[name] != loan[name]}

    # ------------------------------------------------------------
    # Recording
    # ------------------------------------------------------------

    def action_record(self):
        """Record what was decided: the loan follows, the record no longer changes."""
        for decision in self:
            loan = decision.loan_id
            loan.check_access("write")
            decision._check_complete()
            decision._unguarded().write(
                {
                    "recorded_on": fields.Datetime.now(),
                    "recorded_by_id": self.env.uid,
                    "resolution_id": loan._vote_to_record().id,
                }
            )
            loan._follow_decision(decision)
            loan.message_post(body=decision._told())
        return {"type": "ir.actions.act_window_close"}

    def _told(self):
        labels = dict(self._fields["result"]._description_selection(self.env))
        return self.env._(
            "Decision of %(date)s: %(result)s. %(motive)s",
            date=format_date(self.env, self.date),
            result=labels[self.result],
            motive=self.motive or "",
        )

    def _check_complete(self):
        self.ensure_one()
        if problem := self._problem():
            raise ValidationError(
                self.env._(
                    "%(decision)s: %(problem)s",
                    decision=self.display_name,
                    problem=problem,
                )
            )

    def _problem(self):
        if self.recorded_on:
            return self.env._("this decision is recorded already.")
        if self.loan_id.state != "submitted":
            return self.env._(
                "%(loan)s is not before the committee: submit the application first.",
                loan=self.loan_id.display_name,
            )
        if self.date > fields.Date.context_today(self):
            return self.env._("a decision is recorded once it was taken.")
        if problem := self.loan_id._vote_problem(self.result):
            return problem
        if self.result in ("adjourned", "refused"):
            return self._motive_problem()
        return self._agreement_problem() or self._members_problem()

    def _motive_problem(self):
        if not (self.motive or "").strip():
            return self.env._("write the reasons, in words the borrower may read.")
        return self._members_problem()

    def _agreement_problem(self):
        if self.result == "conditions" and not self.condition_ids:
            return self.env._(
                "name the conditions to be met before the loan is paid out."
            )
        if self.valid_until and self.valid_until < self.date:
            return self.env._("the agreement ends before the day of the decision.")
        return None

    def _members_problem(self):
        voting = self.member_ids.filtered(lambda member: not member.withdrew)
        for member in voting:
            if problem := member._conflict_problem():
                return problem
        needed = self.loan_id.product_id.committee_required
        if needed and len(voting) < LEAST_MEMBERS:
            return self.env._(
                "at least %(count)s members decide together; those who withdrew do not"
                " count.",
                count=LEAST_MEMBERS,
            )
        return None

    # ------------------------------------------------------------
    # A record does not change
    # ------------------------------------------------------------

    def write(self, vals):
        if not self._guard_is_open():
            self._check_not_recorded()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        self._check_not_recorded()

    def _check_not_recorded(self):
        for decision in self.filtered("recorded_on"):
            raise UserError(
                self.env._(
                    "%(decision)s is recorded and no longer changes. Take the loan back"
                    " to the committee for another decision.",
                    decision=decision.display_name,
                )
            )
