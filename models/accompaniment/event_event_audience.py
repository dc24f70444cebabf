from odoo import api, fields, models
from odoo.fields import Domain

HUB = "solidarity_hub.group_hub_adviser"


class EventEvent(models.Model):
    """Who finds a moment on the personal page and may say there "I come": those whom
    the coordination has chosen, never anybody by a form that was left half filled."""

    _inherit = "event.event"

    hub_open_holders = fields.Boolean(
        string="Open to project holders",
        groups=HUB,
        help="They find it on their own page and say there whether they come.",
    )
    hub_open_volunteers = fields.Boolean(
        string="Open to volunteers",
        groups=HUB,
        help="They find it on their own page and say there whether they come.",
    )
    hub_open_college_ids = fields.Many2many(
        "hub.college",
        string="Open to colleges",
        domain="[('role_kind', '!=', False), ('company_id', '=', company_id)]",
        groups=HUB,
    )
    hub_open_club_ids = fields.Many2many(
        "res.partner.category",
        string="Open to clubs and groups",
        groups=HUB,
        help="Tags of contacts: whoever bears one of them.",
    )
    hub_presentation = fields.Text(
        string="What people read",
        groups=HUB,
        help="What it is about and what to bring: shown on personal pages and in"
        " invitations, with the date and the place.",
    )

    @api.model
    def _hub_domain_for(self, partner):
        """Moments of this person: open to them, or with a place on the list."""
        places = self.env["event.registration"]._hub_domain_for(partner)
        return Domain("hub_format", "!=", False) & (
            self._hub_domain_open_to(partner)
            | Domain("registration_ids", "any", Domain("active", "=", True) & places)
        )

    @api.model
    def _hub_domain_open_to(self, partner):
        """Moments to which this person may come without having been invited."""
        today = fields.Date.context_today(self)
        roles = self._hub_roles_until(partner, today)
        current = roles.filtered(lambda role: role._holds_on(today))
        holders = current.filtered(lambda role: role.kind == "holder").company_id
        volunteers = current.filtered(lambda role: role.kind == "volunteer").company_id
        holders |= self._hub_carried(partner).company_id
        audiences = [
            Domain("hub_open_holders", "=", True) & self._hub_domain_in(holders),
            Domain("hub_open_volunteers", "=", True) & self._hub_domain_in(volunteers),
        ]
        if colleges := self._hub_colleges_of(roles, current):
            audiences.append(Domain("hub_open_college_ids", "in", colleges.ids))
        if clubs := partner.sudo().category_id:
            audiences.append(Domain("hub_open_club_ids", "parent_of", clubs.ids))
        return Domain.OR(audiences)

    @api.model
    def _hub_domain_in(self, companies):
        """Of these hubs, or of none in particular; nothing without a hub."""
        if not companies:
            return Domain.FALSE
        return Domain("company_id", "in", [*companies.ids, False])

    @api.model
    def _hub_roles_until(self, partner, day):
        """Roles of this person, those of before included."""
        roles = self.env["hub.role"].sudo()
        return roles.search(
            roles._hub_domain_for(partner) & Domain("date_start", "<=", day)
        )

    @api.model
    def _hub_carried(self, partner):
        """Open projects that this person carries, from the reception on."""
        leads = self.env["crm.lead"].sudo()
        return leads.search(
            Domain("is_hub_project", "=", True)
            & Domain("hub_holder_ids.partner_id", "=", partner.id)
            & Domain("stage_id.hub_phase", "!=", "closed")
        )

    @api.model
    def _hub_colleges_of(self, roles, current):
        """Colleges to which somebody belongs by these roles, the current ones among
        them."""
        held = {(role.company_id, role.kind) for role in current}
        ever = {(role.company_id, role.kind) for role in roles}
        colleges = self.env["hub.college"].sudo().search([("role_kind", "!=", False)])
        return colleges.filtered(
            lambda college: (
                (college.company_id, college.role_kind)
                in (ever if college.include_former else held)
            )
        )
