from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _get_activity_groups(self):
        """Whoever works for the hub only reads “Projects”, not the word of sales."""
        groups = super()._get_activity_groups()
        if not self.env.user.has_group("sales_team.group_sale_salesman"):
            for group in groups:
                if group["model"] == "crm.lead":
                    group["name"] = self.env._("Projects")
        return groups
