from collections import namedtuple

from odoo import models
from odoo.fields import Domain

Seat = namedtuple("Seat", "partner college mandate")


class HubBody(models.Model):
    """Who sits on a day: by mandate, or everybody who has the role of a college."""

    _inherit = "hub.body"

    def _seats_on(self, day):
        """Who has a seat on a day, ``{body: [Seat]}``, in the order of the colleges."""
        elected = self._origin.filtered(lambda body: body.membership == "mandate")
        everybody = self._origin - elected
        return elected._seats_by_mandate(day) | everybody._seats_by_role(day)

    def _seats_by_mandate(self, day):
        mandates = self.env["hub.mandate"].sudo()
        mandates = mandates.search(
            Domain("body_id", "in", self.ids) & mandates._domain_on(day)
        )
        order = {
            (line.body_id, line.college_id): number
            for number, line in enumerate(self.college_ids)
        }
        mandates = mandates.sorted(
            lambda m: (
                order.get((m.body_id, m.college_id), len(order)),
                (m.partner_id.name or "").casefold(),
                m.id,
            )
        )
        return {
            body: [Seat(one.partner_id, one.college_id, one) for one in group]
            for body, group in mandates.grouped("body_id").items()
        }

    def _seats_by_role(self, day):
        """Everybody of the colleges; a person of two colleges votes in the first."""
        seats = {}
        for body, belonging in self._belonging_by_role(day).items():
            first = {}
            for seat in belonging:
                first.setdefault(seat.partner, seat)
            seats[body] = list(first.values())
        return seats

    def _belonging_by_role(self, day):
        """Everybody of each college; a person of two colleges is there twice."""
        roles = self._roles_known_on(day)
        return {
            body: body._belonging_among(roles.get(body.company_id, ()), day)
            for body in self
        }

    def _belonging_among(self, roles, day):
        self.ensure_one()
        no_mandate = self.env["hub.mandate"]
        found = []
        for college in self.college_ids.college_id:
            people = {
                role.partner_id
                for role in roles
                if role.kind == college.role_kind
                and (college.include_former or role._holds_on(day))
            }
            people = sorted(people, key=lambda p: ((p.name or "").casefold(), p.id))
            found += [Seat(person, college, no_mandate) for person in people]
        return found

    def _belongs_on(self, day):
        """``{(person, college)}``: who may sit for which college on a day."""
        self.ensure_one()
        if self.membership == "mandate":
            seats = self._seats_by_mandate(day)
        else:
            seats = self._belonging_by_role(day)
        return {(seat.partner, seat.college) for seat in seats.get(self, ())}

    def _roles_known_on(self, day):
        """Roles that began by this day, by hub."""
        kinds = set(self.college_ids.college_id.mapped("role_kind")) - {False}
        roles = self.env["hub.role"].sudo()
        found = roles.search(
            Domain("company_id", "in", self.company_id.ids)
            & Domain("kind", "in", list(kinds))
            & Domain("date_start", "<=", day)
            & Domain("partner_id.active", "=", True)
        )
        return found.grouped("company_id")
