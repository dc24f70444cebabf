from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class CrmLead(models.Model):
    """From a list of projects to the pairs of all of them."""

    _inherit = "crm.lead"

    def action_hub_pair_selected(self):
        """Look for the people of these projects: one by itself, several together."""
        ordinary = self.filtered(lambda lead: not lead.is_hub_project)
        if ordinary:
            raise UserError(
                self.env._(
                    "“%(record)s” belongs to sales, not to the hub: select projects of"
                    " the hub.",
                    record=ordinary[0].name,
                )
            )
        waiting = self.filtered(
            lambda lead: lead.hub_pair_count < 2 and lead.hub_phase != "closed"
        )
        if not waiting:
            raise UserError(
                self.env._(
                    "%(projects)s: no place is free, the two people are there already"
                    " or the path has ended. Select projects that wait.",
                    projects=", ".join(self[:5].mapped("name")),
                )
            )
        return waiting.action_hub_pair() if len(waiting) == 1 else waiting._hub_cohort()

    def _hub_cohort(self):
        if len(self.company_id) > 1:
            raise UserError(
                self.env._(
                    "These projects belong to several hubs (%(hubs)s): select those of"
                    " one.",
                    hubs=", ".join(self.company_id.mapped("name")),
                )
            )
        run = self.env["hub.pairing.run"].create(
            {
                "is_cohort": True,
                "company_id": self.company_id.id,
                "lead_ids": [Command.set(self.ids)],
            }
        )
        return run._get_records_action()
