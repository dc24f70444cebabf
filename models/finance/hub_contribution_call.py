from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .hub_contribution_line import LEAVING


class HubContribution(models.Model):
    """Before and after the entries of a contribution."""

    _inherit = "hub.contribution"

    def _check_granted(self):
        for one in self:
            if one.cancelled_on or not one.granted_on:
                one._raise_problem(
                    self.env._("only what is granted is called or returned.")
                )

    def _check_owed(self, lines):
        """Nothing is returned, given or lost that was not received."""
        for one in self:
            leaving = lines.filtered(
                lambda line, one=one: (
                    line.contribution_id == one and line.kind in LEAVING
                )
            )
            gone = sum(one._entered(kind) for kind in LEAVING)
            total = gone + sum(leaving.mapped("principal"))
            compare = one.currency_id.compare_amounts
            if leaving and compare(total, one.received_amount) > 0:
                one._raise_problem(
                    self.env._(
                        "%(received)s were received and %(gone)s of it returned, given"
                        " or lost; %(more)s more cannot be.",
                        received=one.currency_id.format(one.received_amount),
                        gone=one.currency_id.format(gone),
                        more=one.currency_id.format(total - gone),
                    )
                )

    def action_call(self):
        """Ask the funder for what is planned next, else for all that is still to come;
        then Odoo's payment, for when it arrives."""
        self.ensure_one()
        self.check_access("write")
        self._check_granted()
        open_calls = self.line_ids.filtered(
            lambda line: line.kind == "call" and line.residual_amount > 0
        )
        if not open_calls:
            open_calls = self._next_call()
            open_calls.action_enter()
        return open_calls.action_register_payment()

    def _next_call(self):
        planned = self.line_ids.filtered(
            lambda line: line.kind == "call" and line.state == "planned"
        )
        if planned:
            return planned[:1]
        lines = self.line_ids.filtered(lambda line: line.kind in ("call", "opening"))
        left = self.amount - sum(lines.mapped("principal"))
        if self.currency_id.compare_amounts(left, 0) <= 0:
            raise UserError(
                self.env._(
                    "%(contribution)s: all that was granted is called already.",
                    contribution=self.display_name,
                )
            )
        return self.env["hub.contribution.line"].create(
            {"contribution_id": self.id, "kind": "call", "principal": left}
        )

    def action_enter_loss(self):
        """The funder bears what was lost with his money: less is owed to him."""
        self.check_access("write")
        self.env["hub.loan.instalment"]._check_may_post()
        lines = self.env["hub.contribution.line"]
        for one in self:
            if one.currency_id.compare_amounts(one.loss_to_bear, 0) > 0:
                one._make_room_in_plan(one.loss_to_bear)
                lines |= lines.create(
                    {
                        "contribution_id": one.id,
                        "kind": "borne",
                        "principal": one.loss_to_bear,
                    }
                )
        lines.action_enter()

    def _match_credits(self):
        """Money that came before the call settles it, where it can be for nothing
        else."""
        for one in self:
            calls = one.line_ids.filtered(
                lambda line: line.kind == "call" and line.residual_amount > 0
            )
            others = self.env["hub.contribution.line"].search_count(
                Domain("partner_id", "=", one.partner_id.id)
                & Domain("company_id", "=", one.company_id.id)
                & Domain("contribution_id", "!=", one.id)
                & Domain("residual_amount", ">", 0),
                limit=1,
            )
            for debt in calls.open_line_id if not others else ():
                for credit in one._open_credits():
                    if not debt.reconciled:
                        (debt + credit).reconcile()

    def _open_credits(self):
        return self.env["account.move.line"].search(
            Domain("account_id", "=", self.receivable_account_id.id)
            & Domain("partner_id", "=", self.partner_id.id)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("parent_state", "=", "posted")
            & Domain("reconciled", "=", False)
            & Domain("balance", "<", 0)
            & Domain("move_id.hub_kind", "=", False),
            order="date, id",
        )
