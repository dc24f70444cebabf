from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


class HubLoanGuarantee(models.Model):
    """What borrowers pay after a guarantee was called: a part of it is the guarantor's.

    It is counted over all that came since the call, so that the parts sum to the cent;
    what was shared out already is left aside.
    """

    _inherit = "hub.loan.guarantee"

    problem = fields.Char(string="Not shared out because", copy=False, readonly=True)

    def _share_of(self, received):
        """The guarantor's part of so much money in all."""
        self.ensure_one()
        kept = max(received - self._hub_part(), 0)
        share = {
            "share": received * self.recovery_percent / 100,
            "hub_first": kept,
            "guarantor_first": received,
            "none": 0,
        }[self.recovery_rule]
        return min(self.currency_id.round(share), self.called_amount)

    def _hub_part(self):
        """What the hub itself was still owed when all had paid who were called."""
        own = self._call()
        later = (self.loan_id.guarantee_ids - self).filtered(
            lambda other: other._call().id > own.id
        )
        return own.terms.get("hub_part", 0) - sum(later.mapped("called_amount"))

    def _call(self):
        """The change by which this guarantee was called."""
        called = self.claim_ids.filtered(lambda claim: claim.kind == "guarantee")
        return called.change_id

    def _to_share(self):
        """``{guarantee: amount}`` that was received and is not shared out yet; less
        than nothing where a payment did not hold."""
        called = self.filtered("called_amount").sorted("id")
        received = called._received_since()
        found, given = {}, {}
        for guarantee in called:
            loan, total = guarantee.loan_id, received.get(guarantee.id, 0)
            left = max(total - given.get(loan, 0), 0)
            share = min(guarantee._share_of(total), left)
            given[loan] = given.get(loan, 0) + share
            change = guarantee.currency_id.round(share - guarantee.share_amount)
            if change:
                found[guarantee] = change
        return found

    def _would_share(self, amount):
        """``{guarantee: part}`` of so much more money, to show it beforehand."""
        found, left = {}, amount
        called = self.filtered("called_amount").sorted("id")
        received = called._received_since()
        for guarantee in called:
            total = received.get(guarantee.id, 0) + amount
            part = guarantee._share_of(total) - guarantee.share_amount
            part = guarantee.currency_id.round(min(max(part, 0), left))
            left -= part
            if part:
                found[guarantee] = part
        return found

    def _received_since(self):
        """``{id: amount}``: money of the borrower matched with what he owes, received
        after the call; and what he promised after a loss."""
        if not self:
            return {}
        self.env["hub.loan.instalment"]._flush_ledger()
        self.env["hub.loan.claim"].flush_model()
        self.env["account.move"].flush_model(["date", "hub_kind", "hub_loan_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT guarantee.id, COALESCE((
                    SELECT SUM(part.amount) FROM account_partial_reconcile part
                    JOIN account_move_line debit ON debit.id = part.debit_move_id
                    JOIN account_move owed ON owed.id = debit.move_id
                    JOIN account_move_line credit ON credit.id = part.credit_move_id
                    JOIN account_move money ON money.id = credit.move_id
                    LEFT JOIN hub_loan_claim besides ON besides.line_id = debit.id
                    WHERE owed.hub_loan_id = guarantee.loan_id
                      AND owed.hub_kind NOT IN ('guarantee', 'disbursement')
                      AND COALESCE(besides.kind, '') != 'recovery'
                      AND money.hub_kind IS NULL AND money.state = 'posted'
                      AND (money.date, money.id) > (demand.date, demand.id)
                ), 0) + COALESCE((
                    SELECT SUM(promised.amount) FROM hub_loan_claim promised
                    WHERE promised.loan_id = guarantee.loan_id
                      AND promised.kind = 'recovery'
                ), 0)
                FROM hub_loan_guarantee guarantee
                JOIN hub_loan_claim called
                     ON called.guarantee_id = guarantee.id AND called.kind = 'guarantee'
                JOIN account_move_line item ON item.id = called.line_id
                JOIN account_move demand ON demand.id = item.move_id
                WHERE guarantee.id IN %s
                """,
                tuple(self.ids),
            )
        )
        return {row[0]: float(row[1]) for row in rows}

    # ------------------------------------------------------------
    # Sharing out
    # ------------------------------------------------------------

    def action_share(self):
        """Share out what the borrower has paid since the call."""
        self.loan_id.check_access("write")
        self.env["hub.loan.instalment"]._check_may_post()
        self.sudo()._share_out()

    def _share_out(self):
        for guarantee, amount in self._to_share().items():
            loan = guarantee.loan_id
            if amount < 0:
                guarantee._take_shares_back()
                amount = guarantee._to_share().get(guarantee, 0)
            if amount > 0 and loan.state in ("disbursed", "repaid"):
                loan._propose_share(guarantee, amount)

    def _take_shares_back(self):
        """A payment did not hold: what was shared of it is not shared."""
        claims = self.claim_ids.filtered(
            lambda claim: claim.kind == "payable" and claim.change_id.kind == "share"
        )
        for change in claims.change_id.sorted("id", reverse=True):
            if self._to_share().get(self, 0) >= 0:
                return
            change._undo()

    @api.model
    def _share_day(self):
        """What came in on loans of called guarantees is shared out by the daily job."""
        called = self.search(
            Domain("loan_id.state", "in", ("disbursed", "repaid"))
            & Domain("claim_ids.kind", "=", "guarantee")
            & Domain("recovery_rule", "!=", "none")
        )
        for guarantee in self.browse(g.id for g in called._to_share()):
            guarantee._try_to_share()

    def _try_to_share(self):
        try:
            with self.env.cr.savepoint():
                self._share_out()
                self.problem = False
        except UserError as error:
            self.env.invalidate_all()
            self._note_problem(str(error))

    def _note_problem(self, text):
        """Say on the guarantee, and once in the loan's discussion, what is wrong."""
        if self.problem != text:
            self.problem = text
            words = (self.display_name, text)
            self.loan_id.message_post(body=" · ".join(words))


