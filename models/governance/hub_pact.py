from odoo import api, models
from odoo.fields import Domain


class HubPact(models.Model):
    """A pact may be put to the vote; whoever is accompanied by it does not vote."""

    _name = "hub.pact"
    _inherit = ["hub.pact", "hub.decided.mixin"]

    @api.model
    def _hub_domain_concerned(self, whom):
        party = Domain("category", "=", "concerned") & Domain(
            "partner_id", "any!", whom
        )
        own = Domain("form", "=", "accompaniment_contract")
        return own & Domain("party_ids", "any!", party)
