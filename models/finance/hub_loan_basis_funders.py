from odoo import api, fields, models


class HubLoanBasisRule(models.Model):
    """What the law asks of those who lend to the hub."""

    _inherit = "hub.loan.basis.rule"

    funder_unpaid = fields.Boolean(
        string="Private persons lend to the hub without interest"
    )
    funder_months_min = fields.Integer(
        string="Private persons lend to the hub for (months)",
        help="At least, from the day it is granted to the first return. 0: no limit.",
    )

    _funder_months = models.Constraint(
        "CHECK(funder_months_min >= 0)", "A limit is not negative: without one write 0."
    )


class HubLoanBasis(models.Model):
    _inherit = "hub.loan.basis"

    @api.model
    def _usual_vals(self):
        """The habilitation (L511-6 5°) speaks of money lent by private persons, too."""
        bases = super()._usual_vals()
        for vals in bases:
            if vals["kind"] == "habilitated":
                for _command, _id, rule in vals["rule_ids"]:
                    rule.update(funder_unpaid=True, funder_months_min=24)
        return bases
