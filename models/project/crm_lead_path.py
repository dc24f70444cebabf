from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

ACCOMPANIED = ("accompaniment", "launch", "follow_up")


class CrmLead(models.Model):
    """The path of a project: its phases in time and what they led to."""

    _inherit = "crm.lead"

    hub_path_ids = fields.One2many("hub.path.step", "lead_id", string="Path")
    hub_outcome_ids = fields.One2many("hub.outcome", "lead_id", string="Outcomes")
    hub_accompaniment_start = fields.Date(
        string="Accompanied from", copy=False, index="btree_not_null"
    )
    hub_accompaniment_end = fields.Date(
        string="Accompanied until", copy=False, index="btree_not_null"
    )
    hub_waiting_days = fields.Integer(
        string="Days waiting",
        compute="_compute_hub_waiting_days",
        help="Days since the reception, as long as the accompaniment has not started.",
    )
    hub_next_action_id = fields.Many2one(
        "hub.project.action",
        string="Next step",
        compute="_compute_hub_next_action_id",
    )
    hub_next_action_date = fields.Date(
        string="Next step by", compute="_compute_hub_next_action_id"
    )
    hub_next_action_late = fields.Boolean(
        string="Next step is late", compute="_compute_hub_next_action_id"
    )
    hub_lacks_outcome = fields.Boolean(
        string="Ended without outcome",
        compute="_compute_hub_lacks_outcome",
        compute_sudo=True,
        search="_search_hub_lacks_outcome",
    )

    @api.depends("hub_reception_date", "hub_accompaniment_start", "stage_id")
    def _compute_hub_waiting_days(self):
        today = fields.Date.context_today(self)
        for lead in self:
            waiting = (
                lead.hub_reception_date
                and not lead.hub_accompaniment_start
                and lead.hub_phase in ("reception", "diagnosis")
            )
            lead.hub_waiting_days = (
                max((today - lead.hub_reception_date).days, 0) if waiting else 0
            )

    @api.depends("hub_action_ids.done_on", "hub_action_ids.date_due")
    def _compute_hub_next_action_id(self):
        far = fields.Date.to_date("9999-12-31")
        for lead in self:
            todo = lead.hub_action_ids.filtered(lambda action: not action.done_on)
            action = todo.sorted(lambda step: (step.date_due or far, step.sequence))[:1]
            lead.hub_next_action_id = action
            lead.hub_next_action_date = action.date_due
            lead.hub_next_action_late = action.is_late

    @api.depends("stage_id", "hub_outcome_ids")
    def _compute_hub_lacks_outcome(self):
        for lead in self:
            lead.hub_lacks_outcome = (
                lead.hub_phase == "closed" and not lead.hub_outcome_ids
            )

    def _search_hub_lacks_outcome(self, operator, value):
        if operator != "in":
            return NotImplemented
        lacking = Domain("stage_id.hub_phase", "=", "closed") & Domain(
            "hub_outcome_ids", "=", False
        )
        return Domain.OR(lacking if wanted else ~lacking for wanted in value)

    @api.constrains(
        "hub_reception_date", "hub_accompaniment_start", "hub_accompaniment_end"
    )
    def _check_hub_dates(self):
        for project in self:
            dates = [
                date
                for date in (
                    project.hub_reception_date,
                    project.hub_accompaniment_start,
                    project.hub_accompaniment_end,
                )
                if date
            ]
            if dates != sorted(dates):
                raise ValidationError(
                    self.env._(
                        "“%(project)s”: reception, start and end of the accompaniment"
                        " follow each other in time. Correct the date that is out of"
                        " order.",
                        project=project.name,
                    )
                )

    # ------------------------------------------------------------
    # Moving along the path
    # ------------------------------------------------------------

    def _hub_open_path(self):
        """First steps of the dated path of new projects, unless they were given."""
        self._hub_phase_effects()
        self.env["hub.path.step"].create(
            [
                step
                for project in self
                if not project.hub_path_ids
                for step in project._hub_first_steps()
            ]
        )

    def _hub_first_steps(self):
        """The path as far as its dates are known (a project may come from a list)."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        phase = self.hub_phase
        points = [("reception", self.hub_reception_date)]
        if self.hub_accompaniment_start:
            points.append(("accompaniment", self.hub_accompaniment_start))
        if phase == "closed":
            points.append((phase, self._hub_end_date()))
        elif phase != points[-1][0]:
            points.append((phase, max(today, points[-1][1])))
        ends = [date for _phase, date in points[1:]] + [False]
        return [
            {
                "lead_id": self.id,
                "phase": name,
                "date_start": start,
                "date_end": end and max(start, end),
            }
            for (name, start), end in zip(points, ends, strict=True)
        ]

    def _hub_end_date(self):
        """When the path ended: as noted, else with its last outcome, else today."""
        known = [self.hub_reception_date, self.hub_accompaniment_start]
        end = self.hub_accompaniment_end or max(
            self.hub_outcome_ids.mapped("date"),
            default=fields.Date.context_today(self),
        )
        return max([end, *filter(None, known)])

    def _hub_enter_phase(self, former):
        """Write down that projects changed phase today.

        :param former: {project: phase it leaves}
        """
        today = fields.Date.context_today(self)
        steps = []
        for project in self:
            if project.hub_phase == former[project]:
                continue
            if not project._hub_correct_step_of_today(today):
                project.hub_path_ids.filtered(
                    lambda step: not step.date_end and step.date_start <= today
                ).date_end = today
                steps.append(
                    {
                        "lead_id": project.id,
                        "phase": project.hub_phase,
                        "date_start": today,
                    }
                )
            if former[project] == "closed":
                project.hub_accompaniment_end = False
        self.env["hub.path.step"].create(steps)
        self._hub_phase_effects()

    def _hub_correct_step_of_today(self, today):
        """A project moved twice in one day was moved by mistake the first time."""
        *before, last = self.hub_path_ids.sorted("date_start") or [None]
        if not last or not before or last.date_start != today or last.date_end:
            return False
        if before[-1].phase == self.hub_phase and before[-1].date_end == today:
            last.unlink()
            before[-1].date_end = False
        else:
            last.phase = self.hub_phase
        return True

    def _hub_phase_effects(self):
        """What follows from the phase: dates of the accompaniment, role of holder."""
        today = fields.Date.context_today(self)
        for project in self:
            if project.hub_phase in ACCOMPANIED:
                if not project.hub_accompaniment_start:
                    project.hub_accompaniment_start = max(
                        today, project.hub_reception_date or today
                    )
                project._hub_open_holder_roles()
            elif project.hub_phase == "closed" and project.hub_accompaniment_start:
                project.hub_accompaniment_end = project._hub_end_date()
                project._hub_open_holder_roles()
                project._hub_end_holder_roles()

    def _hub_holder_roles(self):
        """Roles of project holder that its holders have during the accompaniment."""
        start = self.hub_accompaniment_start
        return (
            self.env["hub.role"]
            .sudo()
            .search(
                Domain("partner_id", "in", self.hub_holder_ids.partner_id.ids)
                & Domain("kind", "=", "holder")
                & Domain("company_id", "=", self.company_id.id)
                & (Domain("date_end", "=", False) | Domain("date_end", ">=", start))
            )
        )

    def _hub_welcome_holders(self):
        """Whoever joins a project that is accompanied is a holder from today."""
        self.ensure_one()
        if self.hub_phase in ACCOMPANIED and self.hub_path_ids:
            self._hub_open_holder_roles(fields.Date.context_today(self))

    def _hub_open_holder_roles(self, start=None):
        """The role of project holder starts with the accompaniment, not before."""
        self.ensure_one()
        roles = self._hub_holder_roles()
        roles.create(
            [
                {
                    "partner_id": partner.id,
                    "kind": "holder",
                    "date_start": start or self.hub_accompaniment_start,
                    "company_id": self.company_id.id,
                }
                for partner in self.hub_holder_ids.partner_id - roles.partner_id
            ]
        )

    def _hub_end_holder_roles(self):
        """With the last path of a person his or her role of holder ends."""
        running = self.sudo().search(
            Domain(
                "hub_holder_ids.partner_id", "in", self.hub_holder_ids.partner_id.ids
            )
            & Domain("company_id", "=", self.company_id.id)
            & Domain("stage_id.hub_phase", "in", ACCOMPANIED)
        )
        busy = running.hub_holder_ids.partner_id
        for role in self._hub_holder_roles():
            if not role.date_end and role.partner_id not in busy:
                role.date_end = max(role.date_start, self.hub_accompaniment_end)
