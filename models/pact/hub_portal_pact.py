from odoo import api, models
from odoo.fields import Domain

TO_SIGN = 22
SIGNED = 90


class HubPortal(models.AbstractModel):
    """What waits for my signature, and the texts I have signed."""

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        parties = self.env["hub.pact.party"].sudo()
        own = parties.search(
            parties._hub_domain_for(partner)
            & Domain("pact_id.state", "in", ("to_sign", "in_force", "closed"))
            & Domain("pact_id.active", "=", True)
        ).sorted("id", reverse=True)
        awaited = own.filtered(lambda party: party._page_state() == "open")
        if awaited:
            sections.append(
                self._pact_section(
                    TO_SIGN,
                    "pacts_to_sign",
                    self.env._("To sign"),
                    "solidarity_hub.portal_section_to_sign",
                    awaited,
                )
            )
        signed = own.filtered(lambda party: party._page_state() in ("signed", "left"))
        if signed:
            sections.append(
                self._pact_section(
                    SIGNED,
                    "my_pacts",
                    self.env._("My pacts and contracts"),
                    "solidarity_hub.portal_section_pacts",
                    signed,
                )
            )
        return sections

    @api.model
    def _pact_section(self, sequence, key, title, template, parties):
        return {
            "sequence": sequence,
            "key": key,
            "title": title,
            "template": template,
            "values": {"pacts": [party._portal_line() for party in parties]},
        }
