from odoo import api, models
from odoo.fields import Domain


class HubPortal(models.AbstractModel):
    """May the new companion read the earlier notes? The holder alone decides."""

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        handovers = self.env["hub.interview.handover"].sudo()
        asked = handovers.search(
            handovers._hub_domain_for(partner) & Domain("answer", "=", "waiting")
        )
        if asked:
            sections.append(
                {
                    "sequence": 15,
                    "key": "handovers",
                    "title": self.env._("We ask for your agreement"),
                    "template": "solidarity_hub.portal_section_handovers",
                    "values": {"asked": [handover._card() for handover in asked]},
                }
            )
        return sections

    @api.model
    def _handover_choices(self, partner, lead):
        """Successors for whom somebody who reads the notes may ask the holder."""
        notes = self.env["hub.interview.note"].sudo()
        reads = notes.search(
            notes._hub_domain_for(partner) & Domain("lead_id", "=", lead.id), limit=1
        )
        if not reads:
            return []
        handovers = self.env["hub.interview.handover"]
        answers = handovers._latest_answers(lead)
        return [
            {
                "id": person.id,
                "words": self.env._(
                    "%(person)s reads what is written from now on. The project holder"
                    " decides about the earlier notes.",
                    person=person.name or "",
                ),
                "answer": answers.get(person.sudo(False), ""),
            }
            for person in (handovers._successors(lead) - partner).sudo()
        ]

    @api.model
    def _handover_ask(self, partner, lead_id, successor_id):
        """Somebody who reads the notes asks; nothing where that is not so."""
        lead = self.env["crm.lead"].sudo().browse(lead_id).exists()
        # A no is not asked again by those who would like another answer.
        successors = {
            row["id"]
            for row in self._handover_choices(partner, lead)
            if not row["answer"]
        }
        if successor_id not in successors:
            return None
        successor = self.env["res.partner"].sudo().browse(successor_id)
        return self.env["hub.interview.handover"]._ask(lead, successor, partner)
