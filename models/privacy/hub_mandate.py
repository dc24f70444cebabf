from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class HubMandate(models.Model):
    """Who sits in a body has a name; who sat in it stays in what was decided."""

    _inherit = "hub.mandate"

    @api.model
    def _hub_keeps_named(self, partners):
        today = fields.Date.context_today(self)
        current = self.search(
            (
                Domain("partner_id", "in", partners.ids)
                | Domain("substitute_id", "in", partners.ids)
            )
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", today))
        )
        for mandate in current:
            for person in (mandate.partner_id | mandate.substitute_id) & partners:
                yield (
                    person.id,
                    mandate.company_id.id,
                    self.env._(
                        "Sits in a body: %(body)s.", body=mandate.body_id.display_name
                    ),
                )

    @api.model
    def _hub_contacts(self):
        return SQL(
            """
SELECT partner_id, company_id, GREATEST(date_start, date_end)
  FROM hub_mandate"""
        )
