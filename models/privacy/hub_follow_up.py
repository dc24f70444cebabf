from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class HubFollowUp(models.Model):
    """Whoever is still to be called keeps the name until then."""

    _inherit = "hub.follow.up"

    @api.model
    def _hub_keeps_named(self, partners):
        to_call = self._domain_state("planned") | self._domain_state("due")
        holders = self.env["hub.project.holder"].search(
            Domain("partner_id", "in", partners.ids)
            & Domain("lead_id.active", "=", True)
        )
        calls = self._read_group(
            to_call & Domain("lead_id", "in", holders.lead_id.ids),
            ["lead_id"],
            ["planned_on:min"],
        )
        planned = dict(calls)
        for holder in holders.filtered(lambda holder: holder.lead_id in planned):
            yield (
                holder.partner_id.id,
                holder.company_id.id,
                self.env._(
                    "Is to be called about what became of “%(project)s” (%(date)s).",
                    project=holder.lead_id.name,
                    date=planned[holder.lead_id],
                ),
            )

    @api.model
    def _hub_contacts(self):
        return SQL(
            """
SELECT holder.partner_id, call.company_id, call.done_on
  FROM hub_follow_up call
  JOIN hub_project_holder holder ON holder.lead_id = call.lead_id
 WHERE call.channel IS DISTINCT FROM 'other'
   AND call.alive IS DISTINCT FROM 'unknown'"""
        )
