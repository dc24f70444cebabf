from odoo import fields, models


class HubOpinion(models.Model):
    """What an institution thinks of a project: it informs, it never blocks."""

    _name = "hub.opinion"
    _description = "Opinion of an institution"
    _inherit = ["hub.project.line.mixin"]
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Institution",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    opinion = fields.Selection(
        [
            ("favourable", "Favourable"),
            ("reserved", "Reserved"),
            ("unfavourable", "Unfavourable"),
        ],
        required=True,
        default="favourable",
    )
    comment = fields.Text()
