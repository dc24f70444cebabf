from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...reports.print_words import long_date
from ..people.hub_role import ACCOMPANYING_KINDS


class HubPortal(models.AbstractModel):
    """I am away: no project is proposed meanwhile, and appointments are looked at."""

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        roles = self._absence_roles(partner)
        if roles:
            sections.append(self._absence_section(partner, roles))
        return sections

    @api.model
    def _absence_roles(self, partner):
        """Roles of today in which this person is asked to accompany."""
        roles = self.env["hub.role"].sudo()
        return roles.search(
            roles._hub_domain_for(partner)
            & roles._domain_on(fields.Date.context_today(self))
            & Domain("kind", "in", ACCOMPANYING_KINDS)
        )

    @api.model
    def _absence_section(self, partner, roles):
        today = fields.Date.context_today(self)
        away = roles.filtered(
            lambda role: role.pause_from and (role.pause_to or today) >= today
        )[:1]
        return {
            "sequence": 150,
            "key": "my_absence",
            "title": self.env._("My absence"),
            "template": "solidarity_hub.portal_section_absence",
            "values": {
                "today": today,
                "away": bool(away),
                "words": away and self._absence_words(away),
                "from": away.pause_from,
                "to": away.pause_to,
                "appointments": self._appointments_during(partner, away),
                "error": self.env.context.get("hub_absence_error"),
                "typed": self.env.context.get("hub_absence_typed") or {},
            },
        }

    @api.model
    def _absence_words(self, role):
        first = long_date(self.env, role.pause_from)
        if not role.pause_to:
            return self.env._(
                "You are away from %(first)s until further notice.", first=first
            )
        return self.env._(
            "You are away from %(first)s to %(last)s.",
            first=first,
            last=long_date(self.env, role.pause_to),
        )

    @api.model
    def _appointments_during(self, partner, role):
        """Appointments in the days of an absence: somebody has to move them."""
        if not role:
            return []
        planned = (
            self.env["hub.interview"]
            .sudo()
            .search(
                self._domain_interviews(partner)
                & self.env["hub.interview"]._domain_to_come()
                & Domain("presence_ids.partner_id", "=", partner.id),
                order="date_start, id",
            )
        )
        local = planned.with_context(lang=self.env.lang)
        return [
            {"url": f"/my/hub/interview/{i.id}", "moment": i._moment_words()}
            for i in local
            if role._is_paused_on(i._local_start().date())
        ]

    @api.model
    def _absence_set(self, partner, typed):
        """Away from one day to another; without a last day until further notice."""
        roles = self._absence_roles(partner)
        if not roles:
            raise UserError(self.env._("You accompany nobody today."))
        first = self._typed_day(typed, "from")
        last = self._typed_day(typed, "to")
        today = fields.Date.context_today(self)
        if not first:
            raise ValidationError(self.env._("Choose the first day of your absence."))
        if last and last < first:
            raise ValidationError(
                self.env._("The last day of your absence is before the first one.")
            )
        if last and last < today:
            raise ValidationError(self.env._("These days have passed: choose others."))
        roles.write({"pause_from": first, "pause_to": last})

    @api.model
    def _absence_end(self, partner):
        """Back, or not away after all."""
        self._absence_roles(partner).action_resume()
