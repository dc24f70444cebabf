from odoo import fields, models

from .roles import ROLES, field_of

SEQUENCE = "hub.loan"


def _account(role, label, text=None):
    return fields.Many2one(
        "account.account",
        string=label,
        domain=[("account_type", "in", ROLES[role].types)],
        check_company=True,
        ondelete="restrict",
        help=text,
    )


class ResCompany(models.Model):
    """The accounts and the journal that the loans of a hub use."""

    _inherit = "res.company"

    hub_loan_journal_id = fields.Many2one(
        "account.journal",
        string="Journal of loans",
        domain=[("type", "=", "general")],
        check_company=True,
        ondelete="restrict",
        help="Entries of loans that move no money: paid out, due, year end.",
    )
    hub_loan_account_id = _account(
        "loan",
        "Loans granted",
        "Principal that is not due yet. Use it for nothing else: the control report"
        " compares its balance with the schedules.",
    )
    hub_due_account_id = _account(
        "due",
        "Instalments due",
        "What borrowers owe today. A receivable account, so that Odoo's own payments"
        " settle it.",
    )
    hub_payout_account_id = _account(
        "payout",
        "Loans to pay out",
        "Between the decision to pay out and the bank transfer.",
    )
    hub_doubtful_account_id = _account(
        "doubtful",
        "Doubtful loans",
        "Principal of doubtful loans, where they are kept apart.",
    )
    hub_doubtful_due_account_id = _account(
        "doubtful_due",
        "Instalments due on doubtful loans",
        "A receivable account too, so that Odoo's own payments settle it.",
    )
    hub_interest_account_id = _account("interest", "Interest on loans")
    hub_fee_account_id = _account("fee", "Fees on loans")
    hub_accrued_account_id = _account("accrued", "Interest earned, not due yet")
    hub_impairment_account_id = _account("impairment", "Impairment of loans")
    hub_impairment_charge_account_id = _account(
        "impairment_charge", "Impairment of loans: charge"
    )
    hub_impairment_reversal_account_id = _account(
        "impairment_reversal", "Impairment of loans: reversal"
    )
    hub_due_impairment_account_id = _account(
        "due_impairment", "Impairment of instalments due"
    )
    hub_due_impairment_charge_account_id = _account(
        "due_impairment_charge", "Impairment of instalments due: charge"
    )
    hub_due_impairment_reversal_account_id = _account(
        "due_impairment_reversal", "Impairment of instalments due: reversal"
    )
    hub_loss_account_id = _account(
        "loss",
        "Losses on loans",
        "Which account it is belongs to your accountant to say: 654, 664 and 668 are"
        " all in use.",
    )
    hub_interest_loss_account_id = _account(
        "interest_loss",
        "Interest that is given up",
        "Out of income, or a charge: as your accountant says.",
    )
    hub_recovery_account_id = _account("recovery", "Recovered after a loss")
    hub_guarantor_payable_account_id = _account(
        "guarantor_payable",
        "Guarantors: their share of recoveries",
        "What borrowers pay after a guarantee was called, as far as it goes back to the"
        " guarantor.",
    )
    hub_funder_debt_account_id = _account("funder_debt", "Loans from funders")
    hub_funder_payable_account_id = _account(
        "funder_payable", "Funders: due for payment"
    )
    hub_return_right_account_id = _account(
        "return_right", "Contributions with right of return"
    )
    hub_donation_account_id = _account("donation", "Donations")
    hub_subsidy_account_id = _account("subsidy", "Subsidies")
    hub_mandate_account_id = _account("mandate", "Money held for another lender")
    hub_commitment_account_id = _account(
        "commitment",
        "Commitments given",
        "Off balance: loans signed and not paid out yet. With its counterpart left"
        " empty, nothing is noted off balance.",
    )
    hub_commitment_counterpart_account_id = _account(
        "commitment_counterpart", "Commitments given: counterpart"
    )

    def _hub_setup(self):
        result = super()._hub_setup()
        for company in self:
            company._loan_sequence()
        self.env["hub.loan.basis"]._set_up(self)
        self.env["hub.loan"]._hub_import_learn_headers()
        return result

    def _loan_sequence(self):
        """Each hub numbers its own loans."""
        self.ensure_one()
        Sequence = self.env["ir.sequence"].sudo()
        found = Sequence.search(
            [("code", "=", SEQUENCE), ("company_id", "=", self.id)], limit=1
        )
        return found or Sequence.create(
            {
                "name": self.env._("Loans of %(hub)s", hub=self.name),
                "code": SEQUENCE,
                "prefix": "L%(year)s-",
                "padding": 3,
                "company_id": self.id,
            }
        )

    def _next_loan_number(self):
        self.ensure_one()
        return self._loan_sequence().next_by_id()

    def _hub_account(self, role):
        """The account of a role as the company has it now; empty where it has none."""
        self.ensure_one()
        return self[field_of(role)]
