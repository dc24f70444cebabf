from odoo import api, fields, models
from odoo.exceptions import UserError


class HubAccessLog(models.Model):
    """Who opened a note that was not his to read, when and why. Nobody edits it."""

    _name = "hub.access.log"
    _description = "Exceptional access to a confidential note"
    _order = "id desc"
    _check_company_auto = True

    note_id = fields.Many2one("hub.interview.note", index=True, ondelete="set null")
    interview_id = fields.Many2one(
        "hub.interview", required=True, index=True, ondelete="restrict"
    )
    lead_id = fields.Many2one(
        "crm.lead", string="Project", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="lead_id.company_id", store=True, precompute=True, index=True
    )
    user_id = fields.Many2one("res.users", string="Opened by", required=True)
    partner_id = fields.Many2one(
        "res.partner", string="Reader", required=True, index=True, ondelete="restrict"
    )
    date = fields.Datetime(
        string="Opened on", required=True, default=fields.Datetime.now
    )
    until = fields.Datetime(string="Open until", required=True)
    reason = fields.Text(required=True)

    @api.depends("interview_id.display_name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.interview_id.display_name or ""

    def write(self, vals):
        self._raise_kept()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ever(self):
        self._raise_kept()

    def _raise_kept(self):
        raise UserError(
            self.env._("What was opened stays on record: it is not changed or deleted.")
        )
