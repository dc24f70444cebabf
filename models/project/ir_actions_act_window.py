from odoo import models

from .crm_lead_screen import SCREEN

SALES_DOMAIN = "('is_hub_project', '=', False)"


class IrActionsActWindow(models.Model):
    _inherit = "ir.actions.act_window"

    def _get_action_dict(self):
        """Whoever has rights in sales and in the hub finds only sales in sales screens.

        Nothing is stored in the actions of sales: they stay what they are, also after
        the addon is gone.
        """
        result = super()._get_action_dict()
        if (
            self.res_model != "crm.lead"
            or SCREEN in (self.context or "")
            or not self.env.user.has_group("solidarity_hub.group_hub_adviser")
        ):
            return result
        if self._is_hub_activities():
            if self.env.user.has_group("sales_team.group_sale_salesman"):
                return result
            return self._for_xml_id("solidarity_hub.crm_lead_action_hub_my_activities")
        return dict(result, domain=self._hub_sales_domain(result.get("domain")))

    def _is_hub_activities(self):
        """The list that the activity menu opens, whatever the person works on."""
        mine = self.env.ref("crm.crm_lead_action_my_activities", False)
        return self == mine

    def _hub_sales_domain(self, domain):
        # The text is read by the browser, with names (uid, active_id) it alone knows.
        terms = (domain or "[]").strip()[1:].strip()
        return f"[{SALES_DOMAIN}{']' if terms == ']' else ', ' + terms}"
