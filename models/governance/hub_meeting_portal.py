from odoo import models
from odoo.fields import Domain


class HubMeeting(models.Model):
    """What those who are convened see of a meeting on their own page."""

    _inherit = "hub.meeting"

    def _portal_meeting(self):
        self.ensure_one()
        return {
            "name": self.name,
            "when": self._print_when(),
            "place": self.place or "",
            "online_url": self.online_url or "",
            "state": self.state,
            "in_session": self._in_session(),
            "attendance": self.quorum_words if self.opened_at else "",
            "rules": self._print_rules(),
            "agenda": [
                {
                    "name": item.name,
                    "description": item.description or "",
                    "resolutions": [
                        {"name": one.name, "text": one.text or ""}
                        for one in item.resolution_ids
                        if one.state != "withdrawn"
                    ],
                }
                for item in self.agenda_item_ids
            ],
            "documents": [
                {"id": file.id, "name": file.name} for file in self.document_ids
            ],
            "has_convocation": bool(self.convocation_file),
            "has_proxies": self.proxies_per_person > 0,
        }

    def _portal_decisions(self):
        """What this meeting has decided so far."""
        return [
            {"name": one.display_name, "words": one.explanation}
            for one in self._settled_resolutions()
        ]

    def _portal_last(self):
        """The decisions of the meeting before, and its approved minutes."""
        last = self._meeting_before()
        if not last:
            return None
        minutes = last.minutes_ids.filtered(lambda one: one.state == "approved")
        return {
            "name": last.display_name,
            "decisions": last._portal_decisions(),
            "minutes_id": minutes.id,
            "minutes": minutes.number or "",
        }

    def _meeting_before(self):
        self.ensure_one()
        return self.search(
            Domain("body_id", "=", self.body_id.id)
            & Domain("date", "<", self.date)
            & Domain("state", "in", ("held", "minuted")),
            order="date desc",
            limit=1,
        )
