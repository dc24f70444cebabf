from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from ..common.hub_answer_mixin import CHANNELS

NOTED = dict(CHANNELS[1:])


class HubInterviewHandover(models.Model):
    """The holder agrees that earlier notes are handed on to a new companion.

    Either somebody notes an agreement that was given, or the holder is asked and
    answers on his or her own page.
    """

    _name = "hub.interview.handover"
    _description = "Agreement to hand notes on"
    _inherit = [
        "hub.project.line.mixin",
        "hub.answer.mixin",
        "hub.personal.link.mixin",
    ]
    _order = "answered_on desc nulls first, id desc"
    _guarded_fields = frozenset(
        {
            "answer",
            "answered_on",
            "answer_channel",
            "recorded_by_id",
            "asked_by_id",
            "access_token",
        }
    )
    # An agreement is noted with its day and channel, and never changed afterwards.
    _guarded_given = frozenset(
        {"answer", "answered_on", "answer_channel", "recorded_by_id"}
    )

    lead_id = fields.Many2one(ondelete="restrict")
    partner_id = fields.Many2one(
        "res.partner",
        string="Handed on to",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    answer = fields.Selection(string="Holder's answer")
    answered_on = fields.Datetime(
        string="Answered on", default=fields.Datetime.now, readonly=False
    )
    answer_channel = fields.Selection(default="in_person", readonly=False)
    recorded_by_id = fields.Many2one(string="Noted by")
    asked_by_id = fields.Many2one(
        "res.partner",
        string="Asked by",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.depends("partner_id.display_name")
    def _compute_display_name(self):
        for handover in self:
            handover.display_name = handover.partner_id.display_name or ""

    @api.model_create_multi
    def create(self, vals_list):
        handovers = super().create([self._prepare_handover(vals) for vals in vals_list])
        for handover in handovers.filtered(lambda h: h.answer == "yes"):
            handover._check_recorder()
            handover._hand_on()
        return handovers

    @api.model
    def _prepare_handover(self, vals):
        """A question by :meth:`_ask`, else an agreement that was given."""
        if self._guard_is_open() and vals.get("answer") == "waiting":
            return dict(vals, answered_on=False, answer_channel=False)
        vals = dict(vals, answer="yes")
        if not self.env.su:
            vals["recorded_by_id"] = self.env.uid
            if vals.get("answer_channel", "in_person") not in NOTED:
                self._raise_channel()
        return vals

    @api.constrains("answered_on", "partner_id")
    def _check_agreement(self):
        now = fields.Datetime.now()
        for handover in self:
            if handover.answered_on and handover.answered_on > now:
                raise ValidationError(
                    self.env._("An agreement is noted once it was given: choose a day.")
                )
            if handover.partner_id in handover.lead_id.hub_holder_ids.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(person)s carries this project and does not read the notes"
                        " on it.",
                        person=handover.partner_id.name,
                    )
                )

    def _check_recorder(self):
        """Nobody opens notes for himself, nor for others without reading them."""
        if self.env.su:
            return
        if self.partner_id != self.env.user.partner_id:
            if self.env.user.has_group("solidarity_hub.group_hub_manager"):
                return
            notes = self.env["hub.interview.note"]
            if notes.search([("lead_id", "=", self.lead_id.id)], limit=1):
                return
        raise AccessError(
            self.env._(
                "Somebody who reads the notes of this project, or the manager, notes"
                " the agreement of the holder down; never who receives them."
            )
        )

    def action_agree(self, channel="phone"):
        """The holder said yes: whoever may note it down does.

        :param channel: ``phone``, ``in_person`` or ``paper``
        """
        self._note_answer("yes", channel)

    def action_refuse(self, channel="phone"):
        """The holder said no: the notes stay with those who read them."""
        self._note_answer("no", channel)

    def _note_answer(self, answer, channel):
        self.check_access("read")
        if channel not in NOTED:
            self._raise_channel()
        for handover in self:
            handover._check_recorder()
            handover.sudo()._record_answer(answer, channel)
            if answer == "yes":
                handover._hand_on()

    def _raise_channel(self):
        raise UserError(
            self.env._(
                "Say how the holder answered: by telephone, in person or on paper. The"
                " personal page is for the holder alone."
            )
        )

    def _hand_on(self):
        """The successor reads what was written before, while in the pair.

        Who is not the manager hands on what he or she reads, nothing else; the holder,
        on the own page, all of it. What is for those present stays with them.
        """
        notes = self.env["hub.interview.note"]
        if self.env.su or self.env.user.has_group("solidarity_hub.group_hub_manager"):
            notes = notes.sudo()
        found = notes.search([("lead_id", "=", self.lead_id.id)]).sudo()
        new = found.filtered(lambda note: self.partner_id not in note.pair_ids)
        new.write({"pair_ids": [Command.link(self.partner_id.id)]})
        self._announce(new)

    def _announce(self, notes):
        """The authors learn who reads from now on what they wrote."""
        self.ensure_one()
        authors = notes.author_id - self.env.user.partner_id - self.partner_id
        for lang, people in authors.grouped("lang").items():
            env = self.with_context(lang=lang or self.env.lang).env
            self.env["mail.thread"].sudo().with_context(
                mail_notify_force_send=False
            ).message_notify(
                partner_ids=people.ids,
                author_id=self.sudo().company_id.partner_id.id,
                subject=env._("Notes that you wrote were handed on"),
                body=env._(
                    "%(person)s accompanies the project now and reads the notes you"
                    " wrote before, with the agreement of the project holder. What is"
                    " for those present only stays closed.",
                    person=self.partner_id.name,
                ),
            )