class HubLoan(models.Model):
    _inherit = "hub.loan"

    @api.model
    def _close_due_day(self):
        result = super()._close_due_day()
        self.env["hub.loan.guarantee"]._share_day()
        self.env["ir.cron"]._commit_progress()
        return result

    def _propose_share(self, guarantee, amount):
        day = fields.Date.context_today(self)
        return self.env["hub.loan.change"]._propose(
            self, "share", day, guarantee_id=guarantee.id, amount=amount
        )


class HubLoanChange(models.Model):
    _inherit = "hub.loan.change"

    def _words_share(self):
        return self.env._(
            "%(amount)s of what was paid are owed to %(guarantor)s.",
            amount=self.currency_id.format(self.terms["amount"]),
            guarantor=self.guarantee_id.partner_id.display_name,
        )

    def _apply_share(self):
        """The borrower's debt to the hub shrinks by the hub's own part alone: the
        guarantor's part is owed to him, and by the borrower once more."""
        loan, guarantee, amount = self.loan_id, self.guarantee_id, self.terms["amount"]
        lines = [
            (
                loan.due_account_id,
                amount,
                {"date_maturity": self.date, "no_followup": False},
            ),
            (
                loan._account_for("guarantor_payable"),
                -amount,
                {"partner_id": guarantee.partner_id.id, "date_maturity": self.date},
            ),
        ]
        move = loan._post_entries(
            loan._entry(
                "recovery",
                self.date,
                lines,
                self.env._("Share of a guarantor"),
                hub_change_id=self.id,
            )
        )
        owed, payable = move.line_ids.sorted("id")
        self._add_claim("share", guarantee, owed, partner=loan.partner_id)
        self._add_claim("payable", guarantee, payable)
        self.principal = amount
        loan._match_credits()
