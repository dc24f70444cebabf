from odoo import api, models
from odoo.fields import Domain

from .hub_loan_portal import SHOWN


class HubPortal(models.AbstractModel):
    """My loan: what is next, what is paid, the agreement to sign, the documents."""

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        loans = self.env["hub.loan"].sudo()
        mine = loans.search(
            loans._hub_domain_for(partner) & Domain("state", "in", SHOWN)
        )
        to_sign = self._loans_to_sign(partner)
        if mine or to_sign:
            sections.append(self._loan_section(mine, to_sign))
        return sections

    @api.model
    def _loans_to_sign(self, partner):
        signatures = self.env["hub.loan.signature"].sudo()
        return signatures.search(
            signatures._hub_domain_for(partner)
            & Domain("role", "!=", "lender")
            & Domain("answer", "!=", "yes")
            & Domain("agreement_id.state", "=", "to_sign")
        ).filtered(lambda one: one._portal_is_open())

    @api.model
    def _loan_section(self, loans, to_sign):
        return {
            "sequence": 24 if to_sign else 60,
            "key": "my_loan",
            "title": self.env._("My loan")
            if len(loans) < 2
            else self.env._("My loans"),
            "template": "solidarity_hub.portal_section_loan",
            "values": {
                "loans": [loan._portal_row() for loan in loans],
                "to_sign": [
                    {"number": one.loan_id.name, "url": one._portal_path()}
                    for one in to_sign
                ],
            },
        }
