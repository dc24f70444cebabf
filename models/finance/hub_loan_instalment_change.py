from odoo import fields, models

KINDS = [
    ("plan", "By the schedule"),
    ("early", "Repaid early"),
    ("guarantee", "Paid by a guarantor"),
    ("waiver", "Waived"),
    ("write_off", "Lost"),
]


class HubLoanInstalment(models.Model):
    """Lines of a schedule that nobody planned: principal that left the loan before it
    was due, and the change that made it leave."""

    _inherit = "hub.loan.instalment"

    kind = fields.Selection(KINDS, required=True, default="plan", readonly=True)
    change_id = fields.Many2one(
        "hub.loan.change",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    put_back = fields.Monetary(
        string="Put back",
        required=True,
        default=0,
        readonly=True,
        copy=False,
        help="Principal that was due and is paid later, by another line: a"
        " rescheduling put it back into the loan.",
    )

    def _is_gone(self):
        """Principal that left the loan before it was ever owed, by an entry."""
        self.ensure_one()
        entry = self.due_move_id
        return bool(entry) and entry.hub_kind != "due" and entry.state == "posted"

    def _open_interest(self):
        """Interest that is due and open: what was settled settled interest first."""
        self.ensure_one()
        settled = self.amount - self.put_back - self.residual_amount
        return self.currency_id.round(max(self.interest - settled, 0))

    def _open_principal(self):
        self.ensure_one()
        return self.currency_id.round(self.residual_amount - self._open_interest())

    def _as_dict(self):
        return {**super()._as_dict(), "kind": self.kind}

    def _entry_vals(self):
        vals = super()._entry_vals()
        if self.change_id:
            vals["hub_change_id"] = self.change_id.id
        return vals

    def _deed_in_words(self):
        """Of principal that was never due, because something else became of it."""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return self.env._(
            "%(what)s before it was due, by %(entry)s: %(principal)s come off the loan"
            " (%(loan)s).",
            what=labels[self.kind],
            entry=self.due_move_id.name,
            principal=self.currency_id.format(self.principal),
            loan=self.loan_id.loan_account_id.display_name,
        )
