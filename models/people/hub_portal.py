from odoo import api, models
from odoo.fields import Domain


class HubPortal(models.AbstractModel):
    """The charter: to sign, or to read again."""

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        signatures = self.env["hub.charter.signature"].sudo()
        hubs = self.env["res.company"].sudo().search([("hub_active", "=", True)])
        current = self.env["hub.charter"]._current_of(hubs)
        mine = signatures.search(
            signatures._hub_domain_for(partner)
            & Domain("charter_id", "in", current.ids)
        )
        waiting = mine._awaited().filtered("asked_on")._first_of_each()
        signed = mine.filtered(lambda s: s.answer == "yes")._first_of_each()
        if waiting or signed:
            sections.append(self._charter_section(waiting, signed))
        return sections

    @api.model
    def _charter_section(self, waiting, signed):
        return {
            # signed, it is only there to be read again
            "sequence": 23 if waiting else 145,
            "key": "charter",
            "title": self.env._("Charter to sign")
            if waiting
            else self.env._("The charter"),
            "template": "solidarity_hub.portal_section_charter",
            "values": {
                "waiting": [
                    {
                        "title": signature.charter_id.name,
                        "sign_before": signature.charter_id._print_sign_before(),
                        "url": signature._portal_path(),
                    }
                    for signature in waiting
                ],
                "signed": [
                    {
                        "title": signature.charter_id.name,
                        "signed": signature._print_signed(),
                        "url": signature._portal_path(),
                    }
                    for signature in signed
                ],
            },
        }
