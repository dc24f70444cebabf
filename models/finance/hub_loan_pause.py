from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class HubLoan(models.Model):
    """A pause: the borrower was given time, nobody reminds him meanwhile."""

    _inherit = "hub.loan"

    pause_from = fields.Date(string="Not reminded from", copy=False, tracking=True)
    pause_to = fields.Date(string="Not reminded until", copy=False, tracking=True)
    pause_reason = fields.Char(string="Why", copy=False, tracking=True)
    is_paused = fields.Boolean(
        string="Not reminded now", compute="_compute_is_paused", search="_search_is_paused"
    )

    _pause_order = models.Constraint(
        "CHECK(pause_from IS NULL OR pause_to IS NULL OR pause_to >= pause_from)",
        "A pause ends on its first day or later.",
    )

    @api.constrains("pause_from", "pause_to")
    def _check_pause(self):
        for loan in self:
            if bool(loan.pause_from) != bool(loan.pause_to):
                raise ValidationError(
                    self.env._(
                        "%(loan)s: a pause has a first and a last day. Write both, or"
                        " none.",
                        loan=loan.display_name,
                    )
                )

    @api.depends("pause_from", "pause_to")
    def _compute_is_paused(self):
        today = fields.Date.context_today(self)
        for loan in self:
            first, last = loan.pause_from, loan.pause_to
            loan.is_paused = bool(first and last and first <= today <= last)

    def _search_is_paused(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        paused = Domain("pause_from", "<=", today) & Domain("pause_to", ">=", today)
        return Domain.OR(paused if wanted else ~paused for wanted in value)

    def _pause(self, first, last, reason):
        self.write(
            {"pause_from": first, "pause_to": last, "pause_reason": reason}
        )


class HubLoanInstalment(models.Model):
    _inherit = "hub.loan.instalment"

    is_paused = fields.Boolean(related="loan_id.is_paused", related_sudo=True)
