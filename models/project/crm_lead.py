from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from .crm_lead_list import CELLS
from .crm_stage import HUB_PHASES

# Writing one of these may concern the fence between sales and the hub.
FENCED = CELLS | {
    "is_hub_project",
    "active",
    "company_id",
    "hub_phase",
    "hub_summary",
    "partner_id",
    "probability",
    "stage_id",
    "team_id",
    "type",
}


class CrmLead(models.Model):
    """The project of the hub, beside the leads of sales and apart from them."""

    _inherit = "crm.lead"

    is_hub_project = fields.Boolean(
        string="Project of the hub",
        readonly=True,
        help="Set when the project is created and never changed: projects of the hub"
        " and sales stay apart.",
    )
    hub_phase = fields.Selection(
        HUB_PHASES,
        string="Phase of the path",
        compute="_compute_hub_phase",
        inverse="_inverse_hub_phase",
        search="_search_hub_phase",
    )

    _hub_project_idx = models.Index("(company_id, stage_id) WHERE is_hub_project")

    @api.depends("stage_id.hub_phase")
    def _compute_hub_phase(self):
        for lead in self:
            lead.hub_phase = lead.stage_id.hub_phase

    def _inverse_hub_phase(self):
        for lead in self.filtered("hub_phase"):
            lead.stage_id = self.env["crm.stage"]._hub_stage(lead.hub_phase)

    def _search_hub_phase(self, operator, value):
        return [("stage_id.hub_phase", operator, value)]

    @api.constrains("is_hub_project", "team_id", "stage_id", "company_id", "type")
    def _check_hub_fence(self):
        """Hub project <=> hub team <=> stage with a phase; always in one hub."""
        teams = self.env["crm.team"]._hub_team_ids()
        phases = self.env["crm.stage"]._hub_stage_ids()
        for lead in self.sudo():
            sides = {lead.is_hub_project, lead.team_id.id in teams}
            if lead.stage_id:
                sides.add(lead.stage_id.id in phases)
            if len(sides) > 1:
                raise ValidationError(lead._hub_fence_message())
            if lead.is_hub_project and not (
                lead.company_id
                and lead.company_id == lead.team_id.company_id
                and lead.stage_id
                and lead.type == "opportunity"
            ):
                raise ValidationError(
                    lead.env._(
                        "“%(project)s” is a project of the hub: it keeps its phase and"
                        " stays with one hub, whose team carries it.",
                        project=lead.name,
                    )
                )

    def _hub_fence_message(self):
        self.ensure_one()
        if self.is_hub_project:
            return self.env._(
                "“%(project)s” is a project of the hub: it cannot be given to the team"
                " “%(team)s” at the stage “%(stage)s”, which belong to sales. Move it"
                " among the phases of the path instead.",
                project=self.name,
                team=self.team_id.name or "",
                stage=self.stage_id.name or "",
            )
        return self.env._(
            "“%(lead)s” belongs to sales: it cannot be given to the team “%(team)s” at"
            " the stage “%(stage)s”, which belong to the hub. To receive a person, use"
            " Reception and projects.",
            lead=self.name,
            team=self.team_id.name or "",
            stage=self.stage_id.name or "",
        )

    # ------------------------------------------------------------
    # Creating and writing
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        default = bool(self.env.context.get("default_is_hub_project"))
        vals_list = [
            self._hub_prepare_create_vals(vals)
            if vals.get("is_hub_project", default)
            else vals
            for vals in vals_list
        ]
        leads = super().create(vals_list)
        projects = leads.filtered("is_hub_project")
        if projects:
            projects._hub_after_create()
        return leads

    def write(self, vals):
        if not FENCED & set(vals):
            return super().write(vals)
        if CELLS & set(vals):
            return self._hub_write_cells(vals)
        if "is_hub_project" in vals:
            self._hub_check_side_kept(vals["is_hub_project"])
        projects = self.filtered("is_hub_project")
        if not projects:
            return super().write(vals)
        sales = self - projects
        if sales:
            super(CrmLead, sales).write(dict(vals))
        stages = {project: project.stage_id for project in projects}
        result = super(CrmLead, projects).write(projects._hub_prepare_write_vals(vals))
        projects._hub_after_write(vals, stages)
        return result

    def _hub_write_cells(self, vals):
        """Cells of a list are read for each project on its own."""
        for project in self:
            changes = project._hub_read_cells(dict(vals))
            if changes:
                project.write(changes)
        return True

    def _hub_check_side_kept(self, is_hub_project):
        for lead in self.filtered(
            lambda lead: lead.is_hub_project != bool(is_hub_project)
        ):
            raise UserError(
                self.env._(
                    "“%(record)s” cannot pass between sales and the hub: create it"
                    " where it belongs, and archive this one.",
                    record=lead.name,
                )
            )

    @api.model
    def _hub_prepare_create_vals(self, vals):
        """Values of a new project: its hub, team, phase and date of reception."""
        context = self.env.context
        vals = dict(vals, is_hub_project=True, type="opportunity", probability=0)
        vals = self._hub_read_cells(vals)
        if context.get("hub_import"):
            vals.setdefault("user_id", False)
        company = self.env["res.company"].browse(
            vals.get("company_id")
            or context.get("default_company_id")
            or self.env.company.id
        )
        vals["company_id"] = company.id
        vals["team_id"] = vals.get("team_id") or company._hub_team_or_raise().id
        if phase := vals.pop("hub_phase", False):
            vals["stage_id"] = self.env["crm.stage"]._hub_stage(phase).id
        vals["stage_id"] = (
            vals.get("stage_id")
            or context.get("default_stage_id")
            or self.env["crm.stage"]._hub_stage("reception").id
        )
        if not vals.get("hub_reception_date"):
            vals["hub_reception_date"] = context.get(
                "default_hub_reception_date"
            ) or fields.Date.context_today(self)
        partner_id = vals.get("partner_id") or context.get("default_partner_id")
        if partner_id and not vals.get("hub_holder_ids"):
            vals["hub_holder_ids"] = [
                Command.create({"partner_id": partner_id, "is_contact": True})
            ]
        if "iap_enrich_done" in self._fields:
            vals["iap_enrich_done"] = True
        return vals

    def _hub_prepare_write_vals(self, vals):
        """The same values without what sales would make of a project."""
        vals = dict(vals)
        for name in ("is_hub_project", "probability", "automated_probability"):
            vals.pop(name, None)
        if "hub_phase" in vals:
            vals["stage_id"] = (
                self.env["crm.stage"]._hub_stage(vals.pop("hub_phase")).id
            )
        if vals.get("hub_summary") and "hub_summary_agreed_on" not in vals:
            changed = self.filtered(
                lambda lead: lead.hub_summary != vals["hub_summary"]
            )
            if changed:
                vals["hub_summary_agreed_on"] = False
        return vals

    def _hub_after_create(self):
        for project in self:
            project._hub_follow_contact()
        self._hub_open_path()

    def _hub_after_write(self, vals, stages):
        if "partner_id" in vals:
            for project in self:
                project._hub_follow_contact()
        moved = self.filtered(lambda project: project.stage_id != stages[project])
        moved._hub_enter_phase({lead: stages[lead].hub_phase for lead in moved})

    # ------------------------------------------------------------
    # Whose project it is
    # ------------------------------------------------------------

    @api.model
    def _hub_domain_for(self, partner):
        """Projects that are a person's own: those this person carries.

        Pairing adds those this person accompanies. Record rules and portal pages call
        this method: it is the one definition of "my projects".
        """
        return Domain("is_hub_project", "=", True) & Domain(
            "hub_holder_ids.partner_id", "=", partner.id
        )
