from odoo import api, fields, models

PLANNED_BY = {"date", "kind", "quantity", "lead_id"}


class HubOutcome(models.Model):
    """An activity that was created is looked back at: see ``hub.follow.up``."""

    _inherit = "hub.outcome"

    follow_up_ids = fields.One2many(
        "hub.follow.up", "outcome_id", string="Follow-ups", readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        outcomes = super().create(vals_list)
        outcomes._plan_follow_ups(outcomes.lead_id)
        return outcomes

    def write(self, vals):
        left = self.lead_id
        result = super().write(vals)
        if "lead_id" in vals:
            rows = self.sudo().follow_up_ids
            rows._unguarded().write({"lead_id": vals["lead_id"]})
        if PLANNED_BY & set(vals):
            self._plan_follow_ups(left | self.lead_id)
        return result

    def unlink(self):
        """What was answered stays; what is still to come goes with the outcome."""
        leads = self.lead_id
        rows = self.sudo().follow_up_ids
        rows.filtered(lambda row: not row.done_on).unlink()
        result = super().unlink()
        rows.exists().invalidate_recordset(["outcome_id"])
        self._plan_follow_ups(leads.exists())
        return result

    @api.model
    def _plan_follow_ups(self, leads):
        self.env["hub.follow.up"].sudo()._plan(leads.sudo())
