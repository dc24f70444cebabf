from odoo import api, fields, models
from odoo.exceptions import UserError


class HubLoanCondition(models.Model):
    """Something that must be there before a loan is paid out."""

    _name = "hub.loan.condition"
    _description = "Condition before a loan is paid out"
    _inherit = ["hub.guard.mixin"]
    _order = "id"
    _check_company_auto = True
    _guarded_fields = frozenset({"met_on", "met_by_id"})

    name = fields.Char(string="Condition", required=True)
    decision_id = fields.Many2one(
        "hub.loan.decision",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
    )
    loan_id = fields.Many2one(
        "hub.loan", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        related="loan_id.company_id", store=True, index=True, precompute=True
    )
    is_met = fields.Boolean(string="Met")
    met_on = fields.Date(copy=False, readonly=True)
    met_by_id = fields.Many2one(
        "res.users", string="Seen by", copy=False, readonly=True
    )
    note = fields.Char(string="How it was seen")

    @api.model_create_multi
    def create(self, vals_list):
        decisions = self.env["hub.loan.decision"]
        for vals in vals_list:
            if vals.get("decision_id") and not vals.get("loan_id"):
                vals["loan_id"] = decisions.browse(vals["decision_id"]).loan_id.id
        conditions = super().create(vals_list)
        conditions.decision_id._check_not_recorded()
        conditions.filtered("is_met")._stamp(True)
        return conditions

    def write(self, vals):
        if {"name", "decision_id", "loan_id"} & set(vals):
            self.decision_id._check_not_recorded()
        if "is_met" in vals:
            for condition in self:
                if condition.is_met != bool(vals["is_met"]):
                    condition._stamp(vals["is_met"])
        return super().write(vals)

    def _stamp(self, met):
        self._unguarded().write(
            {
                "met_on": met and fields.Date.context_today(self),
                "met_by_id": met and self.env.uid,
            }
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        self.decision_id._check_not_recorded()


class HubLoan(models.Model):
    _inherit = "hub.loan"

    waiting_conditions = fields.Char(
        string="Conditions not met yet", compute="_compute_waiting_conditions"
    )

    @api.depends("condition_ids.is_met", "condition_ids.name", "state")
    def _compute_waiting_conditions(self):
        """What is looked at before the money goes out."""
        for loan in self:
            before = loan.state in ("approved", "signed")
            waiting = loan._waiting_conditions() if before else loan.condition_ids[:0]
            loan.waiting_conditions = ", ".join(waiting.mapped("name"))

    def _waiting_conditions(self):
        return self.condition_ids.filtered(
            lambda condition: (
                not condition.is_met
                and (not condition.decision_id or condition.decision_id.recorded_on)
            )
        )

    def _check_conditions_met(self):
        for loan in self:
            waiting = loan._waiting_conditions()
            if waiting:
                raise UserError(
                    self.env._(
                        "%(loan)s is paid out once these conditions are met:"
                        " %(conditions)s. Tick them off on the loan when they are.",
                        loan=loan.display_name,
                        conditions=", ".join(waiting.mapped("name")),
                    )
                )
