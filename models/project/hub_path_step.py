from odoo import fields, models

from .crm_stage import HUB_PHASES


class HubPathStep(models.Model):
    """A dated phase of a path, written when the project moves; correctable."""

    _name = "hub.path.step"
    _description = "Step of the path"
    _inherit = ["hub.project.line.mixin"]
    _order = "date_start, id"
    _rec_name = "phase"

    phase = fields.Selection(HUB_PHASES, required=True)
    date_start = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_end = fields.Date(string="To")
    note = fields.Char(string="Remark")

    _period = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)",
        "A step of the path ends on or after the day it starts.",
    )
