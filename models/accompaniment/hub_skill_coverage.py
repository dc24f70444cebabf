from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_list

from ..pairing import skill_coverage_query as query
from ..pairing.hub_skill_coverage_behind import LEADS


class HubSkillCoverage(models.Model):
    """Common needs for training: what several projects lack becomes a workshop for
    those who carry them."""

    _inherit = "hub.skill.coverage"

    holder_ids = fields.Many2many(
        "res.partner", string="Holders who lack it", compute="_compute_holder_ids"
    )
    moment_ids = fields.Many2many(
        "event.event",
        string="Already planned",
        compute="_compute_moment_ids",
        help="Collective moments to come about this skill.",
    )

    def _compute_holder_ids(self):
        found = defaultdict(list)
        rows = self.env.execute_query(query.read_parts(self.env, LEADS))
        for company_id, skill_id, lead_id, status, _mandatory in rows:
            if status in query.LACKING:
                found[company_id, skill_id].append(lead_id)
        # Read together, whatever the number of skills.
        leads = self.env["crm.lead"].browse({i for ids in found.values() for i in ids})
        for row in self:
            lacking = leads.browse(found[row._key()]).with_prefetch(leads._prefetch_ids)
            row.holder_ids = lacking.hub_holder_ids.partner_id.sorted("display_name")

    def _compute_moment_ids(self):
        events = self.env["event.event"].search(
            Domain("hub_skill_ids", "in", self.skill_id.ids)
            & Domain("hub_format", "!=", False)
            & Domain("kanban_state", "!=", "cancel")
            & Domain("date_end", ">=", fields.Datetime.now())
        )
        for row in self:
            row.moment_ids = events.filtered(
                lambda event, row=row: (
                    row.skill_id in event.hub_skill_ids
                    and event.company_id in (row.company_id, event.company_id.browse())
                )
            )

    def action_prepare_workshop(self):
        """A workshop about these skills for the holders who lack them; nothing is kept
        before "Save"."""
        self.check_access("read")
        skills = format_list(self.env, self.skill_id.mapped("display_name"))
        return self._prepare_moment(
            self.env._("Thematic workshop"),
            default_name=self.env._("Workshop: %s", skills),
            default_hub_format="workshop",
            default_note=self._note_of_people("holder_ids"),
        )
