from odoo import fields, models

EVENT_FORMATS = [
    ("breakfast", "Breakfast meeting"),
    ("info_afternoon", "Information afternoon"),
    ("workshop", "Thematic workshop"),
    ("working_group", "Self-run working group"),
    ("training", "Training of volunteers"),
    ("follow_up", "Follow-up after creation"),
    ("awareness", "Awareness raising"),
    ("review", "Participatory review"),
]


class EventEvent(models.Model):
    _inherit = "event.event"

    hub_format = fields.Selection(
        EVENT_FORMATS,
        string="Collective moment",
        index="btree_not_null",
        help="What kind of moment of the hub this is; empty for any other event.",
    )
