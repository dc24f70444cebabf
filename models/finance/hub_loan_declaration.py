from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

USUAL = (("2000-01-01", 760), ("2020-09-27", 5000))


class HubLoanDeclarationRule(models.Model):
    """From which amount on loans are declared to the tax office, by date."""

    _name = "hub.loan.declaration.rule"
    _description = "Threshold of loans to declare"
    _order = "date_start desc"
    _check_company_auto = True

    date_start = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    threshold = fields.Monetary(
        string="Declared above",
        required=True,
        help="One loan, or all loans of the year with one person together.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Hub",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    _once = models.UniqueIndex(
        "(company_id, date_start)",
        "There is already a threshold from this day on: correct that one.",
    )
    _positive = models.Constraint(
        "CHECK(threshold >= 0)", "A threshold is not negative."
    )

    @api.depends("date_start")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = (
                format_date(self.env, rule.date_start) if rule.date_start else ""
            )

    @api.model
    def _threshold(self, company, day):
        """The amount above which a loan of this day is declared."""
        rules = self.sudo().search(
            [("company_id", "=", company.id), ("date_start", "<=", day)], limit=1
        )
        return rules.threshold

    @api.model
    def _set_up(self, companies):
        for company in companies:
            if not self.sudo().search_count([("company_id", "=", company.id)], limit=1):
                self.sudo().create(
                    [
                        {
                            "company_id": company.id,
                            "date_start": day,
                            "threshold": amount,
                        }
                        for day, amount in USUAL
                    ]
                )


class HubLoan(models.Model):
    """Loans that are declared to the tax office (form 2062)."""

    _inherit = "hub.loan"

    contract_date = fields.Date(
        string="Contract of", compute="_compute_contract_date", search="_search_contract"
    )
    yearly_text = fields.Char(
        string="To be paid back, by year", compute="_compute_yearly_text"
    )
    borrower_address = fields.Char(
        string="Address", related="partner_id.contact_address_inline"
    )

    @api.depends("signed_on", "disbursement_date")
    def _compute_contract_date(self):
        for loan in self:
            loan.contract_date = loan.signed_on or loan.disbursement_date

    def _search_contract(self, operator, value):
        if operator not in ("<", "<=", ">", ">=", "in"):
            return NotImplemented
        return Domain("signed_on", operator, value) | (
            Domain("signed_on", "=", False)
            & Domain("disbursement_date", operator, value)
        )

    @api.depends("instalment_ids.due_date", "instalment_ids.principal")
    def _compute_yearly_text(self):
        for loan in self:
            amount = loan.currency_id.format
            years = {}
            for line in loan.instalment_ids.filtered("principal"):
                year = line.due_date.year
                years[year] = years.get(year, 0) + line.principal
            loan.yearly_text = "; ".join(
                f"{year}: {amount(total)}" for year, total in sorted(years.items())
            )

    @api.model
    def _to_declare(self, company, first, last):
        """Loans agreed between two days: each above the threshold, and all with one
        person that are above it together."""
        loans = self.with_context(active_test=False).search(
            Domain("company_id", "=", company.id)
            & Domain("state", "in", ("signed", "disbursed", "repaid", "written_off"))
            & Domain("contract_date", ">=", first)
            & Domain("contract_date", "<=", last)
        )
        rules = self.env["hub.loan.declaration.rule"]
        found = self.browse()
        for same in loans.grouped("partner_id").values():
            last_day = max(same.mapped("contract_date"))
            together = sum(same.mapped("amount"))
            if together > rules._threshold(company, last_day):
                found |= same
                continue
            found |= same.filtered(
                lambda loan: (
                    loan.amount > rules._threshold(company, loan.contract_date)
                )
            )
        return found.sorted(lambda loan: (loan.contract_date, loan.id))
