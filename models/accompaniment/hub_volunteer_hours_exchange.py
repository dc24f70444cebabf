from odoo import api, fields, models
from odoo.fields import Domain

from .hub_volunteer_hours import TEAM


class HubVolunteerHours(models.Model):
    """Exchanges of knowledge given to the hub count as time; those between members do
    not."""

    _inherit = "hub.volunteer.hours"

    participant_id = fields.Many2one(
        "hub.exchange.participant",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups=TEAM,
    )

    _participant_uniq = models.UniqueIndex(
        "(participant_id) WHERE participant_id IS NOT NULL",
        "The time of this person in this exchange is already there.",
    )

    def _proposals(self, companies):
        return super()._proposals(companies) + self._exchange_values(companies)

    @api.model
    def _domain_took_place(self):
        given = self._domain_given("participant_id.")
        return super()._domain_took_place() | {"exchange": given}

    @api.model
    def _domain_given(self, prefix=""):
        """People who gave an exchange that took place to the hub itself."""
        return (
            Domain(f"{prefix}side", "=", "giver")
            & Domain(f"{prefix}exchange_id.state", "=", "done")
            & Domain(f"{prefix}exchange_id.given_to_hub", "=", True)
        )

    def _exchange_values(self, companies):
        found = (
            self.env["hub.exchange.participant"]
            .sudo()
            .search(
                self._domain_given()
                & Domain("company_id", "in", companies.ids)
                & Domain("id", "not in", self._known("participant_id")),
                order="id",
            )
        )
        values = []
        for line in found:
            exchange, company = line.exchange_id, line.company_id
            local = exchange.with_context(tz=self._time_zone(company))
            values.append(
                {
                    "partner_id": line.partner_id.id,
                    "company_id": company.id,
                    "date": local._local_day(),
                    "hours": exchange.hours,
                    "function": "network",
                    "name": exchange.name,
                    "source": "exchange",
                    "participant_id": line.id,
                }
            )
        return values
