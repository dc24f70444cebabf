import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# From the nearest to the widest: the nearest answers for a postcode.
TERRITORY_KINDS = [
    ("commune", "Commune"),
    ("intercommunality", "Intercommunality"),
    ("department", "Department"),
    ("region", "Region"),
]


class HubTerritory(models.Model):
    """A place people live and act in, from the commune to the region."""

    _name = "hub.territory"
    _description = "Territory"
    _order = "name, id"
    _rec_names_search = ["name", "zips"]

    name = fields.Char(required=True)
    kind = fields.Selection(TERRITORY_KINDS, required=True, default="commune")
    parent_id = fields.Many2one(
        "hub.territory", string="Part of", index=True, ondelete="restrict"
    )
    child_ids = fields.One2many("hub.territory", "parent_id", string="Made of")
    zips = fields.Char(string="Postcodes", help="Separated by commas or spaces.")
    zone_ids = fields.One2many("hub.territory.zone", "territory_id", string="Zones")
    active = fields.Boolean(default=True)

    @api.depends("name", "parent_id.name")
    def _compute_display_name(self):
        for territory in self:
            territory.display_name = (
                f"{territory.name or ''} ({territory.parent_id.name})"
                if territory.parent_id
                else territory.name
            )

    @api.constrains("parent_id", "kind")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("%(name)s cannot be part of itself.", name=self[:1].name)
            )
        order = [kind for kind, _label in TERRITORY_KINDS]
        for territory in self:
            parent = territory.parent_id
            if parent and order.index(parent.kind) <= order.index(territory.kind):
                raise ValidationError(
                    self.env._(
                        "%(name)s cannot be part of %(parent)s: a territory is part of"
                        " a wider one (commune, intercommunality, department, region).",
                        name=territory.name,
                        parent=parent.name,
                    )
                )

    @api.model
    def _find_by_zip(self, zip_code):
        """The narrowest territory that lists this postcode, or none when unsure."""
        code = (zip_code or "").replace(" ", "")
        if not code:
            return self.browse()
        found = self.search(Domain("zips", "like", code)).filtered(
            lambda t: code in re.split(r"[\s,;]+", t.zips)
        )
        for kind, _label in TERRITORY_KINDS:
            same = found.filtered(lambda t, kind=kind: t.kind == kind)
            if same:
                return same if len(same) == 1 else self.browse()
        return self.browse()

    @api.model
    def _find(self, text):
        """The territory of this name or postcode, or none when unsure."""
        text = (text or "").strip()
        if not text:
            return self.browse()
        found = self.search(Domain("name", "=ilike", text))
        for kind, _label in TERRITORY_KINDS:
            same = found.filtered(lambda t, kind=kind: t.kind == kind)
            if same:
                return same if len(same) == 1 else self.browse()
        return self._find_by_zip(text)

    def _zones_on(self, day):
        """Zones in force here on a day, those of the wider territories included."""
        self.ensure_one()
        return self.env["hub.territory.zone"].search(
            Domain("territory_id", "parent_of", self.id)
            & (Domain("date_start", "=", False) | Domain("date_start", "<=", day))
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", day))
        )
