from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .hub_pairing import OPEN_STATES, PLACES


class HubPairing(models.Model):
    """The two places beside each project, and who holds how many of them."""

    _inherit = "hub.pairing"

    is_twice = fields.Boolean(
        string="Same person twice",
        compute="_compute_is_twice",
        search="_search_is_twice",
        help="Two contacts were merged, and both were beside this project: end one.",
    )

    def _compute_is_twice(self):
        twice = self._twice_ids()
        for pairing in self:
            pairing.is_twice = pairing.id in twice

    def _search_is_twice(self, operator, value):
        if operator != "in":
            return NotImplemented
        twice = Domain("id", "in", list(self._twice_ids()))
        return Domain.OR(twice if wanted else ~twice for wanted in value)

    def write(self, vals):
        if vals.get("role") == "pair":
            self.filtered(lambda p: p.role != "pair")._join_pair()
        return super().write(vals)

    @api.model
    def _create_places(self, lead, people, pair, **vals):
        """Places beside a project for these people, with what the two are worth.

        :param pair: the two as the search sees them, kept with the decision
        """
        explanation = self.env["hub.pairing.engine"]._explanation(pair)
        return self.create(
            [
                {
                    "lead_id": lead.id,
                    "volunteer_id": partner.id,
                    "score": pair.permille,
                    "explanation": explanation,
                    **vals,
                }
                for partner in people
            ]
        )

    def _join_pair(self):
        """Whoever came as an expert or an observer takes one of the two places."""
        for pairing in self:
            pairing._lock_places(pairing.lead_id.ids, pairing.volunteer_id.ids)
            vals = {"lead_id": pairing.lead_id.id, "state": pairing.state}
            pairing._unguarded().slot = self._take_place(vals, set())

    @api.model
    def _twice_ids(self):
        """Open rows of one person beside one project, when there is more than one."""
        groups = self.sudo()._read_group(
            [("state", "in", OPEN_STATES)],
            ["lead_id", "volunteer_id"],
            ["id:array_agg"],
            having=[("__count", ">", 1)],
        )
        return {pairing_id for _lead, _person, ids in groups for pairing_id in ids}

    @api.model
    def _lock_places(self, lead_ids, partner_ids):
        """Two people who fill places at once do so one after the other.

        Under REPEATABLE READ a lock alone does not stop a second insert: the rows are
        written, in the order of their ids, so that the later transaction is run again
        and reads what the first one did.
        """
        for lead_id in sorted(filter(None, lead_ids)):
            self.env.cr.execute(
                SQL(
                    "UPDATE crm_lead SET hub_pairing_lock ="
                    " COALESCE(hub_pairing_lock, 0) + 1 WHERE id = %s",
                    lead_id,
                )
            )
        self.env["hub.role"].sudo().search(
            Domain("partner_id", "in", list(filter(None, partner_ids)))
        )._lock_and_touch()

    @api.model
    def _take_place(self, vals, taken):
        """Number of a free place beside the project; ``taken``: those of the batch."""
        lead = self.env["crm.lead"].browse(vals.get("lead_id"))
        if vals.get("state", "proposed") not in OPEN_STATES:
            return PLACES[0]
        there = self.sudo().search(self._domain_places(lead))
        free = [
            place for place in PLACES if place not in {*there.mapped("slot"), *taken}
        ]
        if not free:
            self._raise_no_place(lead, there)
        taken.add(free[0])
        return free[0]

    @api.model
    def _domain_places(self, leads):
        """The rows that take a place of a pair beside these projects."""
        return (
            Domain("lead_id", "in", leads.ids)
            & Domain("role", "=", "pair")
            & Domain("state", "in", OPEN_STATES)
        )

    @api.model
    def _open_counts(self, partners, company, ignored=None, states=OPEN_STATES):
        """{partner: number of places of a pair that this person fills}"""
        groups = self._read_group(
            Domain("volunteer_id", "in", partners.ids)
            & Domain("company_id", "=", company.id)
            & Domain("role", "=", "pair")
            & Domain("state", "in", states)
            & Domain("id", "not in", ignored.ids if ignored else []),
            ["volunteer_id"],
            ["__count"],
        )
        return dict(groups)

    @api.model
    def _experienced(self, partners, company):
        """Those of these people who accompanied a project to its end."""
        groups = self._read_group(
            Domain("volunteer_id", "in", partners.ids)
            & Domain("company_id", "=", company.id)
            & Domain("state", "=", "ended")
            & Domain("date_start", "!=", False),
            ["volunteer_id"],
        )
        return partners.browse(partner.id for (partner,) in groups)

    @api.model
    def _raise_no_place(self, lead, there):
        names = there.volunteer_id.mapped("display_name")
        raise UserError(
            self.env._(
                "“%(project)s” already has its two people: %(names)s. Replace one of"
                " them, or call the third person for a one-off expertise.",
                project=lead.name or "",
                names=", ".join(names) or self.env._("the two just chosen"),
            )
        )
