from odoo import fields, models


class HubPact(models.Model):
    _inherit = "hub.pact"

    resolution_id = fields.Many2one(
        "hub.resolution",
        string="Decided by",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('result', '=', 'adopted')]",
        groups="solidarity_hub.group_hub_adviser,solidarity_hub.group_hub_board",
        help="The resolution that decided on this pact.",
    )
