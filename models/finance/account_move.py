from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.hub_guard_mixin import OPEN

KINDS = [
    ("commitment", "Commitment"),
    ("disbursement", "Payment out"),
    ("due", "Instalment due"),
    ("reschedule", "Rescheduling"),
    ("waiver", "Waiver"),
    ("guarantee", "Guarantee called"),
    ("write_off", "Loss"),
    ("recovery", "Recovered after a loss"),
    ("accrual", "Interest earned"),
    ("impairment", "Impairment"),
    ("contribution", "Contribution"),
]
LINKS = frozenset(
    {"hub_loan_id", "hub_instalment_id", "hub_change_id", "hub_kind", "hub_is_live"}
)
READERS = (
    "account.group_account_invoice,account.group_account_readonly,"
    "solidarity_hub.group_hub_finance"
)


class AccountMove(models.Model):
    """Entries of loans: each says for which loan it stands, and why it is there.

    A reversed entry frees what it stood for: the instalment may be entered again.
    """

    _inherit = "account.move"

    hub_loan_id = fields.Many2one(
        "hub.loan",
        string="Solidarity loan",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups=READERS,
    )
    hub_instalment_id = fields.Many2one(
        "hub.loan.instalment",
        string="Instalment",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=READERS,
    )
    hub_kind = fields.Selection(
        KINDS,
        string="What it says of the loan",
        copy=False,
        readonly=True,
        index="btree_not_null",
        groups=READERS,
    )
    hub_is_live = fields.Boolean(
        string="Counts for the loan",
        copy=False,
        readonly=True,
        groups=READERS,
        help="Posted, and not reversed.",
    )

    _hub_due_once = models.UniqueIndex(
        "(hub_instalment_id) WHERE hub_kind = 'due' AND hub_is_live"
        " AND reversed_entry_id IS NULL",
        "This instalment is entered already: an instalment is owed once.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self._hub_guard_is_open():
            for vals in vals_list:
                self._hub_check_links_untouched(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not self._hub_guard_is_open():
            self._hub_check_links_untouched(vals)
        if "state" not in vals:
            return super().write(vals)
        posted = vals["state"] == "posted"
        again = self.filtered("posted_before") if posted else self
        concerned = self.browse(self._hub_concerned().ids)
        if posted:
            concerned.sudo()._hub_check_before_posting()
        if others := self - concerned:
            super(AccountMove, others).write(dict(vals))
        if concerned:
            # In the same write: most entries are never reversed.
            super(AccountMove, concerned).write({**vals, "hub_is_live": posted})
            concerned.sudo()._hub_follow_state()
        again._hub_follow_matched()
        return True

    def unlink(self):
        """Only drafts are deleted; what they stood for is still to be done."""
        if concerned := self._hub_concerned():
            parts = self.env["hub.loan.tranche"].sudo()
            parts.search([("move_id", "in", concerned.ids)])._take_back()
        return super().unlink()

    @api.model
    def _hub_guard_is_open(self):
        return self.env.su or self.env.context.get("hub_guard") is OPEN

    def _hub_check_links_untouched(self, vals):
        for name in LINKS & set(vals):
            if vals[name]:
                raise UserError(
                    self.env._(
                        "“%(field)s” is not typed in: entries of loans are made from"
                        " the loan.",
                        field=self._fields[name]._description_string(self.env),
                    )
                )
            if self.sudo().filtered(name):
                raise UserError(
                    self.env._(
                        "%(entry)s belongs to a loan and stays with it.",
                        entry=self.sudo().filtered(name)[:1].display_name,
                    )
                )

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """The reversal of an entry of a loan, or of a payment of it, belongs to it."""
        if not self.sudo().filtered("hub_loan_id"):
            return super()._reverse_moves(default_values_list, cancel)
        default_values_list = default_values_list or [{} for _move in self]
        for move, values in zip(self.sudo(), default_values_list, strict=True):
            if move.hub_loan_id:
                values.update(
                    hub_loan_id=move.hub_loan_id.id,
                    hub_instalment_id=move.hub_instalment_id.id,
                    hub_change_id=move.hub_change_id.id,
                    hub_kind=move.hub_kind,
                )
        opened = self.with_context(hub_guard=OPEN)
        moves = super(AccountMove, opened)._reverse_moves(default_values_list, cancel)
        return moves.with_context(hub_guard=None)

    # ------------------------------------------------------------
    # What an entry says is true as long as it is posted and not reversed
    # ------------------------------------------------------------

    def _hub_concerned(self):
        """Those of these entries that belong to a loan."""
        return self.sudo().filtered("hub_kind")

    def _hub_holds(self):
        """Posted, and no reversal of it holds."""
        self.ensure_one()
        return self.state == "posted" and not any(
            reversal._hub_holds() for reversal in self.reversal_move_ids
        )

    def _hub_follow_state(self):
        """What these entries stand for follows: due or not, paid out or not."""
        chain = self
        while new := chain.reversed_entry_id - chain:
            chain |= new
        for move in chain:
            holds = move._hub_holds()
            if holds and not move.hub_is_live:
                move._hub_check_not_twice()
            if move.hub_is_live != holds:
                move.hub_is_live = holds
        chain.flush_recordset(["hub_is_live"])
        first = chain.filtered(lambda move: not move.reversed_entry_id)
        first.filtered(lambda m: m.hub_kind == "due")._hub_follow_due()
        first.filtered(lambda m: m.hub_kind == "disbursement")._hub_follow_payout()

    def _hub_follow_matched(self):
        """Payments taken back, or posted again, settle or no longer settle.

        Odoo leaves them matched meanwhile, and so says nothing of it by itself.
        """
        if not self:
            return
        self.env["account.partial.reconcile"].flush_model()
        found = (
            self.env["account.partial.reconcile"]
            .sudo()
            .search(
                [
                    "|",
                    ("credit_move_id.move_id", "in", self.ids),
                    ("debit_move_id.move_id", "in", self.ids),
                ]
            )
        )
        lines = found.debit_move_id | found.credit_move_id
        for model, line in (
            ("hub.loan.instalment", "due_line_id"),
            ("hub.loan.tranche", "payout_line_id"),
            ("hub.loan.claim", "line_id"),
            ("hub.loan", "fee_line_id"),
        ):
            if lines:
                records = self.env[model].sudo()
                records.search([(line, "in", lines.ids)]).modified([line])

    def _hub_follow_due(self):
        """Instalments hold on to the entry that says they are owed."""
        for move in self:
            line = move.hub_instalment_id
            if move.hub_is_live:
                owed = move._hub_line_on(line.loan_id.due_account_id)
                line.write({"due_move_id": move.id, "due_line_id": owed.id})
            elif line.due_move_id == move and move.state != "draft":
                line.write({"due_move_id": False, "due_line_id": False})

    def _hub_follow_payout(self):
        """A payment out whose entry is taken back is still to be made."""
        gone = self.filtered(
            lambda move: not move.hub_is_live and move.state != "draft"
        )
        self.env["hub.loan.tranche"].sudo().search(
            [("move_id", "in", gone.ids)]
        )._take_back()

    def _hub_line_on(self, account):
        self.ensure_one()
        return self.line_ids.filtered(lambda line: line.account_id == account)[:1]

    # ------------------------------------------------------------
    # An entry of an instalment says what the schedule says
    # ------------------------------------------------------------

    def _hub_check_before_posting(self):
        for move in self.filtered(lambda one: not one.reversed_entry_id):
            line = move.hub_instalment_id
            if move.hub_kind == "due" and line:
                move._hub_check_not_twice()
                move._hub_check_due(line)

    def _hub_check_not_twice(self):
        line = self.hub_instalment_id
        other = line.due_move_id
        first = self.hub_kind == "due" and not self.reversed_entry_id
        if first and other and other != self and other.hub_is_live:
            raise UserError(
                self.env._(
                    "%(line)s is entered already (%(entry)s): it is owed once.",
                    line=line.display_name,
                    entry=other.display_name,
                )
            )

    def _hub_check_due(self, instalment):
        loan, currency = instalment.loan_id, instalment.currency_id
        given_back = sum(
            -line.balance
            for line in self.line_ids
            if line.account_id == loan.loan_account_id
        )
        owed = self.line_ids.filtered(lambda x: x.account_id == loan.due_account_id)
        if (
            len(owed) != 1
            or currency.compare_amounts(owed.balance, instalment.amount)
            or currency.compare_amounts(given_back, instalment.principal)
        ):
            raise UserError(
                self.env._(
                    "%(line)s: by the schedule the borrower owes %(amount)s in one line"
                    " on %(due)s, of which %(principal)s come off %(loan)s. Correct the"
                    " entry, or change the schedule of the loan instead.",
                    line=instalment.display_name,
                    amount=currency.format(instalment.amount),
                    due=loan.due_account_id.display_name,
                    principal=currency.format(instalment.principal),
                    loan=loan.loan_account_id.display_name,
                )
            )
