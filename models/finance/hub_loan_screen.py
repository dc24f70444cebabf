from odoo import api, fields, models
from odoo.exceptions import UserError


class HubLoan(models.Model):
    """What the form of a loan shows and opens."""

    _inherit = "hub.loan"

    move_count = fields.Integer(compute="_compute_counts", compute_sudo=True)
    version_count = fields.Integer(compute="_compute_counts", compute_sudo=True)
    open_amount = fields.Monetary(
        string="Unpaid", compute="_compute_open_amount", compute_sudo=True
    )
    is_agreement_over = fields.Boolean(compute="_compute_is_agreement_over")
    has_accounts = fields.Boolean(
        string="Accounts chosen", compute="_compute_has_accounts", compute_sudo=True
    )
    has_planned_tranche = fields.Boolean(compute="_compute_has_planned_tranche")
    payout_residual = fields.Monetary(
        string="Decided, not at the bank yet", compute="_compute_has_planned_tranche"
    )

    def _compute_counts(self):
        moves = self.env["account.move"]._read_group(
            [("hub_loan_id", "in", self.ids)], ["hub_loan_id"], ["__count"]
        )
        versions = self.env["hub.loan.schedule"]._read_group(
            [("loan_id", "in", self.ids)], ["loan_id"], ["__count"]
        )
        moves, versions = dict(moves), dict(versions)
        for loan in self:
            loan.move_count = moves.get(loan._origin, 0)
            loan.version_count = versions.get(loan._origin, 0)

    @api.depends("instalment_ids.residual_amount", "fee_residual")
    def _compute_open_amount(self):
        for loan in self:
            due = sum(loan.instalment_ids.mapped("residual_amount"))
            loan.open_amount = due + loan.fee_residual

    @api.depends("loan_account_id", "due_account_id", "payout_account_id")
    def _compute_has_accounts(self):
        for loan in self:
            loan.has_accounts = bool(
                loan.loan_account_id and loan.due_account_id and loan.payout_account_id
            )

    def _compute_is_agreement_over(self):
        today = fields.Date.context_today(self)
        for loan in self:
            last = loan.valid_until
            waiting = loan.state in ("approved", "signed")
            loan.is_agreement_over = bool(waiting and last and last < today)

    def _compute_has_planned_tranche(self):
        for loan in self:
            parts = loan.tranche_ids
            loan.has_planned_tranche = "planned" in parts.mapped("state")
            loan.payout_residual = sum(parts.mapped("residual_amount"))

    def action_open_moves(self):
        """The entries of this loan."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_journal_line"
        )
        action["domain"] = [("hub_loan_id", "=", self.id)]
        action["context"] = {"create": False}
        return action

    def action_open_schedules(self):
        """The versions of the schedule, with the reason of each."""
        self.ensure_one()
        return (
            self.sudo()
            .schedule_ids.sudo(False)
            ._get_records_action(
                name=self.env._("Versions of the schedule"), context={"create": False}
            )
        )

    def action_register_payment(self):
        """Odoo's own payment for all that is open on these loans."""
        self.check_access("read")
        lines = self.sudo()._open_debts()
        if not lines:
            raise UserError(
                self.env._(
                    "Nothing is open: all that was due is paid. For money that comes"
                    " before its date use “Payment in advance”."
                )
            )
        return lines.sudo(False).action_register_payment()

    def action_pay_in_advance(self):
        """Money that comes before anything is due: it settles what is due next."""
        self.ensure_one()
        if self.state != "disbursed":
            raise UserError(
                self.env._(
                    "%(loan)s is “%(state)s”: only a running loan is paid back.",
                    loan=self.display_name,
                    state=self._state_label(),
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payment in advance"),
            "res_model": "account.payment",
            "view_mode": "form",
            "target": "current",
            "context": {
                "default_payment_type": "inbound",
                "default_partner_type": "customer",
                "default_partner_id": self.partner_id.id,
                "default_amount": self.next_due_amount,
                "default_memo": self.name,
                "default_hub_loan_id": self.id,
                "default_company_id": self.company_id.id,
            },
        }

    def action_pay_out_decided(self):
        """Odoo's own payment for what is decided and has not left the bank."""
        return self.tranche_ids.action_register_payment()
