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
            *self._get_signature_figures(),
            *self._prepare_pact_figure(
                "pacts_refused",
                self.env._("Refusals to settle"),
                Domain("state", "=", "to_sign") & self._domain_refused(),
                56,
                urgent=True,
            ),
            *self._prepare_list_figure(
                "commitments_overdue",
                self.env._("Commitments overdue"),
                "solidarity_hub.hub_pact_commitment_action",
                Domain("is_overdue", "=", True),
                58,
                urgent=True,
            ),
            *self._prepare_pact_figure(
                "pacts_to_review",
                self.env._("Contracts and pacts to review within a month"),
                Domain("state", "=", "in_force") & Domain("next_review_on", "<=", soon),
                60,
            ),
        ]

    @api.model
    def _get_signature_figures(self):
        """Who is still to sign, and whom to call."""
        awaited = Domain("is_awaited", "=", True)
        return [
            *self._prepare_list_figure(
                "signatures_awaited",
                self.env._("Signatures awaited"),
                "solidarity_hub.hub_pact_party_action",
                awaited,
                52,
            ),
            *self._prepare_list_figure(
                "signatures_to_call",
                self.env._("To call for a signature"),
                "solidarity_hub.hub_pact_party_action",
                awaited & Domain("to_call", "=", True),
                54,
                urgent=True,
            ),
        ]

    @api.model
    def _domain_refused(self):
        """A party named in the signed text declined, and nobody has come instead."""
        replaced = Domain("replaced_by_ids", "any", [("answer", "!=", "no")])
        open_refusal = (
            Domain("answer", "=", "no") & Domain("text_name", "!=", False) & ~replaced
        )
        return Domain("party_ids", "any", open_refusal)

    @api.model
    def _prepare_pact_figure(self, key, label, domain, sequence, urgent=False):
        return self._prepare_list_figure(
            key, label, "solidarity_hub.hub_pact_action", domain, sequence, urgent
        )

    @api.model
    def _get_first_steps(self):
        # Whoever signs on a telephone prints nothing.
        there = Domain("printed_on", "!=", False) | Domain("in_force_from", "!=", False)
        printed = self.env["hub.pact"].search_count(
            Domain("company_id", "=", self.env.company.id) & there, limit=1
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
