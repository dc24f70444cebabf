from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

PLANNED_BY = {
    "stage_id",
    "hub_phase",
    "hub_accompaniment_start",
    "hub_accompaniment_end",
}
TEAM = "solidarity_hub.group_hub_adviser"


class CrmLead(models.Model):
    """What becomes of a project and of its people after the path."""

    _inherit = "crm.lead"

    hub_follow_up_ids = fields.One2many(
        "hub.follow.up", "lead_id", string="Looks back", readonly=True
    )
    hub_follow_up_count = fields.Integer(
        string="Follow-ups", compute="_compute_hub_follow_up_count", groups=TEAM
    )
    hub_next_follow_up_on = fields.Date(
        string="Next follow-up", compute="_compute_hub_follow_up_count", groups=TEAM
    )
    hub_lacks_exit_situation = fields.Boolean(
        string="Situation at exit to note",
        compute="_compute_hub_lacks_exit_situation",
        compute_sudo=True,
        search="_search_hub_lacks_exit_situation",
        groups=TEAM,
    )

    def _compute_hub_follow_up_count(self):
        follow_ups = self.env["hub.follow.up"]
        mine = Domain("lead_id", "in", self.ids)
        to_come = mine & (
            follow_ups._domain_state("planned") | follow_ups._domain_state("due")
        )
        counts = dict(follow_ups._read_group(mine, ["lead_id"], ["__count"]))
        dates = dict(follow_ups._read_group(to_come, ["lead_id"], ["planned_on:min"]))
        for lead in self:
            lead.hub_follow_up_count = counts.get(lead._origin, 0)
            lead.hub_next_follow_up_on = dates.get(lead._origin, False)

    @api.depends(
        "stage_id",
        "hub_accompaniment_end",
        "hub_holder_ids.situation_ids.moment",
        "hub_holder_ids.partner_id.is_company",
    )
    def _compute_hub_lacks_exit_situation(self):
        since = self._hub_exits_since()
        for lead in self:
            end = lead.hub_accompaniment_end
            lead.hub_lacks_exit_situation = bool(
                lead.hub_phase == "closed"
                and end
                and end >= since
                and lead.hub_holder_ids.filtered(
                    lambda holder: (
                        not holder.partner_id.is_company
                        and "exit" not in holder.situation_ids.mapped("moment")
                    )
                )
            )

    def _search_hub_lacks_exit_situation(self, operator, value):
        if operator != "in":
            return NotImplemented
        lacking = Domain("partner_id.is_company", "=", False) & Domain(
            "situation_ids", "not any", [("moment", "=", "exit")]
        )
        domain = (
            Domain("is_hub_project", "=", True)
            & Domain("stage_id.hub_phase", "=", "closed")
            & Domain("hub_accompaniment_end", ">=", self._hub_exits_since())
            & Domain("hub_holder_ids", "any", lacking)
        )
        return Domain.OR(domain if wanted else ~domain for wanted in value)

    @api.model
    def _hub_exits_since(self):
        """Nobody is asked how things stood at an exit more than a year ago."""
        return fields.Date.context_today(self) - relativedelta(years=1)

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads._hub_plan_follow_ups()
        return leads

    def write(self, vals):
        result = super().write(vals)
        if PLANNED_BY & set(vals):
            self._hub_plan_follow_ups()
        return result

    def _hub_plan_follow_ups(self):
        """An exit is planned to be looked back at; a path taken up again is not."""
        projects = self.filtered("is_hub_project").sudo()
        concerned = projects.filtered(
            lambda lead: lead.hub_phase == "closed" or lead.hub_follow_up_ids
        )
        if concerned:
            self.env["hub.follow.up"].sudo()._plan(concerned)

    def action_hub_follow_ups(self):
        """What became of it: the calls to make and the answers."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_follow_up_action"
        )
        return {
            **action,
            "domain": [("lead_id", "=", self.id)],
            "context": {},
            # The address of the whole list would forget the domain.
            "path": False,
        }

    def action_hub_note_situations(self):
        """Where the holders stand at the end of the path."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_situation_action"
        )
        holders = self.hub_holder_ids.filtered(
            lambda holder: (
                "exit" not in holder.situation_ids.mapped("moment")
                and not holder.partner_id.is_company
            )
        )
        action["domain"] = [("lead_id", "=", self.id)]
        action["context"] = {
            "default_moment": "exit",
            "default_date": self.hub_accompaniment_end,
            "default_holder_id": holders[:1].id,
        }
        if len(holders) == 1:
            action["views"] = [(False, "form")]
            action["target"] = "new"
        return action
