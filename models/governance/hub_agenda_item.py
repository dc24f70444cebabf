from odoo import fields, models


class HubAgendaItem(models.Model):
    """An item of the agenda, what was said about it, and what was decided."""

    _name = "hub.agenda.item"
    _description = "Item of the agenda"
    _inherit = ["hub.meeting.line.mixin"]
    _order = "meeting_id, sequence, id"

    name = fields.Char(string="Item", required=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("information", "For information"),
            ("discussion", "To discuss"),
            ("decision", "To decide"),
        ],
        required=True,
        default="discussion",
    )
    description = fields.Html(help="Printed with the convocation.")
    presenter_id = fields.Many2one(
        "res.partner",
        string="Presented by",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    minutes_asked = fields.Integer(
        string="Time (minutes)", help="How long it should take."
    )
    notes = fields.Html(
        string="What was said", copy=False, help="Goes into the draft of the minutes."
    )
    minutes_id = fields.Many2one(
        "hub.minutes",
        string="Minutes to approve",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    resolution_ids = fields.One2many("hub.resolution", "agenda_item_id")
