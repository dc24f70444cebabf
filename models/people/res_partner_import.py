from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.person_words import ROLE_WORDS, read_words
from .hub_role import INSTITUTION_KINDS, ROLE_KINDS
from .res_partner import HUB


class ResPartner(models.Model):
    """A person on one line of a spreadsheet, as coordinators keep their lists.

    The columns can be exported and imported again: the same file changes nothing.
    """

    _inherit = "res.partner"

    hub_roles_text = fields.Char(
        string="Roles",
        compute="_compute_hub_roles_text",
        inverse="_inverse_hub_list",
        groups=HUB,
        help="Today's roles, separated by semicolons.",
    )
    hub_skills_text = fields.Char(
        string="Skills",
        compute="_compute_hub_skills_text",
        inverse="_inverse_hub_list",
        groups=HUB,
        help="Skills in one cell: Accounting:3; Listening. 1 learning, 2 practising,"
        " 3 expert.",
    )
    hub_role_since = fields.Date(
        string="Role since",
        compute="_compute_hub_role_since",
        inverse="_inverse_hub_list",
        groups=HUB,
    )
    hub_capacity = fields.Integer(
        string="Projects at once",
        compute="_compute_hub_capacity",
        inverse="_inverse_hub_list",
        groups=HUB,
    )
    hub_trained_on = fields.Date(
        string="Trained on",
        compute="_compute_hub_trained_on",
        inverse="_inverse_hub_list",
        groups=HUB,
    )
    hub_institution_kind = fields.Selection(
        INSTITUTION_KINDS,
        string="Kind of institution",
        compute="_compute_hub_institution_kind",
        inverse="_inverse_hub_list",
        search="_search_hub_institution_kind",
        groups=HUB,
    )

    @api.depends(
        "hub_role_ids.kind", "hub_role_ids.date_start", "hub_role_ids.date_end"
    )
    @api.depends_context("company", "lang")
    def _compute_hub_roles_text(self):
        labels = dict(
            self.env["hub.role"]._fields["kind"]._description_selection(self.env)
        )
        roles = self._hub_list_roles()
        for partner in self:
            kinds = [role.kind for role in roles[partner]]
            partner.hub_roles_text = "; ".join(labels[kind] for kind in kinds)

    @api.depends(
        "hub_role_ids.date_start", "hub_role_ids.date_end", "hub_role_ids.kind"
    )
    @api.depends_context("company")
    def _compute_hub_role_since(self):
        roles = self._hub_list_roles()
        for partner in self:
            partner.hub_role_since = roles[partner][:1].date_start

    @api.depends("hub_role_ids.capacity", "hub_role_ids.date_end")
    @api.depends_context("company")
    def _compute_hub_capacity(self):
        roles = self._hub_list_roles()
        for partner in self:
            partner.hub_capacity = max(roles[partner].mapped("capacity"), default=0)

    @api.depends("hub_role_ids.trained_on", "hub_role_ids.date_end")
    @api.depends_context("company")
    def _compute_hub_trained_on(self):
        roles = self._hub_list_roles()
        for partner in self:
            trained = roles[partner].filtered("trained_on")
            partner.hub_trained_on = trained[:1].trained_on

    @api.depends("hub_role_ids.institution_kind", "hub_role_ids.date_end")
    @api.depends_context("company")
    def _compute_hub_institution_kind(self):
        roles = self._hub_list_roles()
        for partner in self:
            found = roles[partner].filtered("institution_kind")
            partner.hub_institution_kind = found[:1].institution_kind

    def _search_hub_institution_kind(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        roles = self.env["hub.role"]._domain_on(today) & Domain(
            "institution_kind", "in", list(value)
        )
        return self._hub_with_roles(roles, [True])

    @api.depends("hub_skill_ids.skill_id.name", "hub_skill_ids.level")
    @api.depends_context("company", "lang")
    def _compute_hub_skills_text(self):
        levels = self._origin._hub_skill_levels()
        for partner in self:
            known = levels.get(partner._origin, {})
            partner.hub_skills_text = "; ".join(
                f"{skill.name}:{level}" for skill, level in known.items()
            )

    def _inverse_hub_list(self):
        words = self.env["hub.skill"]._by_word()
        for partner in self:
            partner._hub_apply_roles()
            partner._hub_apply_skills(words)

    def _hub_list_roles(self):
        """Roles of today and to come, by kind, ``{partner: roles}``."""
        today = fields.Date.context_today(self)
        order = [kind for kind, _label in ROLE_KINDS]
        return {
            partner: partner.hub_role_ids.filtered(
                lambda r: (
                    r.company_id == self.env.company
                    and r.kind
                    and (not r.date_end or r.date_end >= today)
                )
            ).sorted(lambda r: order.index(r.kind))
            for partner in self
        }

    def _hub_apply_roles(self):
        """Add the roles named and correct what changed; none is ended."""
        kinds, _unknown = read_words(self.hub_roles_text, self._hub_role_words())
        roles = self._hub_list_roles()[self]
        changes = self._hub_list_changes(roles)
        created = roles.create(
            [
                {
                    "partner_id": self.id,
                    "kind": kind,
                    "date_start": changes["since"] or fields.Date.context_today(self),
                    "institution_kind": kind == "institution"
                    and self.hub_institution_kind,
                }
                for kind in kinds
                if kind not in roles.mapped("kind")
            ]
        )
        every = created + roles
        named = every.filtered(lambda role: role.kind in kinds[:1])[:1]
        if changes["since"] and named:
            named._hub_write_changed(date_start=changes["since"])
        for role in every:
            role._hub_write_list(changes)

    def _hub_list_changes(self, roles):
        """What the cells say that the roles do not say already."""
        cells = {
            "since": (self.hub_role_since, roles[:1].date_start),
            "capacity": (
                self.hub_capacity,
                max(roles.mapped("capacity"), default=0),
            ),
            "trained_on": (
                self.hub_trained_on,
                roles.filtered("trained_on")[:1].trained_on,
            ),
            "institution_kind": (
                self.hub_institution_kind,
                roles.filtered("institution_kind")[:1].institution_kind,
            ),
        }
        return {
            name: cell if cell != known else False
            for name, (cell, known) in cells.items()
        }

    def _hub_apply_skills(self, words):
        """Add the skills named and set the levels given; none is taken away."""
        skills = self.env["hub.skill"]
        found, _unknown = skills._read_cell(self.hub_skills_text, words)
        lines = self.hub_skill_ids.filtered(lambda s: s.company_id == self.env.company)
        for line in lines:
            level = found.pop(line.skill_id, None)
            if level and line.level != level:
                line.level = level
        lines.create(
            [
                {"partner_id": self.id, "skill_id": skill.id, "level": level or 2}
                for skill, level in found.items()
            ]
        )

    @api.model
    def _hub_role_words(self):
        """Words for a role, those of the user's language included."""
        labels = self.env["hub.role"]._fields["kind"]._description_selection(self.env)
        return {code: f"{ROLE_WORDS[code]}, {label}" for code, label in labels}
