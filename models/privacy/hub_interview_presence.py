from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class HubInterviewPresence(models.Model):
    """That somebody was there is counted; the key of the personal link goes."""

    _inherit = "hub.interview.presence"

    @api.model
    def _hub_keeps_named(self, partners):
        coming = self.search(
            Domain("partner_id", "in", partners.ids)
            & Domain("interview_id.state", "=", "planned")
            & Domain("interview_id.date_start", ">=", fields.Datetime.now())
        )
        for line in coming:
            yield (
                line.partner_id.id,
                line.company_id.id,
                self.env._("Has an appointment to come."),
            )

    @api.model
    def _hub_contacts(self):
        return SQL(
            """
SELECT line.partner_id, line.company_id, interview.date_start
  FROM hub_interview_presence line
  JOIN hub_interview interview ON interview.id = line.interview_id
 WHERE interview.state = 'done'"""
        )

    @api.model
    def _hub_forget(self, partner):
        forgetting = self.env["hub.forgetting"]
        lines = self.search([("partner_id", "=", partner.id)])
        forgetting._blank(lines, "answer_reason", "access_token")
        forgetting._scrub(partner, lines.interview_id, "guests", "place")
