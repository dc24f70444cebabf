from odoo import models


class HubCharter(models.Model):
    """A version of the charter may be put to the vote."""

    _name = "hub.charter"
    _inherit = ["hub.charter", "hub.decided.mixin"]
