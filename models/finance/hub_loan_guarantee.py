from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

RECOVERY_RULES = [
    ("share", "Shared by percent"),
    ("hub_first", "The hub first, then the guarantor"),
    ("guarantor_first", "The guarantor first, then the hub"),
    ("none", "All for the hub"),
]
STATES = [("active", "In force"), ("called", "Called"), ("ended", "Ended")]
# What was agreed with the guarantor does not change once he was asked to pay.
AGREED = frozenset(
    {
        "loan_id",
        "partner_id",
        "percent",
        "ceiling",
        "covers_interest",
        "recovery_rule",
        "recovery_percent",
    }
)


class HubLoanGuarantee(models.Model):
    """Somebody who stands for a part of a loan: a guarantee fund, a relative, a town.

    Several may stand for one loan, each for his part.
    """

    _name = "hub.loan.guarantee"
    _description = "Guarantee of a loan"
    _order = "loan_id, id"
    _check_company_auto = True

    loan_id = fields.Many2one(
        "hub.loan", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="loan_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Guarantor",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    reference = fields.Char(help="Number of the guarantee at the guarantor's.")
    percent = fields.Float(string="Part (%)", digits=(5, 2), required=True, default=50)
    ceiling = fields.Monetary(string="Up to", help="0: no ceiling.")
    covers_interest = fields.Boolean(
        string="Interest too", help="Interest that is due and not paid is covered too."
    )
    date_end = fields.Date(string="Until", help="Last day on which it may be called.")
    conditions = fields.Text(help="What must be done before it is called, and how.")
    recovery_rule = fields.Selection(
        RECOVERY_RULES,
        string="Money that comes later",
        required=True,
        default="share",
        help="What the borrower pays after the call. Without an agreement the law gives"
        " the hub what is still owed to it first.",
    )
    recovery_percent = fields.Float(
        string="Guarantor's share (%)",
        digits=(5, 2),
        compute="_compute_recovery_percent",
        store=True,
        readonly=False,
        precompute=True,
    )
    claim_ids = fields.One2many("hub.loan.claim", "guarantee_id")
    called_amount = fields.Monetary(
        string="Called", compute="_compute_called", compute_sudo=True
    )
    open_amount = fields.Monetary(
        string="Not paid by the guarantor yet",
        compute="_compute_called",
        compute_sudo=True,
    )
    share_amount = fields.Monetary(
        string="Share of recoveries", compute="_compute_called", compute_sudo=True
    )
    share_open = fields.Monetary(
        string="Not paid to the guarantor yet",
        compute="_compute_called",
        compute_sudo=True,
    )
    state = fields.Selection(STATES, compute="_compute_state", compute_sudo=True)

    @api.depends("loan_id.name", "partner_id.name", "percent")
    def _compute_display_name(self):
        for guarantee in self:
            words = [guarantee.loan_id.name, guarantee.partner_id.name]
            name = " · ".join(filter(None, words))
            guarantee.display_name = f"{name} ({guarantee.percent:g} %)"

    @api.depends("percent")
    def _compute_recovery_percent(self):
        for guarantee in self:
            guarantee.recovery_percent = guarantee.percent

    @api.depends("claim_ids.amount", "claim_ids.residual_amount", "claim_ids.kind")
    def _compute_called(self):
        for guarantee in self:
            called = guarantee.claim_ids.filtered(lambda one: one.kind == "guarantee")
            shares = guarantee.claim_ids.filtered(lambda one: one.kind == "payable")
            guarantee.called_amount = sum(called.mapped("amount"))
            guarantee.open_amount = sum(called.mapped("residual_amount"))
            guarantee.share_amount = sum(shares.mapped("amount"))
            guarantee.share_open = sum(shares.mapped("residual_amount"))

    @api.depends("called_amount", "date_end")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for guarantee in self:
            if guarantee.called_amount:
                guarantee.state = "called"
            else:
                over = guarantee.date_end and guarantee.date_end < today
                guarantee.state = "ended" if over else "active"

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    @api.constrains("percent", "ceiling", "recovery_percent", "partner_id", "loan_id")
    def _check_terms(self):
        for guarantee in self:
            if problem := guarantee._problem():
                raise ValidationError(
                    self.env._(
                        "%(guarantee)s: %(problem)s",
                        guarantee=guarantee.display_name,
                        problem=problem,
                    )
                )

    def _problem(self):
        loan = self.loan_id
        if not 0 < self.percent <= 100:
            return self.env._("a guarantee covers more than 0 and at most 100 %.")
        if self.ceiling < 0:
            return self.env._("a ceiling is not negative. Without a ceiling write 0.")
        if not 0 <= self.recovery_percent <= 100:
            return self.env._("a share of recoveries is between 0 and 100 %.")
        if self.partner_id in loan.partner_id | loan.co_borrower_ids:
            return self.env._(
                "%(name)s owes the loan already. Choose somebody else as guarantor.",
                name=self.partner_id.display_name,
            )
        if self.partner_id == loan.company_id.partner_id:
            return self.env._("the hub does not stand for its own loan.")
        total = sum(loan.guarantee_ids.mapped("percent"))
        if total > 100:
            return self.env._(
                "the guarantees of %(loan)s would cover %(total)g %%. Lower one of"
                " them.",
                loan=loan.display_name,
                total=total,
            )
        return None

    def write(self, vals):
        if AGREED & set(vals):
            self._check_not_called()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_called(self):
        self._check_not_called()

    def _check_not_called(self):
        for guarantee in self.filtered("called_amount"):
            raise UserError(
                self.env._(
                    "%(guarantee)s was called: it stays as it was agreed. Undo the call"
                    " first.",
                    guarantee=guarantee.display_name,
                )
            )

    # ------------------------------------------------------------
    # What it is worth
    # ------------------------------------------------------------

    def _cover(self, exposure, day):
        """What the guarantor would pay of an exposure on a day."""
        self.ensure_one()
        call = self._call()
        if (call and call.date <= day) or (self.date_end and self.date_end < day):
            return 0
        amount = self.currency_id.round(exposure * self.percent / 100)
        return min(amount, self.ceiling) if self.ceiling else amount

    def action_register_payment(self):
        """Odoo's own payment for what the guarantor owes."""
        return self._claims("guarantee").action_register_payment()

    def action_pay_share(self):
        """Odoo's own payment of the guarantor's share."""
        return self._claims("payable").action_register_payment()

    def _claims(self, kind):
        self.check_access("read")
        return self.claim_ids.filtered(lambda claim: claim.kind == kind)

    def _check_callable(self, day):
        self.ensure_one()
        self._check_not_called()
        if self.date_end and self.date_end < day:
            raise UserError(
                self.env._(
                    "%(guarantee)s ended on %(date)s: it can no longer be called. If"
                    " the guarantor agreed to a later day, correct it first.",
                    guarantee=self.display_name,
                    date=format_date(self.env, self.date_end),
                )
            )


class HubLoan(models.Model):
    _inherit = "hub.loan"

    guarantee_ids = fields.One2many(
        "hub.loan.guarantee", "loan_id", string="Guarantees"
    )
