from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

# The next dates and the last ones: a line of life, not a register.
SHOWN = 5


class HubOverview(models.AbstractModel):
    """The hub's own life stands on its first page."""

    _inherit = "hub.overview"

    @api.model
    def _get_milestones(self):
        milestones = self.env["hub.milestone"]
        latest = milestones.search(
            Domain("company_id", "in", self.env.companies.ids), limit=SHOWN
        )
        today = fields.Date.context_today(self)
        return {
            "dates": [
                {
                    "id": milestone.id,
                    "name": milestone.name,
                    "date": format_date(self.env, milestone.date),
                    "past": milestone.date <= today,
                }
                for milestone in latest.sorted("date")
            ],
            "action": self._get_action("solidarity_hub.action_hub_milestone", "read"),
        }
