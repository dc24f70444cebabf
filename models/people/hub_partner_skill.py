from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

SKILL_LEVELS = [("1", "Learning"), ("2", "Practising"), ("3", "Expert")]


class HubPartnerSkill(models.Model):
    """A skill of a person and how well it is mastered; learning counts too."""

    _name = "hub.partner.skill"
    _description = "Skill of a person"
    _order = "level desc, id"
    _rec_name = "skill_id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    skill_id = fields.Many2one(
        "hub.skill", required=True, index=True, ondelete="restrict"
    )
    level = fields.Integer(
        required=True,
        default=2,
        aggregator="max",
        help="1 learning, 2 practising, 3 expert",
    )
    level_label = fields.Selection(
        SKILL_LEVELS,
        string="Mastery",
        compute="_compute_level_label",
        inverse="_inverse_level_label",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _level_range = models.Constraint(
        "CHECK(level BETWEEN 1 AND 3)",
        "A level is 1 (learning), 2 (practising) or 3 (expert).",
    )

    @api.depends("level")
    def _compute_level_label(self):
        for line in self:
            line.level_label = str(line.level) if line.level in (1, 2, 3) else False

    def _inverse_level_label(self):
        for line in self:
            line.level = int(line.level_label or 2)

    @api.constrains("partner_id", "skill_id", "company_id")
    def _check_once(self):
        lines = self.sudo().search(
            Domain("partner_id", "in", self.partner_id.ids)
            & Domain("skill_id", "in", self.skill_id.ids)
            & Domain("company_id", "in", self.company_id.ids)
        )
        same = lines.grouped(lambda r: (r.partner_id, r.skill_id, r.company_id))
        for line in self:
            if len(same[line.partner_id, line.skill_id, line.company_id]) > 1:
                raise ValidationError(
                    self.env._(
                        "%(person)s already has the skill %(skill)s: change its level"
                        " instead of adding it twice.",
                        person=line.partner_id.display_name,
                        skill=line.skill_id.name,
                    )
                )

    @api.model
    def _hub_domain_for(self, partner):
        """The skills of this person."""
        return Domain("partner_id", "=", partner.id)
