import operator as operators

from odoo import api, fields, models
from odoo.fields import Domain

from ..people.hub_role import ACCOMPANYING_KINDS
from .hub_pairing import FOLLOWED_STATES

ADVISERS = "solidarity_hub.group_hub_adviser"
COMPARE = {
    "in": lambda value, wanted: value in wanted,
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
}


class ResPartner(models.Model):
    """How many projects a person accompanies, and how many more he could."""

    _inherit = "res.partner"

    hub_pairing_ids = fields.One2many(
        "hub.pairing", "volunteer_id", string="Projects accompanied", groups=ADVISERS
    )
    hub_load = fields.Integer(
        string="Projects followed",
        compute="_compute_hub_load",
        search="_search_hub_load",
        groups=ADVISERS,
        help="Projects this person accompanies today as one of the two.",
    )
    hub_free_capacity = fields.Integer(
        string="Free places",
        compute="_compute_hub_load",
        search="_search_hub_free_capacity",
        groups=ADVISERS,
        help="How many more projects this person could accompany; proposals that wait"
        " for an answer count as taken.",
    )

    @api.depends_context("company")
    def _compute_hub_load(self):
        company = self.env.company
        pairings = self.env["hub.pairing"].sudo()
        followed = pairings._open_counts(self, company, states=FOLLOWED_STATES)
        taken = pairings._open_counts(self, company)
        capacities = self._origin._hub_capacity_on(company=company)
        for partner in self:
            origin = partner._origin
            partner.hub_load = followed.get(origin, 0)
            partner.hub_free_capacity = max(
                0, capacities.get(origin, 0) - taken.get(origin, 0)
            )

    def _search_hub_load(self, operator, value):
        return self._search_hub_number("hub_load", operator, value)

    def _search_hub_free_capacity(self, operator, value):
        return self._search_hub_number("hub_free_capacity", operator, value)

    @api.model
    def _search_hub_number(self, name, operator, value):
        """People compared by a number that is 0 for everybody without a role."""
        if operator not in COMPARE:
            return NotImplemented
        matches = COMPARE[operator]
        roles = self.env["hub.role"].sudo().search([("kind", "in", ACCOMPANYING_KINDS)])
        people = roles.partner_id.with_env(self.env)
        counted = people | self.env["hub.pairing"].sudo().search(
            []
        ).volunteer_id.with_env(self.env)
        matching = counted.filtered(lambda partner: matches(partner[name], value))
        if matches(0, value):
            return Domain("id", "not in", (counted - matching).ids)
        return Domain("id", "in", matching.ids)

    def action_hub_pairings(self):
        """The projects this person accompanies or accompanied."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_pairing_action"
        )
        return dict(
            action,
            domain=[("volunteer_id", "in", self.ids)],
            context={"default_volunteer_id": self.id},
        )
