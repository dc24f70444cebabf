from odoo import api, fields, models
from odoo.exceptions import UserError


class HubLoan(models.Model):
    """Paying a loan out: an entry that says it is to be paid, then Odoo's payment."""

    _inherit = "hub.loan"

    fee_line_id = fields.Many2one(
        "account.move.line",
        string="Fee owed",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    fee_residual = fields.Monetary(
        string="Fee still to be paid",
        compute="_compute_fee_residual",
        compute_sudo=True,
        store=True,
    )

    @api.depends("fee_line_id.amount_residual", "fee_line_id.parent_state")
    def _compute_fee_residual(self):
        for loan in self:
            owed = loan.fee_line_id
            loan.fee_residual = owed._hub_open_amount() if owed else 0

    def _prepare_tranches(self):
        """Before the signature: what is paid out in all is the amount of the loan."""
        self.ensure_one()
        if not self.tranche_ids:
            self.env["hub.loan.tranche"].create(
                {
                    "loan_id": self.id,
                    "date": self.disbursement_date,
                    "amount": self.amount,
                }
            )
        total = sum(self.tranche_ids.mapped("amount"))
        if self.currency_id.compare_amounts(total, self.amount):
            raise UserError(
                self.env._(
                    "%(loan)s: the payments out make %(total)s, the loan is"
                    " %(amount)s. Correct the payments out.",
                    loan=self.display_name,
                    total=self.currency_id.format(total),
                    amount=self.currency_id.format(self.amount),
                )
            )
        first = min(self.tranche_ids.mapped("date"))
        if first != self.disbursement_date:
            self._unguarded().disbursement_date = first

    def action_disburse(self):
        """Pay out what is planned next: the entry, then Odoo's payment to make."""
        self.ensure_one()
        part = self._next_tranche()
        part._release()
        return part.action_register_payment()

    def _pay_out_on(self, day, first_due_date=None):
        """Move what is planned next to the day on which it is paid out."""
        self.ensure_one()
        part = self._next_tranche()
        if first_due_date and self.state == "signed":
            self._unguarded().with_context(hub_no_plan=True).write(
                {"disbursement_date": day, "first_due_date": first_due_date}
            )
        part.date = day

    def action_pay_out(self):
        """Choose the day of the payment out."""
        self.ensure_one()
        self._next_tranche()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_loan_disburse_wizard_action"
        )
        action["context"] = {"default_loan_id": self.id}
        return action

    def _next_tranche(self):
        """The planned part that comes first.

        :raises UserError: nothing is left to be paid out
        """
        self.ensure_one()
        part = self.tranche_ids.filtered(lambda one: one.state == "planned")[:1]
        if self.state not in ("signed", "disbursed") or not part:
            raise UserError(
                self.env._(
                    "%(loan)s is “%(state)s”, %(rest)s of %(amount)s are planned to be"
                    " paid out: there is nothing to pay out now.",
                    loan=self.display_name,
                    state=self._state_label(),
                    rest=self.currency_id.format(part.amount),
                    amount=self.currency_id.format(self.amount),
                )
            )
        return part
