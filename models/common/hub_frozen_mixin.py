import hashlib
import json
import logging
from datetime import date, datetime

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

# A Python object cannot be sent by RPC: only code of this addon opens the guard.
FREEZING = object()
GUARDED = {"frozen_on", "frozen_json", "frozen_hash", "frozen_pdf_id"}


class HubFrozenMixin(models.AbstractModel):
    """A text that no longer changes from the moment somebody signed it.

    The frozen content is kept as canonical JSON (sorted keys, no superfluous blanks,
    UTF-8) with its SHA-256, so that anybody can check later what was signed.
    """

    _name = "hub.frozen.mixin"
    _description = "Frozen text"
    # Files that nobody changes or deletes, see ``ir.attachment``.
    _kept_files = frozenset({"frozen_pdf_id"})

    frozen_on = fields.Datetime(string="Text frozen on", copy=False, readonly=True)
    frozen_json = fields.Text(string="Frozen content", copy=False, readonly=True)
    frozen_hash = fields.Char(
        string="Fingerprint (SHA-256)", size=64, copy=False, readonly=True
    )
    frozen_pdf_id = fields.Many2one(
        "ir.attachment", string="Signed document", copy=False, readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.context.get("hub_freezing") is not FREEZING:
            for vals in vals_list:
                for name in GUARDED & set(vals):
                    del vals[name]
        return super().create(vals_list)

    def write(self, vals):
        if self.env.context.get("hub_freezing") is not FREEZING:
            self._check_not_frozen(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        for record in self.filtered("frozen_on"):
            raise UserError(
                self.env._(
                    "%(name)s has been signed: it can be closed or cancelled, not"
                    " deleted.",
                    name=record.display_name,
                )
            )

    def _freeze(self):
        """Keep the text as it is now; from here on its content is refused to change."""
        for record in self:
            content = record._canonical_json(record._frozen_payload())
            record.with_context(hub_freezing=FREEZING).write(
                {
                    "frozen_on": fields.Datetime.now(),
                    "frozen_json": content,
                    "frozen_hash": self._fingerprint(content.encode()),
                }
            )

    def _thaw(self):
        """Open the text again (before entry into force, when all agree to)."""
        self.with_context(hub_freezing=FREEZING).write(dict.fromkeys(GUARDED, False))

    def _set_frozen_pdf(self, attachment):
        self.with_context(hub_freezing=FREEZING).frozen_pdf_id = attachment

    def _keep_frozen_pdf(self, report):
        """Keep the printed file of the frozen text; who reads the field reads the file.

        What people decided or signed is not lost because the server cannot print.

        :param report: XML id of the report; it names the file by ``_file_name``
        """
        self.ensure_one()
        reports = self.env["ir.actions.report"].sudo()
        try:
            content, kind = reports._render_qweb_pdf(report, self.ids)
        except UserError as error:
            _logger.info("%s: kept without its file: %s", self.display_name, error)
            return
        attachments = self.env["ir.attachment"].sudo()
        self._set_frozen_pdf(
            attachments.create(
                {
                    "name": f"{self._file_name()}.{kind}",
                    "raw": content,
                    "res_model": self._name,
                    "res_id": self.id,
                    "res_field": "frozen_pdf_id",
                }
            )
        )

    def _frozen_payload(self):
        """The content that is signed, as plain dicts, lists and values."""
        raise NotImplementedError

    def _frozen_fields(self):
        """Names of the fields that a signature closes."""
        raise NotImplementedError

    def _check_not_frozen(self, vals):
        refused = (self._frozen_fields() | GUARDED) & set(vals)
        if not refused:
            return
        for record in self.filtered("frozen_on"):
            raise UserError(
                self.env._(
                    "%(name)s has been signed on %(date)s: its text no longer changes"
                    " (%(fields)s). Take the text back, or write an amendment.",
                    name=record.display_name,
                    date=fields.Date.to_string(record.frozen_on),
                    fields=", ".join(
                        self._fields[name]._description_string(self.env)
                        for name in sorted(refused)
                    ),
                )
            )
        if GUARDED & set(vals):
            raise UserError(
                self.env._(
                    "%(name)s: the frozen text is kept by signing, it cannot be"
                    " written by hand.",
                    name=self[:1].display_name,
                )
            )

    @api.model
    def _canonical_json(self, payload):
        return json.dumps(
            payload,
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
            default=_to_plain,
        )

    @api.model
    def _fingerprint(self, data):
        """SHA-256 of bytes, in hexadecimal."""
        return hashlib.sha256(data).hexdigest()


def _to_plain(value):
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
