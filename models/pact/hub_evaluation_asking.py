from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..common.hub_asking_mixin import CALL

BATCH = 50
VIEW = "solidarity_hub.mail_template_evaluation_view"
AGREEMENT = "solidarity_hub.mail_template_evaluation_agreement"
REMINDER = "solidarity_hub.mail_template_evaluation_reminder"


class HubEvaluationPerson(models.Model):
    """Asking for a view, then for a yes: by e-mail where there is one, else by
    telephone; reminded after some days, called in the end."""

    _inherit = "hub.evaluation.person"

    asked_on = fields.Date(copy=False, readonly=True)
    reminders = fields.Integer(copy=False, readonly=True, aggregator=None)
    reminded_on = fields.Date(copy=False, readonly=True)
    to_call = fields.Boolean(string="To be called", copy=False, readonly=True)
    activity_id = fields.Many2one(
        "mail.activity",
        string="What the team does about it",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="solidarity_hub.group_hub_adviser",
    )

    def write(self, vals):
        result = super().write(vals)
        if {"given_on", "answer", "excused"} & set(vals):
            self.sudo()._drop_activities()
        return result

    def _drop_activities(self):
        """Whoever has answered is no longer to be called."""
        done = self.filtered(lambda p: not p.is_awaited and p.answer != "no")
        done.activity_id.unlink()
        called = done.filtered("to_call")
        called._unguarded().to_call = False

    def _ask(self):
        """Ask these people now, and say what is under way.

        :return: what the screen tells whoever pressed the button
        """
        people = self.sudo()
        if not people:
            self._raise_nobody_to_ask()
        people._unguarded().write(
            {
                "asked_on": self._today(),
                "reminders": 0,
                "reminded_on": False,
                "to_call": False,
            }
        )
        by_phase = people.grouped(lambda p: AGREEMENT if p.given_on else VIEW)
        for xml_id, group in by_phase.items():
            group._mail_or_call(xml_id)
        called = people.filtered("to_call")
        return self._notify_reminded(
            len(people - called), called.partner_id.mapped("name")
        )

    def _raise_nobody_to_ask(self):
        raise UserError(
            self.env._(
                "Nobody is left to be asked: everybody was asked already, has answered"
                " or is excused. “Remind” writes to those who have not answered."
            )
        )

    def action_remind(self):
        """Remind now whoever has not answered; nobody twice on the same day."""
        self.check_access("write")
        today = self._today()
        people = self.sudo().filtered(
            lambda p: p.is_awaited and today not in (p.asked_on, p.reminded_on)
        )
        if not people:
            raise UserError(
                self.env._(
                    "Nobody is to be reminded today. Either no answer is awaited, or"
                    " the last message is of today."
                )
            )
        new = people.filtered(lambda p: not p.asked_on)
        if new:
            new._ask()
        (people - new)._write_reminder()
        called = people.filtered("to_call")
        return self._notify_reminded(
            len(people - called), called.partner_id.mapped("name")
        )

    def _write_reminder(self):
        today = self._today()
        for count, people in self.grouped("reminders").items():
            people._unguarded().write({"reminders": count + 1, "reminded_on": today})
        self._mail_or_call(REMINDER)

    def _mail_or_call(self, xml_id):
        """Write to those who have an address; the team calls the others."""
        by_mail = self.filtered("partner_id.email")
        unsent = by_mail.browse()
        if by_mail and not self._safely(by_mail._queue_mails, xml_id):
            unsent = by_mail.filtered(
                lambda p: not self._safely(p._queue_mails, xml_id)
            )
        if by_mail - unsent:
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        (self - by_mail)._ask_team_to_call("no_email")
        unsent._ask_team_to_call("not_sent")

    def _queue_mails(self, xml_id):
        # On no record: whoever reads the evaluation would read the link of another.
        values = {"author_id": False, "model": False, "res_id": False}
        template = self.env.ref(xml_id).sudo()
        template.send_mail_batch(self.ids, email_values=values)
        return True

    # ------------------------------------------------------------
    # What the team has to do
    # ------------------------------------------------------------

    def _ask_team_to_call(self, why):
        """:param why: ``no_email``, ``not_sent``, ``no_answer`` or ``disagrees``"""
        people = self.sudo()
        activities = self._create_activities(
            [person._prepare_call_vals(why) for person in people]
        )
        for person, activity in zip(people, activities, strict=True):
            person.activity_id.unlink()
            person._unguarded().write({"to_call": True, "activity_id": activity.id})

    def _prepare_call_vals(self, why):
        evaluation, partner = self.evaluation_id, self.partner_id
        user = evaluation._in_charge()
        env = self.with_context(lang=user.lang).env
        reasons = {
            "no_email": env._("There is no e-mail address."),
            "not_sent": env._("The e-mail could not be written."),
            "no_answer": env._("There was no answer to the e-mails."),
            "disagrees": env._(
                "This person does not agree with what was put down. The reason, if"
                " there is one, stands beside the name in the evaluation."
            ),
        }
        lines = [evaluation.with_context(lang=user.lang).display_name, reasons[why]]
        summary = self._call_summary(env, partner.name or "", partner.phone)
        return self._prepare_activity_vals(evaluation, CALL, user, summary, lines)

    # ------------------------------------------------------------
    # Jobs
    # ------------------------------------------------------------

    @api.model
    def _remind_due(self, limit=BATCH):
        """Remind so many of those who are due; how many they were."""
        handled = 0
        for company in self._companies():
            due = self.search(self._domain_due(company), limit=limit)
            if due := due.try_lock_for_update():
                most = company.hub_reminder_count
                enough = due.filtered(lambda p, most=most: p.reminders >= most)
                enough._ask_team_to_call("no_answer")
                (due - enough)._write_reminder()
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
            & Domain("partner_id.active", "=", True)
            & Domain("to_call", "=", False)
            & Domain("asked_on", "<=", latest)
            & (Domain("reminded_on", "=", False) | Domain("reminded_on", "<=", latest))
        )
