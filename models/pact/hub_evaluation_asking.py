from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..common.hub_asking_mixin import CALL

VIEW = "solidarity_hub.mail_template_evaluation_view"
AGREEMENT = "solidarity_hub.mail_template_evaluation_agreement"


class HubEvaluationPerson(models.Model):
    """Asking for a view, then for a yes: by e-mail where there is one, else by
    telephone; reminded after some days, called in the end."""

    _inherit = "hub.evaluation.person"
    _reminder_template = "solidarity_hub.mail_template_evaluation_reminder"

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

    @api.model
    def _domain_awaited_in(self, company):
        return (
            self._domain_awaited()
            & Domain("company_id", "=", company.id)
            & Domain("partner_id.active", "=", True)
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
