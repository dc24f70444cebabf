from odoo import api, models
from odoo.fields import Domain


class HubVolunteerHours(models.Model):
    """The time of an interview is there as soon as it is noted."""

    _inherit = "hub.volunteer.hours"

    @api.model
    def _propose_interviews(self, interviews):
        """Propose the time of these interviews at once, without waiting for the job."""
        lines = self.sudo().with_context(active_test=False)
        if interviews:
            found = lines._interview_values(interviews.company_id, interviews)
            lines.create(lines._that_fit(found))

    @api.model
    def _drafts_of(self, interviews):
        return self.sudo().search(
            Domain("presence_id.interview_id", "in", interviews.ids)
            & Domain("source", "=", "interview")
            & Domain("state", "=", "draft")
        )

    @api.model
    def _words_of(self, interviews, partner):
        """What is counted of these interviews for this person, ``{id: words}``."""
        lines = self.sudo().search(
            Domain("presence_id.interview_id", "in", interviews.ids)
            & Domain("partner_id", "=", partner.id)
        )
        words = {}
        for line in lines:
            hours = partner._hub_hours_words(line.hours)
            words[line.presence_id.interview_id.id] = (
                self.env._("%(hours)s counted and validated", hours=hours)
                if line.state == "validated"
                else self.env._("%(hours)s counted, to be validated", hours=hours)
            )
        return words
