from odoo import models


class CrmLead(models.Model):
    """What a project writes to the people who follow it, in the words of the hub."""

    _inherit = "crm.lead"

    def _creation_message(self):
        self.ensure_one()
        if self.is_hub_project:
            lang = self.env.lang or self.company_id.partner_id.lang
            return self.with_context(lang=lang).env._("Project received.")
        return super()._creation_message()

    def _creation_subtype(self):
        if self[:1].is_hub_project:
            return self.env.ref("mail.mt_note")
        return super()._creation_subtype()

    def _track_subtype(self, init_values):
        self.ensure_one()
        if self.is_hub_project:
            return self.env.ref("mail.mt_note")
        return super()._track_subtype(init_values)

    def _get_model_description(self, model_name):
        if model_name == "crm.lead" and self and all(self.mapped("is_hub_project")):
            return self.env._("Project")
        return super()._get_model_description(model_name)

    def _message_post_after_hook(self, message, msg_vals):
        """Writing to a new contact completes records of the same side only."""
        side = "hub" if self.is_hub_project else "sales"
        return super(
            CrmLead, self.with_context(hub_side=side)
        )._message_post_after_hook(message, msg_vals)

    def log_meeting(self, meeting):
        if self.is_hub_project:
            return self.env["mail.message"]
        return super().log_meeting(meeting)

    def action_schedule_meeting(self, smart_calendar=True):
        """An appointment of the hub shows as busy time, without subject or holder."""
        action = super().action_schedule_meeting(smart_calendar=smart_calendar)
        if self.is_hub_project:
            action["context"] = {
                "default_name": self.env._("Appointment"),
                "default_partner_ids": self.env.user.partner_id.ids,
            }
        return action
