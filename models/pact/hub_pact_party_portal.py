import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...reports.print_words import long_date
from ..common.drawn_signature import read_drawing
from ..common.hub_personal_link_mixin import key_opens

LONGEST_NAME = 200
LONGEST_REASON = 2000
# States of the page in which the text itself is shown.
READABLE = ("open", "signed")


class OutdatedTextError(UserError):
    """Somebody signed a text that has changed since the page showed it."""


class HubPactParty(models.Model):
    """The page on which one party reads, signs or declines, by a personal link.

    Whoever holds the link signs in the party's name: only those who may write the
    pact get to know it.
    """

    _inherit = "hub.pact.party"

    access_token = fields.Char(
        default=lambda self: str(uuid.uuid4()),
        groups="solidarity_hub.group_hub_coordinator",
    )
    signing_url = fields.Char(
        string="Personal link",
        compute="_compute_signing_url",
        groups="solidarity_hub.group_hub_adviser",
        help="To copy into a text message; it opens without a password.",
    )

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for party in self:
            party.access_url = f"/my/hub/pact/{party.id}"
        return result

    @api.depends("access_token", "pact_id.state")
    @api.depends_context("uid")
    def _compute_signing_url(self):
        mine = self._origin._filtered_access("write")
        for party in self:
            known = party._origin in mine and party._page_state() is not None
            party.signing_url = known and party._origin.sudo()._link()

    def _link(self):
        """Address of the page, with the key that opens it."""
        self.ensure_one()
        token = self.access_token
        return f"{self.get_base_url()}{self.access_url}?access_token={token}"

    def action_renew_link(self):
        """The link fell into wrong hands: the former one opens nothing any more."""
        self.check_access("write")
        for party in self.sudo():
            party.access_token = str(uuid.uuid4())

    def action_open_pact(self):
        """The pact of which this is a party."""
        return self.pact_id._get_records_action()

    def action_sign_here(self):
        """Open the page of the party on this screen, to sign in person."""
        self.ensure_one()
        self.check_access("write")
        self._check_can_sign()
        self._check_representatives()
        return {
            "type": "ir.actions.act_url",
            "url": f"{self.access_url}/in-person",
            "target": "self",
        }

    def _token_opens(self, token):
        self.ensure_one()
        return key_opens(self.sudo().access_token, token)

    # ------------------------------------------------------------
    # What the page shows
    # ------------------------------------------------------------

    def _page_state(self):
        """What the page is about today; ``None``: there is no page."""
        self.ensure_one()
        pact = self.sudo().pact_id
        if pact.state in ("concertation", "draft"):
            known = self.voided_signature or self.asked_on
            return "rewritten" if known else None
        if pact.state == "cancelled":
            return "cancelled"
        if self.left_on and not self._is_there_on(fields.Date.context_today(self)):
            return "left"
        if self.answer == "waiting":
            return "open" if self._is_awaited() else "closed"
        return "signed" if self.answer == "yes" else "declined"

    def _page_values(self):
        """Plain values for the page, nothing else reaches it."""
        self.ensure_one()
        state, pact = self._page_state(), self.pact_id
        values = {
            "state": state,
            "number": pact.number or "",
            "pact_title": pact.name if state in READABLE else "",
            "me": self._page_me(),
            "hub": self.env["hub.portal"]._contacts(pact.company_id.partner_id)[0],
            "signed": self._print_signed() if self.answer == "yes" else "",
            "left": self.left_on and long_date(self.env, self.left_on),
            "in_force": pact.state == "in_force" and pact.in_force_from or False,
            "closed": pact.state == "closed",
            "has_document": self.answer == "yes",
        }
        if state in READABLE:
            values |= self._page_text()
        return values

    def _changed_sentence(self):
        return self.env._(
            "The text has changed since this page was opened: nothing was signed."
            " Please read the new text, then sign it."
        )

    def _page_text(self):
        """The text in its own language, and what stands around it."""
        pact = self.pact_id
        own = self.with_context(lang=pact.lang)
        text = {
            "text": own.pact_id._reading(),
            "slip": own._read_slip() if self.joined_on else None,
            "changes": own.pact_id._changes(),
            "is_contract": pact.form == "accompaniment_contract",
        }
        body = own.env["ir.qweb"]._render("solidarity_hub.portal_pact_text", text)
        return {
            "body": body,
            "text_lang": text["text"]["lang"],
            "heading": text["text"]["heading"],
            "joins": bool(self.joined_on),
            "fingerprint": self._fingerprint_to_sign(),
            "signatures": pact._page_signatures(),
            "versions": pact._page_versions(),
        }

    def _page_document(self):
        """``(name, bytes)``: what this party signed, else the text to read."""
        self.ensure_one()
        pact, state = self.sudo().pact_id, self._page_state()
        if state in ("signed", "left"):
            file = self._own_file()
        elif state != "open":
            return None
        elif self.joined_on:
            file = pact._signed_file()
        elif pact.frozen_on:
            file = pact.file_ids.filtered(
                lambda one: one.kind == "text" and one.version == pact.version
            )[:1]
        else:
            return pact._print_now()
        return file and (file.name, file.attachment_id.raw)

    def _portal_line(self):
        """The text in a list of the person's own page."""
        self.ensure_one()
        pact = self.pact_id
        forms = dict(pact._fields["form"]._description_selection(self.env))
        states = dict(pact._fields["state"]._description_selection(self.env))
        return {
            "title": pact.name,
            "form": forms[pact.form],
            "state": states[pact.state],
            "number": pact.number or "",
            "signed": self._print_signed() if self.answer == "yes" else "",
            "until": long_date(self.env, pact._counted_until()),
            "url": self.access_url,
        }

    def _page_me(self):
        labels = dict(self._fields["category"]._description_selection(self.env))
        represented = [self.representative, self.representative_role]
        return {
            "name": self._name_in_text(),
            "kind": labels[self.category],
            "represented": ", ".join(filter(None, represented)),
            "default_name": self.representative or self._name_in_text(),
        }

    # ------------------------------------------------------------
    # What the page sends
    # ------------------------------------------------------------

    def _sign_page(self, fingerprint, name, drawing, channel):
        """Sign what the page showed, and nothing else.

        :param fingerprint: of the text that stood on the page
        :param drawing: base64 of the drawn signature
        :raises OutdatedTextError: when the text has changed since
        """
        self.ensure_one()
        self.pact_id._lock_signatures()
        self._check_can_sign()
        self._check_representatives()
        if not fingerprint or fingerprint != self._fingerprint_to_sign():
            raise OutdatedTextError(self._changed_sentence())
        name = (name or "").strip()[:LONGEST_NAME]
        if not name:
            raise UserError(self.env._("Please write your name beside the signature."))
        picture = read_drawing(self.env, drawing)
        self._sign(self._today_here(), channel, signature=picture, signed_by=name)

    def _decline_page(self, reason, channel):
        """Decline what the page showed, and say why."""
        self.ensure_one()
        self._decline(channel, (reason or "")[:LONGEST_REASON])

    def _today_here(self):
        """Today where the hub is: a public page has no time zone of its own."""
        zone = self.pact_id.user_id.tz or self.env.user.tz
        return fields.Date.context_today(self.with_context(tz=zone))
