from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .hub_loan_basis import RATE_RULES

# From the agreement of the committee on, what was promised counts.
PROMISED = ("approved", "signed", "disbursed")


class HubLoanBasisRule(models.Model):
    """The limits of a legal basis, from a day on until the next ones begin."""

    _name = "hub.loan.basis.rule"
    _description = "Limits of a legal basis"
    _order = "date_start desc, id desc"
    _check_company_auto = True

    basis_id = fields.Many2one(
        "hub.loan.basis",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    date_start = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    cap_borrower = fields.Monetary(
        string="Most for one borrower", help="In all, repaid parts aside. 0: no limit."
    )
    cap_enterprise = fields.Monetary(
        string="Most for one enterprise",
        help="In all for one project or organisation, repaid parts aside. 0: no limit.",
    )
    months_max = fields.Integer(
        string="Longest (months)",
        help="From the first payment out to the last due date. 0: no limit.",
    )
    rate_rule = fields.Selection(
        RATE_RULES, string="Interest", required=True, default="any"
    )
    note = fields.Char(string="Source")
    company_id = fields.Many2one(
        related="basis_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    _limits_positive = models.Constraint(
        "CHECK(cap_borrower >= 0 AND cap_enterprise >= 0 AND months_max >= 0)",
        "A limit is not negative. Without a limit write 0.",
    )
    _once = models.UniqueIndex(
        "(basis_id, date_start)",
        "There are already limits from this day: correct those.",
    )

    @api.depends("basis_id.name", "date_start")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for rule in self:
            day = format_date(self.env, rule.date_start) if rule.date_start else ""
            rule.display_name = f"{rule.basis_id.name or ''} {day}"

    def _rate_problem(self, loan):
        if self.rate_rule == "zero" and loan.annual_rate:
            return self.env._(
                "“%(basis)s” allows loans without interest only, not at %(rate)s %%."
                " Write a rate of 0 or choose another legal basis.",
                basis=self.basis_id.name,
                rate=loan.annual_rate,
            )
        if self.rate_rule == "positive" and not loan.annual_rate:
            return self.env._(
                "“%(basis)s” allows loans with interest only. Choose a rate above 0 or"
                " another legal basis.",
                basis=self.basis_id.name,
            )
        return None

    def _term_problem(self, loan):
        months = loan._months_in_all()
        if self.months_max and months > self.months_max:
            return self.env._(
                "“%(basis)s” allows at most %(most)s months from the payment out to"
                " the last due date; here there are %(months)s.",
                basis=self.basis_id.name,
                most=self.months_max,
                months=months,
            )
        return None

    def _cap_problem(self, loan, cap, domain, name):
        """:param domain: the loans of whom the limit speaks, :param name: who it is"""
        if not cap:
            return None
        others = self._promised_besides(loan, domain)
        total = loan.amount + others
        if loan.currency_id.compare_amounts(total, cap) <= 0:
            return None
        currency = loan.currency_id
        return self.env._(
            "“%(basis)s” allows at most %(cap)s for %(name)s; this would be %(total)s"
            " (%(others)s already promised or lent and not paid back). Lower the"
            " amount.",
            basis=self.basis_id.name,
            cap=currency.format(cap),
            name=name,
            total=currency.format(total),
            others=currency.format(others),
        )

    def _promised_besides(self, loan, domain):
        """What is promised or lent and not paid back, this loan aside."""
        others = (
            self.env["hub.loan"]
            .sudo()
            .search(
                domain
                & Domain("basis_id", "=", self.basis_id.id)
                & Domain("company_id", "=", self.company_id.id)
                & Domain("state", "in", PROMISED)
                & Domain("id", "not in", loan._origin.ids)
            )
        )
        return sum(other._promised_amount() for other in others)
