from odoo import fields, models


class HubPairingWizardPerson(models.TransientModel):
    """Somebody who is left out, and why."""

    _name = "hub.pairing.wizard.person"
    _description = "Person left out of the search"
    _order = "with_reason desc, id"

    wizard_id = fields.Many2one("hub.pairing.wizard", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Person")
    with_reason = fields.Boolean(string="Possible with a reason")
    reason = fields.Text()
    way_out = fields.Text(string="What to do")
