from odoo import api, fields, models
from odoo.exceptions import UserError

from ..common.hub_answer_mixin import CHANNELS

TOLD = {"wished_start": False, "told_on": False, "reminded_on": False}
TEAM = "solidarity_hub.group_hub_adviser,solidarity_hub.group_hub_volunteer"


class HubInterviewPresence(models.Model):
    """Whether a holder comes to an appointment, or would rather have another one."""

    _name = "hub.interview.presence"
    _inherit = [
        "hub.interview.presence",
        "hub.answer.mixin",
        "hub.personal.link.mixin",
    ]
    _guarded_fields = frozenset(
        {
            "answer",
            "answered_on",
            "answer_channel",
            "recorded_by_id",
            "access_token",
            *TOLD,
        }
    )

    answer = fields.Selection(
        [("waiting", "No answer yet"), ("yes", "Comes"), ("no", "Asks to move it")]
    )
    wished_start = fields.Datetime(
        string="Asks for",
        copy=False,
        readonly=True,
        help="The moment this person asked for instead.",
    )
    told_on = fields.Datetime(
        string="E-mail of", copy=False, readonly=True, help="Empty: nothing was sent."
    )
    reminded_on = fields.Date(copy=False, readonly=True)
    # Whoever holds it answers in the person's name: it is shown as a link only.
    url = fields.Char(
        string="Link for a text message",
        compute="_compute_url",
        compute_sudo=True,
        groups=TEAM,
        help="To copy into a text message; it opens without a password.",
    )

    @api.depends("quality", "access_token")
    def _compute_url(self):
        for line in self:
            comes = line.id and line.quality == "holder"
            line.url = line._link() if comes else False

    def _portal_path(self):
        self.ensure_one()
        return f"/my/hub/appointment/{self.id}"

    def _token_opens(self, token):
        """Whether this is the key of the page; people who are not holders have none."""
        return self.quality == "holder" and super()._token_opens(token)

    def write(self, vals):
        if "partner_id" not in vals:
            return super().write(vals)
        former = {line: line.partner_id for line in self}
        result = super().write(vals)
        changed = self.filtered(lambda line: line.partner_id != former[line])
        changed.sudo()._change_person()
        return result

    def _change_person(self):
        """The link and the answer of one person are never those of another."""
        self._reset_answer()
        self._renew_key()
        self._tell()

    # ------------------------------------------------------------
    # Answering
    # ------------------------------------------------------------

    def _is_open(self):
        """Whether there is an appointment to come about which to answer."""
        self.ensure_one()
        interview = self.sudo().interview_id
        return (
            self.quality == "holder"
            and interview.state == "planned"
            and interview.lead_id.active
            and interview.date_start > fields.Datetime.now()
        )

    def _check_answer_is_open(self):
        """Plans change: until then one may answer as often as needed."""
        if not self._is_open():
            raise UserError(
                self.env._(
                    "“%(interview)s” is not an appointment to come of this person:"
                    " there is nothing to answer.",
                    interview=self.sudo().interview_id.display_name,
                )
            )

    def _reset_answer(self):
        result = super()._reset_answer()
        self._unguarded().write(TOLD)
        return result

    def _answer_appointment(self, answer, channel, reason=None, wished=None):
        """Note down that the person comes, or asks to move the appointment.

        :param wished: the moment asked for instead (UTC), if one was named
        """
        self.ensure_one()
        wished = wished if answer == "no" else None
        if wished:
            self.env["hub.interview"]._check_may_be_planned(wished)
        self._record_answer(answer, channel, reason)
        self._unguarded().write({"wished_start": wished or False})
        if answer == "no":
            self.interview_id._tell_move_is_asked()

    def action_note_answer(self, answer, channel, reason=None, wished_start=None):
        """Note down what a holder said about an appointment.

        :param answer: ``yes`` (comes) or ``no`` (asks to move it)
        :param channel: ``phone``, ``in_person`` or ``paper``
        :param wished_start: the moment asked for instead, in UTC
        """
        self.check_access("write")
        self.interview_id.check_access("write")
        if answer not in ("yes", "no") or channel not in dict(CHANNELS[1:]):
            raise UserError(
                self.env._(
                    "Say whether the person comes, and how it was said: by telephone,"
                    " in person or on paper. The personal link is for the person alone."
                )
            )
        wished = fields.Datetime.to_datetime(wished_start)
        for line in self:
            line._answer_appointment(answer, channel, reason, wished)

    def action_open_answer(self):
        """Note an answer down that was given on the telephone or face to face."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Note an answer down"),
            "res_model": "hub.appointment.answer.wizard",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_presence_id": self.id},
        }

    def action_accept_wish(self):
        """Move the appointment to the moment asked for; all holders are asked again."""
        self.ensure_one()
        self.interview_id.check_access("write")
        self._accept_wish()

    def _accept_wish(self):
        wished = self.wished_start
        if not (self._is_open() and wished and wished > fields.Datetime.now()):
            raise UserError(
                self.env._(
                    "The moment asked for has passed, or none was named: choose another"
                    " date and hour for the appointment."
                )
            )
        self.interview_id.date_start = wished
