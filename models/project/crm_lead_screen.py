from odoo import models


class CrmLead(models.Model):
    """How a project shows: its own form, in the words of the hub."""

    _inherit = "crm.lead"

    def get_formview_id(self, access_uid=None):
        """A project opens on the hub's form, wherever one comes from."""
        if len(self) == 1 and self.is_hub_project:
            return self.env.ref("solidarity_hub.crm_lead_view_form_hub").id
        return super().get_formview_id(access_uid=access_uid)
