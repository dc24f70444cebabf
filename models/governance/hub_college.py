from odoo import fields, models

from ..people.hub_role import ROLE_KINDS


class HubCollege(models.Model):
    """One of the groups that govern the hub together."""

    _name = "hub.college"
    _description = "College"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    weight = fields.Integer(
        default=1,
        help="Share of this college where colleges vote as such: a college of weight 2"
        " counts twice a college of weight 1.",
    )
    role_kind = fields.Selection(
        ROLE_KINDS,
        string="People with the role",
        help="Whoever has this role belongs to the college.",
    )
    include_former = fields.Boolean(
        string="Former ones too",
        help="People who had the role before belong to it as well: creators once"
        " accompanied.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)

    _weight_positive = models.Constraint(
        "CHECK(weight >= 0)", "The weight of a college cannot be negative."
    )
    _code_unique = models.UniqueIndex(
        "(company_id, code)", "Another college of this hub has the same code."
    )
