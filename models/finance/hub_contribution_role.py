from odoo import api, models
from odoo.fields import Domain

# Institutions are the fourth pillar of the hub: a subsidy makes no funder of them.
KNOWN = ("funder", "institution")


class HubContribution(models.Model):
    """Whoever grants something becomes a solidarity funder of the hub."""

    _inherit = "hub.contribution"

    def _follow_grant(self):
        for one in self.sudo().filtered(lambda c: c.granted_on and not c.cancelled_on):
            if one.partner_id != one.company_id.partner_id and not one._known_funder():
                self.env["hub.role"].sudo().create(
                    {
                        "partner_id": one.partner_id.id,
                        "kind": "funder",
                        "date_start": one.granted_on,
                        "company_id": one.company_id.id,
                    }
                )

    def _known_funder(self):
        """Has such a role already, then or later."""
        roles = self.env["hub.role"].sudo()
        return roles.search_count(
            Domain("partner_id", "=", self.partner_id.id)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("kind", "in", KNOWN)
            & (
                Domain("date_end", "=", False)
                | Domain("date_end", ">=", self.granted_on)
            ),
            limit=1,
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _hub_member_kinds(self):
        """Roles that make somebody part of the hub."""
        return ("volunteer", "funder", "qualified", "employee", "holder")

    def _hub_members_on(self, day, company):
        """Those of these people who belonged to the hub on a day."""
        roles = self._hub_role_on(self._hub_member_kinds(), day, company)
        return self.filtered(lambda partner: roles[partner])
