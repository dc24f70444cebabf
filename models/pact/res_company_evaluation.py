from odoo import fields, models


class ResCompany(models.Model):
    """What a hub decides about its evaluations."""

    _inherit = "res.company"

    hub_evaluation_days = fields.Integer(
        string="Days before an evaluation",
        default=14,
        help="How many days before a planned evaluation whoever follows the pact is"
        " told to prepare it.",
    )
    hub_small_group = fields.Integer(
        string="Smallest group published",
        default=5,
        help="Figures about fewer projects or people than this are not published, nor"
        " anything from which they could be worked out.",
    )

    _small_group = models.Constraint(
        "CHECK(hub_small_group >= 2)",
        "The smallest group that is published has two members at least.",
    )
