from odoo import fields, models


class ResCompany(models.Model):
    """What a hub decides about its yearly figures; printed with them."""

    _inherit = "res.company"

    hub_collective_times = fields.Integer(
        string="Collective moments that make an accompaniment",
        default=3,
        required=True,
        help="Whoever came to so many breakfasts, workshops and other collective moments"
        " in a year counts as accompanied. Printed with the figures.",
    )
    hub_small_group = fields.Integer(
        string="Smallest group published",
        default=5,
        help="Figures about fewer projects or people than this are not published, nor"
        " anything from which they could be worked out.",
    )

    _collective_times = models.Constraint(
        "CHECK(hub_collective_times >= 1)",
        "An accompaniment takes one collective moment at least.",
    )
    _small_group = models.Constraint(
        "CHECK(hub_small_group >= 2)",
        "The smallest group that is published has two members at least.",
    )
