from odoo import models

COUNTED = ("date_start", "duration", "kind", "state")


class HubInterview(models.Model):
    """Time that waits to be validated follows the interview when it is corrected."""

    _inherit = "hub.interview"

    def write(self, vals):
        before = {}
        if set(COUNTED) & set(vals):
            before = {interview: interview._counted() for interview in self}
        result = super().write(vals)
        changed = self.filtered(lambda i: before.get(i, i._counted()) != i._counted())
        if before and changed:
            changed._follow_time()
        return result

    def _counted(self):
        return tuple(self[name] for name in COUNTED)

    def _follow_time(self):
        hours = self.env["hub.volunteer.hours"]
        drafts = hours._drafts_of(self)
        again = drafts.presence_id.interview_id
        drafts.unlink()
        hours._propose_interviews(again.filtered(lambda i: i.state == "done"))
