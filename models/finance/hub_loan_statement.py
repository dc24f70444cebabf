from odoo import fields, models
from odoo.fields import Domain

# Entries that move what the borrower owes; others are the hub's own bookkeeping.
OWED_KINDS = (
    "disbursement",
    "due",
    "reschedule",
    "waiver",
    "guarantee",
    "write_off",
    "recovery",
)


class HubLoan(models.Model):
    """The account of one loan as its borrower reads it, from the entries alone.

    What was paid out and the interest that became due make it grow, what was paid
    makes it shrink; the last line is what is still owed, due or not.
    """

    _inherit = "hub.loan"

    def _statement(self):
        """The lines, oldest first.

        :return: dicts with ``date``, ``label``, ``charged``, ``paid`` and ``balance``
        """
        self.ensure_one()
        rows = sorted(
            self._opening_rows() + self._entry_rows() + self._money_rows(),
            key=lambda row: (row["date"], row["order"]),
        )
        balance = 0
        for row in rows:
            balance = self.currency_id.round(balance + row["charged"] - row["paid"])
            row["balance"] = balance
        return rows

    def _opening_rows(self):
        """What was owed before the loan was kept here."""
        return []

    def _statement_row(self, day, order, label, amount):
        amount = self.currency_id.round(amount)
        return {
            "date": day,
            "order": order,
            "label": label,
            "charged": max(amount, 0),
            "paid": max(-amount, 0),
        }

    def _entry_rows(self):
        """What entries of the loan changed in all that is owed."""
        owed = self._owed_accounts()
        moves = (
            self.env["account.move"]
            .sudo()
            .search(
                Domain("hub_loan_id", "=", self.id)
                & Domain("hub_kind", "in", OWED_KINDS)
                & Domain("state", "=", "posted"),
                order="date, id",
            )
        )
        rows = []
        for move in moves:
            lines = move.line_ids.filtered(
                lambda line: line.account_id in owed and self._owes(line.partner_id)
            )
            amount = sum(lines.mapped("balance"))
            if not self.currency_id.is_zero(amount):
                day = move.hub_instalment_id.due_date or move.date
                label = self._entry_words(move)
                rows.append(self._statement_row(day, (0, move.id), label, amount))
        return rows

    def _owes(self, partner):
        """What a guarantor owes instead stands on the same account, under his name."""
        return partner == self.partner_id

    def _owed_accounts(self):
        """Accounts on which what is owed stands, those of doubtful loans with them."""
        company = self.company_id
        accounts = self.loan_account_id | self.due_account_id
        for name in ("hub_doubtful_account_id", "hub_doubtful_due_account_id"):
            if name in company._fields:
                accounts |= company[name]
        return accounts

    def _entry_words(self, move):
        instalment = move.hub_instalment_id
        words = {
            "disbursement": self.env._("Paid out to you"),
            "reschedule": self.env._("Schedule changed"),
            "waiver": self.env._("Given up by the hub"),
            "guarantee": self.env._("Taken over by whoever stands for the loan"),
            "write_off": self.env._("Written off"),
            "recovery": self.env._("Owed again"),
        }
        said = words.get(move.hub_kind, "")
        if move.hub_kind == "due":
            said = self.env._(
                "Interest of instalment %(number)s", number=instalment.sequence
            )
        fee = move.line_ids.filtered(lambda x: x.account_id == self.fee_account_id)
        if move.hub_kind == "disbursement" and fee:
            said = self.env._(
                "Paid out to you, with a fee of %(fee)s",
                fee=self.currency_id.format(abs(sum(fee.mapped("balance")))),
            )
        if move.reversed_entry_id:
            return self.env._("Taken back: %(what)s", what=said)
        return said

    def _money_rows(self):
        """What was paid: matched with what was due, and paid in advance."""
        parts = (
            self.env["account.partial.reconcile"]
            .sudo()
            .search(
                Domain("debit_move_id", "in", self._owed_lines().ids)
                & Domain("credit_move_id.parent_state", "=", "posted")
                & Domain("credit_move_id.move_id.hub_kind", "=", False)
            )
        )
        sums = {}
        for part in parts:
            credit = part.credit_move_id
            sums[credit] = sums.get(credit, 0) + part.amount
        rows = [
            self._statement_row(
                line.date, (1, line.id), self._money_words(line), -amount
            )
            for line, amount in sums.items()
        ]
        for line in self._money_in_advance():
            label = self.env._("Paid in advance")
            amount = -line._hub_open_amount()
            rows.append(self._statement_row(line.date, (2, line.id), label, amount))
        return rows

    def _owed_lines(self):
        """Lines of entries of this loan that payments may settle."""
        loan = self.sudo()
        lines = (
            self.env["account.move.line"]
            .sudo()
            .search(
                Domain("move_id.hub_loan_id", "=", self.id)
                & Domain("move_id.hub_kind", "in", OWED_KINDS)
                & Domain("account_id", "in", self._owed_accounts().ids)
                & Domain("partner_id", "=", self.partner_id.id)
                & Domain("balance", ">", 0)
            )
        )
        return lines | loan.instalment_ids.due_line_id

    def _money_in_advance(self):
        return (
            self.env["account.move.line"]
            .sudo()
            .search(
                Domain("move_id.hub_loan_id", "=", self.id)
                & Domain("move_id.hub_kind", "=", False)
                & Domain("account_id", "in", self._owed_accounts().ids)
                & Domain("parent_state", "=", "posted")
                & Domain("balance", "<", 0)
                & Domain("reconciled", "=", False)
            )
        )

    def _money_words(self, line):
        payer = line.move_id.partner_id
        if payer and payer != self.partner_id:
            return self.env._("Paid by %(name)s", name=payer.name)
        return self.env._("Your payment")

    def _statement_total(self):
        """What is owed in all today, and what of it is late."""
        rows = self._statement()
        return {
            "rows": rows,
            "charged": sum(row["charged"] for row in rows),
            "paid": sum(row["paid"] for row in rows),
            "balance": rows[-1]["balance"] if rows else 0,
            "late": self.overdue_amount,
            "on": fields.Date.context_today(self),
        }
