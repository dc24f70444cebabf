from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang

SOON = 7
FUND_READERS = "solidarity_hub.group_hub_finance,solidarity_hub.group_hub_board"


class HubOverview(models.AbstractModel):
    """What waits for whoever keeps the loans."""

    _inherit = "hub.overview"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        user = self.env.user
        if not user.has_group("solidarity_hub.group_hub_feature_lending"):
            return figures
        if user.has_group("solidarity_hub.group_hub_finance"):
            figures += self._get_loan_figures()
        if user.has_groups(FUND_READERS):
            figures += self._get_fund_figures()
        return figures

    @api.model
    def _get_first_steps(self):
        steps = super()._get_first_steps()
        if not self.env.user.has_group("solidarity_hub.group_hub_feature_lending"):
            return steps
        return [
            *steps,
            self._prepare_step(
                "loan_accounts",
                self.env._("Accounts of loans"),
                self.env._("Those of your chart; what it lacks is created."),
                self.env.company.sudo().hub_loan_account_id,
                "solidarity_hub.hub_loan_accounts_wizard_action",
            ),
        ]

    @api.model
    def _get_loan_figures(self):
        hub = Domain("company_id", "in", self.env.companies.ids)
        today = fields.Date.context_today(self)
        return [
            *self._get_instalment_figures(hub),
            *self._get_step_figures(hub),
            *self._prepare_list_figure(
                "contributions_due",
                self.env._("Calls and returns due"),
                "solidarity_hub.hub_contribution_line_action",
                hub & Domain("state", "!=", "settled") & Domain("date", "<=", today),
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
                "instalments_soon",
                self.env._("Instalments due within a week"),
                "solidarity_hub.hub_loan_instalment_action_month",
                hub & self._soon(),
                61,
            ),
            *self._prepare_list_figure(
                "instalments_refused",
                self.env._("Instalments not entered"),
                "solidarity_hub.hub_loan_instalment_action_month",
                hub & Domain("problem", "!=", False),
                61,
                urgent=True,
            ),
            *self._prepare_list_figure(
                "reminders_to_send",
                self.env._("Reminders to send"),
                "solidarity_hub.hub_loan_reminder_action",
                hub & Domain("state", "=", "prepared"),
                61,
            ),
        ]

    @api.model
    def _get_step_figures(self, hub):
        """Loans that wait for somebody before the money goes out."""
        signed = Domain("state", "=", "signed")
        to_pay = signed | Domain("tranche_ids.residual_amount", ">", 0)
        return [
            *self._prepare_loan_figure(
                "loans_submitted",
                self.env._("Loans before the committee"),
                hub & Domain("state", "=", "submitted"),
                62,
            ),
            *self._prepare_loan_figure(
                "loans_to_sign",
                self.env._("Loans to sign"),
                hub & Domain("state", "=", "approved"),
                63,
            ),
            *self._prepare_loan_figure(
                "loans_to_pay_out", self.env._("Loans to pay out"), hub & to_pay, 63
            ),
        ]

    @api.model
    def _prepare_loan_figure(self, key, label, domain, sequence):
        return self._prepare_list_figure(
            key, label, "solidarity_hub.hub_loan_action", domain, sequence
        )

    @api.model
    def _soon(self):
        """What becomes due from today on, on loans that run."""
        today = fields.Date.context_today(self)
        return (
            Domain("due_date", ">=", today)
            & Domain("due_date", "<=", fields.Date.add(today, days=SOON))
            & Domain("amount", ">", 0)
            & Domain("state", "in", ("planned", "due", "partial"))
            & Domain("loan_id.state", "=", "disbursed")
        )

    @api.model
    def _get_fund_figures(self):
        """Where the money is, once there is some."""
        company = self.env.company
        funds = self.env["hub.fund"].search([("company_id", "=", company.id)])
        if not any(funds.mapped("received_amount")):
            return []
        action = "solidarity_hub.hub_fund_action"
        return [
            self._prepare_figure(
                "funds_lent",
                self.env._("With borrowers"),
                self._in_units(sum(funds.mapped("outstanding_amount"))),
                action,
                140,
            ),
            self._prepare_figure(
                "funds_available",
                self.env._("Can be lent"),
                self._in_units(sum(funds.mapped("available_amount"))),
                action,
                141,
            ),
        ]

    @api.model
    def _in_units(self, amount):
        """Money without cents: the first page is read from afar."""
        currency = self.env.company.currency_id
        return formatLang(
            self.env, amount, currency_obj=currency, rounding_unit="units"
        )
