from odoo import api, models
from odoo.exceptions import UserError


class HubResolution(models.Model):
    """What is decided no longer changes, and is kept with its fingerprint."""

    _inherit = "hub.resolution"

    def _frozen_fields(self):
        return {
            "name", "text", "meeting_id", "agenda_item_id", "entitled_college_ids",
            "entry", "secret", "totals_by_college", "method", "threshold", "base",
            "empty_college", "state", "result", "figures", "number", "opened_on",
            "closed_on", "voted_at", "casting_choice",
        }  # fmt: skip

    def _check_not_frozen(self, vals):
        refused = self._frozen_fields() & set(vals)
        for resolution in self.filtered("frozen_on"):
            if refused:
                raise UserError(
                    self.env._(
                        "“%(name)s” is decided: it no longer changes. Put another"
                        " resolution to the vote to change the decision.",
                        name=resolution.display_name,
                    )
                )
        return super()._check_not_frozen(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_still_draft()

    def _frozen_payload(self):
        self.ensure_one()
        meeting = self.meeting_id
        told = self.with_context(lang=meeting.lang)
        return {
            "number": self.number,
            "name": self.name,
            "text": str(self.text or ""),
            "body": meeting.body_id.with_context(lang=meeting.lang).name,
            "meeting": meeting.name,
            "date": meeting.date,
            "entry": self.entry,
            "secret": self.secret,
            "result": self.result,
            "figures": self.figures,
            "explanation": told._explain(),
            "ballots": [
                {
                    "voter": one.voter_name,
                    "college": one.college_name or "",
                    "weight": one.weight,
                    "choice": one.choice,
                    "by": one.by_name or "",
                }
                for one in self.ballot_ids
            ],
            "left": [
                {"name": one.presence_id.display_name, "reason": one.reason}
                for one in self.conflict_ids
            ],
        }
