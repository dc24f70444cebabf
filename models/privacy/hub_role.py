from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class HubRole(models.Model):
    """What somebody was for the hub is counted; who still is something has a name."""

    _inherit = "hub.role"

    @api.model
    def _hub_keeps_named(self, partners):
        today = fields.Date.context_today(self)
        current = self.search(
            Domain("partner_id", "in", partners.ids)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", today))
        )
        for role in current:
            yield (
                role.partner_id.id,
                role.company_id.id,
                self.env._("Still has a role: %(role)s.", role=role.display_name),
            )

    @api.model
    def _hub_contacts(self):
        return SQL(
            """
SELECT partner_id, company_id, GREATEST(date_start, trained_on, date_end)
  FROM hub_role"""
        )

    @api.model
    def _hub_forget(self, partner):
        forgetting = self.env["hub.forgetting"]
        roles = self.search([("partner_id", "=", partner.id)])
        forgetting._blank(roles, "capacity_reason")
        forgetting._forget_thread(roles)
