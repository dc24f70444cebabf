from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..common.hub_guard_mixin import OPEN
from .account_move import READERS

LINKS = frozenset({"hub_contribution_id", "hub_contribution_line_id"})
# Entries that say something of the funds by themselves; what is due does so when paid.
TOLD_AT_ONCE = frozenset(
    {"disbursement", "write_off", "waiver", "guarantee", "recovery"}
)
NOT_ANALYSED = frozenset({"asset_receivable", "liability_payable", "off_balance"})


class AccountMove(models.Model):
    """Entries of contributions, and what entries of loans mean for the funds."""

    _inherit = "account.move"

    hub_contribution_id = fields.Many2one(
        "hub.contribution",
        string="Contribution",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups=READERS,
    )
    hub_contribution_line_id = fields.Many2one(
        "hub.contribution.line",
        string="Call or return",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=READERS,
    )

    _hub_contribution_once = models.UniqueIndex(
        "(hub_contribution_line_id) WHERE hub_is_live AND reversed_entry_id IS NULL",
        "This is entered already: a call or a return is owed once.",
    )

    def _hub_check_links_untouched(self, vals):
        result = super()._hub_check_links_untouched(vals)
        for name in LINKS & set(vals):
            if vals[name] or self.sudo().filtered(name):
                raise UserError(
                    self.env._(
                        "“%(field)s” is not typed in: entries of contributions are made"
                        " from the contribution.",
                        field=self._fields[name]._description_string(self.env),
                    )
                )
        return result

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """The reversal of an entry of a contribution belongs to it, too."""
        if not self.sudo().filtered("hub_contribution_id"):
            return super()._reverse_moves(default_values_list, cancel)
        default_values_list = default_values_list or [{} for _move in self]
        for move, values in zip(self.sudo(), default_values_list, strict=True):
            if move.hub_contribution_id:
                values.update(
                    hub_contribution_id=move.hub_contribution_id.id,
                    hub_contribution_line_id=move.hub_contribution_line_id.id,
                    hub_kind=move.hub_kind,
                )
        opened = self.with_context(hub_guard=OPEN)
        moves = super(AccountMove, opened)._reverse_moves(default_values_list, cancel)
        return moves.with_context(hub_guard=None)

    # ------------------------------------------------------------
    # The fund book follows
    # ------------------------------------------------------------

    def _hub_check_before_posting(self):
        result = super()._hub_check_before_posting()
        for move in self.filtered(lambda one: not one.reversed_entry_id):
            line = move.hub_contribution_line_id
            if line:
                move._hub_check_contribution(line)
        return result

    def _hub_check_contribution(self, line):
        """An entry of a call or a return says what is planned."""
        account = line._settled_account() or line.contribution_id.account_id
        amount = line.amount if line._settled_account() else line.principal
        sums = self.line_ids.filtered(lambda one: one.account_id == account)
        balance = abs(sum(sums.mapped("balance")))
        if line.currency_id.compare_amounts(balance, amount):
            raise UserError(
                self.env._(
                    "%(line)s: %(amount)s on %(account)s were planned. Correct the"
                    " entry, or reverse it and enter another amount.",
                    line=line.display_name,
                    amount=line.currency_id.format(amount),
                    account=account.display_name,
                )
            )

    def _hub_follow_state(self):
        result = super()._hub_follow_state()
        chain = self
        while new := chain.reversed_entry_id - chain:
            chain |= new
        first = chain.filtered(lambda move: not move.reversed_entry_id)
        first.filtered("hub_contribution_line_id")._hub_follow_contribution()
        told = chain.filtered(
            lambda move: move.hub_kind in TOLD_AT_ONCE or not move.hub_is_live
        )
        told.hub_loan_id._allocate()
        return result

    def _hub_follow_contribution(self):
        """Calls and returns hold on to the entry that says they are owed."""
        for move in self:
            line = move.hub_contribution_line_id
            if move.hub_is_live:
                owed = move._hub_line_on(line._settled_account())
                line.write({"move_id": move.id, "open_line_id": owed.id})
            elif line.move_id == move and move.state != "draft":
                line.write({"move_id": False, "open_line_id": False})
        self.hub_contribution_id._keep_book()

    def _hub_follow_matched(self):
        result = super()._hub_follow_matched()
        if self:
            self.env["account.partial.reconcile"].sudo().search(
                Domain("credit_move_id.move_id", "in", self.ids)
                | Domain("debit_move_id.move_id", "in", self.ids)
            )._hub_follow()
        return result

    def _hub_is_money(self):
        """Posted, and money came or went: seen at the bank, where that is told."""
        self.ensure_one()
        if self.state != "posted":
            return False
        payment = self.origin_payment_id
        if payment and not self._hub_payment_arrived():
            return False
        return bool(
            payment
            or self.statement_line_id
            or "asset_cash" in self.line_ids.account_id.mapped("account_type")
        )

    def _hub_payment_arrived(self):
        payment = self.origin_payment_id
        waits = self._get_invoice_in_payment_state() == "in_payment"
        return payment.is_matched or not waits

    # ------------------------------------------------------------
    # Analytic accounts of the funds
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if self._hub_guard_is_open():
            self._hub_analyse([vals for vals in vals_list if vals.get("hub_loan_id")])
        return super().create(vals_list)

    def _hub_analyse(self, vals_list):
        """Lines of loans bear the analytic accounts of the funds behind them."""
        loans = self.env["hub.loan"].sudo()
        loans = loans.browse({vals["hub_loan_id"] for vals in vals_list})
        shared = loans._fund_distributions()
        for vals in vals_list:
            distribution = shared.get(vals["hub_loan_id"])
            for command in vals.get("line_ids") or () if distribution else ():
                line = command[2] if len(command) > 2 else None
                if isinstance(line, dict) and self._hub_is_analysed(line):
                    line.setdefault("analytic_distribution", distribution)

    def _hub_is_analysed(self, line):
        account = self.env["account.account"].sudo().browse(line.get("account_id"))
        return bool(account) and account.account_type not in NOT_ANALYSED
