from odoo import api, fields, models
from odoo.fields import Domain


class HubOverview(models.AbstractModel):
    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        user = self.env.user
        if user.has_group("solidarity_hub.group_hub_adviser"):
            return figures + self._get_pact_figures()
        if user.has_groups(
            "solidarity_hub.group_hub_board,solidarity_hub.group_hub_volunteer"
        ):
            return figures + self._prepare_pact_figure(
                "pacts_in_force",
                self.env._("Pacts in force"),
                Domain("state", "=", "in_force"),
                130,
            )
        return figures

    @api.model
    def _get_pact_figures(self):
        soon = fields.Date.add(fields.Date.context_today(self), months=1)
        return [
            *self._prepare_pact_figure(
                "pacts_to_sign",
                self.env._("Contracts and pacts to sign"),
                Domain("state", "=", "to_sign"),
                50,
            ),
            *self._prepare_pact_figure(
                "pacts_to_review",
                self.env._("Contracts and pacts to review within a month"),
                Domain("state", "=", "in_force") & Domain("next_review_on", "<=", soon),
                60,
            ),
        ]

    @api.model
    def _prepare_pact_figure(self, key, label, domain, sequence):
        return self._prepare_list_figure(
            key, label, "solidarity_hub.hub_pact_action", domain, sequence
        )

    @api.model
    def _get_first_steps(self):
        printed = self.env["hub.pact"].search_count(
            Domain("company_id", "=", self.env.company.id)
            & Domain("printed_on", "!=", False),
            limit=1,
        )
        return super()._get_first_steps() + [
            self._prepare_step(
                "contract",
                self.env._("A first contract printed"),
                self.env._(
                    "From the project, press “Write the contract”: read it together,"
                    " print it, sign it."
                ),
                printed,
                "solidarity_hub.crm_lead_action_hub",
            )
        ]
