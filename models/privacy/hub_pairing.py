from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

REASONS = ("volunteer_reason", "holder_reason", "end_reason", "override_reason")


class HubPairing(models.Model):
    """Who accompanied whom is counted without names; reasons and links go."""

    _inherit = "hub.pairing"

    @api.model
    def _hub_keeps_named(self, partners):
        running = self.search(
            Domain("volunteer_id", "in", partners.ids)
            & Domain("state", "in", ("proposed", "sent", "accepted", "active"))
        )
        for pairing in running:
            yield (
                pairing.volunteer_id.id,
                pairing.company_id.id,
                self.env._(
                    "Accompanies “%(project)s”, or is asked to.",
                    project=pairing.lead_id.name,
                ),
            )

    @api.model
    def _hub_contacts(self):
        return SQL(
            """
SELECT volunteer_id, company_id, GREATEST(volunteer_answered_on, date_end)
  FROM hub_pairing
 UNION ALL
SELECT holder.partner_id, pairing.company_id, pairing.holder_answered_on
  FROM hub_pairing pairing
  JOIN hub_project_holder holder ON holder.lead_id = pairing.lead_id"""
        )

    @api.model
    def _hub_forget(self, partner):
        forgetting = self.env["hub.forgetting"]
        pairings = self.search(
            Domain("volunteer_id", "=", partner.id)
            | Domain("lead_id.hub_holder_ids.partner_id", "=", partner.id)
        )
        ended = pairings.filtered(lambda p: p.state in ("ended", "declined"))
        forgetting._blank(ended, *REASONS, "access_token", "holder_token")
        forgetting._blank(ended, "explanation")
        forgetting._forget_thread(ended)
        forgetting._scrub(partner, pairings - ended, *REASONS)
        people = self.env["hub.pairing.run.person"].search(
            [("partner_id", "=", partner.id)]
        )
        forgetting._blank(people, "reason")
        self._hub_forget_runs(partner, pairings.run_id | people.run_id)

    @api.model
    def _hub_forget_runs(self, partner, runs):
        forgetting = self.env["hub.forgetting"]
        forgetting._scrub(partner, runs)
        for name in ("line", "alternative"):
            path = "run_id" if name == "line" else "line_id.run_id"
            lines = self.env[f"hub.pairing.run.{name}"].sudo()
            forgetting._scrub(partner, lines.search([(path, "in", runs.ids)]))
