from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from .hub_role import FOREVER


class HubRole(models.Model):
    """Nobody has the same role twice on one day.

    Merging two contacts may leave such roles: they are listed for a person to settle.
    """

    _inherit = "hub.role"

    is_overlapping = fields.Boolean(
        string="Overlaps another role",
        compute="_compute_is_overlapping",
        search="_search_is_overlapping",
        help="Two contacts were merged and both had this role at the same time.",
    )

    @api.depends("partner_id", "kind", "date_start", "date_end")
    def _compute_is_overlapping(self):
        overlapping = self._overlapping_ids()
        for role in self:
            role.is_overlapping = role._origin.id in overlapping

    def _search_is_overlapping(self, operator, value):
        if operator != "in":
            return NotImplemented
        overlapping = Domain("id", "in", list(self._overlapping_ids()))
        return Domain.OR(overlapping if wanted else ~overlapping for wanted in value)

    @api.constrains("partner_id", "kind", "date_start", "date_end", "company_id")
    def _check_overlap(self):
        others = self.sudo().search(
            Domain("partner_id", "in", self.partner_id.ids)
            & Domain("kind", "in", list(set(self.mapped("kind"))))
            & Domain("company_id", "in", self.company_id.ids)
        )
        same = others.grouped(lambda r: (r.partner_id, r.kind, r.company_id))
        for role in self:
            for other in same[role.partner_id, role.kind, role.company_id] - role:
                if role._overlaps(other):
                    role._raise_overlap(other)

    def _overlaps(self, other):
        return self.date_start <= (other.date_end or FOREVER) and other.date_start <= (
            self.date_end or FOREVER
        )

    def _raise_overlap(self, other):
        raise ValidationError(
            self.env._(
                "%(role)s: this role exists already from %(start)s (until: %(end)s)."
                " End that one first, or choose other dates.",
                role=self.display_name,
                start=format_date(self.env, other.date_start),
                end=format_date(self.env, other.date_end) or "…",
            )
        )

    @api.model
    def _overlapping_ids(self):
        """Ids of roles that overlap another of the same kind (after a merge)."""
        self.env["hub.role"].flush_model()
        rows = self.env.execute_query(
            SQL("""
                SELECT a.id
                  FROM hub_role a
                  JOIN hub_role b
                    ON b.partner_id = a.partner_id
                   AND b.kind = a.kind
                   AND b.company_id = a.company_id
                   AND b.id != a.id
                   AND b.date_start <= COALESCE(a.date_end, 'infinity')
                   AND a.date_start <= COALESCE(b.date_end, 'infinity')
            """)
        )
        return {row[0] for row in rows}
