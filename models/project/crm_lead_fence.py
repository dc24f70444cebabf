from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CrmLead(models.Model):
    """What keeps the mechanisms of sales away from the projects of the hub."""

    _inherit = "crm.lead"

    def _hub_sales_only(self):
        """These records without the projects of the hub."""
        return self.filtered(lambda lead: not lead.is_hub_project)

    # ------------------------------------------------------------
    # Computed by sales
    # ------------------------------------------------------------

    def _compute_team_id(self):
        sales = self._hub_sales_only()
        for project in self - sales:
            if not project.team_id:
                company = project.company_id or self.env.company
                project.team_id = company._hub_team()
        return super(CrmLead, sales)._compute_team_id()

    def _compute_stage_id(self):
        sales = self._hub_sales_only()
        for project in self - sales:
            if not project.stage_id:
                project.stage_id = self.env["crm.stage"]._hub_stage("reception")
        return super(CrmLead, sales)._compute_stage_id()

    def _compute_company_id(self):
        sales = self._hub_sales_only()
        for project in self - sales:
            if not project.company_id:
                project.company_id = project.team_id.company_id or self.env.company
        return super(CrmLead, sales)._compute_company_id()

    def _compute_probabilities(self):
        sales = self._hub_sales_only()
        projects = self - sales
        projects.probability = projects.automated_probability = 0
        return super(CrmLead, sales)._compute_probabilities()

    def _compute_won_status(self):
        sales = self._hub_sales_only()
        (self - sales).won_status = "pending"
        return super(CrmLead, sales)._compute_won_status()

    def _compute_name(self):
        sales = self._hub_sales_only()
        for project in self - sales:
            if not project.name and project.partner_id:
                project.name = self.env._(
                    "Project of %(person)s", person=project.partner_id.name
                )
        return super(CrmLead, sales)._compute_name()

    def _compute_potential_lead_duplicates(self):
        """Leads resemble leads, projects resemble projects."""
        sales = self._hub_sales_only()
        projects = (self - sales).with_context(hub_side="hub")
        if projects:
            super(CrmLead, projects)._compute_potential_lead_duplicates()
        sales = sales.with_context(hub_side="sales")
        return super(CrmLead, sales)._compute_potential_lead_duplicates()

    # ------------------------------------------------------------
    # Found by sales
    # ------------------------------------------------------------

    @api.model
    def _search(self, domain, *args, **kwargs):
        """``hub_side`` in the context keeps a search on one side of the fence."""
        side = self.env.context.get("hub_side")
        if side:
            domain = Domain(domain) & Domain("is_hub_project", "=", side == "hub")
        return super()._search(domain, *args, **kwargs)

    @api.model
    @api.private
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Computes of this addon ask on which side a record stands: it is read along
        with the rest, not by a query of its own."""
        if field_names is not None:
            field_names = {*field_names, "is_hub_project"}
        return super().search_fetch(domain, field_names, offset, limit, order)

    def _get_lead_duplicates(self, partner=None, email=None, include_lost=False):
        """Projects are never merged, so they never count as double leads."""
        found = super()._get_lead_duplicates(
            partner=partner, email=email, include_lost=include_lost
        )
        return found._hub_sales_only()

    def _stage_find(self, team_id=False, domain=None, order="sequence, id", limit=1):
        """Projects find phases of the path, leads find stages of sales."""
        team = self.env["crm.team"].browse(team_id) if team_id else self.team_id[:1]
        is_hub = self[:1].is_hub_project if self else team.sudo().is_hub_team
        side = [("hub_phase", "!=" if is_hub else "=", False)]
        return super()._stage_find(
            team_id=team_id, domain=list(domain or []) + side, order=order, limit=limit
        )

    @api.model
    def _read_group_stage_ids(self, stages, domain):
        """Columns of a board: all phases in the hub, no phase at all in sales."""
        phases = self.env["crm.stage"].browse(self.env["crm.stage"]._hub_stage_ids())
        only_projects = stages and stages <= phases
        if only_projects or self.env.context.get("default_is_hub_project"):
            return phases
        shown = super()._read_group_stage_ids(stages, domain)
        return shown - (phases - stages)

    # ------------------------------------------------------------
    # Done by sales
    # ------------------------------------------------------------

    def _hub_refuse(self, message):
        projects = self.filtered("is_hub_project")
        if projects:
            names = ", ".join(f"“{name}”" for name in projects.mapped("name"))
            raise UserError(message % {"projects": names})

    def _merge_opportunity(
        self, user_id=False, team_id=False, auto_unlink=True, max_length=5
    ):
        self._hub_refuse(
            self.env._(
                "Projects of the hub are not merged: %(projects)s. Each keeps the path"
                " of a person. If one was created twice, archive the double and name"
                " the holder in the one you keep."
            )
        )
        return super()._merge_opportunity(
            user_id=user_id,
            team_id=team_id,
            auto_unlink=auto_unlink,
            max_length=max_length,
        )

    def convert_opportunity(self, partner, user_ids=False, team_id=False):
        self._hub_refuse(
            self.env._(
                "Projects of the hub are not converted: %(projects)s. Move them among"
                " the phases of the path instead."
            )
        )
        return super().convert_opportunity(partner, user_ids=user_ids, team_id=team_id)

    def _handle_salesmen_assignment(self, user_ids=False, team_id=False):
        self._hub_refuse(
            self.env._(
                "Projects of the hub are not assigned to salespeople: %(projects)s."
                " Choose the adviser in charge on the project."
            )
        )
        return super()._handle_salesmen_assignment(user_ids=user_ids, team_id=team_id)

    def action_set_won(self):
        self._hub_refuse_result()
        return super().action_set_won()

    def action_set_lost(self, **additional_values):
        self._hub_refuse_result()
        return super().action_set_lost(**additional_values)

    def _hub_refuse_result(self):
        self._hub_refuse(
            self.env._(
                "Projects of the hub are neither won nor lost: %(projects)s. Note the"
                " outcomes, then move the project to the last phase of its path."
            )
        )

    def copy_data(self, default=None):
        """Events come with the hub: their fields, which salespeople may not read, must
        not keep them from duplicating a lead."""
        hidden = {
            name: False
            for name, field in self._fields.items()
            if field.copy and field.groups and not self._has_field_access(field, "read")
        }
        vals_list = super().copy_data(default={**hidden, **(default or {})})
        kept = default or {}
        return [
            vals and {n: v for n, v in vals.items() if n not in hidden or n in kept}
            for vals in vals_list
        ]

    def _prepare_customer_values(self, partner_name, is_company=False, parent_id=False):
        """The notes of a project never become the comment of a contact."""
        values = super()._prepare_customer_values(
            partner_name, is_company=is_company, parent_id=parent_id
        )
        if self[:1].is_hub_project:
            values.pop("comment", None)
            values.pop("user_id", None)
        return values

    # ------------------------------------------------------------
    # Scored by sales
    # ------------------------------------------------------------

    def _pls_get_naive_bayes_probabilities(self, batch_mode=False, is_tooltip=False):
        sales = self._hub_sales_only()
        if not sales:
            return {}, {"probability": 0.0, "scores": []} if is_tooltip else {}
        return super(CrmLead, sales)._pls_get_naive_bayes_probabilities(
            batch_mode=batch_mode, is_tooltip=is_tooltip
        )

    def _pls_increment_frequencies(self, from_state=None, to_state=None):
        sales = self._hub_sales_only()
        if self and not sales:
            return None
        return super(CrmLead, sales)._pls_increment_frequencies(
            from_state=from_state, to_state=to_state
        )

    def _pls_get_lead_pls_values(self, domain=None):
        if domain:
            domain = Domain(domain) & Domain("is_hub_project", "=", False)
        return super()._pls_get_lead_pls_values(domain=domain)

    def _pls_prepare_frequencies(
        self, lead_values, leads_pls_fields, target_state=None
    ):
        """Phases of the hub are no stage that a sale passed through."""
        frequencies = super()._pls_prepare_frequencies(
            lead_values, leads_pls_fields, target_state=target_state
        )
        for stage_id in self.env["crm.stage"]._hub_stage_ids():
            frequencies.get("stage_id", {}).pop(str(stage_id), None)
        return frequencies
