from odoo import api, models


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        """An appointment shows to all colleagues: it never names a project."""
        leads = self.env["crm.lead"].browse(
            {vals["opportunity_id"] for vals in vals_list if vals.get("opportunity_id")}
        )
        projects = leads.sudo().filtered("is_hub_project")
        if not projects:
            return super().create(vals_list)
        return super().create(
            [
                dict(vals, opportunity_id=False)
                if vals.get("opportunity_id") in projects.ids
                else vals
                for vals in vals_list
            ]
        )
