from odoo import fields, models


class HubPairingWizardProposal(models.TransientModel):
    """One pair that goes well, in words."""

    _name = "hub.pairing.wizard.proposal"
    _description = "Pair that goes well"
    _order = "rank, id"

    wizard_id = fields.Many2one("hub.pairing.wizard", required=True, ondelete="cascade")
    rank = fields.Integer()
    first_id = fields.Many2one("res.partner", string="First person")
    second_id = fields.Many2one("res.partner", string="Second person")
    words = fields.Char(string="Together")
    numbers = fields.Text(string="How it was computed")
    permille = fields.Integer(string="Needs covered (of 1000)")
    loads = fields.Char(string="Afterwards")
    warning = fields.Text(string="Asks a reason")
    note = fields.Text(string="To know")

    def action_choose(self):
        """Take these two."""
        return self.wizard_id._choose(self)
