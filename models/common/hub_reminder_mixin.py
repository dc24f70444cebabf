from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

BATCH = 50


class HubReminderMixin(models.AbstractModel):
    """One record for each person asked: written to, reminded after some days, called in
    the end.

    A model names the e-mail in ``_reminder_template``, says who is awaited in
    ``_domain_awaited_in`` and whom to call about what in ``_ask_team_to_call``.
    The e-mail and the note that it was written are one transaction: a job that is
    stopped and run again reminds nobody twice.
    """

    _name = "hub.reminder.mixin"
    _description = "Asking and reminding"
    _inherit = ["hub.asking.mixin", "hub.guard.mixin"]
    _reminder_template = None

    asked_on = fields.Date(string="Asked on", copy=False, readonly=True)
    reminders = fields.Integer(copy=False, readonly=True, aggregator=None)
    reminded_on = fields.Date(copy=False, readonly=True)
    to_call = fields.Boolean(string="To be called", copy=False, readonly=True)
    activity_id = fields.Many2one(
        "mail.activity",
        string="What the team does",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="solidarity_hub.group_hub_adviser",
    )

    def _asked_person(self):
        """Who reads the e-mail, or answers the telephone."""
        return self.partner_id.sudo()

    def _first_of_each(self):
        """One record for each message; most models have no more."""
        return self

    # ------------------------------------------------------------
    # By e-mail, or else by telephone
    # ------------------------------------------------------------

    def _mail_or_call(self, xml_id):
        """Write to those who have an address; the team calls the others."""
        by_mail = self.filtered(lambda one: one._asked_person().email)
        failed = by_mail.browse()
        if by_mail and not self._safely(by_mail._queue_mails, xml_id):
            failed = by_mail.filtered(
                lambda one: not self._safely(one._queue_mails, xml_id)
            )
        if by_mail - failed:
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        (self - by_mail)._ask_team_to_call("no_email")
        failed._ask_team_to_call("not_sent")

    def _queue_mails(self, xml_id):
        """On no record: whoever reads it would read the personal link of each."""
        self.env.ref(xml_id).sudo().send_mail_batch(
            self.sudo().ids,
            email_values={"author_id": False, "model": False, "res_id": False},
        )
        return True

    def _ask_team_to_call(self, why):
        """:param why: ``no_email``, ``not_sent`` or ``no_answer``"""
        raise NotImplementedError

    # ------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------

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
        """Whoever was asked so long ago that a reminder, or a call, is due."""
        latest = self._today() - timedelta(days=company.hub_reminder_days)
        return (
            self._domain_awaited_in(company)
            & Domain("to_call", "=", False)
            & Domain("asked_on", "<=", latest)
            & (Domain("reminded_on", "=", False) | Domain("reminded_on", "<=", latest))
        )

    @api.model
    def _domain_awaited_in(self, company):
        """Whoever an answer is awaited from in this hub."""
        raise NotImplementedError

    def _remind(self):
        """One reminder more, or a call when there were enough of them."""
        enough = self.filtered(
            lambda one: one.reminders >= one.company_id.hub_reminder_count
        )
        enough._first_of_each()._ask_team_to_call("no_answer")
        enough._unguarded().write({"to_call": True})
        (self - enough)._write_reminder()

    def _write_reminder(self):
        today = self._today()
        for count, rows in self.grouped("reminders").items():
            rows._unguarded().write({"reminders": count + 1, "reminded_on": today})
        self._first_of_each()._mail_or_call(self._reminder_template)
