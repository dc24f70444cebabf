from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .account_move import READERS


class HubLoanInstalment(models.Model):
    """What was due and unpaid when a loan was taken over is owed by a line of the
    opening entry: found by account, borrower and amount, never entered again."""

    _inherit = "hub.loan.instalment"

    is_opening = fields.Boolean(
        string="Unpaid when taken over", copy=False, readonly=True
    )

    opening_line_id = fields.Many2one(
        "account.move.line",
        string="Line of the opening entry",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="By which it was owed first; where a loan is kept apart as doubtful it is"
        " owed by another line later.",
    )

    _opening_idx = models.Index(
        "(loan_id) WHERE is_opening AND opening_line_id IS NULL"
    )

    @api.model
    def _domain_to_enter(self, done):
        return super()._domain_to_enter(done) & Domain("is_opening", "=", False)

    @api.model
    def _domain_opening(self):
        """Amounts whose line in the accounts is still to be found."""
        return Domain("is_opening", "=", True) & Domain("opening_line_id", "=", False)

    @api.model
    def _match_opening(self):
        """Tie open amounts of loans taken over to the lines that stand for them."""
        waiting = self.sudo().search(self._domain_opening(), order="due_date, id")
        if not waiting:
            return
        found = waiting._opening_lines()
        for instalment in waiting:
            loan = instalment.loan_id
            key = loan.due_account_id, loan.partner_id, loan.company_id
            line = next(
                (
                    line
                    for line in found.get(key, [])
                    if not loan.currency_id.compare_amounts(
                        line.balance, instalment.amount
                    )
                ),
                None,
            )
            if line:
                found[key] -= line
                instalment.write({"opening_line_id": line.id, "due_line_id": line.id})
                line.write(
                    {
                        "date_maturity": line.date_maturity or instalment.due_date,
                        "no_followup": False,
                    }
                )

    def _opening_lines(self):
        """``{(account, borrower, hub): lines}`` that no loan has claimed yet."""
        loans = self.loan_id
        lines = (
            self.env["account.move.line"]
            .sudo()
            .search(
                Domain("account_id", "in", loans.due_account_id.ids)
                & Domain("partner_id", "in", loans.partner_id.ids)
                & Domain("company_id", "in", loans.company_id.ids)
                & Domain("parent_state", "=", "posted")
                & Domain("balance", ">", 0)
                & Domain("move_id.hub_loan_id", "=", False),
                order="date_maturity, id",
            )
        )
        taken = self.sudo().search([("opening_line_id", "in", lines.ids)])
        free = lines - taken.opening_line_id
        free = free.filtered(lambda line: line.move_id._hub_holds())
        return free.grouped(lambda x: (x.account_id, x.partner_id, x.company_id))

    def _why_in_words(self):
        if not self.is_opening:
            return super()._why_in_words()
        day = format_date(self.env, self.loan_id.takeover_date)
        if not self.opening_line_id:
            return self.env._(
                "Was unpaid when the loan was taken over on %(date)s: no line of"
                " %(amount)s for %(name)s was found on %(account)s yet.",
                date=day,
                amount=self.currency_id.format(self.amount),
                name=self.partner_id.display_name,
                account=self.loan_id.due_account_id.display_name or "",
            )
        return self.env._(
            "Was unpaid when the loan was taken over on %(date)s; owed by the opening"
            " entry %(entry)s.",
            date=day,
            entry=self.opening_line_id.move_id.name,
        )


class HubLoan(models.Model):
    _inherit = "hub.loan"

    @api.model
    def _prepare_due_day(self):
        self.env["hub.loan.instalment"]._match_opening()
        return super()._prepare_due_day()

    def _opening_rows(self):
        """The statement of a loan taken over begins with what was owed then."""
        rows = super()._opening_rows()
        if not self.takeover_date:
            return rows
        unpaid = self.sudo().instalment_ids.filtered("is_opening")
        amount = self.takeover_balance + sum(unpaid.mapped("amount"))
        label = self.env._(
            "Owed when the loan was taken over (former number %(number)s)",
            number=self.takeover_reference,
        )
        return [
            *rows,
            self._statement_row(self.takeover_date, (-1, 0), label, amount),
        ]


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        """The opening entry may come after the loans: then they find their lines.

        Once it is reversed they wait for another one.
        """
        posted = super()._post(soft=soft)
        instalments = self.env["hub.loan.instalment"].sudo()
        if gone := posted.reversed_entry_id.filtered(lambda m: not m._hub_holds()):
            lost = instalments.search([("opening_line_id", "in", gone.line_ids.ids)])
            lost.write({"opening_line_id": False, "due_line_id": False})
            lost.loan_id._allocate()
        waiting = instalments.search_fetch(
            instalments._domain_opening(), ["loan_id"], limit=1
        )
        if waiting and posted.filtered(lambda move: move.move_type == "entry"):
            instalments._match_opening()
        return posted


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    hub_opening_ids = fields.One2many(
        "hub.loan.instalment",
        "opening_line_id",
        string="Unpaid when a loan was taken over",
        groups=READERS,
    )

    def _hub_owed_on(self):
        return super()._hub_owed_on() | self.sudo().hub_opening_ids.loan_id


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    def _hub_payment_vals(self, lines):
        """Money for what was unpaid at the take-over names its loan as well."""
        vals = super()._hub_payment_vals(lines)
        if vals:
            return vals
        instalments = self.env["hub.loan.instalment"].sudo()
        loans = instalments.search(
            [("due_line_id", "in", lines.ids), ("is_opening", "=", True)]
        ).loan_id
        others = lines.sudo().move_id.hub_loan_id - loans
        return {"hub_loan_id": loans.id} if len(loans) == 1 and not others else {}
