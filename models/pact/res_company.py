from odoo import fields, models

SEQUENCE = "hub.pact"


class ResCompany(models.Model):
    _inherit = "res.company"

    hub_renewal_days = fields.Integer(
        string="Days before a pact ends",
        default=60,
        help="So many days before the last day of a contract or pact, whoever follows"
        " it is asked whether to renew it.",
    )

    def _hub_setup(self):
        result = super()._hub_setup()
        for company in self:
            company._pact_sequence()
        return result

    def _pact_sequence(self):
        """Each hub numbers its own pacts, without gaps between years."""
        self.ensure_one()
        Sequence = self.env["ir.sequence"].sudo()
        found = Sequence.search(
            [("code", "=", SEQUENCE), ("company_id", "=", self.id)], limit=1
        )
        return found or Sequence.create(
            {
                "name": self.env._("Pacts of %(hub)s", hub=self.name),
                "code": SEQUENCE,
                "prefix": "P%(year)s-",
                "padding": 3,
                "company_id": self.id,
            }
        )

    def _next_pact_number(self):
        self.ensure_one()
        return self._pact_sequence().next_by_id()
