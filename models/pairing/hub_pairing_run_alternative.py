from odoo import fields, models


class HubPairingRunAlternative(models.Model):
    """Another pair for a project of a cohort, and what it would cost the others."""

    _name = "hub.pairing.run.alternative"
    _description = "Next pair of a project in a cohort"
    _order = "rank, id"
    _check_company_auto = True

    line_id = fields.Many2one(
        "hub.pairing.run.line", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="line_id.company_id",
        store=True,
        precompute=True,
        index=True,
        required=True,
    )
    rank = fields.Integer()
    first_id = fields.Many2one("res.partner", string="First person", check_company=True)
    second_id = fields.Many2one(
        "res.partner", string="Second person", check_company=True
    )
    permille = fields.Integer(string="Needs covered (of 1000)", aggregator=False)
    words = fields.Char(string="Together")
    cost = fields.Text(
        string="What it would cost elsewhere",
        help="What the other projects of the cohort would have instead.",
    )
    changes = fields.Json()

    def action_take(self):
        """Take these two, with what it changes for the other projects."""
        self.ensure_one()
        self.line_id._take(self)
        return True
