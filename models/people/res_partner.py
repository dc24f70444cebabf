from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain

from .hub_role import ACCOMPANYING_KINDS, ROLE_KINDS

HUB = "solidarity_hub.group_hub_adviser"
FIRST_BIRTH_YEAR = 1900


class ResPartner(models.Model):
    _inherit = "res.partner"

    hub_role_ids = fields.One2many(
        "hub.role", "partner_id", string="Roles in the hub", groups=HUB
    )
    hub_skill_ids = fields.One2many(
        "hub.partner.skill", "partner_id", string="Skills and levels", groups=HUB
    )
    hub_skill_tag_ids = fields.Many2many(
        "hub.skill",
        string="Skills without levels",
        compute="_compute_hub_skill_tag_ids",
        inverse="_inverse_hub_skill_tag_ids",
        search="_search_hub_skill_tag_ids",
        groups=HUB,
    )
    hub_signature_ids = fields.One2many(
        "hub.charter.signature", "partner_id", string="Charters signed", groups=HUB
    )
    hub_territory_id = fields.Many2one(
        "hub.territory", string="Territory", index="btree_not_null", groups=HUB
    )
    hub_gender = fields.Selection(
        [("female", "Woman"), ("male", "Man"), ("other", "Other")],
        string="Gender",
        groups=HUB,
    )
    hub_birth_year = fields.Integer(string="Year of birth", groups=HUB)
    hub_occupation = fields.Char(
        string="Occupation",
        groups=HUB,
        help="What the person does or did for a living: teacher, retired, trainer...",
    )

    # Today's roles
    hub_is_holder = fields.Boolean(
        string="Project holder",
        compute="_compute_hub_roles",
        search="_search_hub_is_holder",
        groups=HUB,
    )
    hub_is_volunteer = fields.Boolean(
        string="Volunteer",
        compute="_compute_hub_roles",
        search="_search_hub_is_volunteer",
        groups=HUB,
    )
    hub_is_funder = fields.Boolean(
        string="Solidarity funder",
        compute="_compute_hub_roles",
        search="_search_hub_is_funder",
        groups=HUB,
    )
    hub_is_institution = fields.Boolean(
        string="Institution or partner",
        compute="_compute_hub_roles",
        search="_search_hub_is_institution",
        groups=HUB,
    )
    hub_is_qualified = fields.Boolean(
        string="Qualified person",
        compute="_compute_hub_roles",
        search="_search_hub_is_qualified",
        groups=HUB,
    )
    hub_is_employee = fields.Boolean(
        string="Employee of the hub",
        compute="_compute_hub_roles",
        search="_search_hub_is_employee",
        groups=HUB,
    )
    hub_was_holder = fields.Boolean(
        string="Accompanied before",
        compute="_compute_hub_roles",
        search="_search_hub_was_holder",
        groups=HUB,
        help="Was a project holder here before.",
    )

    @api.depends(
        "hub_role_ids.kind", "hub_role_ids.date_start", "hub_role_ids.date_end"
    )
    @api.depends_context("allowed_company_ids")
    def _compute_hub_roles(self):
        today = fields.Date.context_today(self)
        for partner in self:
            roles = partner.hub_role_ids.filtered(
                lambda r: r.company_id in self.env.companies
            )
            kinds = {role.kind for role in roles if role.state == "active"}
            for kind, _label in ROLE_KINDS:
                partner[f"hub_is_{kind}"] = kind in kinds
            partner.hub_was_holder = any(
                role.kind == "holder" and role.date_end and role.date_end < today
                for role in roles
            )

    def _search_hub_role(self, kind, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        roles = self.env["hub.role"]._domain_on(today) & Domain("kind", "=", kind)
        return self._hub_with_roles(roles, value)

    def _search_hub_is_holder(self, operator, value):
        return self._search_hub_role("holder", operator, value)

    def _search_hub_is_volunteer(self, operator, value):
        return self._search_hub_role("volunteer", operator, value)

    def _search_hub_is_funder(self, operator, value):
        return self._search_hub_role("funder", operator, value)

    def _search_hub_is_institution(self, operator, value):
        return self._search_hub_role("institution", operator, value)

    def _search_hub_is_qualified(self, operator, value):
        return self._search_hub_role("qualified", operator, value)

    def _search_hub_is_employee(self, operator, value):
        return self._search_hub_role("employee", operator, value)

    def _search_hub_was_holder(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        roles = Domain("kind", "=", "holder") & Domain("date_end", "<", today)
        return self._hub_with_roles(roles, value)

    def _hub_with_roles(self, roles, wanted):
        roles &= Domain("company_id", "in", self.env.companies.ids)
        found = Domain("hub_role_ids", "any", roles)
        return Domain.OR(found if yes else ~found for yes in wanted)

    @api.depends("hub_skill_ids.skill_id")
    @api.depends_context("allowed_company_ids")
    def _compute_hub_skill_tag_ids(self):
        for partner in self:
            partner.hub_skill_tag_ids = partner.hub_skill_ids.filtered(
                lambda line: line.company_id in self.env.companies
            ).skill_id

    def _inverse_hub_skill_tag_ids(self):
        for partner in self:
            tags = partner.hub_skill_tag_ids
            lines = partner.hub_skill_ids.filtered(
                lambda line: line.company_id in self.env.companies
            )
            added = tags - lines.skill_id
            lines.filtered(lambda line, tags=tags: line.skill_id not in tags).unlink()
            self.env["hub.partner.skill"].create(
                [{"partner_id": partner.id, "skill_id": skill.id} for skill in added]
            )

    def _search_hub_skill_tag_ids(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return Domain("hub_skill_ids.skill_id", operator, value)

    @api.model
    def default_get(self, fields):
        """Menus of one kind of people propose that role (``hub_new_role_kind``)."""
        values = super().default_get(fields)
        kind = self.env.context.get("hub_new_role_kind")
        if (
            kind
            and "hub_role_ids" in fields
            and not self.env.context.get("hub_import")
            and self.env["hub.role"].has_access("create")
        ):
            values["hub_role_ids"] = [Command.create({"kind": kind})]
        return values

    @api.onchange("zip")
    def _onchange_hub_zip(self):
        if self.zip and self.env.user.has_group(HUB):
            territory = self.env["hub.territory"]._find_by_zip(self.zip)
            self.hub_territory_id = territory or self.hub_territory_id

    @api.constrains("hub_birth_year")
    def _check_hub_birth_year(self):
        this_year = fields.Date.context_today(self).year
        for partner in self:
            year = partner.hub_birth_year
            if year and not FIRST_BIRTH_YEAR <= year <= this_year:
                raise ValidationError(
                    self.env._(
                        "%(name)s: %(year)s is not a year of birth. Write four digits,"
                        " for example 1957.",
                        name=partner.display_name,
                        year=year,
                    )
                )

    @api.model
    def _hub_kept_fields(self):
        """Plain fields of the hub that a merge of two contacts must not lose."""
        return ("hub_territory_id", "hub_gender", "hub_birth_year", "hub_occupation")

    # What other areas ask about people: one answer for many, few queries

    def _hub_role_on(self, kinds, day=None, company=None):
        """Roles of these kinds that hold on a day, ``{partner: roles}``."""
        day = day or fields.Date.context_today(self)
        company = company or self.env.company
        roles = (
            self.env["hub.role"]
            .sudo()
            .search(
                Domain("partner_id", "in", self.ids)
                & Domain("kind", "in", kinds)
                & Domain("company_id", "=", company.id)
                & self.env["hub.role"]._domain_on(day)
            )
        )
        found = roles.grouped("partner_id")
        return {partner: found.get(partner, roles.browse()) for partner in self}

    def _hub_capacity_on(self, day=None, company=None):
        """Places each may fill beside projects on a day, absences counted as none."""
        day = day or fields.Date.context_today(self)
        roles = self._hub_role_on(ACCOMPANYING_KINDS, day, company)
        return {
            partner: max(
                (r.capacity for r in found if not r._is_paused_on(day)), default=0
            )
            for partner, found in roles.items()
        }

    def _hub_skill_levels(self, company=None):
        """``{partner: {skill: level}}``; the better level counts after a merge."""
        company = company or self.env.company
        levels = {partner: {} for partner in self}
        for line in (
            self.env["hub.partner.skill"]
            .sudo()
            .search(
                Domain("partner_id", "in", self.ids)
                & Domain("company_id", "=", company.id)
            )
        ):
            known = levels[line.partner_id]
            known[line.skill_id] = max(line.level, known.get(line.skill_id, 0))
        return levels

    def _hub_conflicts_with(self, others, company=None):
        """Who among ``others`` each must not be put together with."""
        company = company or self.env.company
        conflicts = (
            self.env["hub.conflict"]
            .sudo()
            .search(
                Domain("company_id", "=", company.id)
                & (
                    Domain("partner_id", "in", self.ids)
                    & Domain("other_partner_id", "in", others.ids)
                    | Domain("partner_id", "in", others.ids)
                    & Domain("other_partner_id", "in", self.ids)
                )
            )
        )
        found = {partner: self.browse() for partner in self}
        for conflict in conflicts:
            one, two = conflict.partner_id, conflict.other_partner_id
            for person, other in ((one, two), (two, one)):
                if person in found and other in others and person != other:
                    found[person] |= other
        return found
