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
    _rec_names_search = ["name", "complete_name"]
    _order = "complete_name, id"

    name = fields.Char(required=True, translate=True)
    complete_name = fields.Char(
        string="Full name", compute="_compute_complete_name", store=True, recursive=True
    )
    parent_id = fields.Many2one(
        "hub.activity", string="Within", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("hub.activity", "parent_id", string="More precisely")
    active = fields.Boolean(default=True)

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for activity in self:
            parent = activity.parent_id.complete_name
            activity.complete_name = (
                f"{parent} / {activity.name}" if parent else activity.name
            )

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
