from odoo import api, fields, models
from odoo.exceptions import UserError

from .hub_loan_change import ALONE


class HubLoan(models.Model):
    """What happened to a loan, and what of it still holds."""

    _inherit = "hub.loan"

    change_count = fields.Integer(compute="_compute_change_count", compute_sudo=True)
    asked_count = fields.Integer(compute="_compute_change_count", compute_sudo=True)

    @api.depends("change_ids.state")
    def _compute_change_count(self):
        found = {}
        for loan, state, count in self.env["hub.loan.change"]._read_group(
            [("loan_id", "in", self.ids)], ["loan_id", "state"], ["__count"]
        ):
            found.setdefault(loan, {})[state] = count
        for loan in self:
            counts = found.get(loan._origin, {})
            loan.change_count = sum(counts.values())
            loan.asked_count = counts.get("asked", 0)

    def _done_changes(self):
        """What was done to these loans and holds, the latest first."""
        return self.sudo().change_ids.filtered(lambda change: change.state == "done")


class HubLoanChange(models.Model):
    """Taking a change back: its entries are reversed, the schedule is as before."""

    _inherit = "hub.loan.change"

    def action_undo(self):
        """Take back what was a mistake."""
        for change in self:
            change.loan_id.check_access("write")
            if change.state != "done":
                raise UserError(
                    self.env._(
                        "%(change)s does not hold: there is nothing to undo.",
                        change=change.display_name,
                    )
                )
            if change.sudo().move_ids:
                self.env["hub.loan.instalment"]._check_may_post()
            change.sudo()._undo()

    def _undo(self):
        self.ensure_one()
        self._check_last()
        self.loan_id._take_turn()
        self.state = "undone"
        self._reverse_entries()
        self._take_effects_back()

    def _entries_gone(self):
        """An entry of these changes was reversed in the accounts: they go with it."""
        for change in self.filtered(lambda one: one.state == "done"):
            change._undo()

    def _check_last(self):
        """Whatever came later builds on this: it is undone first."""
        if self.kind in ALONE:
            return
        if self.kind == "cancel":
            raise UserError(
                self.env._(
                    "%(change)s is not undone: write the application again instead.",
                    change=self.display_name,
                )
            )
        later = self.loan_id._done_changes().filtered(lambda one: one.id > self.id)
        if later:
            raise UserError(
                self.env._(
                    "%(change)s is not the last thing that happened: undo"
                    " “%(later)s” first.",
                    change=self.display_name,
                    later=later[0].display_name,
                )
            )

    def _reverse_entries(self):
        live = self.move_ids.filtered(
            lambda move: move.hub_is_live and not move.reversed_entry_id
        )
        if not live:
            return
        today = fields.Date.context_today(self)
        self.loan_id._check_day_open(today)
        live._reverse_moves([{"date": today} for _move in live], cancel=True)

    def _take_effects_back(self):
        self.claim_ids.unlink()
        back = getattr(self, f"_revert_{self.kind}", None)
        if back:
            back()
        if self.schedule_id:
            self._restore_schedule()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        self.loan_id.message_post(
            body=self.env._("Undone: %(change)s", change=kinds[self.kind])
        )
