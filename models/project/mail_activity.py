from odoo import models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def action_create_calendar_event(self):
        """All colleagues read a calendar: an appointment of the hub names nobody."""
        action = super().action_create_calendar_event()
        model = self.res_model or ""
        if model.startswith("hub.") or (
            model == "crm.lead" and self.env[model].browse(self.res_id).is_hub_project
        ):
            action["context"] = {
                **action["context"],
                "default_name": self.env._("Appointment"),
                "default_description": "",
            }
        return action
