from odoo import api, fields, models


class HubProjectAction(models.Model):
    _inherit = "hub.project.action"

    interview_id = fields.Many2one(
        "hub.interview",
        string="Agreed at",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        copy=False,
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever holds an interview adds its next steps to the project."""
        agreed = [vals for vals in vals_list if vals.get("interview_id")]
        if not agreed or self.env.su:
            return super().create(vals_list)
        if len(agreed) < len(vals_list):
            return self.browse().concat(*(self.create([vals]) for vals in vals_list))
        steps = super(HubProjectAction, self.sudo()).create(self._by_interview(agreed))
        return steps.sudo(False)

    @api.model
    def _by_interview(self, vals_list):
        """The values, checked and bound to the project of the interview."""
        bound = []
        for vals in vals_list:
            interview = self.env["hub.interview"].browse(vals["interview_id"])
            interview.check_access("write")
            bound.append(dict(vals, lead_id=interview.lead_id.id))
        return bound
