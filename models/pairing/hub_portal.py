from odoo import api, models
from odoo.fields import Domain

from .hub_pairing import FOLLOWED_STATES


class HubPortal(models.AbstractModel):
    """Proposals, my projects, my two people, my next action."""

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        carried = self._carried_projects(partner)
        pairings = self.env["hub.pairing"].sudo()
        own = pairings.search(
            pairings._hub_domain_for(partner)
            & Domain("state", "in", ["sent", *FOLLOWED_STATES])
        )
        if carried:
            sections += [self._people_section(carried), self._action_section(carried)]
        proposals = own.filtered(lambda p: p._portal_is_open("volunteer"))
        if proposals:
            sections.append(self._proposal_section(proposals))
        followed = own.filtered(lambda p: p.state in FOLLOWED_STATES)
        if followed:
            sections.append(self._project_section(followed))
        return [section for section in sections if section]

    @api.model
    def _carried_projects(self, partner):
        leads = self.env["crm.lead"].sudo()
        return leads.search(
            leads._hub_domain_for(partner)
            & Domain("hub_holder_ids.partner_id", "=", partner.id)
        )

    @api.model
    def _people_section(self, leads):
        """My two people, with their numbers; a choice that waits for my agreement."""
        projects = []
        for lead in leads:
            pairings = lead.hub_pairing_ids
            asked = pairings.filtered(
                lambda p: p.volunteer_answer == "yes" and p._portal_is_open("holder")
            )
            active = pairings.filtered(lambda p: p.state == "active")
            projects.append(
                {
                    "title": lead.name,
                    "people": self._contacts(active.volunteer_id),
                    "asked": [
                        {"name": p.volunteer_id.name, "url": f"{p.access_url}/holder"}
                        for p in asked
                    ],
                }
            )
        return {
            "sequence": 20,
            "key": "my_people",
            "title": self.env._("The people beside me"),
            "template": "solidarity_hub.portal_section_people",
            "values": {"projects": projects},
        }

    @api.model
    def _action_section(self, leads):
        """The next step of the road map that falls to me."""
        holders = leads.hub_holder_ids.partner_id
        steps = leads.hub_action_ids.filtered(
            lambda step: (
                not step.done_on and (not step.partner_id or step.partner_id in holders)
            )
        ).sorted(lambda step: (not step.date_due, step.date_due, step.id))
        if not steps:
            return None
        return {
            "sequence": 30,
            "key": "next_action",
            "title": self.env._("My next step"),
            "template": "solidarity_hub.portal_section_action",
            "values": {"name": steps[0].name, "date": steps[0].date_due or ""},
        }

    @api.model
    def _proposal_section(self, pairings):
        """Projects that somebody asks me to accompany."""
        return {
            "sequence": 18,
            "key": "proposals",
            "title": self.env._("Would you accompany?"),
            "template": "solidarity_hub.portal_section_proposals",
            "values": {
                "proposals": [
                    dict(pairing._portal_project(), url=pairing.access_url)
                    for pairing in pairings
                ]
            },
        }

    @api.model
    def _project_section(self, pairings):
        """The projects I accompany and whom to call."""
        return {
            "sequence": 120,
            "key": "my_projects",
            "title": self.env._("The projects I accompany"),
            "template": "solidarity_hub.portal_section_projects",
            "values": {
                "projects": [
                    dict(
                        pairing._portal_project(),
                        **pairing._portal_people(),
                        waiting=pairing.holder_answer == "waiting",
                    )
                    for pairing in pairings
                ]
            },
        }
