from odoo import api, models
from odoo.fields import Domain

from ..common.hub_guard_mixin import OPEN

OUT = ("disbursed", "repaid", "written_off")


class HubLoan(models.Model):
    """Who stands behind a loan taken over, by what was still owed.

    Funds, and what funders had given before, may be entered after the loans: as long as
    nothing came of a loan since, it is split again.
    """

    _inherit = "hub.loan"

    def _take_over(self, given):
        result = super()._take_over(given)
        self._unguarded()._fit_shares()
        self._allocate()
        return result

    def write(self, vals):
        result = super().write(vals)
        if {"share_ids", "fund_id"} & set(vals):
            self._split_taken_over()
        return result

    def _rests_as_taken_over(self):
        """The fund book knows of nothing that came of it later."""
        self.ensure_one()
        lines = self.sudo().share_ids.line_ids
        return bool(self.takeover_date) and not lines.move_id

    def _forget_funds(self):
        """Who stood behind loans taken over is about to be said again."""
        resting = self.filtered(lambda loan: loan._rests_as_taken_over())
        resting.sudo().share_ids.line_ids.unlink()
        return resting

    def _split_once_complete(self):
        """Not between two shares of one save."""
        if self.env.context.get("hub_fit_shares") is not OPEN:
            self._split_taken_over()

    def _split_taken_over(self):
        running = self.filtered(lambda loan: loan.takeover_date and loan.state in OUT)
        running._allocate()


class HubLoanShare(models.Model):
    _inherit = "hub.loan.share"

    def _is_open(self):
        return super()._is_open() or self.loan_id._rests_as_taken_over()

    @api.model_create_multi
    def create(self, vals_list):
        ids = {vals["loan_id"] for vals in vals_list if vals.get("loan_id")}
        self.env["hub.loan"].browse(ids)._forget_funds()
        shares = super().create(vals_list)
        shares.loan_id._split_once_complete()
        return shares

    def write(self, vals):
        if not {"loan_id", "fund_id", "amount"} & set(vals):
            return super().write(vals)
        self.loan_id._forget_funds()
        result = super().write(vals)
        self.loan_id._split_once_complete()
        return result

    def unlink(self):
        loans = self.loan_id._forget_funds()
        result = super().unlink()
        loans.exists()._split_once_complete()
        return result


class HubContributionLine(models.Model):
    """What funders had given before stands behind the loans of that time."""

    _inherit = "hub.contribution.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._opening_funds()._split_taken_over()
        return lines

    def write(self, vals):
        funds = self._opening_funds()
        result = super().write(vals)
        if {"contribution_id", "kind", "date", "principal"} & set(vals):
            (funds | self._opening_funds())._split_taken_over()
        return result

    def unlink(self):
        funds = self._opening_funds()
        result = super().unlink()
        funds._split_taken_over()
        return result

    def _opening_funds(self):
        return self.filtered(lambda line: line.kind == "opening").fund_id


class HubFund(models.Model):
    _inherit = "hub.fund"

    def _split_taken_over(self):
        """Loans taken over rest on what is in these funds now."""
        if not self:
            return
        loans = self.env["hub.loan"].sudo()
        loans = loans.with_context(active_test=False).search(
            Domain("takeover_date", "!=", False)
            & Domain("share_ids.fund_id", "in", self.ids),
            order="id",
        )
        loans._forget_funds()._split_taken_over()
