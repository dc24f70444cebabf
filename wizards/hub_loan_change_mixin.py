from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class HubLoanChangeMixin(models.AbstractModel):
    """What all wizards have in common that change a running loan."""

    _name = "hub.loan.change.mixin"
    _description = "Change a running loan"

    loan_id = fields.Many2one("hub.loan", required=True)
    currency_id = fields.Many2one(related="loan_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    reason = fields.Char()
    needs_second_person = fields.Boolean(compute="_compute_needs_second_person")
    text = fields.Char(compute="_compute_preview")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    problem = fields.Char(compute="_compute_preview")

    @api.constrains("loan_id")
    def _check_loan(self):
        """Only whoever may change a loan asks what would become of it; rules are
        checked with more rights than theirs."""
        self.sudo(False).loan_id.check_access("write")

    def _kind(self):
        """The kind of change."""
        raise NotImplementedError

    def _terms(self):
        """What is asked, as the change reads it."""
        return {}

    def _show(self):
        """What would come of it: a sentence, and the coming lines if they change."""
        return "", None

    @api.depends("loan_id")
    def _compute_needs_second_person(self):
        changes = self.env["hub.loan.change"]
        for wizard in self:
            company = wizard._seen_loan().company_id
            wizard.needs_second_person = company and changes._is_agreed_by_two(
                wizard._kind(), company
            )

    def _seen_loan(self):
        """The loan, for whoever may see it: what it becomes is worked out with more
        rights than his."""
        loan = self.loan_id
        return loan if loan and loan.has_access("read") else loan.browse()

    def _compute_preview(self):
        for wizard in self:
            wizard.text = wizard.preview = wizard.problem = False
            loan = wizard._seen_loan()
            if not loan:
                continue
            try:
                wizard.text, lines = wizard._show()
            except UserError as error:
                wizard.problem = str(error)
                continue
            if lines is not None:
                wizard.preview = loan._lines_as_table(
                    [loan._line_to_show(line) for line in lines]
                )

    def action_apply(self):
        """Do it, or ask the second person for it."""
        self.ensure_one()
        change = self.env["hub.loan.change"]._propose(
            self.loan_id, self._kind(), self.date, self.reason, **self._terms()
        )
        if change.state == "asked":
            return change._notify(
                [
                    self.env._(
                        "A second person is asked to agree; nothing is done until then."
                    )
                ]
            )
        return self._after(change)

    def _after(self, change):
        """What opens once it is done."""
        return {"type": "ir.actions.act_window_close"}


class HubLoan(models.Model):
    """The wizards, as buttons of a loan open them."""

    _inherit = "hub.loan"

    def _open_change(self, wizard, **values):
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"solidarity_hub.{wizard}_action"
        )
        action["context"] = {
            "default_loan_id": self.id,
            **{f"default_{name}": value for name, value in values.items()},
        }
        return action

    def action_repay_early(self):
        """The borrower repays before it is due."""
        return self._open_change("hub_loan_early_wizard")

    def action_grant_respite(self):
        """Some months more."""
        return self._open_change("hub_loan_respite_wizard")

    def action_reschedule(self):
        """Other terms for what is to come."""
        return self._open_change("hub_loan_reschedule_wizard")

    def action_call_guarantee(self):
        """A guarantor accepts to pay."""
        return self._open_change("hub_loan_guarantee_wizard")

    def action_waive(self):
        """Give up a part of what is owed."""
        return self._open_change("hub_loan_waiver_wizard")

    def action_doubtful(self):
        """Nobody knows whether it will be paid back; or again everybody does."""
        kind = "sound" if self.is_doubtful else "doubtful"
        return self._open_change("hub_loan_end_wizard", kind=kind)

    def action_write_off(self):
        """It will not be paid back."""
        return self._open_change("hub_loan_end_wizard", kind="write_off")

    def action_cancel_paid_out(self):
        """It was paid out by mistake, or is given back at once."""
        return self._open_change("hub_loan_end_wizard", kind="cancel")

    def action_recover(self):
        """Money after a loss."""
        return self._open_change("hub_loan_recovery_wizard")

    def action_open_changes(self):
        """What happened to this loan."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_loan_change_action"
        )
        action["domain"] = list(Domain("loan_id", "=", self.id))
        action["context"] = {}
        return action
