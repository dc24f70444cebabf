from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class HubVolunteerHours(models.Model):
    """Time given is counted and valued; what is told about it goes."""

    _inherit = "hub.volunteer.hours"

    @api.model
    def _hub_contacts(self):
        return SQL("SELECT partner_id, company_id, date FROM hub_volunteer_hours")

    @api.model
    def _hub_forget(self, partner):
        forgetting = self.env["hub.forgetting"]
        mine = self.search([("partner_id", "=", partner.id)])
        forgetting._blank(mine, "name")
        others = self.search(
            Domain("lead_id.hub_holder_ids.partner_id", "=", partner.id)
        )
        forgetting._scrub(partner, others - mine, "name")
