from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.skill_cells import normalise


class HubActivity(models.Model):
    """Kind of activity that a project creates: service, craft, association..."""

    _name = "hub.activity"
    _description = "Kind of activity"
    _parent_name = "parent_id"
    _parent_store = True
    _rec_name = "complete_name"
    _order = "parent_path, id"

    name = fields.Char(required=True, translate=True)
    complete_name = fields.Char(
        string="Full name",
        compute="_compute_complete_name",
        search="_search_complete_name",
        recursive=True,
    )
    parent_id = fields.Many2one(
        "hub.activity", string="Within", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("hub.activity", "parent_id", string="More precisely")
    active = fields.Boolean(default=True)

    # not stored: each reader's language has its own
    @api.depends("name", "parent_id.complete_name")
    @api.depends_context("lang")
    def _compute_complete_name(self):
        for activity in self:
            parent = activity.parent_id.complete_name
            activity.complete_name = (
                f"{parent} / {activity.name}" if parent else activity.name
            )

    def _search_complete_name(self, operator, value):
        """Services / Training: its last name is enough to find it."""
        if isinstance(value, str):
            return [("name", operator, value.rpartition(" / ")[2])]
        if operator in ("in", "not in"):
            names = [str(name or "").rpartition(" / ")[2] for name in value]
            return [("name", operator, names)]
        return NotImplemented

    @api.model
    def _find(self, word):
        """The kind of activity that a word of a list means."""
        key = normalise(word)
        if not key:
            return self.browse()
        for activity in self.search([]):
            names = activity.get_field_translations("name")[0]
            words = [activity.name, activity.complete_name]
            words += [term["value"] for term in names]
            if key in map(normalise, words):
                return activity
        return self.browse()

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A kind of activity cannot lie within itself.")
            )
