import logging
from datetime import datetime, time, timedelta

import pytz
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

TOLD = "solidarity_hub.mail_template_appointment"
REMINDER = "solidarity_hub.mail_template_appointment_reminder"
CANCELLED = "solidarity_hub.mail_template_appointment_cancelled"
BATCH = 50


class HubInterviewPresence(models.Model):
    """Holders who have an e-mail address are told of an appointment, and reminded.

    The e-mail and the note that it was written are one transaction: a job that is
    stopped and run again reminds nobody twice.
    """

    _inherit = "hub.interview.presence"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        # Loading a file of records writes to nobody.
        if not self.env.context.get("install_mode"):
            lines.sudo()._tell()
        return lines

    def _tell(self):
        """Appointments to come that these people have not been told of yet."""
        new = self.filtered(lambda line: line._is_open() and not line.told_on)
        new._mail(TOLD, told_on=fields.Datetime.now())

    def _tell_cancelled(self):
        now = fields.Datetime.now()
        known = self.filtered(
            lambda line: (
                (line.told_on or line.answer != "waiting")
                and line.interview_id.date_start > now
            )
        )
        known._mail(CANCELLED)

    def _mail(self, xml_id, **noted):
        """Put the e-mails into the queue, and note it."""
        lines = self.filtered(
            lambda line: line.partner_id.email and line.company_id.hub_appointment_mail
        )
        if not lines:
            return
        try:
            with self.env.cr.savepoint():
                template = self.env.ref(xml_id).sudo()
                # On no record: whoever sees the interview would see the link.
                template.send_mail_batch(
                    lines.ids,
                    email_values={"author_id": False, "model": False, "res_id": False},
                )
                if noted:
                    lines._unguarded().write(noted)
        except (OperationalError, ConcurrencyError):
            raise
        except Exception:
            # A template that somebody spoiled never costs the appointment itself.
            _logger.exception("The e-mails about appointments were not written")
            return
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    # ------------------------------------------------------------
    # The day before
    # ------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Remind holders of the appointments of tomorrow."""
        handled = True
        while handled:
            due = self.search(self._domain_to_remind(), limit=BATCH)
            handled = due.try_lock_for_update()
            handled._remind()
            left = self.search_count(self._domain_to_remind()) if handled else 0
            if not self.env["ir.cron"]._commit_progress(len(handled), remaining=left):
                break

    def _remind(self):
        # Also those that could not be written: they are not tried again and again.
        self._unguarded().write({"reminded_on": fields.Date.context_today(self)})
        self._mail(REMINDER)

    @api.model
    def _domain_to_remind(self):
        """Those of tomorrow, for whom this is not the first message of the day."""
        companies = (
            self.env["res.company"]
            .sudo()
            .search([("hub_active", "=", True), ("hub_appointment_mail", "=", True)])
        )
        return Domain.OR(self._domain_of_tomorrow(company) for company in companies) & (
            Domain("quality", "=", "holder")
            & Domain("answer", "!=", "no")
            & Domain("reminded_on", "=", False)
            & Domain("partner_id.email", "!=", False)
            & Domain("interview_id.state", "=", "planned")
            & Domain("interview_id.lead_id.active", "=", True)
        )

    @api.model
    def _domain_of_tomorrow(self, company):
        zone = pytz.timezone(company._hub_tz() or "UTC")
        now = fields.Datetime.now()
        today = pytz.utc.localize(now).astimezone(zone).date()

        def midnight(days):
            local = zone.localize(
                datetime.combine(today + timedelta(days=days), time.min)
            )
            return local.astimezone(pytz.utc).replace(tzinfo=None)

        return (
            Domain("company_id", "=", company.id)
            & Domain("interview_id.date_start", ">", now)
            & Domain("interview_id.date_start", "<", midnight(2))
            & (Domain("told_on", "=", False) | Domain("told_on", "<", midnight(0)))
        )
