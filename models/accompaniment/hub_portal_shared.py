from odoo import api, models
from odoo.fields import Domain

LATEST = 10


class HubPortal(models.AbstractModel):
    """What was written down for me: the words that authors of notes shared with me."""

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        shared = (
            self.env["hub.interview.shared"]
            .sudo()
            .search(Domain("partner_ids", "in", partner.ids), limit=LATEST)
        )
        if shared:
            sections.append(self._shared_section(shared))
        return sections

    @api.model
    def _shared_section(self, shared):
        return {
            "sequence": 60,
            "key": "shared_words",
            "title": self.env._("Written down for you"),
            "template": "solidarity_hub.portal_section_shared",
            "values": {
                "words": [
                    {
                        "date": block.note_id.interview_id.date_start,
                        "author": block.note_id.author_id.name or "",
                        "body": block.body,
                    }
                    for block in shared
                ]
            },
        }
