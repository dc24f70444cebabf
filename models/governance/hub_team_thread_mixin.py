from odoo import models

TEAM = "solidarity_hub.group_hub_adviser"


class HubTeamThreadMixin(models.AbstractModel):
    """A discussion of the team on a record that others read: members of a body see the
    meeting, not what the team says of it."""

    _name = "hub.team.thread.mixin"
    _description = "Discussion of the team"
    _inherit = ["mail.thread"]

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        if message_operation == "read" and not self.env.user.has_group(TEAM):
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)
