from odoo import fields, models
from odoo.exceptions import UserError

from .account_move import READERS


class AccountMove(models.Model):
    """Entries that a change in the life of a loan made stand and fall with it."""

    _inherit = "account.move"

    hub_change_id = fields.Many2one(
        "hub.loan.change",
        string="Change of the loan",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups=READERS,
    )

    def _reverse_moves(self, default_values_list=None, cancel=False):
        self.sudo()._hub_check_may_leave()
        return super()._reverse_moves(default_values_list, cancel)

    def write(self, vals):
        if vals.get("state") == "draft":
            self._hub_concerned()._hub_check_not_of_a_change()
            self.sudo()._hub_check_may_leave()
        return super().write(vals)

    def _hub_check_not_of_a_change(self):
        """What a change did besides its entry cannot wait in a draft."""
        held = self.filtered(lambda one: one.hub_change_id and one.hub_is_live)
        for move in held.filtered(lambda one: not one.reversed_entry_id):
            raise UserError(
                self.env._(
                    "%(entry)s belongs to “%(change)s”. Undo that on the loan: its"
                    " entries are reversed and the schedule is as before.",
                    entry=move.display_name,
                    change=move.hub_change_id.display_name,
                )
            )

    def _hub_check_may_leave(self):
        """Later changes stand on what is entered: they are undone first."""
        for move in self.filtered(lambda one: one.hub_kind and one.hub_is_live):
            change = self.env["hub.loan.change"]
            if move.hub_kind == "due" and not move.reversed_entry_id:
                change = move._hub_settled_by_changes()
            elif move.hub_kind == "disbursement":
                change = move.hub_loan_id._done_changes()
            if change := (change - move.hub_change_id)[:1]:
                raise UserError(
                    self.env._(
                        "%(entry)s is what “%(change)s” builds on: undo that first.",
                        entry=move.display_name,
                        change=change.display_name,
                    )
                )

    def _hub_settled_by_changes(self):
        """Changes that settled what this entry says is owed, or a part of it."""
        lines = self.line_ids | self.hub_instalment_id.due_line_id
        matched = lines.matched_credit_ids.credit_move_id.move_id
        found = matched.filtered("hub_is_live").hub_change_id
        return found.filtered(lambda change: change.state == "done")

    def _hub_check_not_twice(self):
        change = self.hub_change_id
        if change.state == "undone" and not self.reversed_entry_id:
            raise UserError(
                self.env._(
                    "“%(change)s” was undone: its entry %(entry)s does not come back."
                    " Make the change again on the loan.",
                    change=change.display_name,
                    entry=self.display_name,
                )
            )
        return super()._hub_check_not_twice()

    def _hub_follow_matched(self):
        drafts = self.filtered(lambda one: one.state == "draft" and not one.hub_kind)
        drafts.line_ids.matched_debit_ids._hub_check_not_moved()
        return super()._hub_follow_matched()

    def _hub_follow_state(self):
        result = super()._hub_follow_state()
        chain = self
        while new := chain.reversed_entry_id - chain:
            chain |= new
        gone = chain.filtered(
            lambda move: not move.reversed_entry_id and not move.hub_is_live
        )
        gone = gone.filtered(lambda move: move.state != "draft")
        gone._hub_match_reversal()
        gone.hub_change_id._entries_gone()
        return result

    def _hub_match_reversal(self):
        """What a reversed entry had settled is open again, however it was reversed."""
        for move in self:
            reversal = move.reversal_move_ids.filtered("hub_is_live")
            matched = move.line_ids.matched_debit_ids.debit_move_id
            matched |= move.line_ids.matched_credit_ids.credit_move_id
            if reversal and matched.move_id - reversal:
                move.line_ids.remove_move_reconcile()
                move._reconcile_reversed_moves(reversal, True)
