from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, email_normalize

from ...tools.skill_cells import normalise
from .res_partner import HUB


class ResPartner(models.Model):
    """Who is already there: by reference, e-mail, or name and year of birth."""

    _inherit = "res.partner"

    hub_possible_double = fields.Boolean(
        string="Possible double",
        compute="_compute_hub_possible_double",
        search="_search_hub_possible_double",
        groups=HUB,
        help="Another contact has the same name or the same e-mail: merge them if it is"
        " the same person (Action > Merge).",
    )

    def _compute_hub_possible_double(self):
        doubles = self._hub_double_ids(self._origin.ids) if self._origin else set()
        for partner in self:
            partner.hub_possible_double = partner._origin.id in doubles

    def _search_hub_possible_double(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = Domain("id", "in", list(self._hub_double_ids()))
        return Domain.OR(found if yes else ~found for yes in value)

    @api.model
    def _hub_double_ids(self, among=None):
        """People of the hub that share name or e-mail with another contact."""
        self.flush_model(["name", "email_normalized", "active"])
        self.env["hub.role"].flush_model(["partner_id", "company_id"])
        only = SQL("AND p.id IN %s", tuple(among)) if among else SQL()
        searches = [
            SQL(
                """
                SELECT p.id
                  FROM res_partner p
                  JOIN hub_role r ON r.partner_id = p.id AND r.company_id IN %(hubs)s
                  JOIN res_partner o ON o.id != p.id AND %(same)s
                 WHERE p.active AND o.active %(only)s
                """,
                hubs=tuple(self.env.companies.ids),
                same=same,
                only=only,
            )
            for same in (
                SQL("lower(o.name) = lower(p.name)"),
                SQL("o.email_normalized = p.email_normalized"),
            )
        ]
        rows = self.env.execute_query(SQL(" UNION ").join(searches))
        return {row[0] for row in rows}

    @api.model
    def _hub_find_people(self, rows):
        """The contact that each line of a list means, empty when it is a new one."""
        candidates = self._hub_candidates(rows)
        index = {}
        for partner in candidates:
            for key in partner._hub_keys():
                index.setdefault(key, self.browse())
                index[key] |= partner
        by_xid = self._hub_by_external_id(rows)
        return [
            by_xid.get(row.get("id")) or self._hub_find_person(row, index)
            for row in rows
        ]

    @api.model
    def _hub_find_person(self, row, index):
        """One contact and no other has a strong key of this line."""
        if row.get(".id"):
            return self.browse(int(row[".id"])).exists()
        for key in row_keys(row):
            found = index.get(key, self.browse())
            if len(found) == 1:
                return found
        return self.browse()

    @api.model
    def _hub_candidates(self, rows):
        names = {row["name"] for row in rows if row.get("name")}
        emails = {email_normalize(row["email"]) for row in rows if row.get("email")}
        return self.with_context(active_test=False).search(
            Domain("ref", "in", [row["ref"] for row in rows if row.get("ref")])
            | Domain("email_normalized", "in", list(emails - {False}))
            | Domain("name", "in", list(names))
            | Domain("hub_role_ids", "!=", False)
        )

    @api.model
    def _hub_by_external_id(self, rows):
        xids = {row["id"] for row in rows if row.get("id")}
        full = {xid: xid if "." in xid else f"__import__.{xid}" for xid in xids}
        found = {
            f"{row[1]}.{row[2]}": self.browse(row[4])
            for row in self.env["ir.model.data"]
            .sudo()
            ._lookup_xmlids(list(full.values()), self)
            if row[3] == self._name and row[6]
        }
        return {xid: found[name] for xid, name in full.items() if name in found}

    def _hub_keys(self):
        """What this contact is recognised by in a list."""
        self.ensure_one()
        return row_keys(
            {
                "ref": self.ref,
                "name": self.name,
                "email": self.email,
                "phone": self.phone,
                "hub_birth_year": self.hub_birth_year,
            },
            weak=True,
        )


def row_keys(row, weak=False):
    """Keys that tell one person from another, the surest first.

    The name alone is a key only for a line that says nothing else (or, ``weak``, for
    a contact that such a line may mean).
    """
    name = normalise(row.get("name"))
    year = str(row.get("hub_birth_year") or "")
    phone = "".join(c for c in str(row.get("phone") or "") if c.isdigit())[-9:]
    email = email_normalize(row.get("email") or "")
    keys = [("ref", row["ref"])] if row.get("ref") else []
    if name:
        marks = [("email", email), ("year", year), ("phone", phone)]
        keys += [(kind, name, mark) for kind, mark in marks if mark]
        if weak or not keys:
            keys.append(("name", name))
    return keys
