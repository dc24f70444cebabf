from odoo import api, fields, models


class HubLoanEndWizard(models.TransientModel):
    """A loan becomes doubtful or sound again, is lost, or cancelled."""

    _name = "hub.loan.end.wizard"
    _description = "Loss, doubt or cancellation of a loan"
    _inherit = ["hub.loan.change.mixin"]

    kind = fields.Selection(
        [
            ("doubtful", "Doubtful"),
            ("sound", "No longer doubtful"),
            ("write_off", "Loss"),
            ("cancel", "Cancellation"),
        ],
        required=True,
        readonly=True,
    )

    def _kind(self):
        return self.kind

    @api.depends("loan_id", "kind")
    def _compute_needs_second_person(self):
        return super()._compute_needs_second_person()

    @api.depends("loan_id", "kind")
    def _compute_preview(self):
        return super()._compute_preview()

    def _show(self):
        return getattr(self, f"_show_{self.kind}")(), None

    def _show_doubtful(self):
        if self._seen_loan().company_id.hub_doubtful_apart:
            return self.env._(
                "What is owed moves to the accounts of doubtful loans. It can still be"
                " paid, and nothing else changes for the borrower."
            )
        return self.env._("The loan is marked as doubtful; no entry is made.")

    def _show_sound(self):
        return self.env._("The loan is like any other again.")

    def _show_write_off(self):
        loan = self._seen_loan()
        text = self.env._(
            "%(amount)s become a loss, and what was set aside for it is free again. The"
            " borrower still owes it: what comes later is entered as recovered.",
            amount=loan.currency_id.format(loan._exposure(with_interest=True)),
        )
        open_ones = loan.guarantee_ids.filtered(lambda one: one.state == "active")
        if not open_ones:
            return text
        return (
            text
            + " "
            + self.env._(
                "A guarantee has not been called: %(names)s.",
                names=", ".join(open_ones.mapped("partner_id.display_name")),
            )
        )

    def _show_cancel(self):
        return self.env._(
            "All entries of the loan are reversed. What the borrower received is owed"
            " back, and entered when it comes."
        )

    def _after(self, change):
        loan = change.loan_id
        if self.kind == "cancel" and loan.giving_back_amount:
            return loan.action_receive_back()
        return super()._after(change)
