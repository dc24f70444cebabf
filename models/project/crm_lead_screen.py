from odoo import api, models

# In the context of every screen of the hub. The web client passes on to the views the
# names that end this way only.
SCREEN = "hub_project_view_ref"

# What sales needs and nobody in a hub asks for.
SALES_FIELDS = {
    "automated_probability",
    "campaign_id",
    "commercial_partner_id",
    "company_currency",
    "contact_name",
    "date_automation_last",
    "date_closed",
    "date_conversion",
    "date_deadline",
    "date_open",
    "day_close",
    "day_open",
    "duplicate_lead_count",
    "duplicate_lead_ids",
    "duration_tracking",
    "email_domain_criterion",
    "expected_revenue",
    "function",
    "is_automated_probability",
    "is_partner_visible",
    "lead_properties",
    "lost_reason_id",
    "message_bounce",
    "medium_id",
    "partner_name",
    "probability",
    "prorated_revenue",
    "recurring_plan",
    "recurring_revenue",
    "recurring_revenue_monthly",
    "recurring_revenue_monthly_prorated",
    "recurring_revenue_prorated",
    "referred",
    "source_id",
    "stage_id_color",
    "team_id",
    "type",
    "website",
    "won_status",
}

# Actions of sales that would wait in the menus of the hub's lists.
SALES_ACTIONS = (
    "crm.action_merge_opportunities",
    "crm.action_crm_send_mass_convert",
    "crm.crm_lead_lost_action",
    "crm_iap_enrich.action_enrich_mail",
)


class CrmLead(models.Model):
    """How a project shows: its own form, in the words of the hub."""

    _inherit = "crm.lead"

    @api.model
    def _hub_labels(self):
        return {
            "name": self.env._("Project"),
            "user_id": self.env._("Adviser in charge"),
            "partner_id": self.env._("Contact person"),
            "stage_id": self.env._("Phase"),
            "description": self.env._("Request"),
            "date_last_stage_update": self.env._("In this phase since"),
            "is_rotting": self.env._("Waiting too long"),
            "rotting_days": self.env._("Days without change"),
        }

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """In the screens of the hub, fields bear its words and those of sales go."""
        result = super().fields_get(allfields=allfields, attributes=attributes)
        context = self.env.context
        if not context.get(SCREEN) and not context.get("default_is_hub_project"):
            return result if self._hub_is_known() else self._hub_left_out(result)
        labels = self._hub_labels()
        shown = {}
        for name, description in result.items():
            if name in SALES_FIELDS:
                continue
            if name in labels and "string" in description:
                description["string"] = labels[name]
            if "hub_" not in name:
                description.pop("help", None)
            if name in ("color", "hub_pairing_lock"):
                description.pop("aggregator", None)
            shown[name] = description
        return shown

    @api.model
    def get_views(self, views, options=None):
        """The menus of the hub's screens do not offer what sales does with leads."""
        result = super().get_views(views, options)
        if self.env.context.get(SCREEN):
            refused = {
                action.id
                for action in (self.env.ref(xid, False) for xid in SALES_ACTIONS)
                if action
            }
            for view in result["views"].values():
                toolbar = view.get("toolbar", {})
                if "action" in toolbar:
                    toolbar["action"] = [
                        action
                        for action in toolbar["action"]
                        if action["id"] not in refused
                    ]
        return result

    @api.model
    def _hub_is_known(self):
        """The user works with projects in some way, not with sales only."""
        return self.env.su or self.env.user.has_groups(
            "solidarity_hub.group_hub_adviser,solidarity_hub.group_hub_volunteer,"
            "solidarity_hub.group_hub_board,solidarity_hub.group_hub_finance"
        )

    @api.model
    def _hub_left_out(self, descriptions):
        """Salespeople find the fields they always had in filters and exports."""
        return {
            name: description
            for name, description in descriptions.items()
            if not name.startswith(("hub_", "is_hub_"))
        }

    def get_formview_id(self, access_uid=None):
        """A project opens on the hub's form, wherever one comes from."""
        if len(self) == 1 and self.is_hub_project:
            return self.env.ref("solidarity_hub.crm_lead_view_form_hub").id
        return super().get_formview_id(access_uid=access_uid)

    def get_formview_action(self, access_uid=None):
        action = super().get_formview_action(access_uid=access_uid)
        if len(self) == 1 and self.is_hub_project:
            action["context"] = {**action.get("context", {}), SCREEN: 1}
        return action

    def redirect_lead_opportunity_view(self):
        if self.is_hub_project:
            return self.get_formview_action()
        return super().redirect_lead_opportunity_view()

    def action_hub_reception(self):
        """Receive a person (button of the board)."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_reception_wizard_action"
        )

    def action_hub_close(self):
        """Note what the path led to, then end it."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_close_wizard_action"
        )
        action["context"] = {"default_lead_id": self.id}
        return action

    def action_hub_prepare_criteria(self):
        """Propose one line for each criterion that was not looked at yet."""
        axes = self.env["hub.project.criterion"]._fields["axis"].get_values(self.env)
        self.env["hub.project.criterion"].create(
            [
                {"lead_id": project.id, "axis": axis}
                for project in self
                for axis in axes
                if axis not in project.hub_criterion_ids.mapped("axis")
            ]
        )
