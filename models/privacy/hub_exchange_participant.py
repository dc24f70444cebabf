from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class HubExchangeParticipant(models.Model):
    """Time given and received stays, so that all balances remain zero together."""

    _inherit = "hub.exchange.participant"

    @api.model
    def _hub_keeps_named(self, partners):
        coming = self.search(
            Domain("partner_id", "in", partners.ids)
            & Domain("exchange_id.state", "=", "planned")
            & Domain("exchange_id.date_start", ">=", fields.Datetime.now())
        )
        for line in coming:
            yield (
                line.partner_id.id,
                line.company_id.id,
                self.env._("Takes part in an exchange of knowledge to come."),
            )

    @api.model
    def _hub_contacts(self):
        return SQL(
            """
SELECT line.partner_id, line.company_id, exchange.date_start
  FROM hub_exchange_participant line
  JOIN hub_exchange exchange ON exchange.id = line.exchange_id
 WHERE exchange.state = 'done'"""
        )

    @api.model
    def _hub_forget(self, partner):
        forgetting = self.env["hub.forgetting"]
        lines = self.search([("partner_id", "=", partner.id)])
        forgetting._blank(lines, "review")
        names = ("name", "place", "conditions", "over_limit_reason")
        forgetting._scrub(partner, lines.exchange_id, *names)
