from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

PERIOD = {"date_start", "date_end", "company_id"}


class HubHoursValuation(models.Model):
    """What the time of volunteers is worth over a year, and what of it stands in the
    accounts.

    Hours and value are read from the validated hours, what is posted from the ledger:
    neither is kept here, so that what is shown is always true. Each posting brings
    the ledger to the value of the day (the whole, then differences).
    """

    _name = "hub.hours.valuation"
    _description = "Value of volunteers' time"
    _order = "date_start desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_start = fields.Date(
        string="From", required=True, default=lambda self: self._default_period()[0]
    )
    date_end = fields.Date(
        string="To", required=True, default=lambda self: self._default_period()[1]
    )
    entry_ids = fields.One2many(
        "hub.hours.entry", "valuation_id", string="Entries", readonly=True, copy=False
    )
    lock_count = fields.Integer(readonly=True, copy=False)

    _dates = models.Constraint(
        "CHECK(date_end >= date_start)", "The period ends on or after its first day."
    )
    # Ranges of one company each: integers have no exclusion of their own in a gist.
    _period_once = models.Constraint(
        "EXCLUDE USING gist (int4range(company_id, company_id, '[]') WITH &&,"
        " daterange(date_start, date_end, '[]') WITH &&)",
        "Part of this period is already valued: open the one that is there, or choose"
        " a period beside it.",
    )

    @api.model
    def _default_period(self):
        """The accounting year that ended last; once it is valued, the one after."""
        company = self.env.company
        today = fields.Date.context_today(self)
        current = company.compute_fiscalyear_dates(today)
        last = company.compute_fiscalyear_dates(
            current["date_from"] - timedelta(days=1)
        )
        known = self.sudo().search_count(
            [
                ("company_id", "=", company.id),
                ("date_start", "<=", last["date_to"]),
                ("date_end", ">=", last["date_from"]),
            ],
            limit=1,
        )
        period = current if known else last
        return period["date_from"], period["date_to"]

    @api.depends("date_start", "date_end")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for valuation in self:
            start, end = valuation.date_start, valuation.date_end
            if not start or not end:
                valuation.display_name = self.env._("New")
            elif (start.day, start.month, end.day, end.month) == (1, 1, 31, 12) and (
                start.year == end.year
            ):
                valuation.display_name = str(start.year)
            else:
                valuation.display_name = self.env._(
                    "%(start)s to %(end)s",
                    start=format_date(self.env, start),
                    end=format_date(self.env, end),
                )

    def write(self, vals):
        if PERIOD & set(vals):
            self._check_nothing_stands()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_posted(self):
        self._check_nothing_stands()

    def _check_nothing_stands(self):
        for valuation in self:
            if valuation.currency_id.is_zero(valuation.posted_value):
                continue
            raise UserError(
                self.env._(
                    "%(period)s: its entry stands in the accounts. Have it reversed"
                    " first, then change or delete the period.",
                    period=valuation.display_name,
                )
            )
