from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

BATCH = 50


class HubLoanReminder(models.Model):
    """Each day: who is late, and was not reminded of it in these words yet.

    Never during a pause, never twice within the days of the settings, and of several
    words only the last ones that fit.
    """

    _inherit = "hub.loan.reminder"

    @api.model
    def _cron_remind(self):
        self._run_in_batches(lambda: self._remind_due(BATCH), self._count_due)

    @api.model
    def _companies(self):
        """Hubs that remind borrowers."""
        return (
            self.env["res.company"]
            .sudo()
            .search(
                Domain("hub_active", "=", True)
                & Domain("hub_loan_reminder_mode", "!=", "off")
            )
        )

    @api.model
    def _remind_due(self, limit=None):
        """Prepare, or send, so many reminders; how many they were."""
        handled = 0
        for level, domain in self._due():
            loans = self.env["hub.loan"].search(domain, limit=limit)
            if loans := loans.try_lock_for_update():
                handled += len(self._prepare(loans, level))
        return handled

    @api.model
    def _count_due(self):
        return sum(
            self.env["hub.loan"].search_count(domain) for _level, domain in self._due()
        )

    @api.model
    def _due(self):
        """``[(level, loans that are to be reminded so)]``, the latest level first."""
        levels = self.env["hub.loan.reminder.level"].sudo()
        found = []
        for company in self._companies():
            later = None
            for level in levels.search(
                [("company_id", "=", company.id)], order="days desc, id desc"
            ):
                found.append((level, self._domain_due(company, level, later)))
                later = level
        return found

    @api.model
    def _domain_due(self, company, level, later=None):
        """Late since as many days as the level says and not as the next one does."""
        domain = (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "disbursed")
            & Domain("is_paused", "=", False)
            & Domain("days_overdue", ">=", level.days)
            & Domain.custom(to_sql=lambda m, a, q: self._not_reminded(m, a, level))
        )
        if later:
            domain &= Domain("days_overdue", "<", later.days)
        return domain

    @api.model
    def _not_reminded(self, model, alias, level):
        self.flush_model()
        today = self._today()
        return SQL(
            """NOT EXISTS (
                SELECT FROM hub_loan_reminder former
                JOIN hub_loan_reminder_level said ON said.id = former.level_id
                WHERE former.loan_id = %(loan)s AND (
                    former.date > %(today)s - %(gap)s::integer
                    OR said.days >= %(days)s
                       AND former.since = %(today)s - %(late)s
                )
            )""",
            loan=SQL.identifier(alias, "id"),
            today=today,
            gap=level.company_id.hub_loan_reminder_gap,
            days=level.days,
            late=model._field_to_sql(alias, "days_overdue"),
        )

    @api.model
    def _prepare(self, loans, level):
        """One reminder for each; sent at once where the hub wants that."""
        reminders = self.sudo().create(
            [self._values_for(loan, level) for loan in loans]
        )
        for company, rows in reminders.grouped("company_id").items():
            if company.hub_loan_reminder_mode == "auto":
                rows.filtered(lambda one: one.channel != "letter")._send()
        return reminders

    def _values_for(self, loan, level):
        today, days = self._today(), loan.days_overdue
        channel = "call"
        if level.kind == "message":
            channel = "email" if loan.partner_id.email else "letter"
        return {
            "loan_id": loan.id,
            "level_id": level.id,
            "date": today,
            "since": fields.Date.subtract(today, days=days),
            "amount": loan.overdue_amount,
            "days": days,
            "channel": channel,
        }

    # ------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------

    def action_prepare(self):
        """Prepare now what the job of the night would prepare."""
        self.check_access("write")
        if not self._count_due():
            raise UserError(
                self.env._(
                    "Nobody is to be reminded today: nothing is late enough, or those"
                    " who are late were reminded, or are in a pause."
                )
            )
        self._remind_due()
