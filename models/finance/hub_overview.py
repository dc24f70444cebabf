from odoo import api, models
from odoo.fields import Domain


class HubOverview(models.AbstractModel):
    """What waits for whoever keeps the loans."""

    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        user = self.env.user
        if user.has_group("solidarity_hub.group_hub_finance") and user.has_group(
            "solidarity_hub.group_hub_feature_lending"
        ):
            figures += self._get_loan_figures()
        return figures

    @api.model
    def _get_loan_figures(self):
        hub = Domain("company_id", "in", self.env.companies.ids)
        return [
            *self._get_instalment_figures(hub),
            *self._prepare_loan_figure(
                "loans_submitted",
                self.env._("Loans before the committee"),
                hub & Domain("state", "=", "submitted"),
                62,
            ),
            *self._prepare_loan_figure(
                "loans_to_pay_out",
                self.env._("Loans to sign or pay out"),
                hub & Domain("state", "in", ("approved", "signed")),
                63,
            ),
            *self._prepare_list_figure(
                "loans_different",
                self.env._("Differences with the accounts"),
                "solidarity_hub.hub_loan_control_action",
                hub & Domain("is_different", "=", True),
                64,
                urgent=True,
            ),
        ]

    @api.model
    def _prepare_loan_figure(self, key, label, domain, sequence):
        return self._prepare_list_figure(
            key, label, "solidarity_hub.hub_loan_action", domain, sequence
        )

    @api.model
    def _get_instalment_figures(self, hub):
        """What borrowers owe, and what could not be entered in the accounts."""
        return [
            *self._prepare_list_figure(
                "instalments_late",
                self.env._("Late instalments"),
                "solidarity_hub.hub_loan_instalment_action_late",
                hub & Domain("is_overdue", "=", True),
                60,
                urgent=True,
            ),
            *self._prepare_list_figure(
                "instalments_refused",
                self.env._("Instalments not entered"),
                "solidarity_hub.hub_loan_instalment_action_month",
                hub & Domain("problem", "!=", False),
                61,
                urgent=True,
            ),
        ]
