from odoo import api, fields, models

from ..common.hub_guard_mixin import OPEN
from .account_move import READERS


class AccountPayment(models.Model):
    """A payment may say which loan it is for: also before anything is due."""

    _inherit = "account.payment"

    hub_loan_id = fields.Many2one(
        "hub.loan",
        string="Solidarity loan",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        groups=READERS,
        help="The loan that this money pays back, whoever sends it.",
    )

    @api.depends("hub_loan_id")
    def _compute_destination_account_id(self):
        result = super()._compute_destination_account_id()
        for payment in self.sudo().filtered("hub_loan_id"):
            loan = payment.hub_loan_id
            if payment.payment_type == "inbound" and loan.due_account_id:
                payment.destination_account_id = loan.due_account_id
        return result

    def _generate_move_vals(self, *args, **kwargs):
        """The entry of the payment names the loan, too: it is found from there."""
        vals = super()._generate_move_vals(*args, **kwargs)
        if loan := self.sudo().hub_loan_id:
            vals["hub_loan_id"] = loan.id
        return vals

    def _generate_journal_entry(self, *args, **kwargs):
        opened = self.with_context(hub_guard=OPEN)
        return super(AccountPayment, opened)._generate_journal_entry(*args, **kwargs)

    def write(self, vals):
        result = super().write(vals)
        if "hub_loan_id" in vals:
            for payment in self.sudo().filtered("move_id"):
                payment.move_id.with_context(
                    hub_guard=OPEN
                ).hub_loan_id = payment.hub_loan_id
        return result

    def action_post(self):
        """Money that names a loan settles what is owed on it, the oldest first."""
        result = super().action_post()
        if not self.env.context.get("hub_register_payment"):
            self.sudo().hub_loan_id._match_credits()
        return result
