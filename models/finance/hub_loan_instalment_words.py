from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_list

from ...tools.amortization import impute_payment


class HubLoanInstalment(models.Model):
    """An instalment explains itself: what was paid, by which entries, and why."""

    _inherit = "hub.loan.instalment"

    paid_amount = fields.Monetary(
        string="Settled", compute="_compute_paid", compute_sudo=True
    )
    paid_interest = fields.Monetary(
        string="Interest settled",
        compute="_compute_paid",
        compute_sudo=True,
        help="A payment settles the interest of an instalment first.",
    )
    paid_principal = fields.Monetary(
        string="Principal settled", compute="_compute_paid", compute_sudo=True
    )
    settled_by_ids = fields.Many2many(
        "account.move",
        string="Settled by",
        compute="_compute_settled_by_ids",
        compute_sudo=True,
    )
    entered_on = fields.Date(
        string="Date in the accounts", related="due_move_id.date", related_sudo=True
    )
    is_date_shifted = fields.Boolean(
        string="Entered at another date",
        compute="_compute_is_date_shifted",
        compute_sudo=True,
        help="The accounts of the due date were closed: the entry bears a later date."
        " What is late is still counted from the due date.",
    )
    explanation = fields.Text(compute="_compute_explanation", compute_sudo=True)

    @api.depends("due_line_id", "residual_amount", "amount", "interest", "principal")
    def _compute_paid(self):
        for line in self:
            posted = line.due_line_id.parent_state == "posted"
            exact = line.loan_id._exact
            amount = line.amount - line.put_back
            paid = max(amount - line.residual_amount, 0) if posted else 0
            principal = line.principal - line.put_back
            owed = [(exact(line.interest), exact(principal))]
            [(interest, principal)], _left = impute_payment(exact(paid), owed)
            line.paid_amount = paid
            line.paid_interest, line.paid_principal = float(interest), float(principal)

    @api.depends("residual_amount", "due_line_id")
    def _compute_settled_by_ids(self):
        for line in self:
            matched = line.due_line_id.matched_credit_ids
            line.settled_by_ids = matched.credit_move_id.move_id

    @api.depends("due_move_id.date", "due_date")
    def _compute_is_date_shifted(self):
        for line in self:
            entered = line.due_move_id.date
            line.is_date_shifted = bool(entered and entered != line.due_date)

    @api.depends("state", "payment_in_process", "problem", "settled_by_ids")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for line in self:
            sentences = [
                line._why_in_words(),
                line._settled_in_words(),
                line._process_in_words(),
                line._date_in_words(),
            ]
            line.explanation = " ".join(filter(None, sentences))

    # ------------------------------------------------------------
    # Sentences
    # ------------------------------------------------------------

    def _why_in_words(self):
        due = format_date(self.env, self.due_date) if self.due_date else ""
        if not self.amount:
            return self.env._("Grace: nothing is to be paid, nothing is entered.")
        if self.due_line_id.parent_state == "posted":
            return self._entry_in_words()
        if self._is_gone():
            return self._deed_in_words()
        if self.problem:
            return self.env._("Not entered: %(reason)s", reason=self.problem)
        if self.due_move_id:
            return self.env._(
                "Its entry %(entry)s is a draft and does not count: post it again, or"
                " delete it and the instalment is entered anew.",
                entry=self.due_move_id.display_name,
            )
        if self.loan_id.state != "disbursed":
            return self.env._("Planned for %(date)s.", date=due)
        if self.due_date <= fields.Date.context_today(self):
            return self.env._(
                "Due on %(date)s: entered by the job of the day.", date=due
            )
        return self.env._(
            "Will be due on %(date)s; until then nothing is entered.", date=due
        )

    def _entry_in_words(self):
        loan, amount = self.loan_id, self.currency_id.format
        said = self.env._(
            "%(entry)s: %(partner)s owes %(amount)s (%(due)s); %(principal)s come off"
            " the loan (%(loan)s).",
            entry=self.due_move_id.name,
            partner=self.partner_id.display_name,
            amount=amount(self.amount),
            due=loan.due_account_id.display_name,
            principal=amount(self.principal),
            loan=loan.loan_account_id.display_name,
        )
        if not self.interest:
            return said
        earned = self.env._(
            "%(interest)s are interest earned (%(account)s).",
            interest=amount(self.interest),
            account=loan.interest_account_id.display_name,
        )
        return f"{said} {earned}"

    def _settled_in_words(self):
        if not self.paid_amount:
            return ""
        amount = self.currency_id.format
        said = self.env._(
            "%(paid)s settled by %(entries)s",
            paid=amount(self.paid_amount),
            entries=format_list(self.env, self.settled_by_ids.mapped("name")),
        )
        if self.residual_amount:
            return said + self.env._(
                ": interest first (%(interest)s), then principal (%(principal)s);"
                " %(open)s are open.",
                interest=amount(self.paid_interest),
                principal=amount(self.paid_principal),
                open=amount(self.residual_amount),
            )
        return f"{said}."

    def _process_in_words(self):
        if not self.payment_in_process:
            return ""
        return self.env._("A payment is in process: the bank has not shown it yet.")

    def _date_in_words(self):
        if not self.is_date_shifted:
            return ""
        return self.env._(
            "Entered on %(date)s, because the accounts of %(due)s were closed; it"
            " counts as due on %(due)s.",
            date=format_date(self.env, self.entered_on),
            due=format_date(self.env, self.due_date),
        )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_register_payment(self):
        """Odoo's own payment for these instalments: one payment for each."""
        self.check_access("read")
        lines = self.sudo()
        early = lines.filtered(lambda line: line.amount and not line.residual_amount)
        early = early.filtered(lambda line: line.state == "planned")
        if early:
            raise UserError(
                self.env._(
                    "Not in the accounts yet: %(lines)s. Take them out of the choice;"
                    " money that comes before its date is registered on the loan"
                    " (“Payment in advance”).",
                    lines=format_list(self.env, early.mapped("display_name")[:5]),
                )
            )
        open_lines = lines.filtered(lambda line: line.residual_amount > 0)
        if not open_lines:
            raise UserError(self.env._("These instalments are settled already."))
        # As from an invoice: one stays with the instalments.
        return open_lines.due_line_id.sudo(False).action_register_payment(
            ctx={"dont_redirect_to_payments": True}
        )

    def action_open_entry(self):
        self.ensure_one()
        return self.sudo().due_move_id.sudo(False)._get_records_action()
