from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

UNDER_WAY = ("asked", "granted", "called", "partial", "returning")
# Received, and something is still owed or promised.
OWED = ("right_of_return", "loan", "guarantee", "mandate")


class HubContribution(models.Model):
    """A funder has a name as long as money is awaited, or may go back."""

    _inherit = "hub.contribution"

    @api.model
    def _hub_keeps_named(self, partners):
        running = self.search(
            Domain("partner_id", "in", partners.ids)
            & (
                Domain("state", "in", UNDER_WAY)
                | (Domain("state", "=", "received") & Domain("instrument", "in", OWED))
            )
        )
        for contribution in running:
            yield (
                contribution.partner_id.id,
                contribution.company_id.id,
                self.env._(
                    "Has a contribution under way: %(name)s.", name=contribution.name
                ),
            )

    @api.model
    def _hub_contacts(self):
        return SQL(
            "SELECT partner_id, company_id, GREATEST(asked_on, granted_on, direct_on)"
            " FROM hub_contribution"
        )

    @api.model
    def _hub_forget(self, partner):
        forgetting = self.env["hub.forgetting"]
        mine = self.search([("partner_id", "=", partner.id)])
        forgetting._blank(mine, "note", "refusal", "member_reason")
        forgetting._scrub(partner, mine, "purpose")
        forgetting._scrub(partner, mine.line_ids, "note")
        shown = self.env["hub.cooperation"].search([("partner_id", "=", partner.id)])
        forgetting._scrub(partner, shown, "name", "note")
