from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import SQL, format_date

ACCOUNTANT = "account.group_account_invoice"


class HubHoursValuation(models.Model):
    """The entry: debit 864, credit 875, outside the balance sheet and the result."""

    _inherit = "hub.hours.valuation"

    date = fields.Date(
        string="Accounting date",
        compute="_compute_date",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    posted_value = fields.Monetary(
        string="In the accounts",
        compute="_compute_posted_value",
        compute_sudo=True,
        help="Read from the ledger: reversed, cancelled and reset entries count for"
        " nothing.",
    )
    difference = fields.Monetary(
        string="To post", compute="_compute_posted_value", compute_sudo=True
    )
    state = fields.Selection(
        [
            ("nothing", "Nothing to post"),
            ("to_post", "To post"),
            ("posted", "Posted"),
            ("changed", "Changed since"),
        ],
        compute="_compute_posted_value",
        compute_sudo=True,
    )
    is_set = fields.Boolean(compute="_compute_is_set", compute_sudo=True)
    is_over = fields.Boolean(compute="_compute_is_over")
    locked_words = fields.Char(compute="_compute_locked_words", compute_sudo=True)
    draft_words = fields.Char(compute="_compute_draft_words", compute_sudo=True)

    @api.depends("date_end")
    def _compute_date(self):
        for valuation in self:
            valuation.date = valuation.date_end

    @api.depends("value", "currency_id", "entry_ids.in_ledger")
    def _compute_posted_value(self):
        for valuation in self:
            posted = sum(valuation.entry_ids.mapped("in_ledger"))
            difference = valuation.currency_id.round(valuation.value - posted)
            valuation.posted_value = posted
            valuation.difference = difference
            if not difference:
                valuation.state = "posted" if valuation.value else "nothing"
            else:
                valuation.state = "changed" if posted else "to_post"

    @api.depends(
        "company_id.hub_time_debit_account_id",
        "company_id.hub_time_credit_account_id",
        "company_id.hub_time_journal_id",
    )
    def _compute_is_set(self):
        for valuation in self:
            valuation.is_set = valuation.company_id._hub_time_is_set()

    @api.depends("date_end")
    def _compute_is_over(self):
        today = fields.Date.context_today(self)
        for valuation in self:
            valuation.is_over = bool(valuation.date_end) and valuation.date_end < today

    @api.depends("date", "is_set", "difference")
    @api.depends_context("lang", "uid")
    def _compute_locked_words(self):
        for valuation in self:
            real = valuation._real_date() if valuation.difference else valuation.date
            valuation.locked_words = real != valuation.date and self.env._(
                "The accounts are closed on %(wanted)s: the entry will be dated"
                " %(real)s.",
                wanted=format_date(self.env, valuation.date),
                real=format_date(self.env, real),
            )

    @api.depends("entry_ids.state")
    @api.depends_context("lang")
    def _compute_draft_words(self):
        for valuation in self:
            drafts = valuation._drafts()
            valuation.draft_words = bool(drafts) and self.env._(
                "%(entries)s: back in draft. Post it again there, or post anew here:"
                " the draft is then cancelled.",
                entries=", ".join(move.display_name for move in drafts),
            )

    def _drafts(self):
        return self.entry_ids.filtered(lambda entry: entry.state == "draft").move_id

    def _real_date(self):
        """The day on which Odoo will date the entry: not in a closed period."""
        self.ensure_one()
        if not self.is_set or not self.date:
            return self.date
        move = self.env["account.move"].new(
            {
                "move_type": "entry",
                "company_id": self.company_id.id,
                "journal_id": self.company_id.hub_time_journal_id.id,
                "date": self.date,
            }
        )
        locks = move._get_violated_lock_dates(self.date, False)
        if not locks:
            return self.date
        return move._get_accounting_date(self.date, False, lock_dates=locks)

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_propose_accounts(self):
        """Open the two accounts, if their numbers are free."""
        self.company_id.action_hub_propose_time_accounts()

    def action_post(self):
        """Bring the ledger to the value of today, by one entry."""
        self.ensure_one()
        self._check_may_post()
        self._lock_and_touch()
        self._check_can_post()
        self._drafts().with_env(self.env).button_cancel()
        move = self.env["account.move"].with_company(self.company_id)
        move = move.create(self._prepare_move_vals())
        self._keep_entry(move)
        move._post(soft=False)
        return self._say_posted(move)

    def _check_may_post(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(ACCOUNTANT):
            raise AccessError(
                self.env._(
                    "Entries are posted by whoever has the rights of accounting"
                    " (Invoicing): ask your accountant to post the value of"
                    " %(period)s.",
                    period=self.display_name,
                )
            )

    def _lock_and_touch(self):
        """The row is written, so that the second of two people who post at the same
        moment is served afterwards (REPEATABLE READ)."""
        self.env.cr.execute(
            SQL(
                "UPDATE hub_hours_valuation"
                " SET lock_count = COALESCE(lock_count, 0) + 1 WHERE id = %s",
                self.id,
            )
        )
        self.env.invalidate_all()

    def _check_can_post(self):
        if not self.is_set:
            raise UserError(
                self.env._(
                    "%(hub)s has no accounts for volunteers' time yet. Press “Propose"
                    " the accounts”, or choose them under Settings, Solidarity Hub.",
                    hub=self.company_id.name,
                )
            )
        if self.date > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "%(date)s is still to come: post the entry then, or give it an"
                    " accounting date that is not after today.",
                    date=format_date(self.env, self.date),
                )
            )
        if not self.difference:
            raise UserError(self._words_of_nothing())

    def _words_of_nothing(self):
        last = self.entry_ids.filtered(lambda entry: entry.state == "posted")[:1]
        if not last:
            return self.env._(
                "%(period)s: there is no value to post. Validate the hours, and set a"
                " rate per hour.",
                period=self.display_name,
            )
        return self.env._(
            "%(period)s is already in the accounts: %(entry)s, posted on %(day)s by"
            " %(user)s. There is no difference to post.",
            period=self.display_name,
            entry=last.sudo().move_name,
            day=format_date(self.env, last.posted_on),
            user=last.user_id.name,
        )

    def _prepare_move_vals(self):
        """One balanced entry; where too much was posted, the other way round."""
        company = self.company_id.sudo()
        accounts = company.hub_time_debit_account_id, company.hub_time_credit_account_id
        words = self.with_context(lang=company.partner_id.lang)._words_of_entry()
        return {
            "move_type": "entry",
            "company_id": company.id,
            "journal_id": company.hub_time_journal_id.id,
            "date": self.date,
            "ref": words,
            "line_ids": [
                Command.create(
                    {
                        "account_id": account.id,
                        "name": words,
                        "balance": sign * self.difference,
                    }
                )
                for account, sign in zip(accounts, (1, -1), strict=True)
            ],
        }

    def _words_of_entry(self):
        hours = self.env["res.partner"]._hub_hours_words(self.hours)
        if self.state == "changed":
            return self.env._(
                "Volunteers' time %(period)s, correction (%(hours)s in all)",
                period=self.display_name,
                hours=hours,
            )
        return self.env._(
            "Volunteers' time %(period)s (%(hours)s)",
            period=self.display_name,
            hours=hours,
        )

    def _keep_entry(self, move):
        """What was counted when the entry was made."""
        company = self.company_id.sudo()
        entries = self.env["hub.hours.entry"].sudo()
        last = max(self.entry_ids.mapped("number"), default=0)
        return entries.create(
            {
                "valuation_id": self.id,
                "number": last + 1,
                "move_id": move.id,
                "posted_on": fields.Date.context_today(self),
                "user_id": self.env.uid,
                "hours": self.hours,
                "value": self.value,
                "amount": self.difference,
                "debit_account_id": company.hub_time_debit_account_id.id,
                "credit_account_id": company.hub_time_credit_account_id.id,
            }
        )

    def _say_posted(self, move):
        moved = move.date != self.date
        message = self.env._(
            "%(entry)s is posted, dated %(date)s.",
            entry=move.name,
            date=format_date(self.env, move.date),
        )
        if moved:
            message += " " + self.env._(
                "%(wanted)s lies in a period whose accounts are closed.",
                wanted=format_date(self.env, self.date),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if moved else "success",
                "message": message,
                "sticky": moved,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
