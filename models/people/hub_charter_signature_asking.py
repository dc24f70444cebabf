from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..common.hub_asking_mixin import CALL

REQUEST = "solidarity_hub.mail_template_charter"


class HubCharterSignature(models.Model):
    """Asking people to sign: by e-mail where there is one, else the team calls."""

    _inherit = "hub.charter.signature"
    _reminder_template = "solidarity_hub.mail_template_charter_reminder"

    asked_by_id = fields.Many2one(
        "res.users",
        string="Asked by",
        copy=False,
        readonly=True,
        groups="solidarity_hub.group_hub_adviser",
    )

    @api.model
    def _ask(self, charter, partners):
        """Ask these people to sign; whoever signed or was asked before is left alone.

        Whoever refused is asked again: the refusal stays on record.

        :return: the signatures that are asked for
        """
        rows = self._for_people(charter, partners)
        done = rows.filtered(
            lambda s: s.answer == "yes" or (s.answer == "waiting" and s.asked_on)
        )
        asked = rows.filtered(lambda s: s.partner_id not in done.partner_id)
        asked = asked._first_of_each()
        asked.filtered(lambda s: s.answer == "no")._reset_answer()
        asked._unguarded().write(
            {
                "asked_on": self._today(),
                "asked_by_id": self.env.uid,
                "reminders": 0,
                "reminded_on": False,
                "to_call": False,
            }
        )
        asked.sudo()._mail_or_call(REQUEST)
        return asked

    def _ask_team_to_call(self, why):
        """Whoever cannot be reached, or does not answer, is called.

        :param why: ``no_email``, ``not_sent`` or ``no_answer``
        """
        self.activity_id.unlink()
        vals_list = [signature._prepare_call_vals(why) for signature in self]
        activities = self._create_activities(vals_list)
        for signature, activity in zip(self, activities, strict=True):
            signature._unguarded().write({"to_call": True, "activity_id": activity.id})

    def _prepare_call_vals(self, why):
        user = self._first_of_team(self.asked_by_id, self.company_id)
        env = self.with_context(lang=user.lang).env
        reasons = {
            "no_email": env._("There is no e-mail address."),
            "not_sent": env._("The e-mail could not be written."),
            "no_answer": env._("There was no answer to the e-mails."),
        }
        lines = [
            reasons[why],
            env._("To sign: %(charter)s.", charter=self.charter_id.display_name),
            env._(
                "Note the answer under People, Charter: who has signed; the link for a"
                " text message can be copied there as well."
            ),
        ]
        person = self.partner_id
        summary = self._call_summary(env, person.display_name, person.phone)
        return self._prepare_activity_vals(self, CALL, user, summary, lines)

    def _drop_calls(self):
        """Nobody is called about what is settled, by an answer or a newer version."""
        called = self.filtered("activity_id")
        (called - called._awaited()).activity_id.unlink()

    # ------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------

    @api.model
    def _domain_awaited(self, charters):
        """Signatures of these versions that somebody waits for.

        After a merge of contacts one person may have two: one yes is enough.
        """
        signed = Domain("answer", "=", "yes") & Domain("charter_id", "in", charters.ids)
        return (
            Domain("charter_id", "in", charters.ids)
            & Domain("answer", "=", "waiting")
            & ~Domain("partner_id.hub_signature_ids", "any", signed)
        )

    def _awaited(self):
        """Those of these signatures that somebody waits for."""
        current = self.env["hub.charter"]._current_of(self.company_id)
        domain = Domain("id", "in", self.ids) & self._domain_awaited(current)
        return self & self.sudo().search(domain)

    @api.model
    def _domain_awaited_in(self, company):
        charter = self.env["hub.charter"]._current_of(company)
        return self._domain_awaited(charter) & self._domain_still_here(company)

    @api.model
    def _domain_still_here(self, company):
        """Nobody is written to whose part in the hub is over."""
        today = self._today()
        going_on = Domain("company_id", "=", company.id) & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", today)
        )
        here = Domain("company_id", "=", company.id)
        holders = self.env["hub.project.holder"]._people_with_open_project(company)
        return Domain("partner_id.active", "=", True) & (
            ~Domain("partner_id.hub_role_ids", "any", here)
            | Domain("partner_id.hub_role_ids", "any", going_on)
            | Domain("partner_id", "in", holders.ids)
        )

    def action_remind(self):
        """Remind now whoever has not answered; nobody twice on the same day."""
        self.check_access("write")
        today = self._today()
        rows = self._awaited().filtered(
            lambda s: s.asked_on and today not in (s.asked_on, s.reminded_on)
        )
        if not rows:
            raise UserError(
                self.env._(
                    "Nobody is to be reminded today. Either no answer is awaited, or"
                    " the last message is of today."
                )
            )
        rows.sudo()._write_reminder()
        called = rows.filtered(lambda s: not s.partner_id.email)
        return self._notify_reminded(
            len(rows - called), called.partner_id.mapped("display_name")
        )
