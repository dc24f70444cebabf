import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ...reports.print_words import long_date


class HubPactParty(models.Model):
    """Signing and declining by any channel; the first signature closes the text."""

    _inherit = "hub.pact.party"

    signed_on = fields.Date(copy=False, readonly=True)
    signed_by = fields.Char(
        copy=False,
        readonly=True,
        help="The name written beside the signature: the party, or who signed for it.",
    )
    signed_hash = fields.Char(
        string="Fingerprint of what was signed", size=64, copy=False, readonly=True
    )
    signature = fields.Image(
        copy=False, readonly=True, max_width=1024, max_height=1024, attachment=True
    )
    scan = fields.Binary(
        string="Scanned page", copy=False, readonly=True, attachment=True
    )
    scan_name = fields.Char(string="Name of the scan", copy=False)
    voided_signature = fields.Text(
        string="Signatures voided",
        copy=False,
        readonly=True,
        help="Signed on an earlier text that was taken back.",
    )

    def _sign(self, signed_on, channel, **proof):
        """Record the signature of each party; the first one freezes the text.

        :param channel: ``portal``, ``in_person`` or ``paper``
        :param proof: ``signature``, ``signed_by``, ``scan``, ``scan_name``
        """
        today = max(fields.Date.context_today(self), self[:1]._today_here())
        if signed_on > today:
            raise UserError(self.env._("A signature cannot be dated in the future."))
        pacts = self.pact_id
        pacts._lock_signatures()
        for party in self:
            party._check_can_sign()
        pacts.filtered(lambda pact: not pact.frozen_on)._freeze_text()
        self._freeze_slips(signed_on)
        self._signing()._record_answer("yes", channel)
        for party in self:
            party._signing().write(
                {
                    "signed_on": signed_on,
                    "signed_hash": party._fingerprint_to_sign(),
                    **proof,
                }
            )
        self._stop_asking(answered=True)
        pacts._after_signature(self)

    def _freeze_slips(self, signed_on):
        """Whoever joins signs a slip of his own, closed by the same signature."""
        joining = self.filtered(lambda party: party.joined_on and not party.frozen_on)
        for party in joining:
            party._unguarded().write(
                {"text_name": party.partner_id.sudo().name, "joined_on": signed_on}
            )
        joining._freeze()

    def _check_can_sign(self):
        self.ensure_one()
        pact = self.pact_id
        if pact.state not in ("to_sign", "in_force"):
            raise UserError(
                self.env._(
                    "%(pact)s is not open to signature: send it to signature first.",
                    pact=pact.display_name,
                )
            )
        if self.left_on:
            raise UserError(
                self.env._(
                    "%(name)s has left %(pact)s.",
                    name=self._name_in_text(),
                    pact=pact.display_name,
                )
            )
        if pact.frozen_on and not (self.text_name or self.joined_on):
            raise UserError(
                self.env._(
                    "%(name)s had declined and is not named in the text that others"
                    " have signed: take the text back to sign it together.",
                    name=self._name_in_text(),
                )
            )
        self._check_answer_is_open()

    def _check_answer_is_open(self):
        if self.answer == "waiting":
            return
        day = long_date(self.env, fields.Date.context_today(self, self.answered_on))
        names = {"name": self._name_in_text(), "pact": self.pact_id.display_name}
        if self.answer == "yes":
            sentence = self.env._(
                "%(name)s already answered: signed %(pact)s on %(date)s.",
                date=long_date(self.env, self.signed_on),
                **names,
            )
        else:
            sentence = self.env._(
                "%(name)s already answered: declined to sign %(pact)s on %(date)s. To"
                " ask again, use “Ask again”.",
                date=day,
                **names,
            )
        raise UserError(sentence)

    def _decline(self, channel, reason=None):
        """Record that the party will not sign, and why; the team settles what follows.

        A refusal never stops the others from signing, but the pact does not come into
        force by itself: a person decides to replace, to go on without, or to write
        another text.
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._("Please say in a few words why you do not sign.")
            )
        self.pact_id._lock_signatures()
        for party in self:
            party._check_can_sign()
        self._signing()._record_answer("no", channel, reason)
        self._stop_asking(answered=True)
        self.pact_id._after_refusal(self)

    def action_ask_again(self):
        """Whoever declined thinks again: the former answer stays on record."""
        self.check_access("write")
        for party in self:
            party._check_can_be_asked_again()
            party._keep_former_answer(self.env._("asked again"))
            party._signing()._reset_answer()
            party._unguarded().write(self._asked_anew())

    def _check_can_be_asked_again(self):
        self.ensure_one()
        pact = self.pact_id
        open_text = pact.state in ("to_sign", "in_force")
        if self.answer != "no" or not open_text or self._is_replaced():
            raise UserError(
                self.env._(
                    "%(name)s is not to be asked again: only whoever declined, has not"
                    " been replaced and still could sign is.",
                    name=self._name_in_text(),
                )
            )

    def _void_signature(self, reason):
        """The text was taken back: what was signed no longer counts, and is shown."""
        for party in self.filtered(lambda one: one.answer == "yes"):
            party._keep_former_answer(reason)
            party._signing()._reset_answer()
        self._signing().write(
            dict.fromkeys(
                ("signed_on", "signed_by", "signed_hash", "signature", "scan"), False
            )
        )
        self._thaw()
        vals = {"text_name": False, "joined_on": False}
        self._unguarded().write({**vals, **self._asked_anew()})

    def _keep_former_answer(self, reason):
        """One line of what no longer counts."""
        self.ensure_one()
        today = fields.Date.to_string(fields.Date.context_today(self))
        values = {
            "version": self.pact_id.version,
            "today": today,
            "reason": reason,
        }
        if self.signed_on:
            mark = self.env._(
                "Version %(version)s signed on %(date)s, voided on %(today)s:"
                " %(reason)s",
                date=fields.Date.to_string(self.signed_on),
                **values,
            )
        else:
            mark = self.env._(
                "Version %(version)s declined (%(why)s), %(today)s: %(reason)s",
                why=self.answer_reason or "",
                **values,
            )
        former = self.voided_signature
        self._signing().voided_signature = "\n".join(filter(None, [former, mark]))

    def _scan_file(self):
        """``(name, bytes)`` of the scanned page."""
        self.ensure_one()
        content = base64.b64decode(self.with_context(bin_size=False).scan)
        return self.scan_name or f"{self._name_in_text()}.pdf", content
