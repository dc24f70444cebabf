from odoo import fields, models

from .hub_pact_commitment import LEVELS, SUPPORTS
from .hub_pact_party import CATEGORIES


class HubPactTemplateGoal(models.Model):
    """A goal that a template proposes."""

    _name = "hub.pact.template.goal"
    _description = "Goal of a template"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "hub.pact.template", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Text(string="Goal", required=True, translate=True)

    def _pact_vals(self):
        return {"sequence": self.sequence, "name": self.name}


class HubPactTemplateCommitment(models.Model):
    """A commitment that a template proposes, by category of party."""

    _name = "hub.pact.template.commitment"
    _description = "Commitment of a template"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "hub.pact.template", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Text(string="Commitment", required=True, translate=True)
    category = fields.Selection(CATEGORIES, string="Who", required=True)
    support = fields.Selection(SUPPORTS)
    level = fields.Selection(LEVELS)
    rhythm = fields.Char(string="When", translate=True)

    def _pact_vals(self):
        return {
            "sequence": self.sequence,
            "name": self.name,
            "category": self.category,
            "support": self.support,
            "level": self.level,
            "rhythm": self.rhythm,
        }


class HubPactTemplateTerm(models.Model):
    """A term of evaluation that a template proposes: one indicator, how it is read."""

    _name = "hub.pact.template.term"
    _description = "Term of evaluation of a template"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "hub.pact.template", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    indicator_id = fields.Many2one(
        "hub.indicator",
        required=True,
        ondelete="restrict",
        domain=[("target", "=", "pact")],
    )
    objective = fields.Char(translate=True)
    target = fields.Char(translate=True)
    source = fields.Char(translate=True)
    collector = fields.Char(string="Who collects", translate=True)
    rhythm = fields.Char(translate=True)
    rhythm_months = fields.Integer(
        string="Every (months)",
        help="Evaluations are planned by it from the day the pact comes into force."
        " 0: not planned.",
    )
    from_start = fields.Boolean(
        string="At the start",
        help="A first evaluation is planned for the day the pact comes into force.",
    )
    validated_by = fields.Char(string="Who validates", translate=True)

    def _pact_vals(self):
        names = ("objective", "target", "source", "collector", "rhythm", "validated_by")
        return {
            "sequence": self.sequence,
            "indicator_id": self.indicator_id.id,
            "rhythm_months": self.rhythm_months,
            "from_start": self.from_start,
            **{name: self[name] for name in names},
        }
