from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list

# What stands once something of it is in the accounts.
ENTERED = frozenset(
    {
        "partner_id",
        "company_id",
        "instrument",
        "direct",
        "fund_id",
        "lead_id",
        "journal_id",
        "account_id",
        "receivable_account_id",
        "payable_account_id",
    }
)


class HubContribution(models.Model):
    """What people say of a contribution, and what they no longer change."""

    _inherit = "hub.contribution"

    def action_ask(self):
        """It was asked for today."""
        for one in self.filtered(lambda c: not c.asked_on):
            one.asked_on = fields.Date.context_today(self)

    def action_grant(self):
        """It was granted today, as asked unless another amount was written."""
        for one in self:
            one.write(
                {
                    "granted_on": one.granted_on or fields.Date.context_today(self),
                    "amount": one.amount or one.amount_asked,
                    "refused_on": False,
                }
            )

    def action_refuse(self):
        """The funder said no; ask again by emptying the day of the refusal."""
        for one in self:
            one._check_nothing_entered()
            one.write(
                {"refused_on": fields.Date.context_today(self), "granted_on": False}
            )

    def action_cancel(self):
        """Given up before any money came."""
        self.check_access("write")
        for one in self:
            one._check_nothing_entered()
            one._unguarded().cancelled_on = fields.Date.context_today(self)

    def action_reopen(self):
        """Take up again what was refused or given up."""
        self.check_access("write")
        self._unguarded().write({"cancelled_on": False, "refused_on": False})

    def _is_entered(self):
        """Something of it is in the accounts or in the fund book."""
        self.ensure_one()
        one = self.sudo()
        return bool(one.book_ids or one.line_ids.move_id)

    def _check_nothing_entered(self):
        for one in self.filtered(lambda c: c._is_entered()):
            raise UserError(
                self.env._(
                    "%(contribution)s is “%(state)s”: what is in the accounts is taken"
                    " back there first (reverse the entry).",
                    contribution=one.display_name,
                    state=one._state_label(),
                )
            )

    def _check_may_change(self, vals):
        for one in self:
            changed = [
                name
                for name in sorted(ENTERED & set(vals))
                if self._fields[name].convert_to_cache(vals[name], one)
                != self._fields[name].convert_to_cache(one[name], one)
            ]
            if changed and one._is_entered():
                labels = [
                    self._fields[name]._description_string(self.env) for name in changed
                ]
                raise UserError(
                    self.env._(
                        "%(contribution)s is in the accounts: %(fields)s no longer"
                        " changes. Take the entries back first, or write another"
                        " contribution.",
                        contribution=one.display_name,
                        fields=format_list(self.env, labels),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_entered(self):
        self._check_nothing_entered()
