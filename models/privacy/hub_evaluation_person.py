from odoo import api, models
from odoo.tools import SQL


class HubEvaluationPerson(models.Model):
    """The values stay, they are counted; the words of a person go."""

    _inherit = "hub.evaluation.person"

    @api.model
    def _hub_contacts(self):
        return SQL(
            "SELECT partner_id, company_id, GREATEST(given_on, answered_on)"
            " FROM hub_evaluation_person"
        )

    @api.model
    def _hub_forget(self, partner):
        lines = self.search([("partner_id", "=", partner.id)])
        names = ("comment", "answer_reason", "access_token")
        self.env["hub.forgetting"]._blank(lines, *names)
