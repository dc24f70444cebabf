from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..common.hub_asking_mixin import TODO
from .hub_pact import CONTENT_GROUPS


class HubPact(models.Model):
    """Signatures: the first freezes the text, taking it back voids them visibly."""

    _inherit = "hub.pact"

    signature_lock = fields.Integer(
        string="Counter of signatures", readonly=True, copy=False
    )

    awaited_count = fields.Integer(
        string="Signatures awaited",
        compute="_compute_awaited_count",
        groups=CONTENT_GROUPS,
    )
    unasked_count = fields.Integer(
        string="Parties not asked yet",
        compute="_compute_awaited_count",
        groups=CONTENT_GROUPS,
    )
    open_refusals = fields.Char(
        string="Refusals to settle",
        compute="_compute_open_refusals",
        groups=CONTENT_GROUPS,
    )

    @api.depends("state", "party_ids.answer", "party_ids.asked_on", "party_ids.left_on")
    def _compute_awaited_count(self):
        for pact in self:
            awaited = pact.party_ids.filtered("is_awaited")
            pact.awaited_count = len(awaited)
            pact.unasked_count = len(awaited.filtered(lambda one: not one.asked_on))

    @api.depends("state", "party_ids.answer", "party_ids.replaced_by_ids.answer")
    def _compute_open_refusals(self):
        for pact in self:
            refusals = pact._open_refusals() if pact.state == "to_sign" else ()
            pact.open_refusals = ", ".join(one._name_in_text() for one in refusals)

    def action_record_signatures(self):
        """Paper signatures, of one or many parties at once."""
        return self._open_wizard(
            "hub.pact.sign.wizard", self.env._("Record signatures")
        )

    def action_send(self):
        """Ask the parties to sign, each by a personal link."""
        self.ensure_one()
        if self.state in ("concertation", "draft"):
            self._check_transition("to_sign")
        return self._open_wizard("hub.pact.send.wizard", self.env._("Send to sign"))

    def action_remind(self):
        """Remind now whoever has not signed yet."""
        self.ensure_one()
        return self.party_ids.action_remind()

    def action_take_back(self):
        """Open the text again before it comes into force."""
        return self._open_wizard(
            "hub.pact.take.back.wizard", self.env._("Take the text back")
        )

    def _open_wizard(self, model, name, **context):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_pact_id": self.id, **context},
        }

    def _lock_signatures(self):
        """Two parties who sign at the same moment do so one after the other.

        Under REPEATABLE READ a lock alone would let both believe that the other has
        not signed yet: the row is written, so that the later one is run again.
        """
        for pact_id in sorted(self.ids):
            self.env.cr.execute(
                SQL(
                    "UPDATE hub_pact SET signature_lock ="
                    " COALESCE(signature_lock, 0) + 1 WHERE id = %s",
                    pact_id,
                )
            )
        self.invalidate_recordset(["signature_lock"], flush=False)

    # ------------------------------------------------------------
    # After a signature, after a refusal
    # ------------------------------------------------------------

    def _freeze_text(self):
        """Keep the text and the document as the first party signs them."""
        for pact in self:
            # it may have changed since it was opened to signature
            pact._check_requirements(pact._text_requirements())
        self._freeze()
        for pact in self:
            for party in pact._print_parties():
                party._unguarded().text_name = party.partner_id.sudo().name
            pact._held_meetings()._unguarded().is_in_text = True
            pact._keep_text_file()

    def _after_signature(self, parties):
        for pact in self:
            signed = parties.filtered(lambda p, pact=pact: p.pact_id == pact)
            pact._tell_signed(signed)
            for party in signed.filtered("joined_on"):
                pact._slip_file(party)
            if pact.state == "in_force":
                # late, or a newcomer: who signed gets his own copy
                signed._send_signed_copies()
                signed.filtered("joined_on")._tell_others()
            elif pact._is_complete():
                pact.action_in_force()

    def _tell_signed(self, signed):
        names = ", ".join(party._name_in_text() for party in signed)
        self.message_post(body=self.env._("Signed: %(names)s", names=names))

    def _is_complete(self):
        """Whether all is there and nobody is awaited: it comes into force by itself.

        A refusal that nobody settled keeps it waiting: those who signed have agreed on
        a text that names one party more.
        """
        self.ensure_one()
        requirements = [*self._text_requirements(), self._signature_requirement()]
        waiting = self._present_parties() - self._signed_parties()
        return (
            self.state == "to_sign"
            and all(done for done, _what in requirements)
            and not waiting
            and not self._open_refusals()
        )

    def _open_refusals(self):
        """Parties named in the signed text who declined, and nobody in their place."""
        return self.party_ids.filtered(
            lambda party: (
                party.answer == "no" and party.text_name and not party._is_replaced()
            )
        )

    def _after_refusal(self, parties):
        for pact in self:
            declined = parties.filtered(lambda p, pact=pact: p.pact_id == pact)
            names = ", ".join(party._name_in_text() for party in declined)
            pact.message_post(
                body=self.env._(
                    "Declined to sign: %(names)s. %(reason)s",
                    names=names,
                    reason=" / ".join(filter(None, declined.mapped("answer_reason"))),
                )
            )
            pact._call_to_settle(names)

    def _call_to_settle(self, names):
        """Whoever follows the pact decides what becomes of it."""
        asking = self.env["hub.asking.mixin"]
        user = asking._first_of_team(self.user_id, self.company_id)
        env = self.with_context(lang=user.lang).env
        asking._create_activities(
            [
                asking._prepare_activity_vals(
                    self.sudo(),
                    TODO,
                    user,
                    env._("%(names)s declined to sign", names=names),
                    [
                        env._(
                            "Replace this party, go on without it (“Bring into"
                            " force”), or take the text back to write it anew."
                        )
                    ],
                )
            ]
        )

    # ------------------------------------------------------------
    # Taking the text back
    # ------------------------------------------------------------

    def _take_back(self, reason):
        """Void the signatures, say so, and open the text as a new version."""
        for pact in self:
            if pact.state != "to_sign":
                raise UserError(
                    self.env._(
                        "%(name)s: only a text that waits for signatures can be taken"
                        " back. Once in force, write an amendment.",
                        name=pact.display_name,
                    )
                )
            pact._lock_signatures()
            signed, document = pact._signed_parties(), pact.frozen_pdf_id
            pact._tell_taken_back(signed, reason, document)
            if pact.frozen_on:
                pact._void_files(reason)
                pact._thaw()
                pact.party_ids._void_signature(reason)
                pact.meeting_ids._unguarded().is_in_text = False
                pact._hand_commitments_on()
                pact._unguarded().version += 1
            pact.party_ids._stop_asking()
            pact._unguarded().write({"state": "draft"})

    def _hand_commitments_on(self):
        """In the new text whoever came in a party's place is named for what it does."""
        for line in self.commitment_ids.filtered("party_id"):
            if line._carrier() != line.party_id:
                line.party_id = line._carrier()

    def _tell_taken_back(self, signed, reason, document):
        names = ", ".join(party._name_in_text() for party in signed) or "-"
        self.message_post(
            body=Markup("<p>%s</p><p>%s</p>")
            % (
                self.env._("The text was taken back: %(reason)s", reason=reason),
                self.env._("Signatures voided: %(names)s", names=names),
            ),
            attachment_ids=document.ids,
            attachments=[party._scan_file() for party in signed.filtered("scan")],
        )
