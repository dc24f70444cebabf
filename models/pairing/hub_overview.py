from odoo import api, models
from odoo.fields import Domain

LACKING = Domain("gap", ">", 0)
FRAGILE = Domain("advice", "=", "fragile")


class HubOverview(models.AbstractModel):
    _inherit = "hub.overview"

    @api.model
    def get_overview(self):
        """The balance of skills is asked once for the whole page."""
        page = self.with_context(hub_skills=self._count_skills())
        return super(HubOverview, page).get_overview()

    @api.model
    def _count_skills(self):
        """How many skills are in short supply, and how many rest on one person."""
        coverage = self.env["hub.skill.coverage"]
        if not coverage.has_access("read"):
            return 0, 0
        skills = coverage.search_fetch([], ["gap", "advice"])
        return tuple(len(skills.filtered_domain(d)) for d in (LACKING, FRAGILE))

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        user = self.env.user
        if user.has_group("solidarity_hub.group_hub_adviser"):
            return figures + self._get_pairing_figures()
        if user.has_group("solidarity_hub.group_hub_volunteer"):
            return figures + self._prepare_list_figure(
                "my_proposals",
                self.env._("Proposals waiting for my answer"),
                "solidarity_hub.hub_pairing_action",
                Domain("state", "=", "sent"),
                10,
                urgent=True,
            )
        return figures

    @api.model
    def _get_pairing_figures(self):
        return [
            *self._prepare_project_figure(
                "without_pair",
                self.env._("Projects without their two people"),
                self.env["crm.lead"]._hub_domain_waiting(),
                30,
                urgent=True,
            ),
            *self._prepare_list_figure(
                "unanswered",
                self.env._("Proposals without an answer"),
                "solidarity_hub.hub_pairing_action",
                Domain("state", "in", ("sent", "accepted")),
                40,
            ),
            *self._get_cohort_figures(),
            *self._get_skill_figures(),
        ]

    @api.model
    def _get_skill_figures(self):
        """What the network lacks, where the hub works with lists of pairs."""
        if not self.env.user.has_group("solidarity_hub.group_hub_feature_pairing"):
            return []
        lacking, fragile = self.env.context.get("hub_skills") or self._count_skills()
        return [
            *self._prepare_list_figure(
                "skills_lacking",
                self.env._("Skills in short supply"),
                "solidarity_hub.hub_skill_coverage_action",
                LACKING,
                50,
                urgent=True,
                value=lacking,
            ),
            *self._prepare_list_figure(
                "skills_fragile",
                self.env._("Skills that rest on one person"),
                "solidarity_hub.hub_skill_coverage_action",
                FRAGILE,
                120,
                value=fragile,
            ),
        ]

    @api.model
    def _get_cohort_figures(self):
        """Cohorts whose pairs were found and wait for somebody to look at them."""
        if not self.env.user.has_group("solidarity_hub.group_hub_feature_cohort"):
            return []
        return self._prepare_list_figure(
            "cohorts",
            self.env._("Cohorts to look at"),
            "solidarity_hub.hub_pairing_run_action",
            Domain("is_cohort", "=", True) & Domain("state", "=", "solved"),
            35,
            urgent=True,
        )

    @api.model
    def _pillar_note(self, kind):
        """Skills that projects need more of than volunteers offer."""
        note = super()._pillar_note(kind)
        if kind != "volunteer":
            return note
        lacking, _fragile = self.env.context.get("hub_skills") or self._count_skills()
        if not lacking:
            return note
        if lacking == 1:
            return self.env._("One skill is in short supply.")
        return self.env._("%(count)s skills are in short supply.", count=lacking)

    @api.model
    def _get_first_steps(self):
        paired = self.env["hub.pairing"].search_count(
            Domain("company_id", "=", self.env.company.id)
            & Domain("date_start", "!=", False),
            limit=1,
        )
        return super()._get_first_steps() + [
            self._prepare_step(
                "pair",
                self.env._("A first pair"),
                self.env._(
                    "Open a project and press “Form the pair”: who goes well with it is"
                    " said in words, and you choose."
                ),
                paired,
                "solidarity_hub.crm_lead_action_hub",
            )
        ]
