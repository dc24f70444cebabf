from odoo import api, models
from odoo.fields import Domain


class HubPortal(models.AbstractModel):
    """Evaluations that wait for me, and those we agreed on."""

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        people = self.env["hub.evaluation.person"].sudo()
        mine = people.search(
            people._hub_domain_for(partner)
            & Domain("excused", "=", False)
            & Domain("evaluation_id.state", "!=", "planned")
            & Domain("evaluation_id.active", "=", True)
        )
        if mine:
            sections.append(self._evaluation_section(mine))
        return sections

    @api.model
    def _evaluation_section(self, people):
        latest = people.sorted(lambda p: p.evaluation_id.date, reverse=True)
        awaited = latest.filtered("is_awaited")
        agreed = latest.filtered(lambda p: p.evaluation_id.state == "agreed")
        running = latest - awaited - agreed
        return {
            # what was agreed on waits for nobody
            "sequence": 25 if awaited or running else 125,
            "key": "evaluations",
            "title": self.env._("Where do we stand?"),
            "template": "solidarity_hub.portal_section_evaluations",
            "values": {
                "evaluations": [
                    {
                        "title": person.evaluation_id.pact_id.name,
                        "date": person.evaluation_id.date,
                        "url": f"/my/hub/evaluation/{person.id}",
                        "state": state,
                    }
                    for state, group in (
                        ("awaited", awaited),
                        ("running", running),
                        ("agreed", agreed[:3]),
                    )
                    for person in group
                ]
            },
        }
