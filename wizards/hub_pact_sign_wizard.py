from odoo import api, fields, models
from odoo.exceptions import UserError


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
        self.party_ids._sign(
            self.signed_on, self.channel, scan=self.scan, scan_name=self.scan_name
        )
        return {"type": "ir.actions.act_window_close"}
