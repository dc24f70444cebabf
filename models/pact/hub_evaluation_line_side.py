from odoo import api, fields, models
from odoo.exceptions import UserError

from .hub_evaluation import SIDES, TEAM


class HubEvaluationLine(models.Model):
    """The view of the holder and the view of the pair, side by side.

    Each person's view is kept on its own; the team types what it was told into the
    column of the side.
    """

    _inherit = "hub.evaluation.line"

    view_ids = fields.One2many("hub.evaluation.view", "line_id", groups=TEAM)
    holder_value = fields.Char(
        string="Holder",
        compute="_compute_side_values",
        inverse="_inverse_holder_value",
        groups=TEAM,
    )
    holder_label = fields.Char(
        string="View of the holder", compute="_compute_side_values", groups=TEAM
    )
    holder_open = fields.Boolean(compute="_compute_sides_open", groups=TEAM)
    volunteers_value = fields.Char(
        string="Pair",
        compute="_compute_side_values",
        inverse="_inverse_volunteers_value",
        groups=TEAM,
    )
    volunteers_label = fields.Char(
        string="View of the pair", compute="_compute_side_values", groups=TEAM
    )
    volunteers_open = fields.Boolean(compute="_compute_sides_open", groups=TEAM)

    @api.depends("view_ids.value", "evaluation_id.person_ids.side")
    @api.depends_context("lang")
    def _compute_side_values(self):
        """The value that all of a side gave; where they differ, who said what."""
        for line in self:
            for side, _label in SIDES:
                views = line.view_ids.filtered(
                    lambda v, side=side: v.value and v.person_id.side == side
                )
                values = set(views.mapped("value"))
                line[f"{side}_value"] = values.pop() if len(values) == 1 else False
                line[f"{side}_label"] = line._side_label(views) or False

    @api.depends("evaluation_id.person_ids.given_channel")
    def _compute_sides_open(self):
        """Whether somebody of the side leaves it to the team to note the view."""
        for line in self:
            evaluation = line.evaluation_id
            for side, _label in SIDES:
                people = evaluation._side(side)
                left = people.filtered(lambda p: p.given_channel != "portal")
                line[f"{side}_open"] = evaluation.state == "planned" or bool(left)

    def _side_label(self, views):
        labels = {
            value: self.indicator_id._value_label(value)
            for value in views.mapped("value")
        }
        if len(labels) < 2:
            return "".join(labels.values())
        return " / ".join(
            self.env._(
                "%(value)s (%(name)s)",
                value=labels[view.value],
                name=view.person_id.partner_id.name,
            )
            for view in views
        )

    def _inverse_holder_value(self):
        for line in self:
            line._note_side("holder", line.holder_value)

    def _inverse_volunteers_value(self):
        for line in self:
            line._note_side("volunteers", line.volunteers_value)

    def _note_side(self, side, value):
        """What the team was told by one side, in its place.

        Whoever gave a view by the personal link keeps it as it was given.
        """
        self.ensure_one()
        if (value or "") == (self._told_value(side) or ""):
            return
        evaluation = self.evaluation_id.sudo()
        evaluation._begin()
        people = evaluation._side(side).filtered(
            lambda person: person.given_channel != "portal"
        )
        if not people:
            raise UserError(self._words_of_closed_side(side))
        people._note_values({self.id: value}, evaluation.entry_channel, self.env.uid)

    def _told_value(self, side):
        values = {
            view.value
            for view in self.sudo().view_ids
            if view.value and view.person_id.side == side
        }
        return values.pop() if len(values) == 1 else False

    def _words_of_closed_side(self, side):
        people = self.evaluation_id.sudo()._side(side)
        if not people:
            return self.env._(
                "%(evaluation)s: nobody of this side takes part. Add them under “Who"
                " takes part”.",
                evaluation=self.evaluation_id.display_name,
            )
        return self.env._(
            "%(names)s gave their view by their personal link: it stays as they gave"
            " it. Note what you agree on in the last column.",
            names=", ".join(people.partner_id.mapped("name")),
        )
