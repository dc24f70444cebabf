from odoo import api, fields, models
from odoo.tools import format_date

USUAL = ((0, 0), (91, 25), (181, 50), (361, 100))
BEGIN = "2000-01-01"


class HubLoanImpairmentRule(models.Model):
    """How much of a late loan is set aside, by age, from a day on."""

    _name = "hub.loan.impairment.rule"
    _description = "Scale of impairments"
    _order = "date_start desc, days"
    _check_company_auto = True

    date_start = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    days = fields.Integer(string="Late since (days)", required=True)
    rate = fields.Float(
        string="Set aside (%)",
        digits=(5, 2),
        required=True,
        help="Of what no guarantee covers.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Hub",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _once = models.UniqueIndex(
        "(company_id, date_start, days)",
        "There is already a rate for this age from this day on: correct that one.",
    )
    _sound = models.Constraint(
        "CHECK(days >= 0 AND rate >= 0 AND rate <= 100)",
        "Days are not negative, and between 0 and 100 % are set aside.",
    )

    @api.depends("date_start", "days", "rate")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for rule in self:
            day = format_date(self.env, rule.date_start) if rule.date_start else ""
            rule.display_name = self.env._(
                "From %(date)s, late since %(days)s days: %(rate)g %%",
                date=day,
                days=rule.days,
                rate=rule.rate,
            )

    @api.model
    def _scale(self, company, day):
        """``[(days, rate)]`` in force on a day, the oldest age first."""
        rules = self.sudo().search(
            [("company_id", "=", company.id), ("date_start", "<=", day)]
        )
        begin = max(rules.mapped("date_start"), default=None)
        return sorted(
            ((r.days, r.rate) for r in rules if r.date_start == begin), reverse=True
        )

    @api.model
    def _set_up(self, companies):
        """A usual scale, for each hub that has none; accountants have the last word."""
        for company in companies:
            if not self.sudo().search_count([("company_id", "=", company.id)], limit=1):
                self.sudo().create(
                    [
                        {
                            "company_id": company.id,
                            "date_start": BEGIN,
                            "days": days,
                            "rate": rate,
                        }
                        for days, rate in USUAL
                    ]
                )
