from odoo import fields, models


class ResCompany(models.Model):
    """What a hub decides about its yearly figures; printed with them."""

    _inherit = "res.company"

    hub_collective_times = fields.Integer(
        string="Collective moments that make an accompaniment",
        default=3,
        required=True,
        help="Whoever came to so many breakfasts, workshops and other collective"
        " moments in a year counts as accompanied. Printed with the figures.",
    )

    _collective_times = models.Constraint(
        "CHECK(hub_collective_times >= 1)",
        "An accompaniment takes one collective moment at least.",
    )
