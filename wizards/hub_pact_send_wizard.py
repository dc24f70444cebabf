from odoo import api, fields, models
from odoo.exceptions import UserError


class HubPactSendWizard(models.TransientModel):
    """Asks the parties to sign: who gets an e-mail, who is to be called."""

    _name = "hub.pact.send.wizard"
    _description = "Send to sign"

    pact_id = fields.Many2one("hub.pact", required=True, readonly=True)
    party_ids = fields.Many2many(
        "hub.pact.party",
        "hub_pact_send_wizard_party_rel",
        "wizard_id",
        "party_id",
        string="Who is asked",
        domain="[('pact_id', '=', pact_id), ('answer', '=', 'waiting')]",
        compute="_compute_party_ids",
        store=True,
        readonly=False,
    )
    mailed = fields.Char(string="By e-mail", compute="_compute_names")
    called = fields.Char(
        string="By telephone or text message", compute="_compute_names"
    )
    nameless = fields.Char(string="Who signs for them?", compute="_compute_names")

    @api.depends("pact_id")
    def _compute_party_ids(self):
        for wizard in self:
            pact = wizard.pact_id
            waiting = pact._present_parties() - pact._signed_parties()
            wizard.party_ids = waiting._to_ask() if waiting else waiting

    @api.depends("party_ids")
    def _compute_names(self):
        for wizard in self:
            parties = wizard.party_ids
            mailed = parties.filtered("asked_email")
            wizard.mailed = self._names(mailed)
            wizard.called = self._names(parties - mailed)
            wizard.nameless = self._names(parties._nameless())

    @api.model
    def _names(self, parties):
        return ", ".join(party._name_in_text() for party in parties)

    def action_send(self):
        """Open the text to signature where it is not yet, and ask."""
        self.ensure_one()
        pact = self.pact_id
        pact.check_access("write")
        if not self.party_ids:
            raise UserError(self.env._("Choose at least one party to ask."))
        self.party_ids._check_of_pact(pact)
        if pact.state in ("concertation", "draft"):
            pact.action_to_sign()
        sent = self.party_ids._send()
        return sent._notify_asked()
