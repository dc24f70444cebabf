from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

BATCH = 50
REMINDER = "solidarity_hub.mail_template_pact_reminder"


class HubPactParty(models.Model):
    """Reminding those who have not signed, and calling them in the end.

    The e-mail and the note that it was written are one transaction: a job that is
    stopped and run again reminds nobody twice.
    """

    _inherit = "hub.pact.party"

    @api.model
    def _cron_remind(self):
        """Once a day: remind, then tell the team whom to call."""
        self._run_in_batches(lambda: self._remind_due(BATCH), self._count_due)

    @api.model
    def _remind_due(self, limit=None):
        """Handle so many of those that are due; how many they were."""
        handled = 0
        for company in self._companies():
            due = self.search(self._domain_due(company), limit=limit)
            if due := due.try_lock_for_update():
                due._remind()
                handled += len(due)
        return handled

    @api.model
    def _count_due(self):
        domains = [self._domain_due(company) for company in self._companies()]
        return self.search_count(Domain.OR(domains))

    @api.model
    def _domain_due(self, company):
        latest = self._today() - timedelta(days=company.hub_reminder_days)
        return (
            self._domain_awaited()
            & Domain("company_id", "=", company.id)
            & Domain("to_call", "=", False)
            & Domain("asked_on", "<=", latest)
            & (Domain("reminded_on", "=", False) | Domain("reminded_on", "<=", latest))
        )

    def _remind(self):
        """One reminder more, or a call when there were enough of them."""
        enough = self.filtered(
            lambda one: one.reminders >= one.company_id.hub_reminder_count
        )
        enough._ask_team_to_call("no_answer")
        (self - enough)._write_reminder()

    def _write_reminder(self):
        for count, rows in self.grouped("reminders").items():
            rows._unguarded().write(
                {"reminders": count + 1, "reminded_on": self._today()}
            )
        self._mail_or_call(REMINDER)

    def action_remind(self):
        """Remind now whoever has not answered; nobody twice on the same day."""
        self.check_access("write")
        today = self._today()
        due = self.filtered(
            lambda one: (
                one._is_awaited() and today not in (one.asked_on, one.reminded_on)
            )
        )
        if not due:
            raise UserError(
                self.env._(
                    "%(name)s: nobody is to be reminded today. Either no answer is"
                    " awaited, or the last message is of today.",
                    name=self[:1].display_name or "",
                )
            )
        new = due.filtered(lambda one: not one.asked_on)
        new._send()
        (due - new)._write_reminder()
        return due._notify_asked()
