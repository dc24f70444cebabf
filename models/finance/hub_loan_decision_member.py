from odoo import api, fields, models


class HubLoanDecisionMember(models.Model):
    """Somebody who sat in a committee, and whether he or she withdrew for this loan."""

    _name = "hub.loan.decision.member"
    _description = "Member of a loan committee"
    _order = "id"
    _rec_name = "partner_id"
    _check_company_auto = True

    decision_id = fields.Many2one(
        "hub.loan.decision",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="decision_id.company_id", store=True, index=True, precompute=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Member",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    conflict = fields.Char(
        string="Interest of his or her own",
        help="e.g. lends to the borrower, is a relative, sells to the project.",
    )
    withdrew = fields.Boolean(help="Left while this loan was discussed and decided.")

    def _conflict_problem(self):
        """Why this member cannot have decided, in a sentence; else None."""
        self.ensure_one()
        if self.conflict:
            return self.env._(
                "%(name)s has an interest of his or her own (%(conflict)s) and must"
                " withdraw.",
                name=self.partner_id.display_name,
                conflict=self.conflict,
            )
        if self.decision_id.loan_id._concerns(self.partner_id):
            return self.env._(
                "%(name)s borrows or carries the project, or speaks for who does, and"
                " must withdraw.",
                name=self.partner_id.display_name,
            )
        return None

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members.decision_id._check_not_recorded()
        return members

    def write(self, vals):
        self.decision_id._check_not_recorded()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        self.decision_id._check_not_recorded()
