from odoo import api, fields, models

from .hub_volunteer_hours import FUNCTIONS


class Rates:
    """Dated rates of some hubs, looked up by day and function."""

    def __init__(self, rates):
        self._by_key = {}
        for rate in rates:
            key = rate.company_id.id, rate.function or False
            self._by_key.setdefault(key, []).append((rate.date_start, rate.rate))

    def find(self, company, function, day):
        """The rate of a function on a day; where it has none, that of all; else 0."""
        for wanted in (function, False):
            for start, rate in self._by_key.get((company.id, wanted), ()):
                if day and start <= day:
                    return rate
        return 0.0


class HubHoursRate(models.Model):
    """What an hour of volunteering is worth from a day on, for all or one function."""

    _name = "hub.hours.rate"
    _description = "Rate per hour"
    _order = "date_start desc, id desc"
    _check_company_auto = True

    date_start = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    function = fields.Selection(
        FUNCTIONS, string="For", help="Empty: for all that have no rate of their own."
    )
    rate = fields.Monetary(string="Rate per hour", required=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    _rate_positive = models.Constraint(
        "CHECK(rate >= 0)", "A rate per hour is not negative."
    )
    _once = models.UniqueIndex(
        "(company_id, COALESCE(function, ''), date_start)",
        "There is already a rate for this function from this day: correct that one.",
    )

    @api.depends("rate", "date_start", "function")
    def _compute_display_name(self):
        labels = dict(self._fields["function"]._description_selection(self.env))
        for rate in self:
            amount = rate.currency_id.format(rate.rate) if rate.currency_id else ""
            words = labels.get(rate.function, "")
            rate.display_name = " ".join(filter(None, [amount, words]))

    @api.model
    def _rates_of(self, companies):
        return Rates(self.sudo().search([("company_id", "in", companies.ids)]))

    def _hub_value_again(self, companies):
        """The hours of these hubs are valued at the rates as they are now."""
        hours = self.env["hub.volunteer.hours"].sudo().with_context(active_test=False)
        lines = hours.search([("company_id", "in", companies.ids)])
        self.env.add_to_compute(hours._fields["value"], lines)

    @api.model_create_multi
    def create(self, vals_list):
        rates = super().create(vals_list)
        self._hub_value_again(rates.company_id)
        return rates

    def write(self, vals):
        companies = self.company_id
        result = super().write(vals)
        self._hub_value_again(companies | self.company_id)
        return result

    def unlink(self):
        companies = self.company_id
        result = super().unlink()
        self._hub_value_again(companies)
        return result
