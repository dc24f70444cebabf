from odoo import models


class HubCloseWizard(models.TransientModel):
    """The road together ends with the path of the project."""

    _inherit = "hub.close.wizard"

    def action_close(self):
        """End the path, and the accompaniment with it."""
        result = super().action_close()
        self.lead_id._hub_end_pairings()
        return result
