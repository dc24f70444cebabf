from odoo import fields, models
from odoo.tools import formatLang

from ...reports.print_words import long_date


class HubFee(models.Model):
    """What the receipt says."""

    _inherit = "hub.fee"

    def _print_amount(self):
        return formatLang(self.env, self.amount, currency_obj=self.currency_id)

    def _print_sentence(self):
        """“We have received from … the membership fee of 2026, on 3 March 2026.”"""
        self.ensure_one()
        return self.env._(
            "%(hub)s has received from %(member)s, on %(date)s, the amount of"
            " %(amount)s: membership fee of %(year)s.",
            hub=self.company_id.name,
            member=self.partner_id.sudo().name,
            date=long_date(self.env, self.paid_on),
            amount=self._print_amount(),
            year=self.year,
        )

    def _print_today(self):
        """Where and when the receipt was made."""
        day = long_date(self.env, self.receipt_on or fields.Date.context_today(self))
        town = self.company_id.sudo().city
        return self.env._("%(town)s, %(date)s", town=town, date=day) if town else day
