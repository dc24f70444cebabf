from odoo import api, models

RULING = {"partner_id", "company_id", "kind", "date_start", "date_end"}


class HubRole(models.Model):
    """Time counts as what the person was on that day, also when a role is noted or
    corrected afterwards."""

    _inherit = "hub.role"

    @api.model_create_multi
    def create(self, vals_list):
        roles = super().create(vals_list)
        self._count_time_again(roles.partner_id)
        return roles

    def write(self, vals):
        if not RULING & set(vals):
            return super().write(vals)
        partners = self.partner_id
        result = super().write(vals)
        self._count_time_again(partners | self.partner_id)
        return result

    def unlink(self):
        partners = self.partner_id
        result = super().unlink()
        self._count_time_again(partners)
        return result

    @api.model
    def _count_time_again(self, partners):
        hours = self.env["hub.volunteer.hours"].sudo().with_context(active_test=False)
        hours.search([("partner_id", "in", partners.ids)]).modified(["partner_id"])
