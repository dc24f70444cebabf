from odoo import api, fields, models

# family: the axes it holds
AXES = {
    "motivation": [
        ("meaning", "Meaning beyond profit"),
        ("quality", "A quality answer to a social need"),
        ("environment", "Respect for the environment"),
    ],
    "logic": [
        ("economic", "Economic logic"),
        ("utility", "Logic of social utility"),
        ("territorial", "Territorial logic"),
    ],
    "field": [
        ("undertake", "Undertaking differently"),
        ("finance", "Financing differently"),
        ("consume", "Consuming differently"),
        ("take_part", "Taking part differently"),
        ("exchange", "Exchanging differently"),
    ],
    "value": [
        ("endogenous", "Essential needs of the place (food, housing, care)"),
        ("attributive", "Value that draws from outside (leisure, nature, tourism)"),
    ],
}
FAMILY_OF_AXIS = {axis: family for family, axes in AXES.items() for axis, _ in axes}


class HubProjectCriterion(models.Model):
    """How strongly a project answers one of the criteria of the solidarity economy."""

    _name = "hub.project.criterion"
    _description = "Criterion of a project"
    _inherit = ["hub.project.line.mixin"]
    _order = "sequence, id"
    _rec_name = "axis"

    axis = fields.Selection(
        [choice for axes in AXES.values() for choice in axes],
        string="Criterion",
        required=True,
    )
    family = fields.Selection(
        [
            ("motivation", "Motivations"),
            ("logic", "Three logics"),
            ("field", "Five fields"),
            ("value", "Values created"),
        ],
        compute="_compute_family",
        store=True,
        precompute=True,
    )
    sequence = fields.Integer(compute="_compute_family", store=True, precompute=True)
    rating = fields.Selection(
        [("0", "Not at all"), ("1", "A little"), ("2", "Clearly"), ("3", "Strongly")],
        help="How strongly the project answers this criterion; empty: not looked at.",
    )
    comment = fields.Char()

    _lead_axis_uniq = models.UniqueIndex(
        "(lead_id, axis)",
        "A project is looked at once under each criterion: complete the line that is"
        " there.",
    )

    @api.depends("axis")
    def _compute_family(self):
        order = list(FAMILY_OF_AXIS)
        for criterion in self:
            criterion.family = FAMILY_OF_AXIS.get(criterion.axis)
            criterion.sequence = order.index(criterion.axis) if criterion.axis else 0
