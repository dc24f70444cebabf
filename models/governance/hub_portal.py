from odoo import api, models
from odoo.fields import Domain


class HubPortal(models.AbstractModel):
    """My meetings: to which I am convened, what I answered, who holds my proxy."""

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        seats = self.env["hub.presence"].sudo()
        mine = seats.search(
            seats._hub_domain_for(partner)
            & Domain("meeting_id.state", "=", "convened"),
            order="id",
        ).sorted(lambda line: line.meeting_id.date)
        minutes = self._minutes_of(partner)
        if mine or minutes:
            sections.append(self._meeting_section(mine, minutes, partner))
        return sections

    @api.model
    def _minutes_of(self, partner):
        """The latest approved minutes of the bodies of this person."""
        minutes = self.env["hub.minutes"].sudo()
        return minutes.search(
            minutes._hub_domain_for(partner) & Domain("state", "=", "approved"), limit=3
        )

    @api.model
    def _meeting_section(self, seats, minutes, partner):
        files = seats._portal_files(partner)
        return {
            "sequence": 50,
            "key": "my_meetings",
            "title": self.env._("My meetings"),
            "template": "solidarity_hub.portal_section_meetings",
            "values": {
                "meetings": [
                    line._portal_seat()
                    | {
                        "meeting": line.meeting_id.name,
                        "when": line.meeting_id._print_when(),
                        "place": line.meeting_id.place or "",
                        "in_session": line.meeting_id._in_session(),
                        "files": files[line],
                    }
                    for line in seats
                ],
                "minutes": [
                    {"name": one.display_name, "url": f"/my/hub/minutes/{one.id}"}
                    for one in minutes
                ],
            },
        }
