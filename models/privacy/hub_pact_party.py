from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class HubPactParty(models.Model):
    """What was signed is never touched: its text, its fingerprint, its signatures."""

    _inherit = "hub.pact.party"

    @api.model
    def _hub_keeps_named(self, partners):
        today = fields.Date.context_today(self)
        in_force = self.env["hub.pact"]._domain_in_force_on(today)
        parties = self.search(
            Domain("partner_id", "in", partners.ids)
            & (Domain("left_on", "=", False) | Domain("left_on", ">", today))
            & (
                Domain("pact_id", "any", in_force)
                | Domain("pact_id.state", "=", "to_sign")
            )
        )
        for party in parties:
            yield (
                party.partner_id.id,
                party.company_id.id,
                self.env._("Is a party to “%(pact)s”.", pact=party.pact_id.name),
            )

    @api.model
    def _hub_contacts(self):
        return SQL(
            """
SELECT party.partner_id, pact.company_id, GREATEST(party.signed_on, party.left_on)
  FROM hub_pact_party party
  JOIN hub_pact pact ON pact.id = party.pact_id"""
        )

    @api.model
    def _hub_forget(self, partner):
        forgetting = self.env["hub.forgetting"]
        parties = self.search([("partner_id", "=", partner.id)])
        forgetting._blank(parties, "answer_reason", "access_token")
        pacts = parties.pact_id | self.env["hub.pact"].search(
            [("lead_ids.hub_holder_ids.partner_id", "=", partner.id)]
        )
        messages = self.env["mail.message"].search(
            [("model", "=", "hub.pact"), ("res_id", "in", pacts.ids)]
        )
        forgetting._scrub(partner, messages, "body", "subject")
        unsigned = pacts.filtered(lambda pact: not pact.frozen_on)
        for records in (
            unsigned,
            unsigned.party_ids,
            unsigned.goal_ids,
            unsigned.commitment_ids,
            unsigned.term_ids,
            pacts.meeting_ids if not pacts - unsigned else unsigned.meeting_ids,
        ):
            forgetting._scrub(partner, records)
