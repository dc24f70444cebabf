from odoo import fields, models


class HubCharter(models.Model):
    _inherit = "hub.charter"

    resolution_id = fields.Many2one(
        "hub.resolution",
        string="Decided by",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('result', '=', 'adopted')]",
        groups="solidarity_hub.group_hub_adviser",
        help="The resolution that adopted this version.",
    )
