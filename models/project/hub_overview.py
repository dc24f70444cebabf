from odoo import api, fields, models
from odoo.fields import Domain


class HubOverview(models.AbstractModel):
    _inherit = "hub.overview"

    @api.model
    def _get_shortcuts(self):
        action = self._get_action(
            "solidarity_hub.hub_reception_wizard_action", "create"
        )
        shortcuts = super()._get_shortcuts()
        if action:
            label = self.env._("Receive a person")
            shortcuts.append({"key": "reception", "label": label, "action": action})
        return shortcuts

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        user = self.env.user
        if user.has_group("solidarity_hub.group_hub_adviser"):
            return figures + self._get_project_figures()
        if user.has_group("solidarity_hub.group_hub_volunteer"):
            return figures + self._prepare_project_figure(
                "my_projects",
                self.env._("Projects I accompany"),
                Domain("stage_id.hub_phase", "!=", "closed"),
                20,
            )
        if user.has_group("solidarity_hub.group_hub_board"):
            figures.append(self._get_under_way_figure())
        return figures

    @api.model
    def _get_project_figures(self):
        today = fields.Date.context_today(self)
        return [
            *self._prepare_project_figure(
                "to_do",
                self.env._("My calls and tasks for today"),
                Domain("my_activity_date_deadline", "<=", today),
                10,
                urgent=True,
                # A list: the telephone and the task beside each name.
                action="solidarity_hub.crm_lead_action_hub_my_activities",
            ),
            *self._prepare_project_figure(
                "received",
                self.env._("Received this month"),
                Domain("hub_reception_date", ">=", today.replace(day=1)),
                80,
            ),
            *self._prepare_project_figure(
                "waiting",
                self.env._("Waiting since reception"),
                Domain("stage_id.hub_phase", "=", "reception"),
                20,
            ),
            *self._prepare_project_figure(
                "lacks_outcome",
                self.env._("Ended without a word on the outcome"),
                Domain("hub_lacks_outcome", "=", True),
                70,
                urgent=True,
            ),
        ]

    @api.model
    def _prepare_project_figure(
        self,
        key,
        label,
        domain,
        sequence,
        urgent=False,
        action="solidarity_hub.crm_lead_action_hub",
    ):
        return self._prepare_list_figure(
            key,
            label,
            action,
            self._get_projects_domain() & domain,
            sequence,
            urgent,
        )

    @api.model
    def _get_under_way_figure(self):
        """A number without its list: the board never sees a person's project."""
        domain = self._get_projects_domain() & Domain(
            "stage_id.hub_phase", "not in", ("reception", "closed")
        )
        return self._prepare_figure(
            "under_way",
            self.env._("Projects under way"),
            self.env["crm.lead"].sudo().search_count(domain),
            False,
            130,
        )

    @api.model
    def _get_projects_domain(self):
        return Domain("is_hub_project", "=", True) & Domain(
            "company_id", "in", self.env.companies.ids
        )

    @api.model
    def _get_first_steps(self):
        received = self.env["crm.lead"].search_count(
            self._get_projects_domain(), limit=1
        )
        return super()._get_first_steps() + [
            self._prepare_step(
                "reception",
                self.env._("A first person received"),
                self.env._(
                    "Half a minute: a name, a telephone, the request and what comes"
                    " next."
                ),
                received,
                "solidarity_hub.hub_reception_wizard_action",
            )
        ]
