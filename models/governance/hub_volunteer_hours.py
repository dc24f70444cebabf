from odoo import api, fields, models
from odoo.fields import Domain

from ..accompaniment.hub_volunteer_hours import TEAM
from ..accompaniment.hub_volunteer_hours import HubVolunteerHours as Hours

OVER = ("held", "minuted")


class HubVolunteerHours(models.Model):
    """Time given at meetings: proposed once the meeting is over."""

    _inherit = "hub.volunteer.hours"
    _guarded_fields = Hours._guarded_fields | {"meeting_presence_id"}

    meeting_presence_id = fields.Many2one(
        "hub.presence",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups=TEAM,
    )

    _meeting_presence_uniq = models.UniqueIndex(
        "(meeting_presence_id) WHERE meeting_presence_id IS NOT NULL",
        "The time of this person at this meeting is already there.",
    )

    def _proposals(self, companies):
        return super()._proposals(companies) + self._meeting_values(companies)

    @api.model
    def _domain_took_place(self):
        present = Domain("meeting_presence_id.state", "=", "present")
        over = Domain("meeting_presence_id.meeting_id.state", "in", OVER)
        return super()._domain_took_place() | {"meeting": present & over}

    def _meeting_values(self, companies):
        """Who sat at a meeting that is over, from arrival to departure."""
        seats = self.env["hub.presence"].sudo()
        found = seats.search(
            [
                ("company_id", "in", companies.ids),
                ("state", "=", "present"),
                ("meeting_id.state", "in", OVER),
                ("id", "not in", self._known("meeting_presence_id")),
            ],
            order="id",
        )
        return [
            {
                "partner_id": seat._sitting_person().id,
                "company_id": seat.company_id.id,
                "date": seat.meeting_id._day(),
                "hours": seat._hours_there(),
                "function": "management",
                "name": seat.meeting_id.name,
                "source": "meeting",
                "meeting_presence_id": seat.id,
            }
            for seat in found
        ]
