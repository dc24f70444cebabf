from odoo import api, fields, models
from odoo.fields import Domain

from .hub_pairing import FOLLOWED_STATES, OPEN_STATES

WAITING_PHASES = ("diagnosis", "accompaniment")


class CrmLead(models.Model):
    """The people beside a project."""

    _inherit = "crm.lead"

    hub_pairing_ids = fields.One2many(
        "hub.pairing", "lead_id", string="People beside the project"
    )
    hub_pair_partner_ids = fields.Many2many(
        "res.partner",
        string="The two people",
        compute="_compute_hub_pair_partner_ids",
        groups="solidarity_hub.group_hub_adviser",
        help="The people who fill the two places, or are asked to.",
    )
    hub_pair_count = fields.Integer(
        string="Places filled",
        compute="_compute_hub_pair_count",
        search="_search_hub_pair_count",
        groups="solidarity_hub.group_hub_adviser",
        help="How many of the two places of the pair are filled or proposed.",
    )
    hub_pair_asked = fields.Boolean(
        string="Somebody is still asked",
        compute="_compute_hub_pair_count",
        groups="solidarity_hub.group_hub_adviser",
        help="Not all of those counted have said yes yet.",
    )
    hub_pairing_lock = fields.Integer(
        string="Counter of pairings", readonly=True, copy=False
    )

    def _compute_hub_pair_partner_ids(self):
        pairings = self.env["hub.pairing"].sudo()
        there = pairings.search(pairings._domain_places(self)).grouped("lead_id")
        for lead in self:
            rows = there.get(lead._origin, pairings)
            lead.hub_pair_partner_ids = rows.volunteer_id.with_env(self.env)

    def _compute_hub_pair_count(self):
        pairings = self.env["hub.pairing"].sudo()
        groups = pairings._read_group(
            pairings._domain_places(self), ["lead_id"], ["state:array_agg"]
        )
        states = dict(groups)
        for lead in self:
            found = states.get(lead._origin.sudo(), [])
            lead.hub_pair_count = len(found)
            lead.hub_pair_asked = not set(found) <= set(FOLLOWED_STATES)

    def _search_hub_pair_count(self, operator, value):
        if operator != "in":
            return NotImplemented
        pairings = self.env["hub.pairing"].sudo()
        groups = pairings._read_group(
            Domain("role", "=", "pair") & Domain("state", "in", OPEN_STATES),
            ["lead_id"],
            ["__count"],
        )
        found = [lead.id for lead, count in groups if count in value]
        domain = Domain("id", "in", found)
        if 0 in value:
            domain |= Domain("id", "not in", [lead.id for lead, _count in groups])
        return domain & Domain("is_hub_project", "=", True)

    @api.model
    def _hub_domain_for(self, partner):
        """Besides those this person carries, the projects he or she accompanies."""
        accompanied = Domain("is_hub_project", "=", True) & Domain(
            "hub_pairing_ids",
            "any",
            [("volunteer_id", "=", partner.id), ("state", "in", FOLLOWED_STATES)],
        )
        return Domain(super()._hub_domain_for(partner)) | accompanied

    @api.model
    def _hub_domain_waiting(self):
        """Projects that should have their two people, and have not."""
        return (
            Domain("is_hub_project", "=", True)
            & Domain("stage_id.hub_phase", "in", WAITING_PHASES)
            & Domain("hub_pair_count", "in", [0, 1])
        )

    def action_hub_pair(self):
        """Look for the two people who go well with this project."""
        self.ensure_one()
        return self._hub_action_pair()

    def action_hub_pairings(self):
        """All the people who accompany or accompanied this project."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_pairing_action"
        )
        return dict(
            action,
            domain=[("lead_id", "=", self.id)],
            context={"default_lead_id": self.id},
        )

    def _hub_action_pair(self, replaced=None):
        wizard = self.env["hub.pairing.wizard"].create(
            {"lead_id": self.id, "replaced_id": replaced.id if replaced else False}
        )
        return wizard._reopen()

    def _hub_enter_phase(self, former):
        """However a project reaches the end of its path, nobody goes on beside it."""
        result = super()._hub_enter_phase(former)
        self.filtered(
            lambda lead: lead.hub_phase == "closed" and former[lead] != "closed"
        )._hub_end_pairings()
        return result

    def _hub_end_pairings(self):
        """End what is open when a path ends; who closes it need not write pairs."""
        today = fields.Date.context_today(self)
        reason = self.env._("The path of the project has ended.")
        rows = self.sudo().hub_pairing_ids.filtered(lambda p: p.state in OPEN_STATES)
        for day, ending in rows.grouped(
            lambda p: max(today, p.date_start or today)
        ).items():
            ending.write({"state": "ended", "date_end": day, "end_reason": reason})
