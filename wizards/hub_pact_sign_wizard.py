from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.common.drawn_signature import read_drawing


class HubPactSignWizard(models.TransientModel):
    """Records signatures given on paper or at the table, of one or many parties."""

    _name = "hub.pact.sign.wizard"
    _description = "Record signatures"

    pact_id = fields.Many2one("hub.pact", required=True, readonly=True)
    party_ids = fields.Many2many(
        "hub.pact.party",
        "hub_pact_sign_wizard_party_rel",
        "wizard_id",
        "party_id",
        string="Who signed",
        domain="[('pact_id', '=', pact_id), ('signed_on', '=', False)]",
        compute="_compute_party_ids",
        store=True,
        readonly=False,
    )
    signed_on = fields.Date(required=True, default=fields.Date.context_today)
    channel = fields.Selection(
        [("paper", "On paper"), ("in_person", "In person")],
        string="How",
        required=True,
        default="paper",
    )
    alone = fields.Boolean(compute="_compute_alone")
    signed_by = fields.Char(
        compute="_compute_signed_by",
        store=True,
        readonly=False,
        help="Who signs: the party, or the person who signs for it.",
    )
    signature = fields.Image(
        string="Signature drawn here",
        max_width=1024,
        max_height=1024,
        help="Optional: drawn on this screen by the party that signs.",
    )
    scan = fields.Binary(string="Scanned page", help="Optional.")
    scan_name = fields.Char(string="Name of the scan")
    fingerprint = fields.Char(
        string="Fingerprint at the foot of the page",
        compute="_compute_fingerprint",
        help="What stands on the paper must be this text.",
    )
    has_changed = fields.Boolean(compute="_compute_fingerprint")

    @api.depends("pact_id")
    def _compute_party_ids(self):
        for wizard in self:
            pact = wizard.pact_id
            wizard.party_ids = pact._present_parties() - pact._signed_parties()

    @api.depends("party_ids")
    def _compute_alone(self):
        """A drawing is of one person."""
        for wizard in self:
            wizard.alone = len(wizard.party_ids) == 1

    @api.depends("party_ids")
    def _compute_signed_by(self):
        for wizard in self:
            party = wizard.party_ids
            wizard.signed_by = len(party) == 1 and (
                party.representative or party._name_in_text()
            )

    @api.depends("pact_id")
    def _compute_fingerprint(self):
        for wizard in self:
            pact = wizard.pact_id
            wizard.fingerprint = pact and pact._text_fingerprint()
            printed = pact.printed_hash
            wizard.has_changed = bool(printed and printed != wizard.fingerprint)

    def action_confirm(self):
        """Record them; the first signature closes the text."""
        self.ensure_one()
        if not self.party_ids:
            raise UserError(self.env._("Choose at least one party who signed."))
        self.pact_id.check_access("write")
        self.party_ids._check_of_pact(self.pact_id)
        self.party_ids._sign(self.signed_on, self.channel, **self._proof())
        return {"type": "ir.actions.act_window_close"}

    def _proof(self):
        proof = {"scan": self.scan, "scan_name": self.scan_name}
        if self.alone:
            proof["signed_by"] = self.signed_by
        if self.channel == "in_person" and self.signature:
            if not self.alone:
                raise UserError(
                    self.env._("A signature drawn here is of one party: choose one.")
                )
            proof["signature"] = read_drawing(self.env, self.signature)
        return proof
