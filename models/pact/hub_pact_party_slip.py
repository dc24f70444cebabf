import json

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

SLIP = "solidarity_hub.report_joining_slip"


class HubPactParty(models.Model):
    """Joining a text that others have signed, and leaving it.

    The newcomer alone signs a slip; the slip names the text by its number, version
    and fingerprint, and has a fingerprint of its own.
    """

    _inherit = "hub.pact.party"

    def _frozen_fields(self):
        names = ("pact_id", "partner_id", "category", "joined_on", "replaces_id")
        spoken = ("representative", "representative_role", "joining_commitment")
        return frozenset((*names, *spoken))

    def _frozen_payload(self):
        """What the slip says, in the language of the pact."""
        self.ensure_one()
        party = self.sudo().with_context(lang=self.pact_id.lang)
        pact, replaced = party.pact_id, party.replaces_id
        return {
            **party._frozen_values(),
            "kind": "joining_slip",
            "lang": pact.lang,
            "hub": pact.company_id.name,
            "pact": {**pact._text_reference(), "name": pact.name},
            "replaces": replaced and replaced._name_in_text() or "",
            "taken_over": party._taken_over().mapped("name"),
            "brings": party.joining_commitment or "",
        }

    def _check_can_be_replaced(self):
        """Whoever declined, while nobody else has taken the place."""
        self.ensure_one()
        open_text = self.pact_id.state in ("concertation", "draft", "to_sign")
        if self.answer != "no" or not open_text or self._is_replaced():
            raise UserError(
                self.env._(
                    "%(name)s is not to be replaced: only whoever declined to sign a"
                    " text that is not in force yet is, and once.",
                    name=self._name_in_text(),
                )
            )

    def _is_replaced(self):
        return bool(self.replaced_by_ids.filtered(lambda one: one.answer != "no"))

    def action_replace(self):
        """Somebody else comes in the place of a party that declined."""
        self.ensure_one()
        self._check_can_be_replaced()
        return self.pact_id._open_wizard(
            "hub.pact.join.wizard",
            self.env._("Replace %(name)s", name=self._name_in_text()),
            default_replaces_id=self.id,
        )

    def action_leave(self):
        """The party leaves a pact in force."""
        self.ensure_one()
        self._check_can_leave()
        return self._open_own_wizard("hub.pact.leave.wizard", self.env._("Leaving"))

    def action_refuse(self):
        """Note that the party does not sign."""
        self.ensure_one()
        self._check_can_sign()
        return self._open_own_wizard(
            "hub.pact.refuse.wizard", self.env._("Refusal to sign")
        )

    def _open_own_wizard(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_party_id": self.id},
        }

    def _taken_over(self):
        """Commitments of the party in whose place the newcomer comes."""
        replaced = self.replaces_id
        return self.pact_id.commitment_ids.filtered(
            lambda line: replaced and line.party_id == replaced
        )

    def _slip(self):
        """The slip as it was signed, else as it would be signed now."""
        self.ensure_one()
        return json.loads(self._slip_json())

    def _slip_json(self):
        if not self.env.su:
            self.check_access("read")
        frozen = self.sudo().frozen_json
        return frozen or self._canonical_json(self._frozen_payload())

    def _fingerprint_to_sign(self):
        """Fingerprint of what this party signs: the text, or its own slip."""
        self.ensure_one()
        if not self.joined_on:
            return self.pact_id._text_fingerprint()
        return self.sudo().frozen_hash or self._fingerprint(self._slip_json().encode())

    def _read_slip(self):
        """The slip with words instead of codes."""
        slip = self._slip()
        pact = self.pact_id
        labels = pact._read_labels(self._name, "category")
        reference = slip["pact"]
        represented = [slip["representative"], slip["capacity"]]
        return {
            **slip,
            "kind": labels[slip["category"]],
            "represented": ", ".join(filter(None, represented)),
            "form": pact._read_labels("hub.pact", "form")[reference["form"]],
            "reference": self.env._(
                "%(number)s, version %(version)s",
                number=reference["number"],
                version=reference["version"],
            ),
            "fingerprint": self._fingerprint_to_sign(),
            "signed_on": self.signed_on,
        }

    def action_print_slip(self):
        """Print the joining slip, to be signed on paper or kept."""
        joining = self.filtered("joined_on")
        if not joining:
            raise UserError(
                self.env._(
                    "%(name)s signs the pact itself, not a joining slip.",
                    name=self[:1].display_name,
                )
            )
        return self.env.ref(SLIP).report_action(joining)

    def _hub_print_lang(self):
        return self.pact_id.lang

    def _slip_title(self):
        """Title of the printed slip."""
        self.ensure_one()
        return self.env._(
            "Joining slip: %(name)s, %(pact)s",
            name=self._name_in_text(),
            pact=self.pact_id.number,
        )

    def _slip_reference(self):
        """Foot of each page: which slip, of which text."""
        self.ensure_one()
        parts = [
            self.pact_id.number,
            self.env._("version %(version)s", version=self.pact_id.version),
            self.company_id.name,
            f"SHA-256 {self._fingerprint_to_sign()}",
        ]
        return " · ".join(filter(None, parts))

    def _check_code(self):
        """Picture of the code that opens the checking page, this slip filled in."""
        mark = self.sudo().frozen_hash
        return mark and self.pact_id._code_of(mark)

    def _slip_file_name(self):
        self.ensure_one()
        name = f"{self.pact_id.number} {self._name_in_text()}"
        return name.replace("/", "-")

    # ------------------------------------------------------------
    # Leaving
    # ------------------------------------------------------------

    @api.constrains("left_on")
    def _check_left_on(self):
        for party in self.filtered("left_on"):
            party._check_leaves_after_joining(party.left_on)

    def _check_leaves_after_joining(self, left_on):
        if not self.signed_on or left_on < self.signed_on:
            raise ValidationError(
                self.env._(
                    "%(name)s cannot leave before joining.", name=self._name_in_text()
                )
            )

    def _leave(self, left_on, reason, letters=()):
        """The party goes, on a day and for a reason; the text stays as it was signed.

        :param letters: ``[(name, bytes)]`` kept in the history of the pact
        """
        for party in self:
            pact = party.pact_id
            party._check_can_leave()
            party._check_leaves_after_joining(left_on)
            party._unguarded().write({"left_on": left_on, "left_reason": reason})
            pact.message_post(
                body=self.env._(
                    "%(name)s leaves the pact on %(date)s: %(reason)s",
                    name=party._name_in_text(),
                    date=pact._read_day(left_on),
                    reason=reason,
                ),
                attachments=list(letters),
            )
            pact._call_for_lack_of_kinds(left_on)

    def _check_can_leave(self):
        self.ensure_one()
        if self.pact_id.state != "in_force" or not self.signed_on or self.left_on:
            raise UserError(
                self.env._(
                    "%(name)s is not bound by %(pact)s today: whoever has not signed"
                    " declines, whoever has left has left.",
                    name=self._name_in_text(),
                    pact=self.pact_id.display_name,
                )
            )
