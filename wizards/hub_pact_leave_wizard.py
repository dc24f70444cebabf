import base64

from odoo import api, fields, models


class HubPactLeaveWizard(models.TransientModel):
    """A party leaves a pact in force: when, why, and the letter that says so."""

    _name = "hub.pact.leave.wizard"
    _description = "A party leaves"

    party_id = fields.Many2one("hub.pact.party", required=True, readonly=True)
    left_on = fields.Date(
        string="Leaves on", required=True, default=fields.Date.context_today
    )
    reason = fields.Text(required=True)
    letter = fields.Binary(help="Optional: the letter or e-mail, kept in the history.")
    letter_name = fields.Char(string="Name of the letter")
    lacks_kinds = fields.Boolean(compute="_compute_lacks_kinds")

    @api.depends("party_id", "left_on")
    def _compute_lacks_kinds(self):
        for wizard in self:
            party, pact = wizard.party_id, wizard.party_id.pact_id
            day = wizard.left_on or fields.Date.context_today(wizard)
            kinds = pact._kinds_bound(day, without=party)
            wizard.lacks_kinds = len(kinds) < 2

    def action_confirm(self):
        """Note it down; the text stays as it was signed."""
        self.ensure_one()
        self.party_id.check_access("write")
        letters = []
        if self.letter:
            letters = [
                (self.letter_name or "letter", base64.b64decode(self.letter)),
            ]
        self.party_id._leave(self.left_on, self.reason, letters)
        return {"type": "ir.actions.act_window_close"}
