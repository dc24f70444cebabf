from odoo import api, fields, models
from odoo.fields import Domain


class HubPactFile(models.Model):
    """A document of a pact as it was handed out, kept byte by byte.

    Anybody who holds such a file can ask the hub whether it is the one that was
    signed: its SHA-256 stands here, also after names have changed or gone.
    """

    _name = "hub.pact.file"
    _description = "Document of a pact"
    _inherit = ["hub.guard.mixin"]
    _order = "id desc"
    _check_company_auto = True
    # Written by signing, never by hand.
    _guarded_fields = frozenset(
        {
            "pact_id",
            "party_id",
            "kind",
            "name",
            "version",
            "attachment_id",
            "file_hash",
            "text_hash",
            "signatures_key",
            "issued_on",
            "voided_on",
            "void_reason",
        }
    )

    pact_id = fields.Many2one(
        "hub.pact", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(
        related="pact_id.company_id", store=True, precompute=True, index=True
    )
    party_id = fields.Many2one(
        "hub.pact.party",
        string="Slip of",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    kind = fields.Selection(
        [
            ("text", "Text as it was closed"),
            ("signed", "Document with signatures"),
            ("slip", "Joining slip"),
        ],
        required=True,
        readonly=True,
    )
    name = fields.Char(string="File", required=True, readonly=True)
    version = fields.Integer(readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment", required=True, readonly=True, ondelete="restrict"
    )
    file_hash = fields.Char(
        string="Fingerprint of the file (SHA-256)",
        required=True,
        readonly=True,
        size=64,
        index=True,
    )
    text_hash = fields.Char(
        string="Fingerprint of the text", readonly=True, size=64, index=True
    )
    signatures_key = fields.Char(
        string="Signatures on it", readonly=True, help="Which signatures it shows."
    )
    issued_on = fields.Datetime(
        readonly=True, required=True, default=fields.Datetime.now
    )
    voided_on = fields.Date(string="No longer counts since", readonly=True)
    void_reason = fields.Char(string="Why", readonly=True)

    def action_download(self):
        """The file itself, for whoever reads the pact."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "download",
        }

    @api.model
    def _hub_domain_for(self, partner):
        """The documents of the pacts of this person."""
        pacts = self.env["hub.pact"]._hub_domain_for(partner)
        return Domain("pact_id", "any", pacts)
