from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HubLoanClosingLine(models.Model):
    """What a year end counted for one loan, kept as the basis of its entries."""

    _name = "hub.loan.closing.line"
    _description = "Year end of a loan"
    _order = "closing_id, loan_id"
    _check_company_auto = True

    closing_id = fields.Many2one(
        "hub.loan.closing",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    loan_id = fields.Many2one(
        "hub.loan", required=True, index=True, ondelete="restrict", check_company=True
    )
    partner_id = fields.Many2one(related="loan_id.partner_id", string="Borrower")
    company_id = fields.Many2one(
        related="closing_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    accrued = fields.Monetary(string="Interest earned, not due", readonly=True)
    accrued_booked = fields.Monetary(string="Interest entered", readonly=True)
    accrual_change = fields.Monetary(
        string="Interest to enter", compute="_compute_changes", store=True
    )

    not_due = fields.Monetary(string="Principal not due", readonly=True)
    due = fields.Monetary(string="Due and open", readonly=True)
    days_overdue = fields.Integer(string="Days late", readonly=True, aggregator=False)
    guaranteed = fields.Monetary(readonly=True)
    base = fields.Monetary(
        string="Not covered", compute="_compute_impairment", store=True
    )
    scale_rate = fields.Float(
        string="Rate by age (%)", digits=(5, 2), readonly=True, aggregator=False
    )
    has_own_rate = fields.Boolean(string="Own rate")
    own_rate = fields.Float(
        string="Own rate (%)", digits=(5, 2), aggregator=False
    )
    own_rate_reason = fields.Char(string="Why another rate")
    impairment_not_due = fields.Monetary(compute="_compute_impairment", store=True)
    impairment_due = fields.Monetary(compute="_compute_impairment", store=True)
    impairment = fields.Monetary(
        string="To be set aside", compute="_compute_impairment", store=True
    )
    booked_not_due = fields.Monetary(readonly=True)
    booked_due = fields.Monetary(readonly=True)
    impairment_change = fields.Monetary(
        string="Impairment to enter", compute="_compute_changes", store=True
    )

    _once = models.UniqueIndex(
        "(closing_id, loan_id)", "A year end counts each loan once."
    )

    @api.depends(
        "not_due", "due", "guaranteed", "scale_rate", "has_own_rate", "own_rate"
    )
    def _compute_impairment(self):
        """A guarantor pays what is due first: what he does not cover is what is left,
        above all of what is not due."""
        for line in self:
            amount = line.currency_id.round
            rate = line.own_rate if line.has_own_rate else line.scale_rate
            due = max(line.due - line.guaranteed, 0)
            not_due = max(line.not_due - max(line.guaranteed - line.due, 0), 0)
            line.base = due + not_due
            line.impairment_due = amount(due * rate / 100)
            line.impairment_not_due = amount(not_due * rate / 100)
            line.impairment = line.impairment_due + line.impairment_not_due

    @api.depends(
        "accrued",
        "accrued_booked",
        "impairment_due",
        "impairment_not_due",
        "booked_due",
        "booked_not_due",
    )
    def _compute_changes(self):
        for line in self:
            amount = line.currency_id.round
            line.accrual_change = amount(line.accrued - line.accrued_booked)
            line.impairment_change = amount(
                line.impairment - line.booked_due - line.booked_not_due
            )

    @api.constrains("has_own_rate", "own_rate", "own_rate_reason")
    def _check_own_rate(self):
        for line in self.filtered("has_own_rate"):
            if not 0 <= line.own_rate <= 100:
                problem = self.env._("between 0 and 100 %% are set aside.")
            elif not (line.own_rate_reason or "").strip():
                problem = self.env._("say why its rate is not that of its age.")
            else:
                continue
            raise ValidationError(
                self.env._(
                    "%(loan)s: %(problem)s",
                    loan=line.loan_id.display_name,
                    problem=problem,
                )
            )

    # ------------------------------------------------------------
    # Entries
    # ------------------------------------------------------------

    def _post_accruals(self):
        """Interest that is missing, and back on the next day."""
        found = self.filtered("accrual_change")
        if not found:
            return
        day = self.closing_id.date
        loans = found.loan_id
        loans._check_not_locked(fields.Date.add(day, days=1))
        loans._post_accruals(
            [line.loan_id._accrual_entry(day, line.accrual_change) for line in found],
            day,
        )

    def _post_impairments(self):
        vals_list = []
        for line in self:
            booked = {
                "impairment": line.booked_not_due,
                "due_impairment": line.booked_due,
            }
            vals_list += line.loan_id._impairment_entry(
                line.closing_id.date,
                line.impairment_not_due,
                line.impairment_due,
                booked=booked,
            )
        if vals_list:
            self.loan_id._post_entries(vals_list)

    def _post_gone_since(self):
        """Of loans that were lost or over since the closing day, nothing stays set
        aside."""
        over = self.loan_id.filtered(
            lambda loan: loan.state in ("written_off", "cancelled")
        )
        booked = over._impairment_booked() if over else {}
        vals_list = []
        for loan, amounts in booked.items():
            day = max(loan.closed_on, self.closing_id.date)
            vals_list += loan._impairment_entry(day, 0, 0, booked=amounts)
        if vals_list:
            over._check_not_locked(min(vals["date"] for vals in vals_list))
            over._post_entries(vals_list)
