from odoo import fields, models


class HubPactGoal(models.Model):
    """What the parties want to reach together."""

    _name = "hub.pact.goal"
    _description = "Goal of a pact"
    _inherit = ["hub.pact.line.mixin"]

    name = fields.Text(string="Goal", required=True)
