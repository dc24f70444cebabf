from odoo import api, models
from odoo.tools import SQL


class HubCharterSignature(models.Model):
    """What was signed stays as it was signed; links, reasons and letters go."""

    _inherit = "hub.charter.signature"

    @api.model
    def _hub_contacts(self):
        return SQL(
            "SELECT partner_id, company_id, answered_on FROM hub_charter_signature"
            " WHERE answer != 'waiting'"
        )

    @api.model
    def _hub_forget(self, partner):
        forgetting = self.env["hub.forgetting"]
        answers = self.search([("partner_id", "=", partner.id)])
        forgetting._blank(answers, "answer_reason", "access_token", "former_answers")
        forgetting._forget_thread(answers)
        answers.filtered(lambda answer: answer.answer == "waiting").unlink()
