from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .hub_pairing import OPEN_STATES

SIDES = ("volunteer", "holder")
# Name in the answer mixin -> end of the name here, after "volunteer_" or "holder_".
ANSWER_FIELDS = {
    "answer": "answer",
    "answered_on": "answered_on",
    "answer_channel": "answer_channel",
    "recorded_by_id": "recorded_by_id",
    "answer_reason": "reason",
}
# The same for whom the team asked, reminded or is to call.
ASKING_FIELDS = ("asked_on", "reminders", "reminded_on", "to_call", "activity_id")
GUARDED = {
    f"{side}_{name}"
    for side in SIDES
    for name in (*ANSWER_FIELDS.values(), *ASKING_FIELDS)
} | {
    "state",
    "slot",
    "score",
    "explanation",
    "run_id",
    "run_line_id",
}


class HubPairing(models.Model):
    """What each side answered, by whichever channel, and what follows from it."""

    _inherit = "hub.pairing"
    _guarded_fields = frozenset(GUARDED)
    _guarded_given = frozenset(
        {"slot", "score", "explanation", "run_id", "run_line_id"}
    )

    def action_accept(self, channel=None, reason=None, answered_on=None):
        """The volunteer says yes.

        :param channel: how it was said, when somebody else notes it down: ``phone``,
            ``in_person`` or ``paper``
        :param answered_on: when it was said, if earlier
        """
        self._answer_as_volunteer("yes", channel, reason, answered_on)

    def action_decline(self, reason=None, channel=None, answered_on=None):
        """The volunteer says no; a reason is welcome, never required."""
        self._answer_as_volunteer("no", channel, reason, answered_on)

    def action_holder_accept(self, channel=None, reason=None, answered_on=None):
        """The holder agrees with this person; the project's team notes it down."""
        self._check_recorder(channel)
        self._record_side("holder", "yes", channel, reason, answered_on)

    def action_holder_decline(self, reason=None, channel=None, answered_on=None):
        """The holder would rather have somebody else."""
        self._check_recorder(channel)
        self._record_side("holder", "no", channel, reason, answered_on)

    def action_activate(self, channel=None, reason=None, answered_on=None):
        """Agreement already given on both sides: the accompaniment starts at once."""
        self._check_recorder(channel)
        for pairing in self:
            # The holder first: nobody is asked by e-mail for what he has just said.
            for side in reversed(SIDES):
                if pairing[f"{side}_answer"] == "waiting":
                    pairing._record_side(side, "yes", channel, reason, answered_on)

    def action_ask_again(self):
        """A refusal is taken back: the person is asked anew, if a place is free."""
        self.check_access("write")
        waiting = dict.fromkeys(
            (f"{side}_{name}" for side in SIDES for name in ANSWER_FIELDS.values()),
            False,
        )
        waiting |= {f"{side}_answer": "waiting" for side in SIDES}
        for pairing in self:
            pairing._check_transition("proposed")
            pairing._lock_places(pairing.lead_id.ids, pairing.volunteer_id.ids)
            vals = {"lead_id": pairing.lead_id.id}
            slot = pairing.role == "pair" and pairing._take_place(vals, set())
            pairing._unguarded().write(dict(waiting, slot=slot, state="proposed"))
            pairing._check_eligibility()

    def action_end(self, reason=None, date=None):
        """The road together ends, with its reason; the history stays.

        :param date: last day, today when not given
        """
        today = fields.Date.context_today(self)
        day = fields.Date.to_date(date) or today
        for pairing in self:
            pairing._check_transition("ended")
            pairing._check_end(reason, day, today)
        vals = {"state": "ended", "date_end": day, "end_reason": reason}
        self._unguarded().write(vals)

    def action_open_answer_wizard(self):
        """Note down what somebody said on the telephone, face to face or on paper."""
        waiting = self.filtered(lambda p: p.volunteer_answer == "waiting")
        return self._open_wizard(
            "hub.pairing.answer.wizard", who="volunteer" if waiting else "holder"
        )

    def action_open_end_wizard(self):
        """End this accompaniment."""
        return self._open_wizard("hub.pairing.end.wizard")

    def action_replace(self):
        """Choose somebody else for this place; the other person stays."""
        self.ensure_one()
        return self.lead_id._hub_action_pair(replaced=self)

    # ------------------------------------------------------------
    # Inside
    # ------------------------------------------------------------

    def _answer_as_volunteer(self, answer, channel, reason, answered_on):
        own = self.filtered(lambda p: p.volunteer_id == self.env.user.partner_id)
        own.sudo()._record_side("volunteer", answer, "portal", reason)
        others = self - own
        if others:
            others._check_recorder(channel)
            others._record_side("volunteer", answer, channel, reason, answered_on)

    def _check_recorder(self, channel):
        """Whoever notes down somebody else's answer says how it was given."""
        if not self.env.user.has_group("solidarity_hub.group_hub_coordinator"):
            raise AccessError(
                self.env._(
                    "Only the coordinators of the hub note down the answer of somebody"
                    " else. Ask one of them, or send the person the link."
                )
            )
        self.check_access("write")
        if channel not in {"phone", "in_person", "paper"}:
            field = self._fields["volunteer_answer_channel"]
            labels = dict(field._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(pairing)s: say how the answer was given (%(channels)s). The"
                    " personal link is for the person alone.",
                    pairing=self[:1].display_name or "",
                    channels=", ".join(
                        labels[name].lower() for name in ("phone", "in_person", "paper")
                    ),
                )
            )

    def _record_side(self, side, answer, channel, reason=None, answered_on=None):
        """Note the answer of one side down, and go on as the two answers say."""
        for pairing in self:
            pairing._check_side_open(side, answer, channel, answered_on)
            vals = self.env["hub.answer.mixin"]._prepare_answer_vals(
                answer, channel, reason, answered_on
            )
            vals = {f"{side}_{ANSWER_FIELDS[name]}": vals[name] for name in vals}
            other = pairing[
                "holder_answer" if side == "volunteer" else "volunteer_answer"
            ]
            vals |= pairing._prepare_state_vals(side, answer, other, answered_on)
            pairing._unguarded().write(vals)

    def _prepare_state_vals(self, side, answer, other, answered_on):
        if answer == "no":
            return {"state": "declined"}
        if other == "yes":
            day = fields.Date.to_date(answered_on) or fields.Date.context_today(self)
            return {"state": "active", "date_start": self.date_start or day}
        return {"state": "accepted"} if side == "volunteer" else {}

    def _can_take_back(self, side, answer, channel):
        """Whoever said yes may still tell the team no, until it is under way."""
        return (
            self.state == "accepted"
            and (side, answer) == ("volunteer", "no")
            and channel != "portal"
        )

    def _check_side_open(self, side, answer, channel, answered_on):
        self.ensure_one()
        waiting = self.state in OPEN_STATES and self[f"{side}_answer"] == "waiting"
        if not waiting and not self._can_take_back(side, answer, channel):
            raise UserError(
                self.env._(
                    "%(pairing)s: the answer was given before, or the proposal no"
                    " longer stands (%(state)s). To change it, end it or ask again.",
                    pairing=self.display_name,
                    state=self._state_label(),
                )
            )
        moment = fields.Datetime.to_datetime(answered_on)
        if moment and moment.date() > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "%(pairing)s: an answer of %(day)s is still to come. Give the day"
                    " on which it was given.",
                    pairing=self.display_name,
                    day=self._format_day(moment),
                )
            )

    def _check_end(self, reason, day, today):
        if not (reason or "").strip():
            raise UserError(
                self.env._(
                    "%(pairing)s: write in a few words why it ends.",
                    pairing=self.display_name,
                )
            )
        if self.date_start and day < self.date_start:
            raise UserError(
                self.env._(
                    "%(pairing)s started on %(start)s and cannot end on %(end)s, before"
                    " it. Correct the date.",
                    pairing=self.display_name,
                    start=self._format_day(self.date_start),
                    end=self._format_day(day),
                )
            )
        if day > today:
            raise UserError(
                self.env._(
                    "%(pairing)s cannot be ended in advance: come back on %(end)s.",
                    pairing=self.display_name,
                    end=self._format_day(day),
                )
            )

    def _open_wizard(self, model, **vals):
        action = (
            self.env[model]
            .create({"pairing_ids": [Command.set(self.ids)], **vals})
            ._get_records_action()
        )
        return dict(action, target="new", name=self.env[model]._wizard_title())
