from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain


class AccountMove(models.Model):
    """Accounts are kept for years with the names that stand in them."""

    _inherit = "account.move"

    @api.model
    def _hub_keeps_named(self, partners):
        today = fields.Date.context_today(self)
        lines = self.env["account.move.line"].sudo()
        posted = Domain("partner_id", "in", partners.ids) & Domain(
            "parent_state", "=", "posted"
        )
        unpaid = Domain("account_type", "in", ("asset_receivable", "liability_payable"))
        unpaid &= Domain("reconciled", "=", False)
        for partner, company, last in lines._read_group(
            posted, ["partner_id", "company_id"], ["date:max"]
        ):
            until = last + relativedelta(years=company.hub_accounts_years)
            if until > today:
                yield (
                    partner.id,
                    company.id,
                    self.env._(
                        "Stands in the accounts, which are kept until %(date)s.",
                        date=fields.Date.to_string(until),
                    ),
                )
        for partner, company in lines._read_group(
            posted & unpaid, ["partner_id", "company_id"]
        ):
            yield partner.id, company.id, self.env._("Something is still to be paid.")
