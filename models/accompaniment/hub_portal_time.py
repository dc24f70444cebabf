from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .hub_volunteer_hours import COUNTED_KINDS

# What most people need in one tap, as hours.
CHOICES = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
LATEST = 6


class HubPortal(models.AbstractModel):
    """My time: what I gave this month, and adding some in three taps."""

    _inherit = "hub.portal"

    @api.model
    def _sections(self, partner):
        sections = super()._sections(partner)
        if self._time_roles(partner):
            sections.append(self._time_section(partner))
        return sections

    @api.model
    def _time_roles(self, partner):
        """Roles of today in which this person gives time."""
        roles = self.env["hub.role"].sudo()
        today = fields.Date.context_today(self)
        return roles.search(
            roles._hub_domain_for(partner)
            & roles._domain_on(today)
            & Domain("kind", "in", COUNTED_KINDS)
        )

    @api.model
    def _time_section(self, partner):
        today = fields.Date.context_today(self)
        own = self.env["hub.volunteer.hours"].sudo()
        lines = own.search([("partner_id", "=", partner.id)], limit=LATEST)
        [(month,)] = own._read_group(
            [
                ("partner_id", "=", partner.id),
                ("date", ">=", today.replace(day=1)),
            ],
            [],
            ["hours:sum"],
        )
        words = partner._hub_hours_words
        return {
            "sequence": 140,
            "key": "my_time",
            "title": self.env._("My time"),
            "template": "solidarity_hub.portal_section_time",
            "values": {
                "month": words(month or 0.0),
                "today": today,
                "error": self.env.context.get("hub_time_error"),
                "choices": [(hours, words(hours)) for hours in CHOICES],
                "functions": own._fields["function"]._description_selection(self.env),
                "lines": [
                    {
                        "id": line.id,
                        "date": line.date,
                        "hours": words(line.hours),
                        "name": line._time_words(),
                        "validated": line.state == "validated",
                        "own": line.source == "own" and line.state == "draft",
                    }
                    for line in lines
                ],
            },
        }

    @api.model
    def _time_add(self, partner, values):
        """Note time of this person, to be validated by the team.

        :param values: what the form sent: hours, date, function, name
        """
        role = self._time_roles(partner)[:1]
        if not role:
            raise UserError(self.env._("You have no role today in which time counts."))
        hours, day = self._time_read(values)
        functions = dict(self.env["hub.volunteer.hours"]._fields["function"].selection)
        function = values.get("function")
        return (
            self.env["hub.volunteer.hours"]
            .sudo()
            .create(
                {
                    "partner_id": partner.id,
                    "company_id": role.company_id.id,
                    "hours": hours,
                    "date": day,
                    "function": function if function in functions else "accompaniment",
                    "name": (values.get("name") or "").strip()[:200],
                }
            )
        )

    @api.model
    def _time_read(self, values):
        """Hours and day, as a person types them: 1.5 or 1,5."""
        try:
            hours = float((values.get("hours") or "").replace(",", "."))
            day = fields.Date.to_date(values.get("date"))
        except ValueError:
            hours, day = 0, None
        # Also false for "nan"
        if not 0 < hours <= 24:
            raise ValidationError(
                self.env._("How long did it take? Choose a time, up to 24 hours.")
            )
        return hours, day or fields.Date.context_today(self)

    @api.model
    def _time_remove(self, partner, line_id):
        """Take back time that this person added and nobody has validated."""
        lines = self.env["hub.volunteer.hours"].sudo()
        lines.search(
            [
                ("id", "=", line_id),
                ("partner_id", "=", partner.id),
                ("state", "=", "draft"),
                ("source", "=", "own"),
            ]
        ).unlink()
