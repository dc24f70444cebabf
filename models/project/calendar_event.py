from odoo import api, models


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        """An appointment shows to all colleagues: it never names a project."""
        return super().create([self._hub_without_project(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._hub_without_project(vals))

    @api.model
    def _hub_without_project(self, vals):
        lead = self.env["crm.lead"].sudo().browse(vals.get("opportunity_id") or [])
        return dict(vals, opportunity_id=False) if lead.is_hub_project else vals
