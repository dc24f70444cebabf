from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

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
INDICATOR_KINDS = [
    ("number", "Figure"),
    ("scale", "Scale"),
    ("text", "In words"),
    ("yes_no", "Yes or no"),
]
# What gives a value its meaning: no longer changed once people have given values.
MEANING = {"kind", "target"}


class HubIndicator(models.Model):
    """What a hub looks at to tell, together, what a project changed.

    The set is shared by all hubs and validated by the colleges; people are never
    compared, their line is agreed between holder and pair.
    """

    _name = "hub.indicator"
    _description = "Indicator"
    _order = "target desc, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    target = fields.Selection(
        [("pact", "A contract or a pact"), ("hub", "The hub itself")],
        string="Speaks of",
        required=True,
        default="pact",
    )
    dimension = fields.Selection(DIMENSIONS)
    kind = fields.Selection(INDICATOR_KINDS, required=True, default="scale")
    unit = fields.Char(translate=True, help="For a number: jobs, euros, people...")
    step_ids = fields.One2many(
        "hub.indicator.step", "indicator_id", string="Steps of the scale", copy=True
    )
    question = fields.Text(
        string="Question asked", translate=True, help="As it is put to people."
    )
    active = fields.Boolean(default=True)

    @api.depends("name", "dimension")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["dimension"]._description_selection(self.env))
        for indicator in self:
            dimension = labels.get(indicator.dimension)
            plain = not dimension or dimension == indicator.name
            indicator.display_name = (
                indicator.name if plain else f"{indicator.name} ({dimension})"
            )

    @api.constrains("target", "dimension")
    def _check_dimension(self):
        for indicator in self:
            if indicator.target == "pact" and not indicator.dimension:
                raise ValidationError(
                    self.env._(
                        "“%(name)s”: say which dimension it belongs to (autonomy,"
                        " economic effects...).",
                        name=indicator.name,
                    )
                )

    @api.constrains("kind", "step_ids")
    def _check_steps(self):
        if self.env.context.get("install_mode"):
            # a data file writes the steps after their scale
            return
        for indicator in self:
            if indicator.kind == "scale" and len(indicator.step_ids) < 2:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is a scale: give it two steps at least, from the"
                        " lowest to the highest.",
                        name=indicator.name,
                    )
                )

    def write(self, vals):
        for name in MEANING & set(vals):
            self.filtered(lambda i, n=name: i[n] != vals[n])._check_not_used()
        return super().write(vals)

    def _check_not_used(self):
        """A value given on a scale keeps its meaning."""
        used = self._used()
        if used:
            raise UserError(
                self.env._(
                    "“%(name)s” has been used: its kind and the steps of its scale"
                    " stay, or earlier values would mean something else. Archive it"
                    " and add a new indicator.",
                    name=used[0].name,
                )
            )

    def _used(self):
        """Those for which somebody has given a value; areas extend this."""
        return self.browse()

    def _scale_steps(self):
        """Steps of the scale, from the lowest to the highest."""
        self.ensure_one()
        return self.step_ids.mapped("name") if self.kind == "scale" else []
