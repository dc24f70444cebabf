from odoo import api, fields, models

DIMENSIONS = [
    ("appropriation", "Appropriation of the project"),
    ("professionalisation", "Professionalisation"),
    ("personal_development", "Personal development"),
    ("autonomy", "Autonomy"),
    ("economic", "Economic effects"),
    ("local_development", "Local development"),
    ("cultural", "Cultural utility"),
    ("social", "Social utility"),
]


class HubIndicator(models.Model):
    """What a hub looks at to tell, together, what a project changed.

    The set is shared by all hubs and validated by the colleges; people are never
    compared, their line is agreed between holder and pair.
    """

    _name = "hub.indicator"
    _description = "Indicator"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    dimension = fields.Selection(DIMENSIONS, required=True)
    kind = fields.Selection(
        [
            ("number", "Figure"),
            ("scale", "Scale"),
            ("text", "In words"),
            ("yes_no", "Yes or no"),
        ],
        required=True,
        default="scale",
    )
    unit = fields.Char(translate=True, help="For a number: jobs, euros, people...")
    scale_labels = fields.Text(
        string="Steps of the scale",
        translate=True,
        help="One step per line, from the lowest to the highest.",
    )
    question = fields.Text(
        string="Question asked", translate=True, help="As it is put to people."
    )
    active = fields.Boolean(default=True)

    @api.depends("name", "dimension")
    def _compute_display_name(self):
        labels = dict(self._fields["dimension"]._description_selection(self.env))
        for indicator in self:
            dimension = labels.get(indicator.dimension)
            same = dimension == indicator.name
            indicator.display_name = (
                indicator.name if same else f"{indicator.name} ({dimension})"
            )

    def _scale_steps(self):
        """Steps of the scale, from the lowest to the highest."""
        self.ensure_one()
        lines = (self.scale_labels or "").splitlines() if self.kind == "scale" else []
        return [line.strip() for line in lines if line.strip()]
