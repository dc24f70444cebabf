from odoo import api, models
from odoo.fields import Domain

LISTS = {
    "holder": "solidarity_hub.action_hub_holders",
    "volunteer": "solidarity_hub.action_hub_volunteers",
    "funder": "solidarity_hub.action_hub_funders",
    "institution": "solidarity_hub.action_hub_institutions",
}


class HubOverview(models.AbstractModel):
    """The four pillars of a hub: holders, volunteers, funders, institutions."""

    _inherit = "hub.overview"

    @api.model
    def _get_pillars(self):
        labels = {
            "holder": self.env._("Project holders"),
            "volunteer": self.env._("Volunteers"),
            "funder": self.env._("Solidarity funders"),
            "institution": self.env._("Institutions and partners"),
        }
        counts = self._count_roles(list(labels))
        return super()._get_pillars() + [
            {
                "key": kind,
                "label": label,
                "value": counts.get(kind, 0),
                "target": self._pillar_target(kind),
                "note": self._pillar_note(kind),
                "action": False,
                **self._pillar_list(kind, label),
            }
            for kind, label in labels.items()
        ]

    @api.model
    def _pillar_target(self, kind):
        name = f"hub_target_{kind}"
        company = self.env.company
        return company[name] if name in company._fields else 0

    @api.model
    def _domain_roles(self):
        return Domain("state", "=", "active") & Domain(
            "company_id", "in", self.env.companies.ids
        )

    @api.model
    def _count_roles(self, kinds):
        """People who stand for each pillar today; a number names nobody."""
        roles = self.env["hub.role"].sudo()
        groups = roles._read_group(
            self._domain_roles() & Domain("kind", "in", kinds),
            ["kind"],
            ["partner_id:count_distinct"],
        )
        return dict(groups)

    @api.model
    def _pillar_note(self, kind):
        """What is missing there, in words; areas add what they know."""
        return self._missing_institutions() if kind == "institution" else ""

    @api.model
    def _missing_institutions(self):
        roles = self.env["hub.role"]
        groups = roles.sudo()._read_group(
            self._domain_roles() & Domain("kind", "=", "institution"),
            ["institution_kind"],
        )
        there = {kind for (kind,) in groups}
        kinds = roles._fields["institution_kind"]._description_selection(self.env)
        missing = [label for kind, label in kinds if kind not in there]
        if not missing:
            return self.env._("All six kinds are there.")
        return self.env._("Missing: %(kinds)s", kinds=", ".join(missing))

    @api.model
    def _pillar_list(self, kind, label):
        """The people behind the number, for whoever may open their cards."""
        if not self.env.user.has_group("solidarity_hub.group_hub_adviser"):
            return {}
        domain = self._domain_roles() & Domain("kind", "=", kind)
        if kind != "institution":
            domain = Domain("hub_role_ids", "any", domain)
        for figure in self._prepare_list_figure(kind, label, LISTS[kind], domain, 0):
            return {"value": figure["value"], "action": figure["action"]}
        return {}
