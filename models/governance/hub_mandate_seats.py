from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..people.hub_role import FOREVER

# A Python object cannot be sent by RPC: ending a mandate earlier breaks no rule.
SHORTER = object()


class HubMandate(models.Model):
    """One seat for one person at any date, and no more seats than there are.

    Merging two contacts may leave a person with two seats: they are listed for a
    person to settle.
    """

    _inherit = "hub.mandate"

    is_overlapping = fields.Boolean(
        string="Two seats at once",
        compute="_compute_is_overlapping",
        search="_search_is_overlapping",
        help="Two contacts were merged and both had a seat in this body.",
    )

    @api.depends("partner_id", "body_id", "date_start", "date_end")
    def _compute_is_overlapping(self):
        overlapping = self._overlapping_ids()
        for mandate in self:
            mandate.is_overlapping = mandate._origin.id in overlapping

    def _search_is_overlapping(self, operator, value):
        if operator != "in":
            return NotImplemented
        overlapping = Domain("id", "in", list(self._overlapping_ids()))
        return Domain.OR(overlapping if wanted else ~overlapping for wanted in value)

    def write(self, vals):
        """Two seats that a merge left to one person are settled by ending one."""
        end = fields.Date.to_date(vals.get("date_end"))
        if end and set(vals) <= {"date_end", "end_reason"}:
            if all(end <= (mandate.date_end or FOREVER) for mandate in self):
                self = self.with_context(hub_shorter=SHORTER)  # noqa: PLW0642
        return super().write(vals)

    @api.constrains("body_id", "college_id", "partner_id", "date_start", "date_end")
    def _check_one_seat(self):
        if self.env.context.get("hub_shorter") is SHORTER:
            return
        others = self.search(
            Domain("body_id", "in", self.body_id.ids)
            & Domain("partner_id", "in", self.partner_id.ids)
        ).grouped(lambda m: (m.body_id, m.partner_id))
        for mandate in self:
            for other in others[mandate.body_id, mandate.partner_id] - mandate:
                if mandate._overlaps(other):
                    mandate._raise_two_seats(other)

    @api.constrains("body_id", "college_id", "date_start", "date_end")
    def _check_seats(self):
        """On no day more mandates of a college than it has seats."""
        lines = self.body_id.college_ids.filtered("seats_max")
        lines._lock_and_touch()
        found = self.search(
            Domain("body_id", "in", lines.body_id.ids)
            & Domain("college_id", "in", lines.college_id.ids)
        ).grouped(lambda m: (m.body_id, m.college_id))
        for line in lines:
            sitting = found.get((line.body_id, line.college_id), self.browse())
            for mandate in sitting & self:
                mandate._check_seats_among(sitting, line)

    def _check_seats_among(self, sitting, line):
        # The number only rises on a first day: looking at those is enough.
        days = {other.date_start for other in sitting if self._overlaps(other)}
        for day in sorted(max(day, self.date_start) for day in days):
            there = sitting.filtered(lambda m, day=day: m._holds_on(day))
            if len(there) > line.seats_max:
                raise ValidationError(
                    self.env._(
                        "%(body)s has %(seats)s seats for “%(college)s”, and all are"
                        " filled on %(day)s: %(names)s. End one of these mandates"
                        " before, or give the college another seat.",
                        body=line.body_id.display_name,
                        seats=line.seats_max,
                        college=line.college_id.name,
                        day=format_date(self.env, day),
                        names=", ".join(
                            (there - self).partner_id.mapped("display_name")
                        ),
                    )
                )

    def _holds_on(self, day):
        self.ensure_one()
        return self.date_start <= day <= (self.date_end or FOREVER)

    def _overlaps(self, other):
        return self.date_start <= (other.date_end or FOREVER) and other.date_start <= (
            self.date_end or FOREVER
        )

    def _raise_two_seats(self, other):
        raise ValidationError(
            self.env._(
                "%(person)s already has a seat in %(body)s, for “%(college)s”, from"
                " %(start)s (until: %(end)s). A person has one seat at a time: end that"
                " mandate first, or choose other dates.",
                person=self.partner_id.display_name,
                body=self.body_id.display_name,
                college=other.college_id.name or "-",
                start=format_date(self.env, other.date_start),
                end=format_date(self.env, other.date_end) or "…",
            )
        )

    @api.model
    def _overlapping_ids(self):
        """Ids of mandates of one person that overlap in one body from today on."""
        self.env["hub.mandate"].flush_model()
        rows = self.env.execute_query(
            SQL("""
                SELECT a.id
                  FROM hub_mandate a
                  JOIN hub_mandate b
                    ON b.partner_id = a.partner_id
                   AND b.body_id = a.body_id
                   AND b.id != a.id
                   AND b.date_start <= COALESCE(a.date_end, 'infinity')
                   AND a.date_start <= COALESCE(b.date_end, 'infinity')
                 WHERE COALESCE(a.date_end, 'infinity') >= CURRENT_DATE
                   AND COALESCE(b.date_end, 'infinity') >= CURRENT_DATE
            """)
        )
        return {row[0] for row in rows}
