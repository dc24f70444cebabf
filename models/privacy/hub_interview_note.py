from odoo import api, models
from odoo.fields import Domain


class HubInterviewNote(models.Model):
    """What was said in confidence goes with the last person it is about."""

    _inherit = "hub.interview.note"

    @api.model
    def _hub_forget(self, partner):
        """Notes on projects that others go on with lose the name."""
        notes = self.search(
            Domain("author_id", "=", partner.id)
            | Domain("lead_id.hub_holder_ids.partner_id", "=", partner.id)
        )
        forgetting = self.env["hub.forgetting"]
        forgetting._scrub(partner, notes, "body")
        forgetting._scrub(partner, notes.shared_ids, "body")

    def _hub_forget_notes(self):
        files = self.attachment_ids | self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        )
        files.unlink()
        self.unlink()

    @api.model
    def _hub_held(self, _partner):
        """What others wrote in confidence stays with those who may read it."""
        return
