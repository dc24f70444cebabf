from odoo import api, fields, models


class HubProjectSkill(models.Model):
    """A skill that a project needs around it, and how much."""

    _name = "hub.project.skill"
    _description = "Skill needed by a project"
    _inherit = ["hub.project.line.mixin"]
    _order = "mandatory desc, weight desc, id"
    _rec_name = "skill_id"

    skill_id = fields.Many2one(
        "hub.skill", required=True, index=True, ondelete="restrict"
    )
    level = fields.Integer(
        string="Level wanted",
        default=2,
        required=True,
        help="1 learning, 2 practising, 3 expert.",
    )
    level_label = fields.Selection(
        [("1", "Learning"), ("2", "Practising"), ("3", "Expert")],
        string="Mastery wanted",
        compute="_compute_labels",
        inverse="_inverse_level_label",
    )
    weight = fields.Integer(
        string="Importance",
        default=2,
        required=True,
        help="1 useful, 2 needed, 3 decisive.",
    )
    weight_label = fields.Selection(
        [("1", "Useful"), ("2", "Needed"), ("3", "Decisive")],
        string="How much it matters",
        compute="_compute_labels",
        inverse="_inverse_weight_label",
    )
    mandatory = fields.Boolean(
        string="Indispensable",
        help="No pair is proposed in which nobody has this skill at the level wanted.",
    )

    _level_range = models.Constraint(
        "CHECK(level BETWEEN 1 AND 3)",
        "The level wanted goes from 1 (learning) to 3 (expert).",
    )
    _weight_range = models.Constraint(
        "CHECK(weight BETWEEN 1 AND 3)",
        "The importance goes from 1 (useful) to 3 (decisive).",
    )
    _lead_skill_uniq = models.UniqueIndex(
        "(lead_id, skill_id)",
        "A project names each skill once: change the level or importance of the line"
        " that is there.",
    )

    @api.depends("level", "weight")
    def _compute_labels(self):
        for line in self:
            line.level_label = str(line.level) if line.level in (1, 2, 3) else False
            line.weight_label = str(line.weight) if line.weight in (1, 2, 3) else False

    def _inverse_level_label(self):
        for line in self:
            line.level = int(line.level_label or 2)

    def _inverse_weight_label(self):
        for line in self:
            line.weight = int(line.weight_label or 2)
