from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class HubLoanInstalment(models.Model):
    """One line of a schedule, and what the accounts know of it.

    Until its date it is a plan without any entry. On its date one entry says that the
    borrower owes it; payments settle that entry as any other in Odoo.
    """

    _name = "hub.loan.instalment"
    _description = "Instalment of a loan"
    _order = "due_date, loan_id, sequence"
    _check_company_auto = True

    loan_id = fields.Many2one(
        "hub.loan", required=True, index=True, ondelete="cascade", check_company=True
    )
    schedule_id = fields.Many2one(
        "hub.loan.schedule",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    partner_id = fields.Many2one(
        related="loan_id.partner_id",
        string="Borrower",
        store=True,
        index=True,
        precompute=True,
    )
    company_id = fields.Many2one(
        related="loan_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(string="No.", required=True, aggregator=False)
    due_date = fields.Date(string="Due on", required=True, index=True)
    principal = fields.Monetary(required=True)
    interest = fields.Monetary(required=True)
    amount = fields.Monetary(
        string="To pay", compute="_compute_amount", store=True, precompute=True
    )
    balance_after = fields.Monetary(
        string="Still to pay back", required=True, aggregator=False
    )

    due_move_id = fields.Many2one(
        "account.move",
        string="Journal entry",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    due_line_id = fields.Many2one(
        "account.move.line",
        string="Line owed",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    residual_amount = fields.Monetary(
        string="Unpaid",
        compute="_compute_residual_amount",
        compute_sudo=True,
        store=True,
        help="What the accounts still wait for; nothing before the due date.",
    )
    problem = fields.Char(string="Not entered because", copy=False, readonly=True)

    _sequence_once = models.UniqueIndex(
        "(loan_id, sequence)", "Each line of a schedule has its own number."
    )
    _due_move_once = models.UniqueIndex(
        "(due_move_id) WHERE due_move_id IS NOT NULL",
        "An entry belongs to one instalment.",
    )
    _to_enter_idx = models.Index("(due_date) WHERE due_move_id IS NULL")

    @api.depends("loan_id.display_name", "sequence", "due_date", "amount")
    @api.depends_context("lang", "hub_due_calendar")
    def _compute_display_name(self):
        if self.env.context.get("hub_due_calendar"):
            for line in self:
                line.display_name = (
                    f"{line.currency_id.format(line.amount)} · {line.partner_id.name}"
                )
            return
        for line in self:
            day = format_date(self.env, line.due_date) if line.due_date else ""
            line.display_name = self.env._(
                "%(loan)s, no. %(number)s of %(date)s",
                loan=line.loan_id.display_name or "",
                number=line.sequence,
                date=day,
            )

    @api.depends("principal", "interest")
    def _compute_amount(self):
        for line in self:
            line.amount = line.principal + line.interest

    @api.depends("due_line_id.amount_residual", "due_line_id.parent_state")
    def _compute_residual_amount(self):
        for line in self:
            owed = line.due_line_id
            line.residual_amount = owed._hub_open_amount() if owed else 0

    @api.constrains("principal", "interest", "loan_id")
    def _check_principal(self):
        low = self.filtered(lambda line: line.principal < 0 or line.interest < 0)
        for line in low:
            line.loan_id._raise_problem(
                self.env._("principal and interest of a line are not negative.")
            )
        self.loan_id._check_principal()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_entered(self):
        for line in self.filtered("due_move_id"):
            raise UserError(
                self.env._(
                    "%(line)s is entered in the accounts (%(entry)s) and stays.",
                    line=line.display_name,
                    entry=line.due_move_id.display_name,
                )
            )

    def _as_tuple(self):
        """To compare with a line of ``tools.amortization``."""
        exact = self.loan_id._exact
        return (
            self.sequence,
            self.due_date,
            exact(self.principal),
            exact(self.interest),
        )

    def _as_dict(self):
        """Plain values, as they are kept with a version that is replaced."""
        return {
            "sequence": self.sequence,
            "due_date": fields.Date.to_string(self.due_date),
            "principal": self.principal,
            "interest": self.interest,
            "amount": self.amount,
            "balance_after": self.balance_after,
            "entry": self.due_move_id.name or "",
        }
