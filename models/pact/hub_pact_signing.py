from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class HubPact(models.Model):
    """Signatures: the first freezes the text, taking it back voids them visibly."""

    _inherit = "hub.pact"

    def action_record_signatures(self):
        """Paper signatures, of one or many parties at once."""
        return self._open_wizard(
            "hub.pact.sign.wizard", self.env._("Record signatures")
        )

    def action_take_back(self):
        """Open the text again before it comes into force."""
        return self._open_wizard(
            "hub.pact.take.back.wizard", self.env._("Take the text back")
        )

    def _open_wizard(self, model, name):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_pact_id": self.id},
        }

    def _freeze_text(self):
        """Keep the text and the document as the first party signs them."""
        self._freeze()
        for pact in self:
            pact._keep_signed_document()

    def _after_signature(self, parties):
        for pact in self:
            signed = parties.filtered(lambda p, pact=pact: p.pact_id == pact)
            names = ", ".join(signed.mapped("partner_id.display_name"))
            pact.message_post(body=self.env._("Signed: %(names)s", names=names))
            waiting = pact._present_parties() - pact._signed_parties()
            complete = all(
                done
                for done, _what in [
                    *pact._text_requirements(),
                    pact._signature_requirement(),
                ]
            )
            if pact.state == "to_sign" and complete and not waiting:
                pact.action_in_force()

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
            signed, document = pact._signed_parties(), pact.frozen_pdf_id
            scans = [party._scan_file() for party in signed.filtered("scan")]
            if signed:
                signed._void_signature(reason)
                pact._thaw()
                pact._unguarded().version += 1
            pact._tell_taken_back(signed, reason, document, scans)
            pact._unguarded().write({"state": "draft"})

    def _tell_taken_back(self, signed, reason, document, scans):
        names = ", ".join(signed.mapped("partner_id.display_name")) or "-"
        self.message_post(
            body=Markup("<p>%s</p><p>%s</p>")
            % (
                self.env._("The text was taken back: %(reason)s", reason=reason),
                self.env._("Signatures voided: %(names)s", names=names),
            ),
            attachment_ids=document.ids,
            attachments=scans,
        )

    def action_amend(self):
        """Write an amendment: a new text that all sign again."""
        self.ensure_one()
        if self.state != "in_force":
            raise UserError(
                self.env._(
                    "%(name)s is not in force: change its text instead of amending it.",
                    name=self.display_name,
                )
            )
        running = self.amendment_ids.filtered(
            lambda p: p.state in ("concertation", "draft", "to_sign")
        )
        amendment = running[:1] or self._create_amendment()
        return amendment._get_records_action()

    def _create_amendment(self):
        amendment = self.copy(
            {
                "name": self.env._("Amendment to: %(name)s", name=self.name),
                "date_start": fields.Date.context_today(self),
                "date_end": self.date_end,
                "joint_interview_on": False,
                "commitment_ids": False,
            }
        )
        vals = {"parent_id": self.id, "version": self.version + 1}
        amendment._unguarded().write(vals)
        parties = {
            party: party.copy({"pact_id": amendment.id, "joined_on": False})
            for party in self._present_parties()
        }
        for line in self.commitment_ids:
            party = parties.get(line.party_id)
            line.copy(
                {
                    "pact_id": amendment.id,
                    "party_id": party and party.id,
                    "category": line.category,
                }
            )
        return amendment

    def _add_parties(self, parties):
        """:param parties: ``[(partner, category, representative)]``, each kept once"""
        self.ensure_one()
        known = set(self.party_ids.partner_id.ids)
        lines = []
        for partner, category, representative in parties:
            if partner.id in known:
                continue
            known.add(partner.id)
            lines.append(
                Command.create(
                    {
                        "partner_id": partner.id,
                        "category": category,
                        "representative": representative,
                        "sequence": 10 * (len(lines) + 1),
                    }
                )
            )
        self.write({"party_ids": lines})

    def _assign_commitments(self):
        """Name the party where a commitment speaks of a kind with one party only."""
        for pact in self:
            parties = pact.party_ids.grouped("category")
            for line in pact.commitment_ids.filtered(lambda c: not c.party_id):
                found = parties.get(line.category, pact.party_ids.browse())
                if len(found) == 1:
                    line.party_id = found
