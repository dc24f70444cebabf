from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from ..common.hub_asking_mixin import CALL

ASKING = "solidarity_hub.mail_template_pact_to_sign"
SIGNED = "solidarity_hub.mail_template_pact_signed"
JOINED = "solidarity_hub.mail_template_pact_joined"


class HubPactParty(models.Model):
    """Asking each party to sign: by e-mail where there is one, else by a call."""

    _inherit = "hub.pact.party"
    _reminder_template = "solidarity_hub.mail_template_pact_reminder"

    asked_hash = fields.Char(
        string="Fingerprint of what was sent", size=64, copy=False, readonly=True
    )
    is_awaited = fields.Boolean(
        string="Signature awaited",
        compute="_compute_is_awaited",
        search="_search_is_awaited",
    )
    asked_email = fields.Char(
        string="E-mail",
        compute="_compute_asked_person",
        compute_sudo=True,
        groups="solidarity_hub.group_hub_adviser",
    )
    asked_phone = fields.Char(
        string="Telephone",
        compute="_compute_asked_person",
        compute_sudo=True,
        groups="solidarity_hub.group_hub_adviser",
    )

    @api.depends("contact_id", "partner_id.email", "partner_id.phone")
    def _compute_asked_person(self):
        for party in self:
            person = party._asked_person()
            party.asked_email = person.email
            party.asked_phone = person.phone

    @api.depends("answer", "left_on", "pact_id.state")
    def _compute_is_awaited(self):
        for party in self:
            party.is_awaited = party._is_awaited()

    def _search_is_awaited(self, operator, value):
        if operator != "in":
            return NotImplemented
        awaited = self._domain_awaited()
        return Domain.OR(awaited if wanted else ~awaited for wanted in value)

    @api.model
    def _domain_awaited(self):
        """Whoever still may sign: a text open to signature, or a slip."""
        return (
            Domain("answer", "=", "waiting")
            & Domain("left_on", "=", False)
            & Domain("pact_id.active", "=", True)
            & Domain("pact_id.state", "in", ("to_sign", "in_force"))
        )

    @api.model
    def _domain_awaited_in(self, company):
        return self._domain_awaited() & Domain("company_id", "=", company.id)

    def _is_awaited(self):
        self.ensure_one()
        pact = self.sudo().pact_id
        return (
            self.answer == "waiting"
            and not self.left_on
            and pact.active
            and pact.state in ("to_sign", "in_force")
        )

    def _asked_person(self):
        """Who reads the e-mail, or answers the telephone."""
        return (self.contact_id or self.partner_id).sudo()

    @api.model
    def _asked_anew(self):
        return dict.fromkeys(("asked_on", "reminders", "reminded_on", "to_call"), False)

    # ------------------------------------------------------------
    # Sending
    # ------------------------------------------------------------

    def _send(self):
        """Ask, once for each text; the others are left to the reminders."""
        new = self._not_asked()
        new._check_representatives()
        for party in new:
            party._unguarded().write(
                {
                    **self._asked_anew(),
                    "asked_on": self._today(),
                    "asked_hash": party._fingerprint_to_sign(),
                }
            )
        new._mail_or_call(ASKING)
        return new

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

    def _not_asked(self):
        """Those awaited who were never asked, or about a text that has changed."""
        return self.filtered(lambda one: one._is_awaited())._to_ask()

    def _check_representatives(self):
        """An organisation signs by a person, named with his or her capacity."""
        nameless = self._nameless()
        if nameless:
            raise ValidationError(
                self.env._(
                    "Say who signs for each organisation, and in which capacity:"
                    " %(names)s. Fill in “Represented by” and “Acting as”.",
                    names=", ".join(one._name_in_text() for one in nameless),
                )
            )

    def _to_ask(self):
        """Whom a first sending would ask, also while the text is still a draft."""
        return self.filtered(
            lambda one: (
                not (one.asked_on and one.asked_hash == one._fingerprint_to_sign())
            )
        )

    def _nameless(self):
        """Organisations of which nobody knows who signs for them."""
        return self.filtered(
            lambda one: (
                one.is_organisation
                and not (one.representative and one.representative_role)
            )
        )

    @api.model
    def _call_reason(self, code):
        return {
            "no_email": self.env._(
                "There is no e-mail address: send the link by text message, or sign"
                " together."
            ),
            "not_sent": self.env._("The e-mail could not be written."),
            "no_answer": self.env._("The messages had no answer."),
        }[code]

    def _ask_team_to_call(self, code):
        """Something to do for whoever follows the pact, once for each party."""
        to_ask = self.sudo().filtered(
            lambda one: not one.activity_id or not one.activity_id.active
        )
        vals_list = []
        for party in to_ask:
            pact, person = party.pact_id, party._asked_person()
            user = self._first_of_team(pact.user_id, pact.company_id)
            told = self.with_context(lang=user.lang)
            summary = self._call_summary(told.env, person.name or "", person.phone)
            lines = [
                told._call_reason(code),
                told.env._("To sign: %(pact)s", pact=pact.display_name),
            ]
            vals_list.append(
                self._prepare_activity_vals(pact, CALL, user, summary, lines)
            )
        activities = self._create_activities(vals_list)
        for party, activity in zip(to_ask, activities, strict=True):
            party.write({"activity_id": activity.id, "to_call": True})
        (self.sudo() - to_ask).write({"to_call": True})

    def _stop_asking(self, answered=False):
        """Nobody calls any more: the answer is there, or is no longer wanted."""
        parties = self.sudo()
        calls = parties.activity_id.filtered("active")
        if answered:
            calls.action_done()
        else:
            calls.unlink()
        parties.write({"to_call": False})

    def _send_signed_copies(self):
        """What was signed comes back by e-mail, where there is an address."""
        for party in self.sudo().filtered(lambda one: one._asked_person().email):
            self._safely(party._send_signed_copy)

    def _send_signed_copy(self):
        file = self._own_file()
        if file:
            self.env.ref(SIGNED).sudo().send_mail(
                self.id,
                email_values={
                    "author_id": False,
                    "model": False,
                    "res_id": False,
                    "attachment_ids": [Command.link(file.attachment_id.id)],
                },
            )

    def _tell_others(self):
        """Those bound already are told by e-mail who has joined them."""
        for newcomer in self:
            others = newcomer.pact_id._signed_parties() - newcomer
            there = others._present().filtered(lambda one: one._asked_person().email)
            if there:
                named = there.with_context(hub_newcomer=newcomer._name_in_text())
                self._safely(named._queue_mails, JOINED)

    def _present(self):
        today = self._today()
        return self.filtered(lambda one: one._is_there_on(today))

    def _own_file(self):
        """The document that this party signed: the pact, or its own slip."""
        self.ensure_one()
        pact = self.sudo().pact_id
        return pact._slip_file(self) if self.joined_on else pact._signed_file()

    def _notify_asked(self):
        called = self.filtered(lambda one: not one._asked_person().email)
        return self._notify_reminded(
            len(self - called), [one._asked_person().name or "" for one in called]
        )
