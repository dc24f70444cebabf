from odoo import api, models
from odoo.fields import Domain


class HubPortal(models.AbstractModel):
    """The hub asks me how I see it."""

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        people = self.env["hub.self.evaluation.person"].sudo()
        mine = people.search(
            Domain("partner_id", "=", partner.id)
            & Domain("has_answered", "=", False)
            & Domain("evaluation_id.collecting", "=", "open")
            & Domain("evaluation_id.state", "=", "draft")
        )
        if mine:
            sections.append(
                {
                    "sequence": 150,
                    "key": "self_evaluation",
                    "title": self.env._("How does the hub do?"),
                    "template": "solidarity_hub.portal_section_self_evaluation",
                    "values": {
                        "asked": [
                            {
                                "url": f"/my/hub/self-evaluation/{person.id}",
                            }
                            for person in mine
                        ]
                    },
                }
            )
        return sections
