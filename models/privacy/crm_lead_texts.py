from odoo import api, models
from odoo.fields import Domain

from .crm_lead import LINES, PATHS

SHARED = ("name", "description", "hub_summary")


class CrmLead(models.Model):
    """Texts about a project that stay when one of its people is forgotten."""

    _inherit = "crm.lead"

    @api.model
    def _hub_texts_that_stay(self, partners):
        """What is written by hand about projects that others go on with.

        :return: ``[(person, record, name of the field)]``, with as many queries for
            many people as for one
        """
        projects = self.with_context(active_test=False).search(
            Domain("is_hub_project", "=", True)
            & (
                Domain("hub_holder_ids.partner_id", "in", partners.ids)
                | Domain("hub_prescriber_id", "in", partners.ids)
                | Domain("hub_pairing_ids.volunteer_id", "in", partners.ids)
            )
        )
        staying = {
            project: [
                partner
                for partner in partners
                if partner in project._hub_people()
                and not project._hub_is_only_of(partner)
            ]
            for project in projects
        }
        found = [
            (partner, project, name)
            for project, people in staying.items()
            for partner in people
            for name in SHARED
        ]
        for model, names in LINES.items():
            for line in projects._hub_open_lines(model):
                found += [
                    (partner, line, name)
                    for project in line.mapped(PATHS.get(model, "lead_id"))
                    for partner in staying.get(project, ())
                    for name in names
                ]
        return found

    def _hub_people(self):
        """Whoever carries it, stands beside it, or sent somebody."""
        return (
            self.hub_holder_ids.partner_id
            | self.hub_prescriber_id
            | self.hub_pairing_ids.volunteer_id
        )
