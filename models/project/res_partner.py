from odoo import fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    # What sales counts on a contact stays what it was: sales.
    opportunity_ids = fields.One2many(
        domain=[("type", "=", "opportunity"), ("is_hub_project", "=", False)]
    )
    hub_holder_ids = fields.One2many(
        "hub.project.holder",
        "partner_id",
        string="Projects carried",
        groups="solidarity_hub.group_hub_adviser",
    )

    def _get_contact_opportunities_domain(self):
        return list(
            Domain(super()._get_contact_opportunities_domain())
            & Domain("is_hub_project", "=", False)
        )
