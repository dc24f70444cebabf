from odoo import fields, models

from .res_company import _account

SEQUENCE = "hub.contribution"


class ResCompany(models.Model):
    """What the funds of a hub need: two accounts more, and where they are analysed."""

    _inherit = "res.company"

    hub_funder_receivable_account_id = _account(
        "funder_receivable",
        "Funders: to be received",
        "What funders have granted and were asked to pay. A receivable account, so that"
        " Odoo's own payments settle it.",
    )
    hub_funder_interest_account_id = _account(
        "funder_interest", "Interest paid to funders"
    )
    hub_fund_plan_id = fields.Many2one(
        "account.analytic.plan",
        string="Analytic plan of the funds",
        ondelete="restrict",
        help="Each fund gets an analytic account in this plan, and entries of loans and"
        " contributions bear it. Empty: no analytic accounts; what belongs to whom is"
        " kept in the fund book all the same.",
    )

    def _hub_setup(self):
        result = super()._hub_setup()
        for company in self:
            company._contribution_sequence()
        return result

    def _contribution_sequence(self):
        """Each hub numbers its own contributions."""
        self.ensure_one()
        Sequence = self.env["ir.sequence"].sudo()
        found = Sequence.search(
            [("code", "=", SEQUENCE), ("company_id", "=", self.id)], limit=1
        )
        return found or Sequence.create(
            {
                "name": self.env._("Contributions to %(hub)s", hub=self.name),
                "code": SEQUENCE,
                "prefix": "A%(year)s-",
                "padding": 3,
                "company_id": self.id,
            }
        )
