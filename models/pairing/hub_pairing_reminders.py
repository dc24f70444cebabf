from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .hub_pairing_asking import (
    ASKED_STATE,
    HOLDER_REMINDER,
    PROPOSAL_REMINDER,
)

BATCH = 50
TEMPLATES = {"volunteer": PROPOSAL_REMINDER, "holder": HOLDER_REMINDER}


class HubPairing(models.Model):
    """Reminding those who do not answer, and calling them in the end.

    The e-mail and the note that it was written are one transaction: a job that is
    stopped and run again reminds nobody twice.
    """

    _inherit = "hub.pairing"

    @api.model
    def _cron_remind(self):
        """Once a day: ask holders, remind, and tell the team whom to call."""
        self._run_in_batches(lambda: self._remind_due(BATCH), self._count_due)

    @api.model
    def _remind_due(self, limit=None):
        """Handle so many of those that are due; how many they were."""
        handled = 0
        unasked = self.search(self._domain_unasked(), limit=limit)
        if unasked := unasked.try_lock_for_update():
            unasked._ask_holders()
            handled += len(unasked)
        for company in self._companies():
            for side in ASKED_STATE:
                due = self.search(self._domain_due(company, side), limit=limit)
                if due := due.try_lock_for_update():
                    due._remind(side)
                    handled += len(due)
        return handled

    @api.model
    def _count_due(self):
        domains = [
            self._domain_due(company, side)
            for company in self._companies()
            for side in ASKED_STATE
        ]
        return self.search_count(Domain.OR([self._domain_unasked(), *domains]))

    @api.model
    def _domain_open_project(self):
        """Nobody is written to about what has ended or was put away."""
        return (
            Domain("lead_id.active", "=", True)
            & Domain("lead_id.stage_id.hub_phase", "!=", "closed")
            & Domain("volunteer_id.active", "=", True)
        )

    @api.model
    def _domain_unasked(self):
        """Holders who waited for a second answer that does not come."""
        since = fields.Datetime.now() - timedelta(hours=12)
        return (
            self._domain_holder_not_asked()
            & self._domain_open_project()
            & Domain("volunteer_answered_on", "<=", since)
        )

    @api.model
    def _domain_due(self, company, side):
        latest = self._today() - timedelta(days=company.hub_reminder_days)
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "=", ASKED_STATE[side])
            & Domain(f"{side}_answer", "=", "waiting")
            & Domain(f"{side}_to_call", "=", False)
            & Domain(f"{side}_asked_on", "<=", latest)
            & (
                Domain(f"{side}_reminded_on", "=", False)
                | Domain(f"{side}_reminded_on", "<=", latest)
            )
            & self._domain_open_project()
        )

    def _remind(self, side):
        """One reminder more, or a call when there were enough of them."""
        rows = self | self._siblings() if side == "holder" else self
        enough = rows.filtered(
            lambda p: p[f"{side}_reminders"] >= p.company_id.hub_reminder_count
        )
        enough._ask_team_to_call(side, "no_answer")
        (rows - enough)._write_reminder(side)

    def _siblings(self):
        """The holder is reminded of both people at once."""
        return self.search(
            Domain("lead_id", "in", self.lead_id.ids)
            & Domain("state", "=", "accepted")
            & Domain("holder_answer", "=", "waiting")
            & Domain("holder_asked_on", "!=", False)
            & Domain("holder_to_call", "=", False)
        )

    def _write_reminder(self, side):
        today = self._today()
        for count, rows in self.grouped(f"{side}_reminders").items():
            rows._unguarded().write(
                {f"{side}_reminders": count + 1, f"{side}_reminded_on": today}
            )
        self._mail_or_call(side, TEMPLATES[side])

    # ------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------

    def action_remind(self):
        """Remind now whoever has not answered; nobody twice on the same day."""
        self.check_access("write")
        reminded = called = self.browse()
        for side in ASKED_STATE:
            rows = self._to_remind_today(side).sudo()
            if side == "holder":
                new = rows.filtered(lambda p: not p.holder_asked_on)
                new._ask_holders()
                (rows - new)._write_reminder(side)
            else:
                rows._write_reminder(side)
            called |= rows.filtered(lambda p, s=side: not p._asked_person(s).email)
            reminded |= rows
        if not reminded:
            self._raise_nobody_to_remind()
        return self._notify_reminded(len(reminded - called), called._names_to_call())

    def _to_remind_today(self, side):
        today = self._today()
        return self.filtered(
            lambda p: (
                p._is_awaited(side)
                and p._project_is_open()
                and p.volunteer_id.active
                and today not in (p[f"{side}_asked_on"], p[f"{side}_reminded_on"])
            )
        )

    def _raise_nobody_to_remind(self):
        raise UserError(
            self.env._(
                "%(pairing)s: nobody is to be reminded today. Either no answer is"
                " awaited, or the last message is of today.",
                pairing=self[:1].display_name or "",
            )
        )

    def _names_to_call(self):
        return [
            p._asked_person("volunteer" if p.state == "sent" else "holder").name or ""
            for p in self
        ]
