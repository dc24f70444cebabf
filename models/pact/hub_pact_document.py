import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from .hub_pact import CONTENT_GROUPS
from .hub_pact_party_slip import SLIP

_logger = logging.getLogger(__name__)

AMENDMENT = "solidarity_hub.report_amendment"
REPORTS = {
    "accompaniment_contract": "solidarity_hub.report_accompaniment_contract",
    "local_pact": "solidarity_hub.report_local_pact",
    "convention": "solidarity_hub.report_local_pact",
}


class HubPact(models.Model):
    """The documents of a pact: what is signed is what was frozen.

    Each document that is handed out is kept with its SHA-256: the text as the first
    signature closed it, the document with its signatures, the joining slips.
    """

    _inherit = "hub.pact"
    _kept_files = frozenset({"frozen_pdf_id", "signed_pdf_id"})

    printed_on = fields.Date(string="First printed on", copy=False, readonly=True)
    printed_hash = fields.Char(
        string="Fingerprint last printed",
        size=64,
        copy=False,
        readonly=True,
        groups=CONTENT_GROUPS,
    )
    signed_pdf_id = fields.Many2one(
        "ir.attachment",
        string="Document with signatures",
        copy=False,
        readonly=True,
        groups=CONTENT_GROUPS,
    )
    file_ids = fields.One2many(
        "hub.pact.file",
        "pact_id",
        string="Documents kept",
        groups="solidarity_hub.group_hub_adviser",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_documents(self):
        for pact in self:
            if pact.sudo().file_ids:
                raise UserError(
                    self.env._(
                        "%(name)s has been signed once: its documents are kept, so"
                        " cancel it instead of deleting it.",
                        name=pact.display_name,
                    )
                )

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Messages name who signed: they go with the content of the pact."""
        if message_operation == "read" and not self.env.user.has_groups(CONTENT_GROUPS):
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    def _hub_print_lang(self):
        self.ensure_one()
        return self.lang

    def _report(self):
        """In which form this text is printed."""
        self.ensure_one()
        return self.env.ref(AMENDMENT if self.parent_id else REPORTS[self.form])

    def action_print(self):
        """Print the pact in its own form."""
        today = fields.Date.context_today(self)
        self.check_access("read")
        for pact in self.sudo():
            vals = {"printed_hash": pact._text_fingerprint()}
            pact.write(vals if pact.printed_on else {**vals, "printed_on": today})
        return self[:1]._report().report_action(self)

    def action_print_terms(self):
        """Print the terms of evaluation alone."""
        return self.env.ref("solidarity_hub.report_evaluation_terms").report_action(
            self
        )

    def _file_name(self):
        """Name of the printed file."""
        self.ensure_one()
        return f"{self.number} v{self.version} {self.name}".replace("/", "-")

    # ------------------------------------------------------------
    # Documents that are kept
    # ------------------------------------------------------------

    def _keep_text_file(self):
        """Keep the file that the parties sign; a signature is not lost because the
        server cannot print."""
        self.ensure_one()
        file = self._issue("text", self._report(), self, "frozen_pdf_id")
        if file:
            self._set_frozen_pdf(file.attachment_id)

    def _signed_file(self):
        """The document with all signatures of now; printed once for each state."""
        self.ensure_one()
        pact = self.sudo()
        pact._lock_signatures()
        key = pact._signatures_key()
        files = pact.file_ids.filtered(
            lambda file: file.kind == "signed" and file.version == pact.version
        )
        found = files.filtered(lambda file: file.signatures_key == key)[:1]
        if found or not key:
            return found
        file = pact._issue("signed", pact._report(), pact, "signed_pdf_id", key)
        if file:
            pact._unguarded().signed_pdf_id = file.attachment_id
        return file

    def _signatures_key(self):
        """Which signatures and refusals there are; empty while nobody has signed."""
        parties = self.party_ids.sorted("id")
        if not parties.filtered("signed_on"):
            return ""
        return self._fingerprint(
            self._canonical_json(
                [
                    [party.id, party.answer, party.signed_on, party.signed_hash]
                    for party in parties
                    if party.answer != "waiting"
                ]
            ).encode()
        )

    def _slip_file(self, party):
        """The joining slip with its signature, printed once."""
        self.ensure_one()
        found = self.sudo().file_ids.filtered(
            lambda file: file.kind == "slip" and file.party_id == party
        )
        current = found.filtered(lambda file: file.text_hash == party.frozen_hash)[:1]
        if current or not party.signed_on:
            return current
        file = self.sudo()._issue("slip", self.env.ref(SLIP), party, "frozen_pdf_id")
        if file:
            party.sudo()._set_frozen_pdf(file.attachment_id)
        return file

    def _print_file(self, report, record):
        """``(bytes, extension)``, or ``None`` where nothing can print."""
        try:
            return (
                self.env["ir.actions.report"]
                .sudo()
                ._render_qweb_pdf(report, record.ids)
            )
        except UserError as error:
            _logger.info("%s not printed: %s", self.number, error)
            return None

    def _print_now(self):
        """``(name, bytes)`` of the text as it is now, to read before signing."""
        printed = self._print_file(self._report(), self)
        return printed and (f"{self._file_name()}.{printed[1]}", printed[0])

    def _issue(self, kind, report, record, field, key=False):
        """Print a document and keep it for good; ``None`` where nothing can print.

        :param record: the pact, or the party whose slip it is
        :param field: field of the record to which the file belongs, so that those
            who may read the field read the file, and nobody changes it
        """
        printed = self._print_file(report, record)
        if not printed:
            return None
        content, extension = printed
        is_slip = record._name != self._name
        name = record._slip_file_name() if is_slip else self._file_name()
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{name}.{extension}",
                    "raw": content,
                    "res_model": record._name,
                    "res_id": record.id,
                    "res_field": field,
                }
            )
        )
        return (
            self.env["hub.pact.file"]
            .sudo()
            .create(
                {
                    "pact_id": self.id,
                    "party_id": is_slip and record.id,
                    "kind": kind,
                    "name": attachment.name,
                    "version": self.version,
                    "attachment_id": attachment.id,
                    "file_hash": self._fingerprint(content),
                    "text_hash": record.sudo().frozen_hash,
                    "signatures_key": key,
                }
            )
        )

    def _void_files(self, reason):
        """The text was taken back: its documents are kept, and no longer count."""
        today = fields.Date.context_today(self)
        live = self.sudo().file_ids.filtered(lambda file: not file.voided_on)
        live.write({"voided_on": today, "void_reason": reason})
        self._unguarded().signed_pdf_id = False

    def _is_signed_file(self, content):
        """Whether these bytes are a document of this pact, as it was handed out."""
        self.ensure_one()
        mark = self._fingerprint(content)
        return mark in self.sudo().file_ids.mapped("file_hash")
