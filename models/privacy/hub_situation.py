from odoo import api, models
from odoo.tools import SQL


class HubSituation(models.Model):
    """What was noted of a situation is counted, and stays without the name."""

    _inherit = "hub.situation"

    @api.model
    def _hub_contacts(self):
        return SQL("SELECT partner_id, company_id, date FROM hub_situation")
